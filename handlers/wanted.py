"""What a typed `/gig call` wants, by person: who is asked anew, who is only told, and who is called just so already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from checklists.crew import Call, CallKind, CallStage, CallState, Position
from checklists.errors import Refusal
from checklists.gig import Gig
from checklists.positions import department_of, usual_call
from checklists.walls import Wall
from handlers.asked import Asked
from handlers.callparts import Said
from handlers.callwords import Ask, CallRequest
from handlers.cards.prose import show_date
from handlers.clockwords import Clock
from handlers.partywords import PartyRequest
from handlers.walls_asked import call_wall
from storage.book import Book

AWAY = frozenset({CallState.DECLINED, CallState.CALLED_OFF})


@dataclass(frozen=True, slots=True)
class Wanted:
    """One call as it shall be; `known` is the one that there is."""

    person: str
    position: Position
    kind: CallKind
    stage: CallStage
    wall: Wall
    said: Mapping[str, str]
    known: Call | None


@dataclass(slots=True)
class Sorted:
    """What is wanted, by what has to happen: ask, only tell, or nothing."""

    ask: list[Wanted] = field(default_factory=list)
    tell: list[Wanted] = field(default_factory=list)
    same: list[Call] = field(default_factory=list)


def sort_wanted(wanted: Iterable[Wanted], gig: Gig) -> Sorted:
    """Who is asked anew: where there is no call, or its time, its place or what a yes is worth has changed."""
    found = Sorted()
    for each in wanted:
        if each.known is None or not each.known.stands or _is_another(each, each.known, gig):
            found.ask.append(each)
        elif any(getattr(each.known, name) != value for name, value in each.said.items()):
            found.tell.append(each)
        else:
            found.same.append(each.known)
    return found


def _is_another(wanted: Wanted, known: Call, gig: Gig) -> bool:
    before = (known.at, known.place, known.stage)
    return before != (gig.when(wanted.wall), wanted.said.get("place", known.place), wanted.stage)


def wanted_by_name(book: Book, gig: Gig, typed: CallRequest, asked: Asked) -> list[Wanted]:
    """The people named, as they are asked; raises Refusal for a position or a time that nobody said."""
    calls = book.crew.of_gig(gig.id)
    named = positions_by_name(book, gig, typed)
    return [_wanted(gig, calls, ask, position, typed.said, asked) for ask, position in named]


def positions_by_name(book: Book, gig: Gig, typed: CallRequest) -> list[tuple[Ask, Position]]:
    """As what each of those named is asked; raises Refusal for a position that nobody said or knows."""
    asks = [ask for ask in typed.asks if not ask.off]
    roster: Sequence[Call] = ()
    if any(ask.position is None for ask in asks):
        roster = [*book.crew.of_gig(gig.id), *book.crew.roster(gig.tour_id, gig.id)]
    return [(ask, position) for ask in asks for position in _positions(ask, roster)]


def _positions(ask: Ask, roster: Iterable[Call]) -> list[Position]:
    """What somebody named without a position is: what he is on this gig, else what he was last on this tour."""
    if ask.position is not None:
        return [ask.position]
    his = [call for call in roster if call.person == ask.person and call.state is not CallState.CALLED_OFF]
    if not his:
        raise Refusal(
            "Called to do what? One of those named has no position on this tour yet. Type it like this: "
            "`/gig call lisbon @ana FOH lobby 09:30`. Nothing was changed."
        )
    return list(dict.fromkeys(call.position for call in his if call.gig_id == his[0].gig_id))


def _wanted(gig: Gig, calls: Iterable[Call], ask: Ask, position: Position, said: Said, asked: Asked) -> Wanted:
    same = (call for call in calls if (call.person, call.position, call.kind) == (ask.person, position, ask.kind))
    known = next(same, None)
    told = {name: getattr(known, name) for name, _ in said} if known and not known.stands else {}
    wall = _wall(gig, ask.clock, known, position, asked)
    return Wanted(ask.person, position, ask.kind, ask.stage, wall, {**told, **dict(said)}, known)


def _wall(gig: Gig, clock: Clock | None, known: Call | None, position: Position, asked: Asked) -> Wall:
    """The time that was said, else the one he is called for; raises Refusal where there is none, or it is past."""
    if clock is None and (known is None or not known.stands):
        raise Refusal(
            f"Called at what time? Nobody stands called as {position} there yet. Type it like this: "
            f"`/gig call #{gig.number} @ana {position} 14:00`. Nothing was changed."
        )
    if clock is None:
        assert known is not None  # noqa: S101 - refused above
        return known.wall
    wall = call_wall(clock, gig.date, gig.zone, asked)
    if gig.when(wall) <= asked.now:
        raise Refusal(f"{wall} on {show_date(wall.on(gig.date))} is past already. Give a call time that is ahead.")
    return wall


def wanted_of_party(book: Book, gig: Gig, typed: PartyRequest, asked: Asked) -> list[Wanted]:
    """Everybody of these positions who stands on the gig; where nobody does, who works them on this tour.

    Raises Refusal when nobody is known.
    """
    calls = book.crew.of_gig(gig.id)
    wanted = []
    for person, position in party_of(book, gig, typed, calls):
        clock = typed.clock or _usual(gig, position, typed, calls)
        ask = Ask(person, position, clock, kind=typed.kind, stage=typed.stage)
        wanted.append(_wanted(gig, calls, ask, position, typed.said, asked))
    return wanted


def party_of(book: Book, gig: Gig, typed: PartyRequest, calls: Sequence[Call]) -> list[tuple[str, Position]]:
    """Who is meant, each with his position, in the order first asked; raises Refusal when nobody is known."""
    here = [call for call in calls if call.position in typed.positions and call.state not in AWAY]
    if typed.confirms:
        here = [call for call in here if call.stage is CallStage.HOLD]
    if not here and not (typed.off or typed.confirms):
        away = {call.person for call in calls if call.state in AWAY}
        here = _last_known(call for call in book.crew.roster(gig.tour_id, gig.id) if call.person not in away)
        here = [call for call in here if call.position in typed.positions]
    if not here:
        raise Refusal(_nobody(gig, typed))
    return list(dict.fromkeys((call.person, call.position) for call in here))


def _last_known(calls: Iterable[Call]) -> list[Call]:
    """Of each person the calls of the gig that comes first."""
    gig_of: dict[str, int] = {}
    return [call for call in calls if gig_of.setdefault(call.person, call.gig_id) == call.gig_id]


def _nobody(gig: Gig, typed: PartyRequest) -> str:
    example = next((position for position in Position if position in typed.positions), Position.FOH)
    if typed.confirms:
        return f"Nobody holds the date of #{gig.number} {gig.city} there. Nothing was changed."
    return (
        f"I know nobody for {typed.who} yet, on #{gig.number} {gig.city} or on this tour. Name them once: "
        f"`/gig call #{gig.number} @ana {example} 14:00`. Nothing was changed."
    )


def _usual(gig: Gig, position: Position, typed: PartyRequest, calls: Iterable[Call]) -> Clock | None:
    """The usual time of a department before the day's times, unless particulars are told about calls that stand."""
    stands = any(call.position is position and call.kind is typed.kind and call.stands for call in calls)
    if stands and (typed.said or typed.confirms):
        return None
    wall = usual_call(department_of(position), gig)
    return Clock(wall.at, next_day=wall.day > 0)


def party_off(book: Book, gig: Gig, typed: PartyRequest) -> list[Call]:
    """Everybody of these positions who is called, to be called off; raises Refusal when nobody is."""
    calls = [call for call in book.crew.of_gig(gig.id) if call.state is not CallState.CALLED_OFF]
    found = [call for call in calls if call.position in typed.positions and _is_meant(call, typed.kind)]
    if not found:
        raise Refusal(f"Nobody is called for {typed.who} on #{gig.number} {gig.city}. Nothing was changed.")
    return found


def named_off(book: Book, gig: Gig, off: Sequence[Ask]) -> list[Call]:
    """The calls of these people on the gig, to be called off; raises Refusal for somebody not called."""
    calls = [call for call in book.crew.of_gig(gig.id) if call.state is not CallState.CALLED_OFF]
    gone: list[Call] = []
    for ask in off:
        theirs = [call for call in calls if call.person == ask.person and _is_meant(call, ask.kind)]
        theirs = [call for call in theirs if ask.position in (None, call.position)]
        if not theirs:
            raise Refusal(
                f"One of those to be called off has no call on #{gig.number} {gig.city}. Nothing was changed."
            )
        gone += theirs
    return gone


def _is_meant(call: Call, kind: CallKind) -> bool:
    """Off without a kind means every call of that person; `lobby off` that one."""
    return kind in (CallKind.CREW, call.kind)
