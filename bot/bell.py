"""The bell: rings every due cue, each in a transaction of its own."""

from collections.abc import Callable
from datetime import datetime

from bot.clock import Clock
from bot.log import logger, new_reference
from checklists.cues import CueState
from storage.book import Book
from storage.store import Store

TRIES = 3
Ring = Callable[[Book, datetime], bool]
log = logger("bell")


class Bell:
    """Rings the cues of one workspace. A cue that cannot be carried out three times is set aside as missed,
    so that it never holds up the ones behind it."""

    def __init__(
        self,
        store: Store,
        team: str,
        ring: Ring,
        clock: Clock,
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store = store
        self._team = team
        self._ring = ring
        self._clock = clock
        self._is_stopping = is_stopping
        self._failures: dict[int, int] = {}

    def ring_all(self, _: datetime) -> None:
        """Carry out every cue that is due now."""
        while not self._is_stopping() and self._ring_one():
            pass

    def _ring_one(self) -> bool:
        try:
            with self._store.begin(self._team) as book:
                return self._ring(book, self._clock.now())
        except Exception:
            # A failure of the store itself raises again below, and is then the round's.
            reference = new_reference()
            log.exception("cue failed", ref=reference)
            return self._blame_first(reference)

    def _blame_first(self, reference: str) -> bool:
        """Count the failure against the cue that is first in line; set it aside at the third."""
        now = self._clock.now()
        with self._store.begin(self._team) as book:
            cue = book.cues.take_due(now)
            if cue is None:
                return False
            self._failures[cue.id] = self._failures.get(cue.id, 0) + 1
            if self._failures[cue.id] >= TRIES:
                book.cues.settle(cue.id, CueState.MISSED, now, f"failed (ref {reference})")
                log.error("cue set aside", cue=cue.id, kind=cue.kind, ref=reference)
            return True
