"""Checklist items: what must be true before the show, who closes it, and by when."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from checklists.gig import Anchor, Gig

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


DAYS = re.compile(r"T([+-])(\d+)d(?:@(\d\d):(\d\d))?")
MINUTES = re.compile(r"([a-z_]+)([+-])(\d+)m")
DAY_CLOSES = time(17, 0)


@dataclass(frozen=True, slots=True)
class Due:
    """When an item must be closed: at a clock time some days from the show, or minutes from an anchor."""

    days: int = 0
    clock: time = DAY_CLOSES
    anchor: str = ""
    minutes: int = 0

    @property
    def is_minute(self) -> bool:
        """True for an item of the day itself, counted from an anchor."""
        return bool(self.anchor)

    @classmethod
    def parse(cls, text: str) -> "Due":
        """`T-14d` (17:00 venue time), `T-1d@20:00` or `doors-30m`; raises ValueError for anything else."""
        if match := DAYS.fullmatch(text):
            sign, days, hour, minute = match.groups()
            clock = time(int(hour), int(minute)) if hour else DAY_CLOSES
            return cls(days=int(sign + days), clock=clock)
        if match := MINUTES.fullmatch(text):
            anchor, sign, minutes = match.groups()
            return cls(anchor=anchor, minutes=int(sign + minutes))
        raise ValueError(f"not a due: {text!r}")

    def instant(self, gig: Gig) -> datetime | None:
        """The UTC instant on this gig, or None while its anchor is not one of the gig's day."""
        if not self.anchor:
            return gig.days_before(-self.days, self.clock)
        if self.anchor not in set(Anchor):
            return None
        return gig.at(Anchor(self.anchor)) + timedelta(minutes=self.minutes)


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
        return not self.due.startswith("T")

    @property
    def fell_due_before(self) -> bool:
        """True for what is open and was due before its gig was made; what ticks itself is left out."""
        return self.compressed and not self.state.is_closed and self.key not in SELF_TICKING

    @property
    def is_gate(self) -> bool:
        """True for what must be true before the audience is let in."""
        return self.severity is Severity.STOPPER and self.due.startswith("doors")


def due_on(gig: Gig, due: str) -> tuple[datetime, bool]:
    """The UTC instant at which an item of this gig is due, and whether it was compressed.

    A late-booked gig is not born red: what would be due before the gig was made (or moved) gets
    min(48 h, 20 % of the time left to load-in) from then.
    """
    planned = Due.parse(due).instant(gig) or gig.show_day_ends()
    if planned > gig.counted_from:
        return planned, False
    left = max(gig.at(Anchor.LOAD_IN) - gig.counted_from, timedelta(0))
    return gig.counted_from + min(MOST_GRACE, left * SHARE_OF_TIME_LEFT), True


SELF_TICKING = frozenset({"ds.sheet_out", "cr.confirm_24", "cr.calls_posted"})
"""Items that nobody ticks: the facts do."""
