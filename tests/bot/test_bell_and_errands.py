"""The bell rings what is due and is held up by nobody; errands learn who people are."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError

from bot.bell import TRIES, Bell, Hand
from bot.clock import HandClock
from bot.config import Settings
from bot.errands import Errands
from bot.sandbox.faults import Trouble
from bot.sandbox.sandbox import Sandbox
from bot.wire import Client
from checklists.crew import Person
from checklists.cues import Cue, CueKind, CueState
from storage.book import Book
from storage.store import Store

TEAM = "T0SANDBOX"


@pytest.fixture(autouse=True)
def connected(store: Store, clock: HandClock) -> None:
    store.connect(TEAM, "Sandbox", "U0BUSCALL", clock.now())


def digest_for(store: Store, person: str, at: datetime) -> None:
    with store.begin(TEAM) as book:
        book.cues.put(Cue(CueKind.DIGEST, at, person=person, anchor="digest", version=person), at)


def settle(book: Book, cue: Cue, _: str, now: datetime) -> None:
    book.cues.settle(cue.id, CueState.MISSED, now)


class Ringer:
    """Rings digests; those of `broken` people fail. Keeps whom it rang, and how many at once."""

    def __init__(self, *broken: str, at_once: int = 1000) -> None:
        self.broken = broken
        self.at_once = at_once
        self.rung: list[str] = []
        self.failed = 0
        self.told: list[str] = []

    def ring(self, book: Book, now: datetime, most: int, _: Callable[[], bool]) -> int:
        cues = book.cues.take_many(now, min(most, self.at_once), frozenset(CueKind))
        for cue in cues:
            self._ring_one(book, cue, now)
        self.rung += [cue.person for cue in cues]
        return len(cues)

    def _ring_one(self, book: Book, cue: Cue, now: datetime) -> None:
        if cue.person in self.broken:
            self.failed += 1
            raise RuntimeError("a handler is wrong")
        book.cues.settle(cue.id, CueState.GONE, now)

    def tell(self, book: Book, cue: Cue, reference: str, now: datetime) -> None:
        settle(book, cue, reference, now)
        self.told.append(cue.person)

    def refuse_to_tell(self, _book: Book, _cue: Cue, _reference: str, _now: datetime) -> None:
        raise RuntimeError("nobody can be told")


def digests_due(store: Store, clock: HandClock, people: int) -> list[str]:
    names = [f"U{number}" for number in range(1, people + 1)]
    for number, name in enumerate(names):
        digest_for(store, name, clock.now() + timedelta(seconds=number))
    clock.set(clock.now() + timedelta(minutes=1))
    return names


def test_every_due_cue_is_rung_in_order_and_a_broken_one_is_set_aside_and_told(store: Store, clock: HandClock) -> None:
    names = digests_due(store, clock, 5)
    ringer = Ringer("U2")
    Bell(store, TEAM, Hand(ringer.ring, ringer.tell), clock).ring_all(clock.now())
    assert ringer.rung == [name for name in names if name != "U2"]
    assert ringer.failed == 1 + TRIES, "once with the others, then alone"
    assert ringer.told == ["U2"]
    assert store.next_cue() is None


def test_a_cue_that_nobody_can_be_told_of_is_set_aside_all_the_same(store: Store, clock: HandClock) -> None:
    digests_due(store, clock, 3)
    ringer = Ringer("U1")
    Bell(store, TEAM, Hand(ringer.ring, ringer.refuse_to_tell), clock).ring_all(clock.now())
    assert ringer.rung == ["U2", "U3"]
    assert store.next_cue() is None


def test_after_a_failure_the_bell_rings_many_at_once_again(store: Store, clock: HandClock) -> None:
    digests_due(store, clock, 1)
    ringer = Ringer("U1")
    bell = Bell(store, TEAM, Hand(ringer.ring, ringer.tell), clock)
    bell.ring_all(clock.now())
    ringer.broken = ()
    for number in range(200):
        digest_for(store, f"V{number}", clock.now())
    sizes: list[int] = []

    def watch(book: Book, now: datetime, most: int, enough: Callable[[], bool]) -> int:
        sizes.append(ringer.ring(book, now, most, enough))
        return sizes[-1]

    Bell(store, TEAM, Hand(watch, ringer.tell), clock).ring_all(clock.now())
    assert max(sizes) > 1
    assert sum(sizes) == 200


def test_nothing_is_rung_by_a_clock_that_was_set_while_the_pen_was_waited_for(store: Store, clock: HandClock) -> None:
    digests_due(store, clock, 2)
    ringer, words = Ringer(), iter([True, False])
    Bell(store, TEAM, Hand(ringer.ring, settle), clock, is_steady=lambda: next(words)).ring_all(clock.now())
    assert ringer.rung == []


def test_nothing_is_rung_while_the_clock_cannot_be_trusted(store: Store, clock: HandClock) -> None:
    names = digests_due(store, clock, 2)
    ringer, trusted = Ringer(), [False]
    bell = Bell(store, TEAM, Hand(ringer.ring, settle), clock, is_steady=lambda: trusted[0])
    bell.ring_all(clock.now())
    assert ringer.rung == []
    trusted[0] = True
    bell.ring_all(clock.now())
    assert ringer.rung == names


def test_a_store_that_fails_is_no_cues_fault(store: Store, clock: HandClock) -> None:
    digest_for(store, "U1", clock.now())
    bell = Bell(store, "T0UNKNOWN", Hand(Ringer().ring, settle), clock)
    with pytest.raises(LookupError):
        bell.ring_all(clock.now())
    assert store.next_cue() == clock.now()


def test_while_the_disk_is_full_no_cue_is_to_blame(sqlite_url: str, clock: HandClock) -> None:
    store = Store.open(sqlite_url)
    store.connect(TEAM, "Sandbox", "U0BUSCALL", clock.now())
    names = digests_due(store, clock, 3)
    is_full, ringer = [True], Ringer()

    def ring(book: Book, now: datetime, most: int, enough: Callable[[], bool]) -> int:
        rung = ringer.ring(book, now, most, enough)
        if is_full[0] and rung:
            fill(book)
        return rung

    bell = Bell(store, TEAM, Hand(ring, ringer.tell), clock)
    for _ in range(2 * TRIES):
        with pytest.raises(OperationalError, match="disk is full"):
            bell.ring_all(clock.now())
    is_full[0] = False
    ringer.rung = []
    bell.ring_all(clock.now())
    assert ringer.rung == names
    assert ringer.told == []
    store.close()


def fill(book: Book) -> None:
    """Writes until SQLite itself says that there is no room."""
    pen = book.tours._pen
    [[pages]] = pen.connection.exec_driver_sql("PRAGMA page_count")
    pen.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    try:
        for number in range(1000):
            book.tours.open("x" * 10_000, f"C{number}", "", datetime(2026, 1, 1, tzinfo=UTC))
    finally:
        pen.connection.exec_driver_sql("PRAGMA max_page_count = 4294967294")


def test_the_bell_rings_nothing_more_when_told_to_stop(store: Store, clock: HandClock) -> None:
    digests_due(store, clock, 1)
    ringer = Ringer()
    Bell(store, TEAM, Hand(ringer.ring, settle), clock, lambda: True).ring_all(clock.now())
    assert ringer.rung == []


class Learner:
    """Errands with a note of who was met."""

    def __init__(self, store: Store, settings: Settings, clock: HandClock) -> None:
        self.met: list[str] = []
        self.store = store
        self.errands = Errands(store, TEAM, Client(settings, settings.bot_token), clock, self.note, lambda: False)

    def note(self, book: Book, person: Person, now: datetime) -> None:
        book.people.learn(person, now)
        self.met.append(person.id)

    def meet(self, *people: str, now: datetime) -> None:
        with self.store.begin(TEAM) as book:
            book.people.meet(people, now)
        self.errands.run_all(now)


@pytest.fixture
def learner(store: Store, settings: Settings, clock: HandClock) -> Learner:
    return Learner(store, settings, clock)


def test_who_is_new_is_asked_about_once(learner: Learner, slack: Sandbox, clock: HandClock) -> None:
    learner.meet("U0TESS", "U0JO", "U0REP", now=clock.now())
    learner.meet("U0TESS", now=clock.now())
    with learner.store.read(TEAM) as book:
        people = book.people.many(["U0TESS", "U0JO", "U0REP"])
    assert (people["U0TESS"].zone, people["U0TESS"].is_outsider) == ("Europe/London", False)
    assert people["U0JO"].is_guest
    assert people["U0REP"].is_outsider
    assert sorted(learner.met) == ["U0JO", "U0REP", "U0TESS"]
    assert [call.method for call in slack.calls].count("users.info") == 3


def test_who_cannot_be_found_is_not_asked_about_for_ever(learner: Learner, slack: Sandbox, clock: HandClock) -> None:
    learner.meet("U0NOBODY", now=clock.now())
    for _ in range(20):
        clock.set(clock.now() + timedelta(minutes=2))
        learner.errands.run_all(clock.now())
    assert [call.method for call in slack.calls].count("users.info") <= 5
    assert learner.errands.next_due() is None
    assert learner.met == []


def test_a_failed_errand_is_run_again_in_a_minute(learner: Learner, slack: Sandbox, clock: HandClock) -> None:
    slack.faults.plan("users.info", Trouble.RATE_LIMITED, retry_after=90)
    learner.meet("U0TESS", now=clock.now())
    assert learner.errands.next_due() == clock.now() + timedelta(seconds=90)
    clock.set(clock.now() + timedelta(seconds=90))
    learner.errands.run_all(clock.now())
    assert learner.met == ["U0TESS"]
    assert learner.errands.next_due() is None
