"""Socket Mode: envelopes out, acks in, three seconds each, and Slack's retries of events."""

import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.sandbox.ledger import Kind
from bot.sandbox.pulse import Pulse
from bot.sandbox.records import Json

RETRY_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
MOST_SOCKETS = 10


class EnvelopeType(StrEnum):
    COMMAND = "slash_commands"
    INTERACTIVE = "interactive"
    EVENT = "events_api"


class Socket(Protocol):
    """One open WebSocket, as the door offers it. Both calls may come from any thread."""

    def push(self, text: str, note_sent: Callable[[], None]) -> None:
        """Write a frame; call `note_sent` just before its first byte."""

    def close(self) -> None:
        """Send a close frame and hang up."""


@dataclass
class Envelope:
    """One frame to the app. Times are monotonic seconds; `acked` is when its ack came in, late or not."""

    envelope_id: str
    type: EnvelopeType
    payload: Json
    accepts_response: bool
    made: float
    retry_attempt: int = 0
    retry_reason: str = ""
    sent: float | None = None
    acked: float | None = None
    response: Json | None = None
    timed_out: bool = False
    undeliverable: bool = False

    @property
    def waiting(self) -> bool:
        return self.acked is None and not self.timed_out and not self.undeliverable

    @property
    def answered(self) -> bool:
        """Acked in time."""
        return self.acked is not None and not self.timed_out

    def to_frame(self) -> str:
        frame: Json = {"envelope_id": self.envelope_id, "type": self.type.value, "payload": self.payload}
        frame["accepts_response_payload"] = self.accepts_response
        if self.type is EnvelopeType.EVENT:
            frame |= {"retry_attempt": self.retry_attempt, "retry_reason": self.retry_reason}
        return json.dumps(frame)


@dataclass(frozen=True)
class Retry:
    due: datetime
    body: Json
    attempt: int
    reason: str


@dataclass
class Line:
    """The app's sockets. `ack_seconds` is real time; retries fall due on the sandbox's clock (`now`)."""

    pulse: Pulse
    now: Callable[[], datetime]
    note: Callable[..., object]
    ack_seconds: float = 3.0
    twice: Callable[[], bool] = lambda: False
    envelopes: list[Envelope] = field(default_factory=list)
    sockets: list[Socket] = field(default_factory=list)
    retries: list[Retry] = field(default_factory=list)
    open_tickets: set[str] = field(default_factory=set)
    _waiting: dict[str, Envelope] = field(default_factory=dict)
    _draining: list[Socket] = field(default_factory=list)
    _turn: int = 0

    def join(self, socket: Socket, hello: Json) -> bool:
        """A new socket: it gets its hello, sockets told to go are hung up. False when there are too many."""
        with self.pulse:
            if len(self.sockets) >= MOST_SOCKETS:
                socket.push('{"type":"disconnect","reason":"too_many_websockets"}', _say_nothing)
                return False
            self.sockets.append(socket)
            socket.push(json.dumps(hello | {"num_connections": len(self.sockets)}), _say_nothing)
            for old in self._draining:
                old.close()
            self.pulse.beat()
            return True

    def leave(self, socket: Socket) -> None:
        """A socket that is gone, by whoever's hand."""
        with self.pulse:
            self.sockets = [other for other in self.sockets if other is not socket]
            self._draining = [other for other in self._draining if other is not socket]
            self.pulse.beat()

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every socket to reconnect; it is closed when a new one comes."""
        with self.pulse:
            for socket in self.sockets:
                socket.push(json.dumps({"type": "disconnect", "reason": reason}), _say_nothing)
            self._draining = list(self.sockets)

    def hang_up(self) -> None:
        """Close every socket without a word."""
        with self.pulse:
            for socket in self.sockets:
                socket.close()

    def send(self, type_: EnvelopeType, payload: Json, accepts_response: bool = True) -> Envelope:
        """Send one command or interaction; Slack never sends these again."""
        return self._dispatch(Envelope(str(uuid.uuid4()), type_, payload, accepts_response, time.monotonic()))

    def send_event(self, body: Json, attempt: int = 0, reason: str = "") -> Envelope:
        """Send one event callback; unacked, it comes again at once, after 1 and after 5 minutes."""
        envelope = Envelope(str(uuid.uuid4()), EnvelopeType.EVENT, body, False, time.monotonic(), attempt, reason)
        with self.pulse:
            sent = self._dispatch(envelope)
            if sent.undeliverable:
                self._fail(sent, "connection_failed")
            elif self.twice() and attempt == 0:
                self.redeliver(sent)
            return sent

    def redeliver(self, envelope: Envelope) -> Envelope:
        """The same payload once more, in a new envelope: Slack's duplicate delivery."""
        again = Envelope(
            str(uuid.uuid4()),
            envelope.type,
            envelope.payload,
            envelope.accepts_response,
            time.monotonic(),
            retry_attempt=envelope.retry_attempt,
            retry_reason=envelope.retry_reason,
        )
        return self._dispatch(again)

    def _dispatch(self, envelope: Envelope) -> Envelope:
        with self.pulse:
            self.envelopes.append(envelope)
            socket = self._choose()
            if socket is None:
                envelope.undeliverable = True
            else:
                self._waiting[envelope.envelope_id] = envelope
                socket.push(envelope.to_frame(), lambda: _note_sent(envelope))
            return envelope

    def _choose(self) -> Socket | None:
        ready = [socket for socket in self.sockets if socket not in self._draining] or self.sockets
        self._turn += 1
        return ready[self._turn % len(ready)] if ready else None

    def acknowledge(self, frame: Json) -> None:
        """An ack came in; one that is late counts for nothing."""
        received = time.monotonic()
        with self.pulse:
            envelope = self._waiting.get(str(frame.get("envelope_id")))
            if envelope is None:
                envelope = self._find_late(frame)
                if envelope is not None and envelope.acked is None:
                    envelope.acked = received
                return
            envelope.acked = received
            if received - envelope.made > self.ack_seconds:
                self._time_out(envelope)
            else:
                envelope.response = frame.get("payload")
                del self._waiting[envelope.envelope_id]
            self.pulse.beat()

    def _find_late(self, frame: Json) -> Envelope | None:
        late = (sent for sent in reversed(self.envelopes) if sent.envelope_id == frame.get("envelope_id"))
        return next(late, None)

    def refuse(self, envelope_id: str, reason: str) -> None:
        """The app answered with a failure, or not at all: an event comes again, anything else is lost."""
        with self.pulse:
            envelope = self._waiting.pop(envelope_id, None)
            if envelope is None:
                return
            envelope.undeliverable = True
            if envelope.type is EnvelopeType.EVENT:
                self._fail(envelope, reason)
            self.pulse.beat()

    def expire(self) -> None:
        """Give up on envelopes whose three seconds are over."""
        with self.pulse:
            oldest = time.monotonic() - self.ack_seconds
            for envelope in [sent for sent in self._waiting.values() if sent.made < oldest]:
                self._time_out(envelope)

    def _time_out(self, envelope: Envelope) -> None:
        envelope.timed_out = True
        del self._waiting[envelope.envelope_id]
        if envelope.type is EnvelopeType.EVENT:
            self._fail(envelope, "timeout")
        self.pulse.beat()

    def _fail(self, envelope: Envelope, reason: str) -> None:
        attempt = envelope.retry_attempt
        if attempt == len(RETRY_AFTER):
            event = envelope.payload.get("event", {})
            self.note(Kind.EVENT_LOST, name=str(event.get("type")), detail=envelope.payload)
            return
        self.retries.append(Retry(self.now() + RETRY_AFTER[attempt], envelope.payload, attempt + 1, reason))
        self.tick()

    def tick(self) -> None:
        """Send the retries that are due on the sandbox's clock."""
        with self.pulse:
            now = self.now()
            due = [retry for retry in self.retries if retry.due <= now]
            self.retries = [retry for retry in self.retries if retry.due > now]
            for retry in due:
                self.send_event(retry.body, retry.attempt, retry.reason)

    def unacked(self) -> int:
        """How many envelopes wait for their ack."""
        with self.pulse:
            return len(self._waiting)

    def next_retry(self) -> datetime | None:
        """When the next retry falls due, or None."""
        with self.pulse:
            return min((retry.due for retry in self.retries), default=None)

    def wait_for(self, envelope: Envelope) -> bool:
        """Wait until it is acked in time (True) or Slack gave up on it (False)."""
        self.pulse.wait_until(lambda: not envelope.waiting, self.ack_seconds + 1)
        return envelope.answered


def _note_sent(envelope: Envelope) -> None:
    envelope.sent = time.monotonic()


def _say_nothing() -> None:
    return
