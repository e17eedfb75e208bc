"""Crew: positions, roles, calls, and what state a call is in."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from checklists.walls import Wall


class Position(StrEnum):
    """What somebody is called to do."""

    EP = "EP"
    TM = "TM"
    PM = "PM"
    SM = "SM"
    TA = "TA"
    FOH = "FOH"
    MON = "MON"
    LD = "LD"
    BL = "BL"
    ENG = "ENG"
    SYS = "SYS"
    RIG = "RIG"
    VID = "VID"
    PB = "PB"
    HAND = "HAND"
    MERCH = "MERCH"
    DRIVER = "DRIVER"
    CATERING = "CATERING"
    WARDROBE = "WARDROBE"
    SECURITY = "SECURITY"
    ARTIST = "ARTIST"


class Role(StrEnum):
    """What somebody may do on a tour."""

    EP = "EP"
    TM = "TM"
    PM = "PM"
    SM = "SM"
    TA = "TA"
    CREW = "crew"


GIVES_ROLE = {Position.PM: Role.PM, Position.SM: Role.SM, Position.TA: Role.TA}
"""A call to one of these gives that role on the tour."""

FALLS_TO: dict[str, str] = {
    "SM": "PM", "PM": "TM", "TA": "TM", "MON": "FOH", "FOH": "PM", "LD": "PM", "BL": "PM", "PUB": "MGMT",
    "TRAVEL": "TM", "MERCH": "TM", "EP": "MGMT", "MGMT": "TM", "AGENT": "TM", "PROMOTER": "TM", "ENG": "FOH",
    "DRIVER": "TM",
}  # fmt: skip
"""Who takes over an item whose owner's role is not filled (the field's fall-back line)."""


class CallState(StrEnum):
    """Where a call stands. Late is a yes with minutes, so it is no state of its own."""

    CALLED = "called"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    MAYBE = "maybe"
    ARRIVED = "arrived"
    NO_SHOW = "no_show"
    RELEASED = "released"
    CALLED_OFF = "called_off"

    @property
    def words(self) -> str:
        return {"called": "no answer yet", "called_off": "called off", "no_show": "no-show"}.get(self.value, self.value)


class AnsweredBy(StrEnum):
    """The way an answer came."""

    BUTTON = "button"
    WORDS = "words"
    REACTION = "reaction"
    LEAD = "lead"


STANDING = frozenset(set(CallState) - {CallState.DECLINED, CallState.CALLED_OFF})
"""The states of those who are "called": the declined and the called-off are not."""
YES = frozenset({CallState.CONFIRMED, CallState.ARRIVED, CallState.RELEASED})
AWAITED = frozenset({CallState.CALLED, CallState.MAYBE, CallState.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Call:
    """One person asked to be ready to work at a time."""

    id: int
    gig_id: int
    person: str
    position: Position
    wall: Wall
    at: datetime
    state: CallState = CallState.CALLED
    late: int = 0
    late_unknown: bool = False
    version: int = 1
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    answered_by: AnsweredBy | None = None
    answer_ref: str = ""
    changed_at: datetime | None = None
    late_from: datetime | None = None
    heard_at: datetime | None = None

    def answered(
        self, state: CallState, by: AnsweredBy, ref: str, now: datetime, late: int = 0, late_unknown: bool = False
    ) -> "Call":
        """The same call after that answer, as the store keeps it."""
        return replace(
            self,
            state=state,
            answered_by=by,
            answer_ref=ref,
            answered_at=now,
            late=late,
            late_unknown=late_unknown,
            late_from=now if late or late_unknown else None,
        )

    @property
    def expected(self) -> datetime:
        """The instant at which this person is awaited: the call, and the minutes he said."""
        return self.at + timedelta(minutes=self.late)

    @property
    def stands(self) -> bool:
        return self.state in STANDING

    @property
    def is_yes(self) -> bool:
        return self.state in YES

    @property
    def is_silent(self) -> bool:
        return self.state is CallState.CALLED

    @property
    def is_unconfirmed(self) -> bool:
        return self.state in (CallState.CALLED, CallState.MAYBE)

    @property
    def is_awaited(self) -> bool:
        """Called, and not on site yet."""
        return self.state in AWAITED


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the workspace; zone and the rest are empty until they are known."""

    id: str
    name: str = ""
    zone: str = ""
    is_known: bool = False
    is_guest: bool = False
    is_outsider: bool = True
    dm_channel: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role or a position: on the tour, or on one gig by a call."""

    person: str
    role: str


def owner_of(role: str, calls: Iterable[Call], holders: Iterable[Holder], lead: str) -> str:
    """Who must close an item that belongs to `role`; "" when the tour has nobody at all.

    Whoever is called to the position on that gig and has not declined, else the tour's first holder, else
    the same along the fall-back line, at last `lead`, the tour manager.
    """
    called: dict[str, str] = {}
    for call in calls:
        if call.stands:
            called.setdefault(call.position.value, call.person)
    held: dict[str, str] = {}
    for holder in holders:
        held.setdefault(holder.role, holder.person)
    step: str | None = role
    while step is not None:
        if found := called.get(step) or held.get(step):
            return found
        step = FALLS_TO.get(step)
    return lead
