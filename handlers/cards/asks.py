"""The ask in the gig's thread, and what the tour manager is told of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from checklists.clash import Finding, FindingKind
from checklists.crew import Call, CallStage
from handlers.cards.blocks import Card, card, fitting
from handlers.cards.call import answers, check_in
from handlers.cards.lines import (
    LINES_ROOM,
    NAMES_ROOM,
    call_lines,
    kind_words,
    outdated_line,
    particulars,
    state_words,
    when,
)
from handlers.cards.picture import Picture, one_each
from handlers.cards.prose import Spoken, escape, listed, local_zone, say, show_date, wall_of

FEW = 3
"""So many calls are told one by one."""
BETWEEN = len("\n• ".encode())


def ask(
    seen: Picture,
    calls: Sequence[Call],
    now: datetime,
    *,
    outdated: Sequence[Call] = (),
    again: bool,
    may_check_in: bool,
    notes: Sequence[str] = (),
) -> Card:
    """The ask in the gig's thread, and what becomes of it: names and states as text, one pair of buttons.

    `outdated` calls were asked anew in a later message: here nobody can answer them any more. `notes` are what the
    tour manager must know of a call: a clash, a short rest.
    """
    gig = seen.gig
    unanswered = [call for call in calls if call.is_unconfirmed]
    waiting = [seen.name(call.person) for call in one_each(unanswered)]
    parts = _parts(seen, calls, outdated, now, again=again)
    text = say(
        "ask",
        gig=gig,
        heading=parts[0][0],
        zone_note=local_zone(gig),
        works=any(call.is_work for call in calls),
        lines=parts[0][1],
        others=parts[1:],
        particulars=particulars(seen, calls),
        notes=fitting(notes, NAMES_ROOM * 2),
        waiting=fitting(waiting, NAMES_ROOM, "{} more"),
        holds=_holds(unanswered),
        both=len(_by_stage(unanswered)) > 1,
        answered=bool(calls),
    )
    return card(text, answers(gig, calls) if calls else [], check_in(gig) if may_check_in and calls else [])


def _parts(
    seen: Picture, calls: Sequence[Call], outdated: Sequence[Call], now: datetime, *, again: bool
) -> list[tuple[str, list[str]]]:
    """What is asked and of whom, each under its own heading: those called to come, then those who hold the date."""
    asked = _by_stage(calls) or [[]]
    old = [outdated_line(seen, call) for call in outdated]
    made, room = [], LINES_ROOM
    # The shorter list is whole, the longer one has the room that is left.
    for n, part in sorted(enumerate(asked), key=lambda each: len(each[1])):
        lines = [*call_lines(seen, part, now), *(old if n == len(asked) - 1 else ())]
        kept = fitting(lines, room)
        room -= sum(len(line.encode()) + BETWEEN for line in kept)
        made.append((n, _heading(part, again), kept))
    return [(heading, lines) for _, heading, lines in sorted(made)]


def _by_stage(calls: Iterable[Call]) -> list[list[Call]]:
    """Those asked to confirm, and those asked to hold the date; what nobody is asked is left out."""
    of_stage = {stage: [call for call in calls if call.stage is stage] for stage in (CallStage.CONFIRM, CallStage.HOLD)}
    return [part for part in of_stage.values() if part]


def _holds(calls: Iterable[Call]) -> bool:
    """True when nothing but the date is asked for."""
    return all(call.stage is CallStage.HOLD for call in calls)


def _heading(calls: Sequence[Call], again: bool) -> str:
    if not calls:
        return "Asked before:"
    if _holds(calls):
        return "Can you hold the date?"
    if not again:
        return "You are called:"
    moved = any(call.told_wall not in (None, call.wall) for call in calls)
    return "New time, please answer again:" if moved else "Changed, please answer again:"


def not_again(seen: Picture, calls: Iterable[Call]) -> str:
    """Who was called just so before, and where that stands."""
    who = listed([Spoken(f"{seen.name(c.person)} {c.position} {state_words(c, seen.gig.zone)}") for c in calls])
    return f"Called so already, not asked again: {who}."


def told_only(seen: Picture, calls: Iterable[Call]) -> str:
    """Whose call says more now, with nothing to answer."""
    who = listed([seen.name(call.person) for call in one_each(calls)])
    return f"It stands on the call message of {who} now. Nobody is asked again, because time and place are the same."


def receipt(seen: Picture, calls: Sequence[Call], asleep: Sequence[Call]) -> str:
    """What the tour manager is told after calling people."""
    gig = seen.gig
    parts = _by_stage(calls)
    lines = [_called(seen, part, LINES_ROOM // len(parts)) for part in parts]
    if asleep:
        names = listed([seen.name(call.person) for call in one_each(asleep)])
        is_new = any(not seen.person(call.person).zone for call in asleep)
        new = f" Until I know where somebody is, night is that of {local_zone(gig)}." if is_new else ""
        lines.append(Spoken(f"It is night for {names}: not pinged now, asked by DM at 08:00 their time.{new}"))
    return "\n".join(lines)


def _called(seen: Picture, calls: Sequence[Call], room: int) -> Spoken:
    gig = seen.gig
    word = "Asked to hold the date of" if _holds(calls) else "Called for"
    shown = listed(fitting(_each(seen, calls) if len(calls) <= FEW else _by_time(seen, calls), room, "{} more"))
    people = f" {len(one_each(calls))} people:" if len(calls) > FEW else ""
    return Spoken(f"{word} #{gig.number} {listed([gig.city])}, {show_date(gig.date)}:{people} {shown}.")


def _each(seen: Picture, calls: Iterable[Call]) -> list[Spoken]:
    return [Spoken(f"{seen.name(c.person)} {c.position} {kind_words(c)}{_time(seen, c)}") for c in calls]


def _by_time(seen: Picture, calls: Iterable[Call]) -> list[Spoken]:
    """`lobby call 09:30 CET: ana, bo and kit`: who is called for the same is named together."""
    together: dict[str, list[Call]] = {}
    for call in calls:
        together.setdefault(f"{kind_words(call)}{_time(seen, call)}", []).append(call)
    return [
        Spoken(f"{when_}: {', '.join(f'{seen.name(c.person)} {c.position}' for c in each)}")
        for when_, each in together.items()
    ]


def _time(seen: Picture, call: Call) -> str:
    """The time, and what it was before where somebody is asked anew."""
    return when(seen, call) if call.version > 1 else wall_of(seen.gig, call.wall)


def notes(seen: Picture, calls: Sequence[Call], found: Mapping[int, Sequence[Finding]]) -> list[Spoken]:
    """What speaks against a call, for all to read: clashes and short rest. Licences are not for the thread."""
    return [line for one, line in _found(seen, calls, found) if one.kind is not FindingKind.LICENCE]


def warnings(seen: Picture, calls: Sequence[Call], found: Mapping[int, Sequence[Finding]]) -> list[str]:
    """The same for the tour manager, with everything, before anybody answers."""
    lines = fitting([line for _, line in _found(seen, calls, found)], LINES_ROOM)
    return ["*Look at this before they answer:*", *(f"• {line}" for line in lines)] if lines else []


def _found(
    seen: Picture, calls: Sequence[Call], found: Mapping[int, Sequence[Finding]]
) -> Iterator[tuple[Finding, Spoken]]:
    for call in calls:
        for one in found.get(call.id, ()):
            yield one, Spoken(f"{seen.name(call.person)} {call.position}: {escape(one.text)}")
