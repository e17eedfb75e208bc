"""When an item is due: days from a date or minutes from an anchor of the day, on each gig's own times."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType

from checklists.gig import Anchor, Gig
from checklists.walls import at_clock, local

NOTHING_KNOWN: Mapping[str, datetime] = MappingProxyType({})
DAY_ANCHORS = frozenset(Anchor)
MOST_GRACE = timedelta(hours=48)
SHARE_OF_TIME_LEFT = 0.20


SHOW = "T"
"""The anchor of what is counted in days from the show date."""

ANCHOR_WORDS: Mapping[str, str] = {
    "line_check": "line check time",
    "depart": "departure time",
    "flight_dep": "flight time",
    "downbeat": "downbeat",
    "session_end": "end of the session",
    "announce": "announce date",
    "on_sale": "on-sale date",
}
"""The anchors that the day of a show has not by itself, and how they are named while nobody has given them."""

DATED = frozenset({SHOW, "announce", "on_sale"})
"""The anchors that days may be counted from."""

ANCHORS = DAY_ANCHORS | frozenset(ANCHOR_WORDS)
"""What minutes may be counted from."""

DAYS = re.compile(r"(T|[a-z_]+)([+-])([0-9]{1,3})d(?:@([0-9]{2}):([0-9]{2}))?")
MINUTES = re.compile(r"([a-z_]+)([+-])([0-9]{1,4})m")
DAY_CLOSES = time(17, 0)


@dataclass(frozen=True, slots=True)
class Due:
    """When an item must be closed: at a clock time some days from a date, or minutes from an anchor.

    `clock` is None for what is counted in minutes.
    """

    anchor: str = SHOW
    days: int = 0
    clock: time | None = DAY_CLOSES
    minutes: int = 0

    @property
    def is_minute(self) -> bool:
        """True for what is counted in minutes from an anchor."""
        return self.clock is None

    @classmethod
    def parse(cls, text: str) -> "Due":
        """`T-14d` (17:00 venue time), `T-1d@20:00`, `on_sale-7d` or `doors-30m`; raises ValueError for else."""
        return parse_due(text)

    def __str__(self) -> str:
        """As it is written."""
        if self.clock is None:
            return f"{self.anchor}{self.minutes:+d}m"
        return f"{self.anchor}{self.days:+d}d" + ("" if self.clock == DAY_CLOSES else f"@{self.clock:%H:%M}")

    def instant(self, gig: Gig, known: Mapping[str, datetime] = NOTHING_KNOWN) -> datetime | None:
        """The UTC instant on this gig, or None while its anchor is not known.

        `known`: UTC instants of the anchors that the gig's own day has not, and of those it shall not take.
        """
        if self.clock is not None:
            day = self.day(gig, known)
            return None if day is None else at_clock(day + timedelta(days=self.days), self.clock, gig.zone)
        at = known.get(self.anchor) or (gig.at(Anchor(self.anchor)) if self.anchor in DAY_ANCHORS else None)
        return None if at is None else at + timedelta(minutes=self.minutes)

    def day(self, gig: Gig, known: Mapping[str, datetime]) -> date | None:
        """The calendar date at the venue that days are counted from, or None while it is not known."""
        if self.anchor == SHOW:
            return gig.date
        return local(known[self.anchor], gig.zone).date() if self.anchor in known else None


@lru_cache(maxsize=4096)
def parse_due(text: str) -> Due:
    """As `Due.parse`."""
    if match := DAYS.fullmatch(text):
        anchor, sign, days, hour, minute = match.groups()
        clock = read_clock(text, hour, minute) if hour else DAY_CLOSES
        return Due(anchor, days=int(sign + days), clock=clock)
    if match := MINUTES.fullmatch(text):
        anchor, sign, minutes = match.groups()
        return Due(anchor, clock=None, minutes=int(sign + minutes))
    raise ValueError(f"not a due: {text!r}")


def read_clock(text: str, hour: str, minute: str) -> time:
    """The clock time in a due; raises ValueError for one that no clock shows."""
    try:
        return time(int(hour), int(minute))
    except ValueError as wrong:
        raise ValueError(f"not a due: {text!r}: no clock shows {hour}:{minute}") from wrong


@dataclass(frozen=True, slots=True)
class DueAt:
    """When an item of one gig is due (UTC), or what it waits for: one of `at` and `waits` is there."""

    at: datetime | None
    compressed: bool = False
    waits: str = ""


def due_when(
    gig: Gig, due: str, known: Mapping[str, datetime] = NOTHING_KNOWN, added_at: datetime | None = None
) -> DueAt:
    """When an item of this gig is due; `known` as for `Due.instant`.

    A late-booked gig is not born red: what would be due before the gig was made (or moved, or before the item
    was `added_at`) gets min(48 h, 20 % of the time left to load-in) from then.
    """
    planned = Due.parse(due).instant(gig, known)
    if planned is None:
        return DueAt(None, waits=waits_for(due, known))
    since = max(gig.counted_from, added_at) if added_at else gig.counted_from
    if planned > since:
        return DueAt(planned)
    return DueAt(since + min(MOST_GRACE, time_left(gig, known, since) * SHARE_OF_TIME_LEFT), compressed=True)


def waits_for(due: str, known: Container[str] = ()) -> str:
    """`waiting for on-sale date`, or "" for what is counted from an anchor that is known."""
    anchor = Due.parse(due).anchor
    return f"waiting for {ANCHOR_WORDS[anchor]}" if anchor in ANCHOR_WORDS and anchor not in known else ""


def time_left(gig: Gig, known: Mapping[str, datetime], since: datetime) -> timedelta:
    """From then to the begin of the gig's work; after that, to the next that is left of the day."""
    begins = known.get("downbeat") or gig.at(Anchor.LOAD_IN)
    ahead = (begins, gig.at(Anchor.DOORS), gig.at(Anchor.SET), gig.show_day_ends())
    return next((at - since for at in ahead if at > since), timedelta(0))
