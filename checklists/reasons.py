"""Why a gig is not green, and how that is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from checklists.gig import GigState
from checklists.items import Area, ItemState
from checklists.judging import Verdict
from checklists.walls import local, zone_word

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ReasonKind(StrEnum):
    """Why a gig is not green. Overdue: a show-stopper. Late: a critical item."""

    STATE = "state"
    OVERDUE = "overdue"
    BLOCKER = "blocker"
    DUE_SOON = "due_soon"
    LATE = "late"
    UNCONFIRMED = "unconfirmed"
    REST = "rest"
    DRIVE = "drive"
    CHANGE = "change"
    CURFEW = "curfew"
    ON_TIME = "on_time"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why a gig is not green. It holds nothing that changes by the clock; its words do.

    `key`: the item's key, the position, or the state. `due`: the deadline: the item's due, the call, the
    departure, the set's end; the instant of a change. `owner`: the role or the person who can take the reason
    away. `what`: the words of the item, the flag or the change. `figure` and `limit`: hours or percent.
    `count`: how many people. When and in which zone it was judged makes no other reason of it.
    """

    level: Verdict
    kind: ReasonKind
    key: str = ""
    what: str = ""
    owner: str = ""
    area: Area | None = None
    due: datetime | None = None
    against: datetime | None = None
    figure: float = 0.0
    limit: float = 0.0
    count: int = 1
    state: ItemState = ItemState.OPEN
    judged_at: datetime = field(default=EPOCH, compare=False, repr=False)
    zone: str = field(default="UTC", compare=False, repr=False)

    @property
    def text(self) -> str:
        """Its words as it was judged, in the venue's zone."""
        return self.words(self.judged_at, self.zone)

    def words(self, now: datetime, zone: str) -> str:
        """For a phone, plainly. Clock times are those of `zone`, the venue's, with the day unless today."""
        return WORDS[self.kind](self, now, zone)


def overdue_words(reason: Reason, now: datetime, zone: str) -> str:
    return f"{reason.what}: {so_far(reason)}overdue since {clock(reason.due, now, zone)}{by(reason)}"


def late_words(reason: Reason, now: datetime, zone: str) -> str:
    return f"{reason.what}: {so_far(reason)}late since {clock(reason.due, now, zone)}{by(reason)}"


def due_soon_words(reason: Reason, now: datetime, zone: str) -> str:
    return f"{reason.what}: {so_far(reason)}due {clock(reason.due, now, zone)}{ahead(reason, now)}{by(reason)}"


def unconfirmed_words(reason: Reason, now: datetime, zone: str) -> str:
    who = f"{reason.key}: {reason.count}" if reason.count > 1 else reason.key
    call = "first call" if reason.count > 1 else "call"
    return f"{who} not confirmed, {call}{ahead(reason, now, '') or ' was ' + clock(reason.due, now, zone)}"


def rest_words(reason: Reason, _now: datetime, _zone: str) -> str:
    return f"rest {reason.figure:g} h before the call, under {reason.limit:g} h ({reason.key})"


def drive_words(reason: Reason, _now: datetime, _zone: str) -> str:
    return f"drive of {reason.figure:g} h, over the limit of {reason.limit:g} h, with one driver"


def change_words(reason: Reason, now: datetime, zone: str) -> str:
    return f"change of {clock(reason.due, now, zone)} not acknowledged: {reason.key or reason.what}"


def curfew_words(reason: Reason, now: datetime, zone: str) -> str:
    curfew = f"the {reason.what} curfew {clock(reason.against, now, zone)}"
    return f"set ends {clock(reason.due, now, zone)}, after {curfew}"


def on_time_words(reason: Reason, _now: datetime, _zone: str) -> str:
    return f"on time {reason.figure:.1f} % of what is due, under {reason.limit:g} %"


def blocker_words(reason: Reason, _now: datetime, _zone: str) -> str:
    return f"blocker: {reason.what}"


def state_words(reason: Reason, _now: datetime, _zone: str) -> str:
    return f"{GigState(reason.key).words}: readiness is not judged"


WORDS: Mapping[ReasonKind, Callable[[Reason, datetime, str], str]] = {
    ReasonKind.STATE: state_words,
    ReasonKind.BLOCKER: blocker_words,
    ReasonKind.OVERDUE: overdue_words,
    ReasonKind.DUE_SOON: due_soon_words,
    ReasonKind.LATE: late_words,
    ReasonKind.DRIVE: drive_words,
    ReasonKind.UNCONFIRMED: unconfirmed_words,
    ReasonKind.REST: rest_words,
    ReasonKind.CHANGE: change_words,
    ReasonKind.CURFEW: curfew_words,
    ReasonKind.ON_TIME: on_time_words,
}


def so_far(reason: Reason) -> str:
    """What has come of the item, where that is more than nothing."""
    return {ItemState.SENT: "sent, no answer, ", ItemState.PROBLEM: "problem, "}.get(reason.state, "")


def by(reason: Reason) -> str:
    return f" ({reason.owner})" if reason.owner else ""


def ahead(reason: Reason, now: datetime, comma: str = ",") -> str:
    """`, in 47 h` (whole hours, or minutes under two hours), or nothing once it has come."""
    if reason.due is None or reason.due <= now:
        return ""
    minutes = (reason.due - now) // timedelta(minutes=1)
    return f"{comma} in {minutes // 60} h" if minutes >= 120 else f"{comma} in {minutes} min"


def clock(at: datetime | None, now: datetime, zone: str) -> str:
    """`17:45 CET` when it is today in that zone, else `Fri 6 Nov 17:45 CET`."""
    if at is None:
        return "a time not known"
    there = local(at, zone)
    if there.date() == local(now, zone).date():
        return f"{there:%H:%M} {zone_word(at, zone)}"
    return f"{there:%a} {there.day} {there:%b %H:%M} {zone_word(at, zone)}"
