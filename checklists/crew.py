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
    MEDIC = "MEDIC"
    FX = "FX"
    FORK = "FORK"
    SPOT = "SPOT"
    CARP = "CARP"
    RUNNER = "RUNNER"


class Role(StrEnum):
    """What somebody may do on a tour."""

    EP = "EP"
    TM = "TM"
    PM = "PM"
    SM = "SM"
    TA = "TA"
    DEPUTY = "deputy"
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


class CallKind(StrEnum):
    """What somebody is called for: to work, or to be somewhere on the way to it."""

    CREW = "crew"
    LOBBY = "lobby"
    BUS = "bus"
    STAGE = "stage"
    SHOW = "show"
    OUT = "out"


class CallStage(StrEnum):
    """What a yes is worth: that the date is held, or that the call is taken."""

    HOLD = "hold"
    CONFIRM = "confirm"


class AnsweredBy(StrEnum):
    """The way an answer came."""

    BUTTON = "button"
    WORDS = "words"
    REACTION = "reaction"
    LEAD = "lead"


STANDING = frozenset(set(CallState) - {CallState.DECLINED, CallState.CALLED_OFF})
"""The states of those who are "called": the declined and the called-off are not."""
YES = frozenset({CallState.CONFIRMED, CallState.ARRIVED, CallState.RELEASED})
WORK = frozenset({CallKind.CREW, CallKind.STAGE, CallKind.SHOW})
PARTICULARS = ("place", "gate", "report_to", "meal", "ppe", "bring")
"""What a call says besides who, as what and when: fields of Call."""
AWAITED = frozenset({CallState.CALLED, CallState.MAYBE, CallState.CONFIRMED})


@dataclass(frozen=True, slots=True)
class Call:
    """One person asked to be ready to work at a time.

    `told_wall`, `told_place` and `told_state`: time, place and answer before the call was changed last. `in_at` and
    `out_at`: the hours worked (UTC). `seen_at`: when he saw that he was called off.
    """

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
    kind: CallKind = CallKind.CREW
    stage: CallStage = CallStage.CONFIRM
    place: str = ""
    gate: str = ""
    report_to: str = ""
    meal: str = ""
    ppe: str = ""
    bring: str = ""
    told_wall: Wall | None = None
    told_place: str = ""
    told_state: CallState | None = None
    in_at: datetime | None = None
    out_at: datetime | None = None
    seen_at: datetime | None = None

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
            in_at={CallState.ARRIVED: self.in_at or now, CallState.RELEASED: self.in_at}.get(state),
            out_at=self.out_at if state is CallState.RELEASED else None,
        )

    @property
    def expected(self) -> datetime:
        """The instant at which this person is awaited: the call, and the minutes he said."""
        return self.at + timedelta(minutes=self.late)

    @property
    def stands(self) -> bool:
        return self.state in STANDING

    @property
    def holds_date(self) -> bool:
        """A yes to the first of two asks: the date is held, nothing is confirmed."""
        return self.stage is CallStage.HOLD and self.state is CallState.CONFIRMED

    @property
    def is_yes(self) -> bool:
        return self.state in YES and not self.holds_date

    @property
    def is_stale(self) -> bool:
        """There was a yes to what the call was before, and none yet to what it is."""
        return self.state is CallState.CALLED and self.told_state in YES

    @property
    def is_work(self) -> bool:
        """A call to be ready to work; not one to be somewhere on the way."""
        return self.kind in WORK

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
