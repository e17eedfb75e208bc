"""What would take a reason away: one thing for each, that one button does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from checklists.access import may_tick
from checklists.crew import Call, Person
from checklists.items import SELF_TICKING, Item
from checklists.reasons import Reason, ReasonKind


class Remedy(StrEnum):
    """The one thing that somebody can do about a reason."""

    CLOSE = "close"
    DECIDE = "decide"
    ASK = "ask"
    CALL = "call"
    TIMES = "times"
    LATE = "late"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Fix:
    """What would take a reason away.

    `item`: what is closed, or whose condition is decided. `key`: the position to ask or to call, "" for all whom
    the reason speaks about. Wait: nobody can do anything by a button.
    """

    remedy: Remedy
    item: Item | None = None
    key: str = ""


CALLED_BY = frozenset({"cr.calls_posted", "cr.confirm_24"})
"""What ticks itself once somebody is called, or has confirmed."""


def fix_of(reason: Reason, items: Mapping[str, Item], calls: Iterable[Call]) -> Fix:
    """The one fix of a reason, from the items of the gig by their keys, and its calls."""
    match reason.kind:
        case ReasonKind.OVERDUE | ReasonKind.LATE | ReasonKind.DUE_SOON:
            return _of_item(items.get(reason.key), calls)
        case ReasonKind.UNCONFIRMED:
            return Fix(Remedy.ASK if silent_in(calls, reason.key) else Remedy.CALL, key=reason.key)
        case ReasonKind.CHANGE if changed(calls):
            return Fix(Remedy.ASK)
        case ReasonKind.REST:
            return Fix(Remedy.CALL, key=reason.key)
        case ReasonKind.CURFEW:
            return Fix(Remedy.TIMES)
        case ReasonKind.ON_TIME:
            return Fix(Remedy.LATE)
        case _:
            return Fix(Remedy.WAIT)


def _of_item(item: Item | None, calls: Iterable[Call]) -> Fix:
    if item is None:
        return Fix(Remedy.WAIT)
    if item.undecided:
        return Fix(Remedy.DECIDE, item)
    if item.key in CALLED_BY:
        return Fix(Remedy.ASK if silent_in(calls) else Remedy.CALL)
    return Fix(Remedy.WAIT if item.key in SELF_TICKING else Remedy.CLOSE, item)


def silent_in(calls: Iterable[Call], position: str = "") -> list[Call]:
    """Who is called to that position (to any, without one) and has said nothing."""
    return [call for call in calls if call.is_silent and position in ("", call.position)]


def changed(calls: Iterable[Call]) -> list[Call]:
    """Who has not answered the change of his call."""
    return [call for call in calls if call.is_silent and call.version > 1]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, with the roles held on the tour; `changes`: may change the tour."""

    person: Person
    roles: frozenset[str]
    changes: bool

    def may(self, fix: Fix, owner: str) -> bool:
        """True when this person would not be refused; `owner`: whose item it is."""
        match fix.remedy:
            case Remedy.WAIT:
                return False
            case Remedy.LATE:
                return True
            case Remedy.CLOSE:
                return may_tick(self.roles, self.person, owner)
            case _:
                return self.changes
