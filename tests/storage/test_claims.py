"""Many at work at once: nobody takes what another has taken."""

from collections import Counter
from collections.abc import Callable
from threading import Barrier, Thread

import pytest

from checklists.cues import CueState
from checklists.letters import Letter
from storage.outbox import Op, Room
from storage.store import Store
from tests.storage.built import NOW, TEAM, a_card, a_cue, a_gig, a_tour, after, connect

WORKERS = 4


def all_at_once(work: Callable[[int], None]) -> None:
    """Runs `work` in several threads that begin together."""
    start = Barrier(WORKERS)

    def begin(number: int) -> None:
        start.wait()
        work(number)

    threads = [Thread(target=begin, args=(n,)) for n in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_cue_is_taken_by_one(connected: Store, store_url: str) -> None:
    with connected.begin(TEAM) as book:
        tour = a_tour(book)
        gigs = [a_gig(book, tour) for _ in range(4)]
        book.cues.replan_many([(gig.id, [a_cue(gig, n, version=str(n)) for n in range(1, 11)]) for gig in gigs], NOW)
    stores = [Store.open(store_url) for _ in range(WORKERS)]
    taken: list[int] = []

    def take(number: int) -> None:
        while stores[number].next_cue():
            with stores[number].begin(TEAM) as book:
                if cue := book.cues.take_due(after(10)):
                    book.cues.settle(cue.id, CueState.GONE, after(10))
                    taken.append(cue.id)

    all_at_once(take)
    assert Counter(Counter(taken).values()) == {1: 40}
    for store in stores:
        store.close()


def test_a_delivery_is_taken_by_one(connected: Store, store_url: str) -> None:
    with connected.begin(TEAM) as book:
        for n in range(40):
            book.outbox.say(Letter.DIGEST, Room.DM, str(n), NOW, person="UANA")
    stores = [Store.open(store_url) for _ in range(WORKERS)]
    taken: list[int] = []

    def take(number: int) -> None:
        left = True
        while left:
            with stores[number].begin(TEAM) as book:
                left = bool(found := book.outbox.sendable(NOW, WORKERS))
                if left and (going := book.outbox.take(found[number % len(found)].id, NOW)):
                    book.outbox.start(going.id, str(number), "D1", "{}", "h", NOW)
                    taken.append(going.id)

    all_at_once(take)
    assert Counter(Counter(taken).values()) == {1: 40}
    for store in stores:
        store.close()


def test_a_message_said_by_all_at_once_is_said_once(connected: Store) -> None:
    said: list[int | None] = []

    def say(_: int) -> None:
        with connected.begin(TEAM) as book:
            said.append(book.outbox.say(Letter.DIGEST, Room.DM, "same", NOW, person="UANA"))

    all_at_once(say)
    assert sorted(made is None for made in said) == [False, True, True, True]


def test_a_card_refreshed_by_all_at_once_waits_once(connected: Store) -> None:
    with connected.begin(TEAM) as book:
        gig = a_gig(book)
        a_card(book, gig)

    def refresh(_: int) -> None:
        with connected.begin(TEAM) as book:
            book.outbox.refresh_card(gig.id, NOW)

    all_at_once(refresh)
    with connected.read(TEAM) as book:
        assert [d.op for d in book.outbox.of_gig(gig.id)] == [Op.POST, Op.UPDATE]


def test_a_gig_replanned_by_all_at_once_has_each_cue_once(connected: Store) -> None:
    with connected.begin(TEAM) as book:
        gig = a_gig(book)

    def replan(number: int) -> None:
        for minutes in range(1, 6):
            with connected.begin(TEAM) as book:
                book.gigs.get(gig.id)
                book.cues.replan(gig.id, [a_cue(gig, minutes + number, version=v) for v in "abc"], NOW)

    all_at_once(replan)
    with connected.read(TEAM) as book:
        assert sorted(cue.version for cue in book.cues.waiting(gig.id)) == ["a", "b", "c"]


def test_taking_a_cue_and_changing_its_gig_never_wait_for_each_other(connected: Store) -> None:
    with connected.begin(TEAM) as book:
        gig = a_gig(book)
        book.cues.replan(gig.id, [a_cue(gig, n, version=str(n)) for n in range(1, 21)], NOW)

    def work(number: int) -> None:
        for step in range(10):
            with connected.begin(TEAM) as book:
                if number % 2:
                    if cue := book.cues.take_due(after(30)):
                        book.gigs.get(gig.id)
                        book.cues.settle(cue.id, CueState.GONE, after(30))
                else:
                    book.gigs.get(gig.id)
                    planned = [a_cue(gig, n + step, version=str(n)) for n in range(1, 21)]
                    book.cues.replan(gig.id, planned, NOW)

    all_at_once(work)


@pytest.mark.parametrize("cues", [500])
def test_every_due_cue_of_one_transaction_is_taken_once(connected: Store, cues: int) -> None:
    with connected.begin(TEAM) as book:
        gig = a_gig(book)
        book.cues.replan(gig.id, [a_cue(gig, n / 100, version=str(n)) for n in range(1, cues + 1)], NOW)
    taken = 0
    with connected.begin(TEAM) as book:
        while cue := book.cues.take_due(after(60)):
            book.cues.settle(cue.id, CueState.GONE, after(60))
            taken += 1
    assert taken == cues


def test_two_sqlite_stores_on_one_file_take_turns(sqlite_url: str) -> None:
    stores = [Store.open(sqlite_url) for _ in range(WORKERS)]
    connect(stores[0])
    with stores[0].begin(TEAM) as book:
        tour = a_tour(book)

    def write(number: int) -> None:
        for _ in range(5):
            with stores[number].begin(TEAM) as book:
                a_gig(book, book.tours.get(tour.id))

    all_at_once(write)
    with stores[0].read(TEAM) as book:
        assert len(book.gigs.of_tour(tour.id)) == 20
    for store in stores:
        store.close()
