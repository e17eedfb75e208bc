"""The bell rings what is due and is held up by nobody; errands learn who people are."""

from datetime import datetime, timedelta

import pytest

from bot.bell import TRIES, Bell
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


def test_every_due_cue_is_rung_in_order_and_a_broken_one_is_set_aside(store: Store, clock: HandClock) -> None:
    rung: list[str] = []
    broken = 0

    def ring(book: Book, now: datetime) -> bool:
        nonlocal broken
        cue = book.cues.take_due(now)
        if cue is None:
            return False
        if cue.person == "U2":
            broken += 1
            raise RuntimeError("a handler is wrong")
        rung.append(cue.person)
        book.cues.settle(cue.id, CueState.GONE, now)
        return True

    for number in (1, 2, 3):
        digest_for(store, f"U{number}", clock.now() + timedelta(seconds=number))
    clock.set(clock.now() + timedelta(minutes=1))
    Bell(store, TEAM, ring, clock).ring_all(clock.now())
    assert rung == ["U1", "U3"]
    assert broken == TRIES
    assert store.next_due() is None


def test_a_store_that_fails_is_no_cues_fault(store: Store, clock: HandClock) -> None:
    digest_for(store, "U1", clock.now())
    bell = Bell(store, "T0UNKNOWN", lambda _, __: False, clock)
    with pytest.raises(LookupError):
        bell.ring_all(clock.now())
    assert store.next_due() == clock.now()


def test_the_bell_rings_nothing_more_when_told_to_stop(store: Store, clock: HandClock) -> None:
    def ring(book: Book, now: datetime) -> bool:
        raise AssertionError("rung all the same")

    Bell(store, TEAM, ring, clock, lambda: True).ring_all(clock.now())


class Learner:
    """Errands with a note of who was met."""

    def __init__(self, store: Store, settings: Settings, clock: HandClock) -> None:
        self.met: list[str] = []
        self.store = store
        self.errands = Errands(store, TEAM, Client(settings, settings.bot_token, 0.5), clock, self.note, lambda: False)

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
