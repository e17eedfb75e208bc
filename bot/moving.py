"""Moves a hand clock through a program: to each due instant in order, waiting each time until all is still."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.app import Program
from bot.clock import HandClock

PATIENCE = 20.0
LOOK_AGAIN = 0.002
SETTLED = timedelta(seconds=60)


class Slack(Protocol):
    """What we must know of the Slack we run against: is anything of its on the way to us?"""

    def unacked(self) -> int:
        """How many envelopes wait for our ack; retries that are due are sent first."""

    def next_retry(self) -> datetime | None:
        """When it sends an unacked event again, or None."""


class Stuck(Exception):  # noqa: N818 - what it is
    """The program did not come to rest in time; the words name what is not idle."""


class Mover:
    """`program` must run on `clock`."""

    def __init__(self, program: Program, clock: HandClock, slack: Slack, patience: float = PATIENCE) -> None:
        self._program = program
        self._clock = clock
        self._slack = slack
        self._patience = patience
        self._changed = threading.Condition()
        program.on_rest(self._notice)

    def move(self, to: datetime) -> None:
        """Step to each due instant up to `to` (UTC), and then to `to` itself. Raises Stuck."""
        self.rest()
        while (due := self._next_due()) is not None and due <= to:
            self._step(due)
        self._step(to)

    def settle(self) -> None:
        """Step on until nothing falls due within 60 s of the clock, and leave it there. Raises Stuck."""
        self.rest()
        while (due := self._next_due()) is not None and due <= self._clock.now() + SETTLED:
            self._step(due)

    def rest(self) -> None:
        """Wait until the program is idle at this instant. Raises Stuck."""
        self._wait(self._is_still)

    def _step(self, to: datetime) -> None:
        now = self._clock.now()
        if to > now:
            self._clock.set(to)
            self._program.wake()
        self._wait(self._is_done)

    def _next_due(self) -> datetime | None:
        dues = [self._program.next_due(), self._slack.next_retry()]
        return min((due for due in dues if due is not None), default=None)

    def _is_still(self) -> bool:
        # Seen still twice with no pass between: an ack may have woken a round while we looked.
        before = self._program.passes()
        quiet = self._slack.unacked() == 0 and self._program.is_idle()
        return quiet and self._slack.unacked() == 0 and self._program.passes() == before

    def _is_done(self) -> bool:
        if not self._is_still():
            return False
        due = self._next_due()
        if due is None or due > self._clock.now():
            return self._is_still()
        self._program.wake()
        return False

    def _wait(self, is_so: Callable[[], bool]) -> None:
        ends = time.monotonic() + self._patience
        while not is_so():
            if time.monotonic() > ends:
                raise Stuck(self._describe())
            with self._changed:
                self._changed.wait(LOOK_AGAIN)

    def _describe(self) -> str:
        busy = ", ".join(self._program.busy()) or "no round"
        unacked, due = self._slack.unacked(), self._program.next_due()
        return f"not idle at {self._clock.now()}: {busy} at work, {unacked} envelopes unacked, next due {due}"

    def _notice(self) -> None:
        with self._changed:
            self._changed.notify_all()
