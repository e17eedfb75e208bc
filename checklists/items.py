"""Checklist items: what must be true before the show, who closes it, and by when."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from checklists.dues import waits_for

NEVER = datetime.max.replace(tzinfo=UTC)


class Severity(StrEnum):
    """S, C and N of the trade's tables."""

    STOPPER = "stopper"
    CRITICAL = "critical"
    NORMAL = "normal"

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
    """A line of one gig's checklist, as it stands.

    `due_at` is UTC; None while it waits for an anchor that nobody has given. `undecided`: nobody has said yet
    whether its condition, `applies`, holds here. `why` it is waived, a problem, or opened again; `proof` is the
    evidence that closed it. `touched`: somebody set it by hand. `own`: put on this gig's list by somebody.
    `added_at`: when it came onto the list of a gig that was there already.
    """

    id: int
    gig_id: int
    key: str
    area: Area
    text: str
    owner: str
    due: str
    due_at: datetime | None
    evidence: Evidence
    severity: Severity
    state: ItemState = ItemState.OPEN
    compressed: bool = False
    closed_by: str = ""
    closed_at: datetime | None = None
    waive_ep: bool = False
    applies: str = ""
    undecided: bool = False
    why: str = ""
    proof: str = ""
    touched: bool = False
    own: bool = False
    added_at: datetime | None = None

    @property
    def is_minute(self) -> bool:
        return self.due.endswith("m")

    @property
    def falls_due(self) -> datetime:
        """When it is due, for an order: what waits for its anchor comes last."""
        return self.due_at or NEVER

    def is_late(self, now: datetime) -> bool:
        """True for what should have been closed by now and is not."""
        return not self.state.is_closed and self.falls_due <= now

    @property
    def waits(self) -> str:
        """`waiting for on-sale date`, or "" for what has its due."""
        return waits_for(self.due) if self.due_at is None else ""

    @property
    def fell_due_before(self) -> bool:
        """True for what is open and was due before its gig was made; what ticks itself is left out."""
        return self.compressed and not self.state.is_closed and self.key not in SELF_TICKING

    @property
    def is_tick(self) -> bool:
        """True for what the owner's own word closes."""
        return self.evidence is Evidence.TICK

    @property
    def is_gate(self) -> bool:
        """True for what must be true before the audience is let in."""
        return self.severity is Severity.STOPPER and self.due.startswith("doors")


SELF_TICKING = frozenset({"ds.sheet_out", "cr.confirm_24", "cr.calls_posted"})
"""Items that nobody ticks: the facts do."""
ITSELF = "itself"
"""Who closed an item that the facts closed."""
