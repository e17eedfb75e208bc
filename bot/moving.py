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


class Stillness:
    """Waits until a program has nothing to do at this instant."""

    def __init__(self, program: Program, slack: Slack, patience: float = PATIENCE) -> None:
        self._program = program
        self._slack = slack
        self._patience = patience
        self._changed = threading.Condition()
        program.on_rest(self._notice)

    def rest(self) -> None:
        """Wait until no envelope is unacked and no round at work. Raises Stuck."""
        self.wait(self.is_still)

    def is_still(self) -> bool:
        """True when all is quiet, seen twice with no pass between: an ack may wake a round while one looks."""
        before = self._program.passes()
        quiet = self._slack.unacked() == 0 and self._program.is_idle()
        return quiet and self._slack.unacked() == 0 and self._program.passes() == before

    def wait(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so. Raises Stuck, naming what is not idle."""
        ends = time.monotonic() + self._patience
        while not is_so():
            if time.monotonic() > ends:
                raise Stuck(self._describe())
            with self._changed:
                self._changed.wait(LOOK_AGAIN)

    def _describe(self) -> str:
        busy = ", ".join(self._program.busy()) or "nothing"
        unacked, due = self._slack.unacked(), self._program.next_due()
        now = self._program.clock.now()
        return f"not still at {now}: {busy} at work, {unacked} envelopes unacked, next due {due}"

    def _notice(self) -> None:
        with self._changed:
            self._changed.notify_all()


class Mover:
    """`program` must run on `clock`."""

    def __init__(self, program: Program, clock: HandClock, slack: Slack, patience: float = PATIENCE) -> None:
        self.clock = clock
        self._program = program
        self._slack = slack
        self._stillness = Stillness(program, slack, patience)
        self._due: datetime | None = None

    def move(self, to: datetime) -> None:
        """Step to each due instant up to `to` (UTC), and then to `to` itself. Raises Stuck."""
        self._rest()
        while self._due is not None and self._due <= to:
            self._step(self._due)
        self._step(to)

    def settle(self) -> None:
        """Step on until nothing falls due within 60 s of the clock, and leave it there. Raises Stuck."""
        self._rest()
        while self._due is not None and self._due <= self.clock.now() + SETTLED:
            self._step(self._due)

    def _rest(self) -> None:
        self._stillness.rest()
        self._due = self._next_due()

    def _step(self, to: datetime) -> None:
        """The clock wakes whoever wished for it; what is due and still lies there afterwards wakes everybody."""
        if to > self.clock.now():
            self.clock.set(to)
        self._stillness.wait(self._is_done)

    def _next_due(self) -> datetime | None:
        dues = [self._program.next_due(), self._slack.next_retry()]
        return min((due for due in dues if due is not None), default=None)

    def _is_done(self) -> bool:
        if not self._stillness.is_still():
            return False
        self._due = self._next_due()
        if self._due is None or self._due > self.clock.now():
            return self._stillness.is_still()
        self._program.wake()
        return False
