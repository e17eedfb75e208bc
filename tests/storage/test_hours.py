"""Hours in and out, and the work of people around an instant."""

from dataclasses import replace
from datetime import timedelta

import pytest

from checklists.crew import AnsweredBy, Call, CallKind, CallState, Position
from checklists.gig import GigState
from storage.book import Book
from tests.storage.built import NOON, NOW, SHOW, a_call, a_gig, a_tour, after

DAY = timedelta(days=1)


def fresh(book: Book, call: Call) -> Call:
    kept = book.crew.get(call.id)
    assert kept is not None
    return kept


def test_the_hour_of_arrival_is_kept_and_goes_with_the_answer(book: Book) -> None:
    call = a_call(book, a_gig(book))
    here = call.answered(CallState.ARRIVED, AnsweredBy.WORDS, "1.1", after(3))
    book.crew.set_answer(here, after(4))
    assert fresh(book, call).in_at == after(3)
    again = fresh(book, call).answered(CallState.ARRIVED, AnsweredBy.BUTTON, "", after(9))
    book.crew.set_answer(again, after(9))
    assert fresh(book, call).in_at == after(3)
    book.crew.set_answer(again.answered(CallState.CONFIRMED, AnsweredBy.WORDS, "1.1", after(10)), after(10))
    assert fresh(book, call).in_at is None


def test_who_is_out_is_released_since_an_instant_until_he_is_asked_anew(book: Book) -> None:
    gig = a_gig(book)
    call, other = a_call(book, gig), a_call(book, gig, "UBO", Position.MON)
    book.crew.set_answer(call.answered(CallState.ARRIVED, AnsweredBy.WORDS, "1.1", after(3)), after(3))
    book.crew.release([call.id], after(60), after(70))
    out = fresh(book, call)
    assert (out.state, out.in_at, out.out_at) == (CallState.RELEASED, after(3), after(60))
    assert fresh(book, other).out_at is None
    back = out.answered(CallState.ARRIVED, AnsweredBy.WORDS, "1.2", after(80))
    assert (back.in_at, back.out_at) == (after(3), None)
    again = book.crew.ask(gig.id, "UANA", Position.FOH, NOON, gig.when(NOON), after(90))
    assert (again.in_at, again.out_at) == (None, None)


def test_the_work_before_a_call_comes_with_the_real_release(book: Book) -> None:
    tour = a_tour(book)
    gigs = [a_gig(book, tour, SHOW + n * DAY) for n in range(2)]
    before, call = (a_call(book, gig) for gig in gigs)
    assert book.crew.worked_before([call]) == {call.id: [(gigs[0], None)]}
    book.crew.release([before.id], before.at + timedelta(hours=15), NOW)
    assert book.crew.worked_before([call]) == {call.id: [(gigs[0], before.at + timedelta(hours=15))]}
    assert book.crew.worked_before([]) == {}


@pytest.mark.parametrize("state", [CallState.NO_SHOW, CallState.DECLINED, CallState.CALLED_OFF])
def test_who_did_not_work_has_no_work_before(book: Book, state: CallState) -> None:
    tour = a_tour(book)
    before, call = (a_call(book, a_gig(book, tour, SHOW + n * DAY)) for n in range(2))
    book.crew.set_answer(replace(before, state=state), NOW)
    assert book.crew.worked_before([call]) == {call.id: []}


def test_a_bus_call_is_no_work_before(book: Book) -> None:
    tour = a_tour(book)
    gigs = [a_gig(book, tour, SHOW + n * DAY) for n in range(2)]
    book.crew.ask(gigs[0].id, "UANA", Position.FOH, NOON, gigs[0].when(NOON), NOW, kind=CallKind.BUS)
    call = a_call(book, gigs[1])
    assert book.crew.worked_before([call]) == {call.id: []}


def test_around_an_instant_are_the_standing_calls_of_these_people_on_gigs_that_count(book: Book) -> None:
    tour = a_tour(book)
    gigs = [a_gig(book, tour, SHOW + n * DAY) for n in range(4)]
    calls = [a_call(book, gig) for gig in gigs]
    a_call(book, gigs[1], "ULOU", Position.LD)
    bo = a_call(book, gigs[1], "UBO", Position.MON)
    book.gigs.set_state(gigs[0].id, GigState.PLAYED)
    book.gigs.set_state(gigs[2].id, GigState.CANCELLED)
    played = book.gigs.get(gigs[0].id)
    found = book.crew.around({"UANA", "UBO"}, calls[0].at, calls[3].at)
    assert found == [(calls[0], played), (calls[1], gigs[1]), (bo, gigs[1])]
    assert book.crew.around([], calls[0].at, calls[3].at) == []
