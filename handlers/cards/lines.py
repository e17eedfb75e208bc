"""One call in one line: who, as what, when, where it stands, and what has changed."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from checklists.crew import PARTICULARS, Call, CallKind, CallState
from handlers.cards.blocks import fitting
from handlers.cards.picture import Picture
from handlers.cards.prose import Spoken, clock, escape, wall_of

LINES_ROOM = 3_200
NAMES_ROOM = 250
"""Bytes for the lines, and for a list of names, in a message that holds both."""
SOMEBODY = re.compile(r"<@([UW][A-Z0-9]{2,30})(?:\|[^<>]*)?>")
PARTICULAR: Mapping[str, str] = {
    "place": "Place",
    "gate": "Gate",
    "report_to": "Report to",
    "meal": "Meal",
    "ppe": "Wear",
    "bring": "Bring",
}


def state_words(call: Call, zone: str) -> str:
    """`confirmed, 20 min late (about 12:20 WET)`: never by colour or sign alone."""
    if call.holds_date:
        return "holds the date"
    if call.late and call.state is CallState.CONFIRMED:
        return f"confirmed, {call.late} min late (about {clock(call.expected, zone)})"
    if call.late_unknown:
        return "confirmed, late, minutes not known"
    return "on site" if call.state is CallState.ARRIVED else call.state.words


def kind_words(call: Call) -> str:
    """`lobby call `, or nothing for the usual call to work."""
    return "" if call.kind is CallKind.CREW else f"{call.kind} call "


def call_line(seen: Picture, call: Call, now: datetime, *, wake: bool = False) -> Spoken:
    """`<@kit> BL, 14:00 → 12:00 WET: no answer yet`. Only who still has to answer is pinged."""
    who = seen.named(call, now, wake) if call.is_unconfirmed else seen.name(call.person)
    said = f" (had said yes{was_at(call)})" if call.is_stale else ""
    return Spoken(
        f"{who} {call.position}, {kind_words(call)}{when(seen, call)}: {state_words(call, seen.gig.zone)}{said}"
    )


def when(seen: Picture, call: Call) -> str:
    """`14:00 → 12:30 WET · Place: Hall A → Hall B` while the change is not answered, else the time alone."""
    now = wall_of(seen.gig, call.wall)
    if not call.is_unconfirmed or call.told_wall is None:
        return now
    before = f"{call.told_wall} → " if call.told_wall != call.wall else ""
    moved = call.told_place and call.told_place != call.place
    place = f", {escape(call.told_place)} → {escape(call.place or 'no place said')}" if moved else ""
    return f"{before}{now}{place}"


def was_at(call: Call) -> str:
    """` to 14:00`: what the old yes was to, where the time is another one now."""
    return f" to {call.told_wall}" if call.told_wall is not None and call.told_wall != call.wall else ""


def outdated_line(seen: Picture, call: Call) -> Spoken:
    """A call that was asked anew in a later message."""
    return Spoken(f"{seen.name(call.person)} {call.position}: changed since, asked again in a later message")


def call_lines(seen: Picture, calls: Sequence[Call], now: datetime) -> list[str]:
    """A line for each call; where they are too many for one message, who still has to answer comes first."""
    lines = [call_line(seen, call, now) for call in calls]
    if fitting(lines, LINES_ROOM) == lines:
        return list(lines)
    first = sorted(calls, key=lambda call: not call.is_unconfirmed)
    return fitting([call_line(seen, call, now) for call in first], LINES_ROOM)


def particulars(seen: Picture, calls: Sequence[Call]) -> list[Spoken]:
    """What the calls say besides who, as what and when; what is not the same for all names those it is for."""
    lines = []
    for name, word in PARTICULAR.items():
        values: dict[str, list[Call]] = {}
        for call in calls:
            values.setdefault(getattr(call, name), []).append(call)
        for value, whose in values.items():
            if value:
                few = len(values) > 1 and len(whose) <= len(calls) // 2 + 1
                names = f" ({', '.join(dict.fromkeys(seen.name(each.person) for each in whose))})" if few else ""
                lines.append(Spoken(f"{word}: {somebody(seen, value)}{names}"))
    return lines


def somebody(seen: Picture, value: str) -> str:
    """A value as text; somebody who was picked from Slack's list by name."""
    found = SOMEBODY.fullmatch(value)
    return seen.name(found[1]) if found else escape(value)


def has_particulars(call: Call) -> bool:
    """True when the call says more than who, as what and when."""
    return any(getattr(call, name) for name in PARTICULARS)
