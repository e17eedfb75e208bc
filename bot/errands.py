"""Errands: what must be asked of Slack about people we have just met. Never inside a transaction."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.log import logger
from bot.outcomes import Outcome, Result, read_failure
from bot.wire import Client
from checklists.crew import Person
from handlers.envelopes import person as read_person
from storage.book import Book
from storage.store import Store

AT_ONCE = 50
AFTER_TROUBLE = timedelta(minutes=1)
Met = Callable[[Book, Person, datetime], None]
log = logger("errands")


class Errands:
    """Learns who the people of one workspace are: name, zone, guest or not, from outside or not."""

    def __init__(
        self,
        store: Store,
        team: str,
        client: Client,
        clock: Clock,
        met: Met,
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store = store
        self._team = team
        self._client = client
        self._clock = clock
        self._met = met
        self._is_stopping = is_stopping
        self._again: datetime | None = None

    def run_all(self, now: datetime) -> None:
        """Ask about everybody we do not know yet; who cannot be asked now is asked again in a minute."""
        if self._again is not None and self._again <= now:
            self._again = None
        asked: set[str] = set()
        while not self._is_stopping():
            fresh = [person for person in self._unmet() if person not in asked]
            if not fresh:
                return
            asked.update(fresh)
            for person in fresh:
                self._ask_about(person)

    def introduce(self, person: str) -> None:
        """Ask about one person at once; when that fails the round asks again."""
        self._ask_about(person)

    def next_due(self) -> datetime | None:
        """When somebody is asked about again, or None."""
        return self._again

    def _unmet(self) -> list[str]:
        with self._store.read(self._team) as book:
            return book.people.unmet(AT_ONCE)

    def _ask_about(self, person: str) -> None:
        try:
            answer = self._client.users_info(user=person)
            found = read_person({"id": person, **(answer.get("user") or {})}, self._team)
        except Exception as error:  # noqa: BLE001 - every failure has an outcome, and the log says which
            self._miss(person, read_failure(error))
        else:
            self._learn(found)

    def _learn(self, person: Person) -> None:
        now = self._clock.now()
        with self._store.begin(self._team) as book:
            self._met(book, person, now)

    def _miss(self, person: str, outcome: Outcome) -> None:
        now = self._clock.now()
        log.warning("person unknown", person=person, error=outcome.error)
        if outcome.result is not Result.REFUSED:
            self._again = now + max(AFTER_TROUBLE, timedelta(seconds=outcome.seconds))
        if outcome.result is not Result.LATER:
            with self._store.begin(self._team) as book:
                book.people.missed(person, now)
