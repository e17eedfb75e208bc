"""Many due cues are taken, settled and planned anew at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from checklists.cues import CueKind, CueState
from checklists.letters import Letter
from storage.book import Book
from storage.outbox import Room
from storage.store import Store
from tests.storage.built import NOW, TEAM, a_cue, a_gig, a_tour, after
from tests.storage.test_cues import states

GONE, CUT, MISSED, WAITING = CueState.GONE, CueState.CUT, CueState.MISSED, CueState.WAITING
EVERY = frozenset(CueKind)


def test_many_are_taken_earliest_first_up_to_one_that_goes_alone(book: Book) -> None:
    gig = a_gig(book)
    for minutes, kind in enumerate((CueKind.ASK_DM, CueKind.CARD, CueKind.RECHECK, CueKind.ASK_DM), start=1):
        book.cues.put(a_cue(gig, minutes, kind, version=str(minutes)), NOW)
    together = EVERY - {CueKind.RECHECK}
    taken = book.cues.take_many(after(9), 10, together)
    assert [cue.version for cue in taken] == ["1", "2"]
    assert [cue.version for cue in book.cues.take_many(after(9), 1, together)] == ["1"]
    for cue in taken:
        book.cues.settle(cue.id, GONE, after(9))
    assert [cue.version for cue in book.cues.take_many(after(9), 10, together)] == ["3"]
    assert [cue.version for cue in book.cues.take_many(after(2.5), 10, together)] == []


def test_what_is_gathered_is_written_before_anything_is_read(book: Book) -> None:
    gig = a_gig(book)
    for n in range(3):
        book.cues.put(a_cue(gig, n, version=str(n)), NOW)
    with book.gathering():
        first, second, _ = book.cues.take_many(after(9), 10, EVERY)
        book.cues.settle(first.id, GONE, after(9))
        book.cues.settle(second.id, MISSED, after(9), "late")
        assert states(book, gig) == [GONE, MISSED, WAITING]
        book.outbox.say(Letter.DIGEST, Room.DM, "d", after(9), gig_id=gig.id, person="UANA")
        book.outbox.say(Letter.DIGEST, Room.DM, "d", after(9), gig_id=gig.id, person="UANA")
        assert [one.key for one in book.outbox.of_gig(gig.id)] == ["d"]


def test_a_cue_that_this_transaction_cut_or_moved_waits_no_more_for_its_turn(book: Book) -> None:
    gig = a_gig(book)
    cues = [a_cue(gig, n, version=str(n)) for n in (1, 2, 3)]
    for one in cues:
        book.cues.put(one, NOW - timedelta(1))
    taken = book.cues.take_many(after(9), 10, EVERY)
    assert all(book.cues.still_waits(cue) for cue in taken)
    book.cues.replan(gig.id, [cues[0], replace(cues[1], at=after(50))], NOW)
    assert [book.cues.still_waits(cue) for cue in taken] == [True, False, False]


def test_what_came_of_cues_is_found_by_tour_and_time(book: Book) -> None:
    gig = a_gig(book)
    for n in range(4):
        book.cues.put(a_cue(gig, n, version=str(n)), NOW)
    for minutes, state, why in ((10, GONE, ""), (11, MISSED, "failed (ref 4F2A)"), (12, CUT, ""), (13, GONE, "")):
        cue = book.cues.take_due(after(9))
        assert cue is not None
        book.cues.settle(cue.id, state, after(minutes), why)
    found = book.cues.settled(gig.tour_id, after(10), after(13))
    assert [(one.cue.version, one.state, one.why, one.at) for one in found] == [
        ("0", GONE, "", after(10)),
        ("1", MISSED, "failed (ref 4F2A)", after(11)),
    ]


def test_several_workers_never_take_the_same_of_many(connected: Store, store_url: str) -> None:
    with connected.begin(TEAM) as book:
        tour = a_tour(book)
        gigs = [a_gig(book, tour) for _ in range(12)]
        book.cues.replan_many([(gig.id, [a_cue(gig, n, version=str(n)) for n in range(1, 11)]) for gig in gigs], NOW)
    stores = [Store.open(store_url) for _ in range(3)]
    taken: list[int] = []

    def take(store: Store) -> None:
        while store.next_cue():
            with store.begin(TEAM) as book:
                for cue in book.cues.take_many(after(10), 20, EVERY):
                    book.cues.settle(cue.id, GONE, after(10))
                    taken.append(cue.id)

    with ThreadPoolExecutor(3) as workers:
        list(workers.map(take, stores))
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 120
    for store in stores:
        store.close()


def test_a_worker_takes_others_while_the_first_are_held(connected: Store, store_url: str) -> None:
    with connected.begin(TEAM) as book:
        tour = a_tour(book)
        gigs = [a_gig(book, tour) for _ in range(4)]
        for n, gig in enumerate(gigs):
            book.cues.put(a_cue(gig, n), NOW - timedelta(1))
    if store_url.startswith("sqlite"):
        pytest.skip("one writer at a time")
    with connected.begin(TEAM) as book, connected.begin(TEAM) as other:
        assert [cue.gig_id for cue in book.cues.take_many(after(9), 2, EVERY)] == [gigs[0].id, gigs[1].id]
        assert [cue.gig_id for cue in other.cues.take_many(after(9), 2, EVERY)] == [gigs[2].id, gigs[3].id]


def test_a_cue_that_was_moved_meanwhile_is_not_taken_by_its_old_time(connected: Store) -> None:
    with connected.begin(TEAM) as book:
        gig = a_gig(book)
        book.cues.put(a_cue(gig, 5), NOW)
    with connected.begin(TEAM) as book:
        book.cues.put(a_cue(gig, 500), NOW)
    with connected.begin(TEAM) as book:
        assert book.cues.take_many(after(9), 10, EVERY) == []


def test_thousands_of_reminders_of_moved_gigs_are_planned_anew_in_few_queries(book: Book) -> None:
    tour = a_tour(book)
    gigs = [a_gig(book, tour) for _ in range(5)]
    for version in "12":
        plans = [(gig.id, [a_cue(gig, n, version=f"{version}.{n}") for n in range(1, 301)]) for gig in gigs]
        book.cues.replan_many(plans, NOW)
    assert all(len(book.cues.waiting(gig.id)) == 300 for gig in gigs)
    assert all(states(book, gig).count(CUT) == 300 for gig in gigs)
