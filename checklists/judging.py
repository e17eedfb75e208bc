"""What readiness is judged from, and by which figures.

Weights and thresholds come from `checklists.rules`: trade practice, or a tour's own. Every datetime is UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from checklists.gig import CurfewKind, GigState
from checklists.items import Area, ItemState, Severity


class Verdict(StrEnum):
    """Is the gig ready. Grey is not judged: it is neither better nor worse than another."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"

    @property
    def rank(self) -> int:
        return {"red": 2, "amber": 1}.get(self.value, 0)

    def worse_than(self, other: "Verdict") -> bool:
        """True when this is a drop from `other`; never so from or to grey."""
        return Verdict.GREY not in (self, other) and self.rank > other.rank


class Reply(StrEnum):
    """What a called person said."""

    CONFIRM = "confirm"
    DECLINE = "decline"
    MAYBE = "maybe"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ItemFact:
    """An item of the gig's checklist; `owner` is the role that must close it.

    Without `due_at` it waits for an anchor that nobody has given: it is open, and cannot be late.
    """

    key: str
    text: str
    area: Area
    severity: Severity
    due_at: datetime | None
    state: ItemState
    is_minute: bool
    owner: str = ""


@dataclass(frozen=True, slots=True)
class CrewFact:
    """A call that was not called off. One who did not show up has declined.

    `released`: the end of this person's work before the call. `changed_at`: a published change that he has
    not acknowledged. `answered_at`: when he replied; a decline is covered by a confirm that came after it,
    and by any confirm when one of the two instants is not known. A confirm from before the change is stale.
    """

    position: str
    person: str
    required: bool
    reply: Reply
    call_at: datetime
    released: datetime | None = None
    changed_at: datetime | None = None
    answered_at: datetime | None = None

    @property
    def is_confirmed(self) -> bool:
        """True for a yes to the call as it is now."""
        stale = self.answered_at and self.changed_at and self.answered_at < self.changed_at
        return self.reply is Reply.CONFIRM and not stale


@dataclass(frozen=True, slots=True)
class DriveFact:
    """A planned drive: hours at the wheel, the driver's legal hours, and whether a relief driver is there."""

    hours: float
    limit: float
    relief: bool
    departs_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """An open blocker, in the words of whoever raised it; `owner` must lift it."""

    text: str
    owner: str = "TM"


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """A published change that the one it was published to has not acknowledged, where no call stands for it."""

    text: str
    published_at: datetime
    owner: str = "TM"


@dataclass(frozen=True, slots=True)
class Facts:
    """All that readiness is judged from. A time that nobody gave is None and gives no reason.

    `zone` is the venue's: the words of a reason are in it, nothing is judged by it.
    """

    state: GigState
    items: tuple[ItemFact, ...] = ()
    crew: tuple[CrewFact, ...] = ()
    drives: tuple[DriveFact, ...] = ()
    flags: tuple[Flag, ...] = ()
    set_end: datetime | None = None
    curfew: datetime | None = None
    curfew_kind: CurfewKind = CurfewKind.SOFT
    changes: tuple[ChangeFact, ...] = ()
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Rules:
    """The weights and thresholds. Rest in time off, on-time in percent, `enough_due` in weight."""

    weights: Mapping[Severity, int]
    areas: Mapping[Area, int]
    soon: timedelta
    soon_on_the_day: timedelta
    confirm_amber: timedelta
    confirm_red: timedelta
    acknowledge: timedelta
    rest_amber: timedelta
    rest_red: timedelta
    on_time_amber: float
    on_time_red: float
    enough_due: int
