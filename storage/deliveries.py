"""A delivery: one thing that must be said in Slack, and the states it goes through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from checklists.letters import Letter


class Op(StrEnum):
    """What the courier does."""

    POST = "post"
    UPDATE = "update"
    REACT = "react"


class Room(StrEnum):
    """Where it is said: the tour's channel, the thread under the gig's card, or to one person alone."""

    CHANNEL = "channel"
    THREAD = "thread"
    DM = "dm"


class DeliveryState(StrEnum):
    """Unknown: the outcome is not known. Expired: no longer worth saying. Asked: a person must tell."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    VERIFIED = "verified"
    UNKNOWN = "unknown"
    FAILED = "failed"
    EXPIRED = "expired"
    ASKED = "asked"


S = DeliveryState
COMES_FROM: Mapping[DeliveryState, frozenset[DeliveryState]] = {
    S.PENDING: frozenset({S.PENDING, S.SENDING, S.UNKNOWN, S.ASKED}),
    S.SENDING: frozenset({S.PENDING}),
    S.SENT: frozenset({S.SENDING, S.UNKNOWN, S.ASKED, S.PENDING}),
    S.VERIFIED: frozenset({S.SENT, S.VERIFIED}),
    S.UNKNOWN: frozenset({S.SENDING, S.PENDING}),
    S.FAILED: frozenset({S.SENDING, S.UNKNOWN, S.ASKED, S.SENT, S.VERIFIED}),
    S.EXPIRED: frozenset({S.PENDING}),
    S.ASKED: frozenset({S.UNKNOWN}),
}
"""For each state, those from which it may be reached; every other move is refused."""

IN_SLACK = frozenset({S.SENT, S.VERIFIED})
MAY_BE_IN_SLACK = IN_SLACK | {S.SENDING, S.UNKNOWN, S.ASKED}


class WrongMove(Exception):  # noqa: N818 - it names what was tried
    """A delivery was to go where its state does not let it go, or there is no such delivery."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row of the outbox. Times are UTC.

    While it is pending, `channel`, `thread_ts` and (for an update) `ts` say where it would go now; they are
    empty while that is not known. `of_id` is the posted message that an update edits. `tries` counts the claims,
    so it is the fence of the last one. `look_since`: it may be in Slack from then on, so it is looked for before it
    is sent. `look_at` is when it is looked for next. `repeat`: its first copy could not be proven.
    """

    id: int
    letter: Letter
    op: Op
    room: Room
    tour_id: int | None
    gig_id: int | None
    person: str
    subject: dict[str, Any]
    key: str
    not_before: datetime
    expires: datetime | None
    state: DeliveryState
    channel: str
    thread_ts: str
    ts: str
    of_id: int | None
    body: str
    body_hash: str
    tries: int
    error: str
    made_at: datetime
    sent_at: datetime | None
    look_since: datetime | None
    first_tried_at: datetime | None
    tried_at: datetime | None
    look_at: datetime | None
    looks: int
    repeat: bool

    @property
    def place(self) -> str:
        """Where it goes: the channel, or the person while that conversation was never opened."""
        return self.channel or self.person
