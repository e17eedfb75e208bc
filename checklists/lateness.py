"""Somebody comes late: how much time that leaves before soundcheck, doors and curfew, and the shift that heals it.

Slack = anchor - (when he is expected + the minutes his work needs before it). The minutes are usual figures of the
trade, in one table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from checklists.crew import Call, Position
from checklists.gig import Anchor, Gig, whole_day
from checklists.positions import Department, department_of
from checklists.walls import Wall, exists, is_open_question

P = Position
NEEDED: Mapping[Anchor, Mapping[Position, int]] = {
    Anchor.SOUNDCHECK: {
        P.RIG: 240, P.SYS: 120, P.FOH: 60, P.MON: 60, P.ENG: 60, P.BL: 60, P.PB: 45, P.ARTIST: 0,
    },
    Anchor.DOORS: {
        P.RIG: 240, P.CARP: 120, P.CATERING: 120, P.LD: 90, P.SYS: 60, P.VID: 60, P.FX: 60, P.WARDROBE: 60,
        P.SECURITY: 45, P.MERCH: 45, P.TM: 30, P.PM: 30, P.SM: 30, P.FOH: 30, P.MON: 30, P.ENG: 30, P.BL: 30,
        P.PB: 30, P.SPOT: 30, P.MEDIC: 30, P.HAND: 30, P.FORK: 30, P.ARTIST: 0,
    },
}  # fmt: skip
"""Minutes that somebody in a position works before an anchor; for the others it waits for nobody."""

LEAST_SOUNDCHECK = 60
LEAST_DOORS = 30
"""Minutes that soundcheck, and the audience's way in, take at least; less where the plan had less."""

AT_SOUNDCHECK = frozenset({Department.AUDIO, Department.BACKLINE, Department.ARTIST})
"""The departments whose work hangs on the soundcheck."""


@dataclass(frozen=True, slots=True)
class Slack:
    """Minutes left before an anchor; negative: too late by so many. `need`: the work that is reckoned before it."""

    anchor: Anchor
    minutes: int
    need: int = 0


@dataclass(frozen=True, slots=True)
class Shift:
    """A later schedule: every given wall time as it would then be, and by anchor how many minutes later that is."""

    given: Mapping[Anchor, Wall]
    later: Mapping[Anchor, int]

    @property
    def day(self) -> dict[Anchor, Wall]:
        """Every anchor's wall time, as it would then be."""
        return whole_day(self.given)


def slacks(gig: Gig, calls: Sequence[Call], now: datetime) -> list[Slack]:
    """The time that one person's lateness leaves before each anchor that is ahead and waits for him; at last curfew.

    `calls` are his calls on the gig. The slack of the curfew is what lies between it and the end of the set.
    """
    found = [_least(gig, calls, anchor) for anchor in NEEDED if gig.at(anchor) > now]
    left = (gig.at(Anchor.CURFEW) - gig.at(Anchor.SET_END)) // timedelta(minutes=1)
    return [*(slack for slack in found if slack), Slack(Anchor.CURFEW, left)]


def _least(gig: Gig, calls: Iterable[Call], anchor: Anchor) -> Slack | None:
    """The least slack of these calls; None when the anchor waits for none of them."""
    at, table = gig.at(anchor), NEEDED[anchor]
    waits = [call for call in calls if call.is_work and call.position in table and call.at < at]
    found = [_slack(anchor, at, call, table[call.position]) for call in waits]
    return min(found, key=lambda slack: slack.minutes, default=None)


def _slack(anchor: Anchor, at: datetime, call: Call, need: int) -> Slack:
    return Slack(anchor, (at - call.expected) // timedelta(minutes=1) - need, need)


def healing(gig: Gig, calls: Sequence[Call], now: datetime) -> Shift | None:
    """The smallest shift after which nothing is short any more; None when nothing is, or when none would do.

    Soundcheck moves first, doors only where they must, the set after them; the curfew never, so that a set which
    would then end behind it is not offered.
    """
    short = {slack.anchor: -slack.minutes for slack in slacks(gig, calls, now) if slack.minutes < 0}
    by = _minutes_later(gig, short.get(Anchor.SOUNDCHECK, 0), short.get(Anchor.DOORS, 0))
    walls = {anchor: Wall.of_minutes(gig.day[anchor].minutes + more) for anchor, more in by.items()}
    if not walls or not _may_be(gig, walls.values()):
        return None
    given = {**gig.given, **walls}
    day, before = whole_day(given), gig.day
    later = {anchor: day[anchor].minutes - before[anchor].minutes for anchor in Anchor if day[anchor] != before[anchor]}
    runs_over = later.get(Anchor.SET_END) and day[Anchor.SET_END].minutes > day[Anchor.CURFEW].minutes
    return None if runs_over else Shift(given, later)


def _minutes_later(gig: Gig, soundcheck: int, doors: int) -> dict[Anchor, int]:
    """By how many minutes each anchor moves; what stays is not in it."""
    was = {anchor: wall.minutes for anchor, wall in gig.day.items()}
    by = {Anchor.SOUNDCHECK: soundcheck}
    by[Anchor.DOORS] = max(doors, _pushed(was, by, Anchor.SOUNDCHECK, Anchor.DOORS, LEAST_SOUNDCHECK))
    by[Anchor.SET] = by[Anchor.SET_END] = _pushed(was, by, Anchor.DOORS, Anchor.SET, LEAST_DOORS)
    by[Anchor.LOAD_OUT] = _pushed(was, by, Anchor.SET_END, Anchor.LOAD_OUT, 0)
    return {anchor: minutes for anchor, minutes in by.items() if minutes > 0}


def _pushed(was: Mapping[Anchor, int], by: Mapping[Anchor, int], first: Anchor, then: Anchor, least: int) -> int:
    """How far `first`, once it has moved, pushes `then` to keep at least so many minutes between them."""
    gap = min(least, max(was[then] - was[first], 0))
    return max(0, was[first] + by[first] + gap - was[then]) if by[first] else 0


def _may_be(gig: Gig, walls: Iterable[Wall]) -> bool:
    """False for a wall time that the clock change skips or doubles: that is for a person to decide."""
    return all(exists(gig.date, wall, gig.zone) and not is_open_question(gig.date, wall, gig.zone) for wall in walls)


def touched(calls: Iterable[Call], moved: Iterable[Anchor]) -> list[Call]:
    """The standing calls whose work hangs on an anchor that moves.

    On the soundcheck that of audio, backline and artist; on doors and what follows them everybody's.
    """
    standing = [call for call in calls if call.stands]
    if set(moved) - {Anchor.SOUNDCHECK}:
        return standing
    return [call for call in standing if department_of(call.position) in AT_SOUNDCHECK]
