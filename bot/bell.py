"""The bell: rings every due cue, many in one transaction while all goes well."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.log import logger, new_reference
from checklists.cues import Cue, CueState
from storage.book import Book
from storage.outage import is_outage
from storage.store import Store

TRIES = 3
FEWEST, MOST = 64, 512
BRIEFLY = 0.025
"""Seconds of work that one transaction is to hold, for others wait to write; so many cues go together.

Of work, not of the wall: on a busy machine smaller transactions would only make more of them."""
log = logger("bell")
Enough = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Hand:
    """What the bell asks of the handlers: to ring due cues, and to tell of one that cannot be rung."""

    ring: Callable[[Book, datetime, int, Enough], int]
    set_aside: Callable[[Book, Cue, str, datetime], None]


class Bell:
    """Rings the cues of one workspace, and none while the clock cannot be trusted.

    When one of many fails, all are undone and rung one by one. A cue that cannot be carried out three times is
    set aside as missed, and told, so that it never holds up the ones behind it. While the database is out no cue is
    to blame: that is the round's failure, which comes again.
    """

    def __init__(
        self,
        store: Store,
        team: str,
        hand: Hand,
        clock: Clock,
        is_stopping: Callable[[], bool] = lambda: False,
        is_steady: Callable[[], bool] = lambda: True,
    ) -> None:
        self._store = store
        self._team = team
        self._hand = hand
        self._clock = clock
        self._is_stopping = is_stopping
        self._is_steady = is_steady
        self._failures: dict[int, int] = {}
        self._alone = 0
        self._together = FEWEST
        self._pause = threading.Event()

    def ring_all(self, _: datetime) -> None:
        """Carry out every cue that is due now."""
        while not self._is_stopping() and self._is_steady() and self._is_due() and self._ring_some():
            # Whoever waits for the store's one pen would else hardly ever get it.
            self._pause.wait(self._clock.breath / 8)

    def _is_due(self) -> bool:
        """Read first: whoever takes up the store's one pen for nothing keeps somebody's ack from it."""
        due = self._store.next_cue()
        return due is not None and due <= self._clock.now()

    def _ring_some(self) -> bool:
        most = 1 if self._alone else self._together
        try:
            rung = self._ring(most)
        except Exception as error:
            if is_outage(error):
                raise
            reference = new_reference()
            log.exception("cue failed", ref=reference, together=most)
            return self._fail(most, reference)
        self._alone = max(0, self._alone - 1)
        return rung > 0

    def _ring(self, most: int) -> int:
        began = time.thread_time()
        with self._store.begin(self._team) as book:
            now = self._clock.now()
            # The clock may have been set while we waited for the pen: asked again once `now` is read.
            is_steady = self._is_steady()
            rung = self._hand.ring(book, now, most, lambda: time.thread_time() > began + BRIEFLY) if is_steady else 0
        taken = time.thread_time() - began
        if taken > BRIEFLY:
            self._together = max(self._together // 2, FEWEST)
        elif taken < BRIEFLY / 2 and rung == self._together:
            self._together = min(self._together * 2, MOST)
        return rung

    def _fail(self, most: int, reference: str) -> bool:
        if most == 1:
            return self._blame_first(reference)
        self._alone = most
        return True

    def _blame_first(self, reference: str) -> bool:
        """Count the failure against the cue that is first in line; set it aside at the third."""
        now = self._clock.now()
        with self._store.begin(self._team) as book:
            cue = book.cues.take_due(now)
        if cue is None:
            return False
        self._failures[cue.id] = self._failures.get(cue.id, 0) + 1
        if self._failures[cue.id] >= TRIES:
            self._set_aside(cue, reference, now)
        return True

    def _set_aside(self, cue: Cue, reference: str, now: datetime) -> None:
        log.error("cue set aside", cue=cue.id, kind=cue.kind, ref=reference)
        try:
            with self._store.begin(self._team) as book:
                self._hand.set_aside(book, cue, reference, now)
        except Exception as error:
            if is_outage(error):
                raise
            # Told or not, it must not hold up the others.
            log.exception("cue set aside untold", cue=cue.id, ref=new_reference())
            with self._store.begin(self._team) as book:
                book.cues.settle(cue.id, CueState.MISSED, now, f"failed (ref {reference})")
        del self._failures[cue.id]
