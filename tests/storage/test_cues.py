from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklists.cues import PLANNED, Cue, CueKind, CueState
from checklists.gig import Gig
from storage.book import Book
from storage.store import Store
from tests.storage.built import NOW, TEAM, a_cue, a_gig, a_tour, after

GONE, CUT, MISSED, WAITING = CueState.GONE, CueState.CUT, CueState.MISSED, CueState.WAITING


def states(book: Book, gig: Gig) -> list[CueState]:
    return [state for _, state in book.cues.of_gig(gig.id)]


def settle_next(book: Book, minutes: float, state: CueState) -> None:
    cue = book.cues.take_due(after(minutes))
    assert cue is not None
    book.cues.settle(cue.id, state, after(minutes))


def test_a_plan_waits_and_a_waiting_cue_moves_without_a_new_row(book: Book) -> None:
    gig = a_gig(book)
    book.cues.replan(gig.id, [a_cue(gig, 30), a_cue(gig, 20, CueKind.DOORS_60)], NOW)
    first, second = book.cues.waiting(gig.id)
    assert [(cue.kind, cue.at) for cue in (first, second)] == [
        (CueKind.DOORS_60, after(20)),
        (CueKind.ASK_AGAIN, after(30)),
    ]
    book.cues.replan(gig.id, [a_cue(gig, 40), a_cue(gig, 20, CueKind.DOORS_60)], NOW)
    assert book.cues.waiting(gig.id) == [first, replace(second, at=after(40))]


def test_what_is_not_planned_any_more_is_cut_and_waits_again_when_it_is(book: Book) -> None:
    gig = a_gig(book)
    cue = a_cue(gig, 30)
    book.cues.replan(gig.id, [cue], NOW)
    book.cues.replan(gig.id, [], NOW)
    assert states(book, gig) == [CUT]
    book.cues.replan(gig.id, [replace(cue, at=after(25))], after(28))
    assert states(book, gig) == [CUT], "its time is over"
    book.cues.replan(gig.id, [cue], after(28))
    assert states(book, gig) == [WAITING]


@pytest.mark.parametrize("happened", [GONE, MISSED])
def test_what_has_happened_does_not_happen_again(book: Book, happened: CueState) -> None:
    gig = a_gig(book)
    book.cues.replan(gig.id, [a_cue(gig, 10)], NOW)
    settle_next(book, 10, happened)
    book.cues.replan(gig.id, [a_cue(gig, 99)], after(10))
    book.cues.put(a_cue(gig, 99), after(10))
    assert states(book, gig) == [happened]
    book.cues.replan(gig.id, [a_cue(gig, 99, version="2")], after(10))
    assert book.cues.waiting(gig.id)[0].version == "2"


def test_a_new_cue_in_the_past_is_left_out_but_for_the_card(book: Book) -> None:
    gig = a_gig(book)
    book.cues.replan(gig.id, [a_cue(gig, -5), a_cue(gig, 0, version="2"), a_cue(gig, -9, CueKind.CARD)], NOW)
    assert [cue.kind for cue in book.cues.waiting(gig.id)] == [CueKind.CARD]


def test_replanning_leaves_alone_what_is_not_planned_by_rule(book: Book) -> None:
    gig = a_gig(book)
    unplanned = sorted(set(CueKind) - PLANNED)
    for kind in unplanned:
        book.cues.put(a_cue(gig, 10, kind), NOW)
    book.cues.replan(gig.id, [], NOW)
    assert sorted(cue.kind for cue in book.cues.waiting(gig.id)) == unplanned


def test_many_gigs_are_replanned_at_once_each_by_its_own_plan(book: Book) -> None:
    tour = a_tour(book)
    gigs = [a_gig(book, tour) for _ in range(3)]
    for gig in gigs:
        book.cues.replan(gig.id, [a_cue(gig)], NOW)
    book.cues.replan_many([(gigs[0].id, []), (gigs[1].id, [a_cue(gigs[1], 50)])], NOW)
    assert [states(book, gig) for gig in gigs] == [[CUT], [WAITING], [WAITING]]
    assert book.cues.waiting(gigs[1].id)[0].at == after(50)
    book.cues.replan_many([], NOW)


PLANS = st.lists(
    st.tuples(st.sampled_from([*sorted(PLANNED)[:4], CueKind.CARD]), st.integers(-20, 40), st.sampled_from("12")),
    max_size=8,
    unique_by=lambda planned: (planned[0], planned[2]),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans=st.lists(PLANS, min_size=1, max_size=4), takes=st.integers(0, 2))
def test_planning_twice_is_planning_once_and_nothing_waits_twice(
    book: Book, plans: list[list[tuple[CueKind, int, str]]], takes: int
) -> None:
    gig = a_gig(book, a_tour(book, channel=""))
    for step, planned in enumerate(plans):
        now = after(step * 5)
        cues = [a_cue(gig, minutes, kind, version) for kind, minutes, version in planned]
        book.cues.replan(gig.id, cues, now)
        once = book.cues.of_gig(gig.id)
        book.cues.replan(gig.id, cues, now)
        assert book.cues.of_gig(gig.id) == once
        identities = [(cue.kind, cue.person, cue.anchor, cue.version) for cue, _ in once]
        assert len(identities) == len(set(identities))
        assert {cue.id for cue in book.cues.waiting(gig.id)} <= {cue.id for cue, _ in once}
        waiting = {(cue.kind, cue.version, cue.at) for cue in book.cues.waiting(gig.id)}
        assert waiting <= {(cue.kind, cue.version, cue.at) for cue in cues}
        for _ in range(takes):
            if cue := book.cues.take_due(now):
                book.cues.settle(cue.id, GONE, now)


def test_due_cues_are_taken_earliest_first_and_only_when_due(book: Book) -> None:
    gig = a_gig(book)
    for minutes in (30, 10, 20):
        book.cues.put(a_cue(gig, minutes, version=str(minutes)), NOW)
    assert book.cues.take_due(after(9)) is None
    taken = []
    while cue := book.cues.take_due(after(20)):
        book.cues.settle(cue.id, GONE, after(20))
        taken.append(cue.version)
    assert taken == ["10", "20"]


def test_a_cue_that_was_taken_and_not_settled_waits_on(connected: Store) -> None:
    with connected.begin(TEAM) as book:
        book.cues.put(a_cue(a_gig(book)), NOW)
        first = book.cues.take_due(after(10))
    with connected.begin(TEAM) as book:
        assert book.cues.take_due(after(10)) == first


def test_a_cue_is_not_settled_as_waiting_nor_twice(book: Book) -> None:
    gig = a_gig(book)
    book.cues.put(a_cue(gig), NOW)
    cue = book.cues.waiting(gig.id)[0]
    with pytest.raises(ValueError, match="gone, cut or missed"):
        book.cues.settle(cue.id, WAITING, NOW)
    book.cues.settle(cue.id, MISSED, NOW, "failed (ref 4F2A)")
    book.cues.settle(cue.id, GONE, NOW)
    assert states(book, gig) == [MISSED]


def test_putting_a_cue_again_moves_it_and_brings_back_a_cut_one(book: Book) -> None:
    gig = a_gig(book)
    book.cues.put(a_cue(gig, 10), NOW)
    book.cues.put(a_cue(gig, 20), NOW)
    assert [cue.at for cue in book.cues.waiting(gig.id)] == [after(20)]
    book.cues.cut(gig.id, None, NOW)
    assert book.cues.waiting(gig.id) == []
    book.cues.put(a_cue(gig, 30), NOW)
    assert [cue.at for cue in book.cues.waiting(gig.id)] == [after(30)]


def test_a_digest_waits_once_per_tour_person_and_day(book: Book) -> None:
    tours = [a_tour(book), a_tour(book, channel="C2")]
    digest = Cue(CueKind.DIGEST, after(10), None, tours[0].id, "UANA", "digest", "2026-03-02")
    for cue in (digest, digest, replace(digest, tour_id=tours[1].id), replace(digest, person="UBO")):
        book.cues.put(cue, NOW)
    taken = []
    while cue_due := book.cues.take_due(after(10)):
        book.cues.settle(cue_due.id, GONE, after(10))
        taken.append((cue_due.tour_id, cue_due.person))
    assert taken == [(tours[0].id, "UANA"), (tours[1].id, "UANA"), (tours[0].id, "UBO")]


def test_one_recheck_waits_per_gig_and_moves(book: Book) -> None:
    tour = a_tour(book)
    gigs = [a_gig(book, tour), a_gig(book, tour)]
    for minutes in (10, 30, 20):
        for gig in gigs:
            book.cues.put_only(a_cue(gig, minutes, CueKind.RECHECK, version=str(minutes)), NOW)
    assert [[(cue.at, cue.version) for cue in book.cues.waiting(gig.id)] for gig in gigs] == [[(after(20), "20")]] * 2


def test_a_recheck_that_plans_the_next_one_leaves_it_waiting(book: Book) -> None:
    gig = a_gig(book)
    recheck = Cue(CueKind.RECHECK, after(10), gig.id, gig.tour_id)
    book.cues.put_only(recheck, NOW)
    cue = book.cues.take_due(after(10))
    assert cue is not None
    book.cues.put_only(replace(recheck, at=after(50)), after(10))
    book.cues.settle(cue.id, GONE, after(10))
    assert [cue.at for cue in book.cues.waiting(gig.id)] == [after(50)]


def test_a_recheck_that_plans_no_other_is_gone_and_can_come_back(connected: Store) -> None:
    with connected.begin(TEAM) as book:
        gig = a_gig(book)
        recheck = Cue(CueKind.RECHECK, after(10), gig.id, gig.tour_id)
        book.cues.put_only(recheck, NOW)
        settle_next(book, 10, GONE)
        assert states(book, gig) == [GONE]
        book.cues.put_only(replace(recheck, at=after(50)), after(10))
    with connected.begin(TEAM) as book:
        assert states(book, gig) == [WAITING]
        settle_next(book, 50, GONE)
        assert states(book, gig) == [GONE]


def test_cutting_takes_the_waiting_of_these_kinds(book: Book) -> None:
    gig = a_gig(book)
    for minutes, kind in enumerate((CueKind.ASK_AGAIN, CueKind.DOORS_60, CueKind.RECHECK), start=1):
        book.cues.put(a_cue(gig, minutes, kind), NOW)
    settle_next(book, 1, GONE)
    book.cues.cut(gig.id, [CueKind.RECHECK, CueKind.ASK_AGAIN], after(1))
    assert states(book, gig) == [GONE, WAITING, CUT]
    book.cues.cut(gig.id, None, after(1))
    assert states(book, gig) == [GONE, CUT, CUT]


def test_cues_of_a_gig_come_earliest_first(book: Book) -> None:
    gig = a_gig(book)
    for minutes in (9, 3, 6):
        book.cues.put(a_cue(gig, minutes, version=str(minutes)), NOW)
    assert all(one.at < other.at for one, other in pairwise(book.cues.waiting(gig.id)))
