"""What was said while Slack could not tell us is fetched: replies and reactions on calls that stand.

Slack does not send again what it lost. So after each connection, and after ten minutes of silence, we look.
"""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.log import logger
from bot.outcomes import Result, read_failure
from bot.wire import Client
from handlers import missing
from handlers.asked import Asked, Reply
from handlers.missing import Act, Look, News, Place
from storage.book import Book
from storage.store import Store

PAGE = 200
SLOW_AFTER = 30
"""Whoever asks us to wait so many seconds lets one look a minute through, and shows us few messages at once."""
AFTER_TROUBLE = timedelta(seconds=20)
Hear = Callable[[str, Asked, Act], Reply]
log = logger("gaps")


class Gaps:
    """Looks in one workspace, one place after the other; where Slack asks us to wait it goes on later."""

    def __init__(
        self,
        store: Store,
        team: str,
        client: Client,
        clock: Clock,
        hear: Hear,
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store = store
        self._team = team
        self._client = client
        self._clock = clock
        self._hear = hear
        self._is_stopping = is_stopping
        self._lock = threading.Lock()
        self._asked_at: datetime | None = None
        self._began: datetime | None = None
        self._looks: list[Look] = []
        self._started: datetime | None = None
        self._again: datetime | None = None
        self._is_slow = False

    def ask(self) -> None:
        """Something may have been missed until now."""
        with self._lock:
            self._asked_at = self._clock.now()

    def next_due(self) -> datetime | None:
        """When it goes on, UTC, or None when nothing is left to look at."""
        return self._again

    def fill(self, now: datetime) -> None:
        """Look wherever it was asked for and Slack lets us, and take what is news."""
        if self._again is not None and now < self._again:
            return
        self._again = None
        while not self._is_stopping():
            if not self._looks and not self._begin(now):
                return
            if not self._look(self._looks[0], now):
                return

    def is_open(self) -> bool:
        """True while anybody's call stands on a gig ahead."""
        with self._store.read(self._team) as book:
            return bool(missing.looks(book, self._clock.now(), self._since(book)))

    def _begin(self, now: datetime) -> bool:
        with self._lock:
            asked, self._asked_at = self._asked_at, None
        if asked is None:
            return False
        with self._store.read(self._team) as book:
            found = missing.looks(book, now, self._since(book))
        self._looks = [replace(look, read_from=look.since) for look in found] if self._is_slow else found
        self._started = asked
        if self._looks:
            log.info("looking for what was missed", places=len(self._looks))
        return bool(self._looks)

    def _since(self, book: Book) -> datetime:
        if self._began is None:
            self._began = book.sayings.last_came() or self._clock.now()
        return self._began

    def _look(self, look: Look, now: datetime) -> bool:
        """False when it has to wait."""
        try:
            news, rest = self._read(look, now)
        except Exception as error:  # noqa: BLE001 - every failure has an outcome, and the log says which
            return self._gave_up(look, error, now)
        for asked, act in news:
            self._hear(self._team, asked, act)
        if news:
            log.info("heard after all", place=look.place.value, channel=look.channel, count=len(news))
        self._go_on(look, rest)
        return True

    def _gave_up(self, look: Look, error: Exception, now: datetime) -> bool:
        outcome = read_failure(error)
        if outcome.result in (Result.REFUSED, Result.OUT) or outcome.error == "thread_not_found":
            log.warning("nothing to see there", place=look.place.value, channel=look.channel, error=outcome.error)
            self._go_on(look, None)
            return True
        self._is_slow |= outcome.seconds >= SLOW_AFTER
        self._again = now + max(timedelta(seconds=outcome.seconds), AFTER_TROUBLE * (not outcome.seconds))
        log.info("looking later", error=outcome.error, left=len(self._looks))
        return False

    def _go_on(self, look: Look, rest: Look | None) -> None:
        if rest is not None:
            self._looks[0] = rest
            return
        self._looks.pop(0)
        left = frozenset[int]().union(*(each.gigs for each in self._looks))
        with self._store.begin(self._team) as book:
            for gig_id in sorted(look.gigs - left):
                book.sayings.set_swept(gig_id, self._started or look.since)

    def _read(self, look: Look, now: datetime) -> tuple[list[News], Look | None]:
        """What is news there, and what is left to read."""
        if look.place is Place.REACTIONS:
            answer: Any = self._client.reactions_get(channel=look.channel, timestamp=look.ts, full=True)
            with self._store.read(self._team) as book:
                return missing.reactions_on(book, look, answer["message"], now), None
        answer = self._page(look)
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        rest = look.next(cursor, (each["ts"] for each in answer["messages"]))
        with self._store.read(self._team) as book:
            news = missing.words_in(book, look, answer["messages"], now)
            if not cursor and not answer.get("has_more") and look.place is Place.THREAD:
                news += missing.gone_from(book, rest, now)
        return news, rest if cursor else None

    def _page(self, look: Look) -> Any:
        oldest = f"{look.read_from.timestamp():.6f}"
        where: dict[str, Any] = {"channel": look.channel, "oldest": oldest, "inclusive": True}
        where |= {"limit": PAGE, "cursor": look.cursor or None}
        if look.place is Place.DIRECT:
            return self._client.conversations_history(**where)
        return self._client.conversations_replies(ts=look.ts, **where)
