"""A round: one thread that, when woken, does all the work there is, and then asks when to come again."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.log import logger, new_reference

SOON = timedelta(seconds=1)
BACK_OFF = (1, 2, 5, 10, 20)
log = logger("round")


class Round:
    """`work(now)` works to exhaustion; `next_due()` gives the next instant with work, or None.

    Work that raises is logged with a reference and tried again later; it never ends the thread.
    """

    def __init__(
        self,
        name: str,
        clock: Clock,
        work: Callable[[datetime], None],
        next_due: Callable[[], datetime | None],
    ) -> None:
        self.name = name
        self._clock = clock
        self._work = work
        self._next_due = next_due
        self._changed = threading.Condition()
        self._asked = True
        self._gently = False
        self._busy = False
        self._stopping = False
        self._failures = 0
        self.passes = 0
        self._on_rest: Callable[[], None] = _rest_quietly
        self._thread = threading.Thread(target=self._turn, name=name, daemon=True)

    def start(self) -> None:
        """Begin, with one pass at once."""
        self._thread.start()

    def wake(self) -> None:
        """There may be work."""
        with self._changed:
            self._asked = True
            self._changed.notify_all()

    def nudge(self) -> None:
        """There may be work, but whoever brings it is to finish first: somebody waits for his ack."""
        with self._changed:
            self._gently = not self._asked
        self.wake()

    def is_idle(self) -> bool:
        """True when nothing was asked that is not done."""
        with self._changed:
            return not (self._asked or self._busy) or self._stopping

    def on_rest(self, call: Callable[[], None]) -> None:
        """Be told each time it comes to rest."""
        self._on_rest = call

    def stop(self, seconds: float) -> bool:
        """Finish the pass that is under way and end; False when that took longer than the seconds."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive()

    @property
    def is_stopping(self) -> bool:
        """Asked by long work between two pieces."""
        return self._stopping

    def _turn(self) -> None:
        while self._wait_for_work():
            self._try(self._pass_once)
            with self._changed:
                self._busy = False
            self._on_rest()

    def _wait_for_work(self) -> bool:
        with self._changed:
            while not (self._asked or self._stopping):
                self._changed.wait()
            if self._gently and not self._stopping:
                self._changed.wait(self._clock.breath)
            self._asked, self._gently, self._busy = False, False, not self._stopping
            return not self._stopping

    def _pass_once(self) -> None:
        self.passes += 1
        self._work(self._clock.now())
        self._clock.wake_at(self.name, self._next_time(), self.wake)
        self._failures = 0

    def _next_time(self) -> datetime | None:
        due, now = self._next_due(), self._clock.now()
        # What is due already and was left undone (another process holds it) is looked at again in a second.
        return now + SOON if due is not None and due <= now else due

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:
            pause = timedelta(seconds=BACK_OFF[min(self._failures, len(BACK_OFF) - 1)])
            self._failures += 1
            log.exception("failed", round=self.name, ref=new_reference())
            self._clock.wake_at(self.name, self._clock.now() + pause, self.wake)


def _rest_quietly() -> None:
    return
