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
    waiting = [seen.name(call.person) for call in one_each(calls) if call.is_unconfirmed]
    lines = [*call_lines(seen, calls, now), *(outdated_line(seen, call) for call in outdated)]
    text = say(
        "ask",
        gig=gig,
        heading=_heading(calls, again),
        zone_note=local_zone(gig),
        works=any(call.is_work for call in calls),
        lines=fitting(lines, LINES_ROOM),
        particulars=particulars(seen, calls),
        notes=fitting(notes, NAMES_ROOM * 2),
        waiting=fitting(waiting, NAMES_ROOM, "{} more"),
        holds=_holds(calls),
        answered=bool(calls),
    )
    return card(text, answers(gig, calls) if calls else [], check_in(gig) if may_check_in and calls else [])


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
    word = "Asked to hold the date of" if _holds(calls) else "Called for"
    shown = listed(fitting(_each(seen, calls) if len(calls) <= FEW else _by_time(seen, calls), LINES_ROOM, "{} more"))
    people = f" {len(one_each(calls))} people:" if len(calls) > FEW else ""
    lines = [Spoken(f"{word} #{gig.number} {listed([gig.city])}, {show_date(gig.date)}:{people} {shown}.")]
    if asleep:
        names = listed([seen.name(call.person) for call in one_each(asleep)])
        lines.append(Spoken(f"It is night for {names}: not pinged now, asked by DM at 08:00 their time."))
    return "\n".join(lines)


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
