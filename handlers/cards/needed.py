"""Who is needed on a gig, and by whom each position is filled."""

from collections.abc import Sequence

from checklists.crew import Call, CallState, Position
from checklists.filling import Fill, Need, gaps, is_at_work
from checklists.gig import Gig
from checklists.positions import (
    Department,
    department_of,
    is_doubling_usual,
    least_crew,
    never_doubled,
    size_of,
    usual_call,
)
from handlers.cards.blocks import PRIVATE_MOST, Button, Card, card, fitting
from handlers.cards.gig import crew_line, headline
from handlers.cards.ids import Action
from handlers.cards.picture import Picture, one_each, positions
from handlers.cards.prose import Spoken, listed, say, wall_of

NAMES_ROOM = 400
NOTES_ROOM = 600
"""Bytes for the names of one position, and for each note."""


def crew_table(seen: Picture, said: str = "") -> Card:
    """Every position by department: how many are needed, who has taken it, who may, what is open.

    `said`: what was just changed.
    """
    fills = seen.fills()
    text = say(
        "needed",
        gig=seen.gig,
        headline=Spoken(headline(seen.gig)),
        said=Spoken(said),
        crew=crew_line(seen),
        departments=[(where, [_line(seen, each) for each in some]) for where, some in _by_department(fills).items()],
        notes=[note for note in (_doubled(seen, fills), _unusual(seen)) if note],
        example=_example(seen.gig, fills),
    )
    buttons = [Button("Call crew", Action.CALL_FORM, str(seen.gig.id))] if seen.gig.takes_answers else []
    return card(text, buttons, most=PRIVATE_MOST)


def _by_department(fills: Sequence[Fill]) -> dict[Department, list[Fill]]:
    found: dict[Department, list[Fill]] = {}
    for each in fills:
        found.setdefault(department_of(each.position), []).append(each)
    return found


def _line(seen: Picture, each: Fill) -> Spoken:
    """`HAND, 8 needed (asked for): filled 2, Ana and Bo; tentative 1, Kit (maybe); open 5, usual call 12:00 WEST`."""
    asked = next((need for need in seen.needs if need.position is each.position), None)
    parts = [f"filled {each.filled}{_after(_names(seen, each))}"]
    if each.perhaps:
        unsure = [Spoken(f"{seen.name(who)} ({_so_far(seen, each.position, who)})") for who in each.perhaps]
        parts.append(f"tentative {each.tentative}{_after(_some(unsure))}")
    if each.open:
        usual = wall_of(seen.gig, usual_call(department_of(each.position), seen.gig))
        parts.append(f"open {each.open}, usual call {usual}")
    return Spoken(f"{each.position}, {_needed(seen.gig, each, asked)}: {'; '.join(parts)}")


def _needed(gig: Gig, each: Fill, asked: Need | None) -> str:
    """How many, and who says so: the tour manager, the kind of show, or only that somebody is called."""
    if asked is None:
        return f"{each.heads} {'needed' if each.position in least_crew(gig, [each.position]) else 'called'}"
    if not each.heads:
        return "not needed (asked for)"
    return f"{each.heads} {'needed' if each.required else 'optional'} (asked for)"


def _after(names: str) -> str:
    return f", {names}" if names else ""


def _names(seen: Picture, each: Fill) -> Spoken:
    """Who has taken it; the tour manager of the tour is there without a call."""
    called = {call.person for call in seen.calls if call.position is each.position}
    return _some([Spoken(f"{seen.name(who)}{'' if who in called else ' (runs the tour)'}") for who in each.by])


def _some(names: Sequence[Spoken]) -> Spoken:
    return listed([Spoken(name) for name in fitting(names, NAMES_ROOM, "{} more")])


def _so_far(seen: Picture, position: Position, who: str) -> str:
    """Why somebody's place is tentative, by his first call to it."""
    call = next(call for call in seen.calls if (call.position, call.person) == (position, who) and is_at_work(call))
    if call.holds_date:
        return "holds the date"
    return "yes to what it was before" if call.is_stale or call.state is CallState.CONFIRMED else call.state.words


def _doubled(seen: Picture, fills: Sequence[Fill]) -> Spoken:
    """Why somebody who is called to a safety role does not count for it."""
    found = [
        Spoken(f"{seen.name(who)} does {_others(seen, who, each.position)} too, so {each.position} is not filled")
        for each in fills
        for who in each.doubled
    ]
    shown = "; ".join(fitting(found, NOTES_ROOM))
    return Spoken(f"Never doubled: {shown}." if shown else "")


def _others(seen: Picture, who: str, position: Position) -> str:
    return positions([call for call in _working(seen) if call.position is not position], who)


def _unusual(seen: Picture) -> Spoken:
    """In a room of theatre size and more: who has several positions, the safety roles left out."""
    if is_doubling_usual(size_of(seen.gig)):
        return Spoken("")
    alone = never_doubled(size_of(seen.gig))
    calls = [call for call in _working(seen) if call.position not in alone]
    posts = [(call.person, positions(calls, call.person)) for call in one_each(calls)]
    shown = "; ".join(fitting([Spoken(f"{seen.name(who)} {what}") for who, what in posts if "+" in what], NOTES_ROOM))
    return Spoken(f"In several positions, unusual in a room of this size: {shown}." if shown else "")


def _working(seen: Picture) -> list[Call]:
    """One call for each person and position at work."""
    return list({(call.person, call.position): call for call in seen.calls if is_at_work(call)}.values())


def _example(gig: Gig, fills: Sequence[Fill]) -> str:
    """`MON 14:00`: the first position that is open, else any."""
    position = next((position for some in gaps(fills).values() for position in some), Position.FOH)
    return f"{position} {usual_call(department_of(position), gig)}"
