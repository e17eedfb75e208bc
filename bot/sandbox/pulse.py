"""One lock for the whole sandbox, and a beat whenever something changed."""

import threading
import time
from collections.abc import Callable
from types import TracebackType

LOOK_AGAIN = 0.02


class Pulse:
    """The sandbox's only lock (`with pulse:`); `beat()` wakes everybody who waits for a change."""

    def __init__(self) -> None:
        self._changed = threading.Condition(threading.RLock())
        self._beats = 0

    def __enter__(self) -> "Pulse":
        self._changed.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._changed.release()

    def beat(self) -> None:
        """Tell every waiter that the state moved."""
        with self._changed:
            self._beats += 1
            self._changed.notify_all()

    def wait_until(self, predicate: Callable[[], object], seconds: float) -> bool:
        """Wait (real time) until the predicate is true; gives False when the seconds have passed.

        The predicate runs without the lock, so it may look at anything, the program's own store included.
        """
        deadline = time.monotonic() + seconds
        while True:
            seen = self._beats
            if predicate():
                return True
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            self._rest(seen, min(left, LOOK_AGAIN))

    def _rest(self, seen: int, seconds: float) -> None:
        with self._changed:
            if self._beats == seen:
                self._changed.wait(seconds)
