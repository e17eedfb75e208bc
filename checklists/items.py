"""Checklist items: what must be true before the show, who closes it, and by when."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from checklists.gig import Anchor, Gig
from checklists.walls import at_clock, local

NOTHING_KNOWN: Mapping[str, datetime] = MappingProxyType({})
DAY_ANCHORS = frozenset(Anchor)
MOST_GRACE = timedelta(hours=48)
SHARE_OF_TIME_LEFT = 0.20


class Severity(StrEnum):
    """S, C and N of the trade's tables."""

    STOPPER = "stopper"
    CRITICAL = "critical"
    NORMAL = "normal"

    @property
    def weight(self) -> int:
        return {"stopper": 5, "critical": 3, "normal": 1}[self.value]

    @property
    def words(self) -> str:
        return {"stopper": "show-stopper"}.get(self.value, self.value)


class Area(StrEnum):
    """What an item is about; readiness weighs by area."""

    DEAL_LEGAL = "deal_legal"
    VENUE = "venue"
    EQUIPMENT = "equipment"
    CREW = "crew"
    TRAVEL = "travel"
    MONEY = "money"
    SCHEDULE = "schedule"
    PROMO_GUEST = "promo_guest"

    @property
    def words(self) -> str:
        return {"deal_legal": "deal and legal", "promo_guest": "promotion and guests"}.get(self.value, self.value)


class ItemState(StrEnum):
    """Sent is not done: only the answer closes it."""

    OPEN = "open"
    SENT = "sent"
    DONE = "done"
    WAIVED = "waived"
    NA = "n/a"
    PROBLEM = "problem"

    @property
    def is_closed(self) -> bool:
        return self in (ItemState.DONE, ItemState.WAIVED, ItemState.NA)


class Evidence(StrEnum):
    """What closes an item."""

    DOC = "doc"
    ACK = "ack"
    NUM = "num"
    NAME = "name"
    TICK = "tick"
    PAY = "pay"
    PHOTO = "photo"


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
class StockItem:
    """A line of a stock checklist."""

    key: str
    area: Area
    text: str
    owner: str
    due: str
    evidence: Evidence
    severity: Severity
    lite: bool = False
    waive_ep: bool = False
    applies: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of one gig's checklist, as it stands. `due_at` is UTC."""

    id: int
    gig_id: int
    key: str
    area: Area
    text: str
    owner: str
    due: str
    due_at: datetime
    evidence: Evidence
    severity: Severity
    state: ItemState = ItemState.OPEN
    compressed: bool = False
    closed_by: str = ""
    closed_at: datetime | None = None

    @property
    def is_minute(self) -> bool:
        return self.due.endswith("m")

    @property
    def fell_due_before(self) -> bool:
        """True for what is open and was due before its gig was made; what ticks itself is left out."""
        return self.compressed and not self.state.is_closed and self.key not in SELF_TICKING

    @property
    def is_gate(self) -> bool:
        """True for what must be true before the audience is let in."""
        return self.severity is Severity.STOPPER and self.due.startswith("doors")


@dataclass(frozen=True, slots=True)
class DueAt:
    """When an item of one gig is due (UTC), or what it waits for: one of `at` and `waits` is there."""

    at: datetime | None
    compressed: bool = False
    waits: str = ""


def due_when(gig: Gig, due: str, known: Mapping[str, datetime] = NOTHING_KNOWN) -> DueAt:
    """When an item of this gig is due; `known` as for `Due.instant`.

    A late-booked gig is not born red: what would be due before the gig was made (or moved) gets
    min(48 h, 20 % of the time left to load-in) from then.
    """
    planned = Due.parse(due).instant(gig, known)
    if planned is None:
        return DueAt(None, waits=waits_for(due, known))
    if planned > gig.counted_from:
        return DueAt(planned)
    return DueAt(gig.counted_from + min(MOST_GRACE, time_left(gig, known) * SHARE_OF_TIME_LEFT), compressed=True)


def due_on(gig: Gig, due: str, known: Mapping[str, datetime] = NOTHING_KNOWN) -> tuple[datetime, bool]:
    """As `due_when`, with an instant in any case: what waits for its anchor is due when the show day ends."""
    found = due_when(gig, due, known)
    return found.at or gig.show_day_ends(), found.compressed


def waits_for(due: str, known: Container[str] = ()) -> str:
    """`waiting for on-sale date`, or "" for what is counted from an anchor that is known."""
    anchor = Due.parse(due).anchor
    return f"waiting for {ANCHOR_WORDS[anchor]}" if anchor in ANCHOR_WORDS and anchor not in known else ""


def time_left(gig: Gig, known: Mapping[str, datetime] = NOTHING_KNOWN) -> timedelta:
    """From when the gig was made to its work's begin; made after that, to the next that is left of the day."""
    begins = known.get("downbeat") or gig.at(Anchor.LOAD_IN)
    ahead = (begins, gig.at(Anchor.DOORS), gig.at(Anchor.SET), gig.show_day_ends())
    return next((at - gig.counted_from for at in ahead if at > gig.counted_from), timedelta(0))


SELF_TICKING = frozenset({"ds.sheet_out", "cr.confirm_24", "cr.calls_posted"})
"""Items that nobody ticks: the facts do."""
