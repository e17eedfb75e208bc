"""The auditor: compares what the outbox claims with what Slack shows, and sees what has come to a stop.

It trusts no answer that Slack once gave: a post counts as verified when it was seen. Without a clean audit the
program does not call itself well.
"""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby

from bot.clock import Clock
from bot.log import logger
from bot.lookback import LookBack, Survey
from bot.patience import USUAL, Patience
from bot.proof import Sighting
from bot.prover import Prover
from bot.voice import key_of
from storage.outbox import Delivery
from storage.store import Store

AFTER = timedelta(minutes=1)
WINDOW = timedelta(hours=1)
PAUSE = timedelta(minutes=2)
MOST = 200
ROOMS = 10
"""So many channels and threads are looked at in one round: Slack lets fifty looks a minute through."""
STUCK_EVERY = 5.0
"""Seconds: the round is woken with every commit, and this need not be known at once."""
STUCK_AFTER = timedelta(minutes=2)
AT_ONCE, NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
log = logger("auditor")


class Auditor:
    """Audits one workspace, while this run of the program is its sender."""

    def __init__(
        self,
        store: Store,
        team: str,
        look_back: LookBack,
        prover: Prover,
        clock: Clock,
        patience: Patience,
        is_mine: Callable[[], bool],
        stuck_every: float = STUCK_EVERY,
    ) -> None:
        self._store = store
        self._team = team
        self._look_back = look_back
        self._prover = prover
        self._clock = clock
        scale = patience.settle / USUAL.settle
        self._after, self._pause = AFTER * scale, PAUSE * scale
        self._is_mine = is_mine
        self._stuck_every = stuck_every
        self._stuck_at = float("-inf")
        self._again: datetime | None = None
        self._due = AT_ONCE
        self.stuck: Sequence[str] = ()
        """What has come to a stop, in words; empty after a clean audit."""

    def audit(self, now: datetime) -> None:
        """Look at what was sent and not seen yet, room by room."""
        if time.monotonic() - self._stuck_at >= self._stuck_every:
            self._stuck_at = time.monotonic()
            self._find_stuck(now)
        if not self._is_mine() or now < self._due:
            return
        self._again = None
        with self._store.read(self._team) as book:
            unseen = book.looks.unseen(now - WINDOW, now - self._after, MOST)
        rooms = [list(group) for _, group in groupby(unseen, key=_room)]
        for group in rooms[:ROOMS]:
            if not self._audit_room(group):
                self._again = now + self._pause
                return
        if len(rooms) > ROOMS:
            self._again = now + self._pause / 2

    def next_at(self) -> datetime | None:
        """When the next audit is due (UTC)."""
        if not self._is_mine():
            return None
        now = self._clock.now()
        # What is sent now is looked at later than what was sent before: the first of them stays the first.
        if not now < self._due <= now + self._after + self._pause:
            self._due = self._first_due(now)
        return None if self._due == NEVER else self._due

    def _first_due(self, now: datetime) -> datetime:
        with self._store.read(self._team) as book:
            first = book.looks.first_unseen(now - WINDOW)
        return NEVER if first is None else max(first + self._after, self._again or now)

    def _audit_room(self, group: Sequence[Delivery]) -> bool:
        """One look for all that went to one channel or thread; False when it could not be seen whole."""
        since = min(said.sent_at or said.made_at for said in group)
        channel, thread = _room(group[0])
        seen = self._look_back.survey(channel, thread, since)
        if not seen.is_whole:
            return False
        for said in group:
            self._prover.conclude(said, self._sighting(said, seen), is_last=True)
        log.info("audited", channel=channel, messages=len(group))
        return True

    def _sighting(self, said: Delivery, seen: Survey) -> Sighting:
        return Sighting(seen.stamps.get(key_of(self._team, said), ()), is_whole=True)

    def _find_stuck(self, now: datetime) -> None:
        with self._store.read(self._team) as book:
            deliveries = book.looks.stuck(now - STUCK_AFTER)
        cue = self._store.next_cue()
        found = [f"{count} deliveries {state} for minutes" for state, count in deliveries.items()]
        found += ["a cue is overdue"] if cue is not None and cue < now - STUCK_AFTER else []
        if found and list(self.stuck) != found:
            log.error("audit failed", stuck="; ".join(found))
        self.stuck = found


def _room(said: Delivery) -> tuple[str, str]:
    return said.channel, said.thread_ts
