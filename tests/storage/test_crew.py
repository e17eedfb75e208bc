from dataclasses import replace
from datetime import date, time, timedelta

from checklists.crew import AnsweredBy, Call, CallState, Position
from checklists.gig import GigState
from checklists.walls import Wall
from storage.book import Book
from tests.storage.built import NOON, NOW, SHOW, a_call, a_gig, a_tour, after


def fresh(book: Book, call: Call) -> Call:
    kept = book.crew.get(call.id)
    assert kept is not None
    return kept


def test_a_new_call_is_open(book: Book) -> None:
    gig = a_gig(book)
    call = a_call(book, gig)
    assert call == Call(call.id, gig.id, "UANA", Position.FOH, NOON, gig.when(NOON), asked_at=NOW)
    assert fresh(book, call) == call


def test_calls_come_in_the_order_asked(book: Book) -> None:
    gig, other = a_gig(book), None
    calls = [a_call(book, gig, who, position) for who, position in
             (("UBO", Position.MON), ("UANA", Position.FOH), ("UANA", Position.PM))]  # fmt: skip
    other = a_gig(book, book.tours.get(gig.tour_id))
    assert book.crew.of_gig(gig.id) == calls
    assert book.crew.of_gigs([gig.id, other.id]) == {gig.id: calls, other.id: []}
    assert book.crew.of_gigs([]) == {}


def test_the_same_person_and_position_is_asked_again_without_answer(book: Book) -> None:
    gig = a_gig(book)
    first = a_call(book, gig)
    answered = first.answered(CallState.CONFIRMED, AnsweredBy.WORDS, "1.1", after(1), late=20, late_unknown=True)
    book.crew.set_answer(replace(answered, heard_at=after(1)), after(1))
    later = Wall(time(14))
    again = book.crew.ask(gig.id, "UANA", Position.FOH, later, gig.when(later), after(2))
    assert again == Call(
        first.id, gig.id, "UANA", Position.FOH, later, gig.when(later),
        version=2, asked_at=after(2), changed_at=after(2), told_wall=first.wall, told_state=CallState.CONFIRMED,
    )  # fmt: skip
    assert book.crew.of_gig(gig.id) == [again]


def test_an_answer_is_kept_with_its_way_and_minutes(book: Book) -> None:
    call = a_call(book, a_gig(book))
    book.crew.set_answer(call.answered(CallState.CONFIRMED, AnsweredBy.REACTION, "9.9", after(3), late=20), after(3))
    kept = fresh(book, call)
    assert (kept.state, kept.answered_by, kept.answer_ref) == (CallState.CONFIRMED, AnsweredBy.REACTION, "9.9")
    assert (kept.answered_at, kept.late, kept.late_unknown, kept.late_from) == (after(3), 20, False, after(3))
    book.crew.set_answer(call.answered(CallState.DECLINED, AnsweredBy.BUTTON, "", after(4)), after(4))
    assert (fresh(book, call).late, fresh(book, call).late_from) == (0, None)


def test_a_move_asks_the_standing_again_and_nobody_else(book: Book) -> None:
    gig = a_gig(book)
    standing, off = a_call(book, gig), a_call(book, gig, "UBO", Position.MON)
    book.crew.set_answer(standing.answered(CallState.CONFIRMED, AnsweredBy.BUTTON, "1", after(1)), after(1))
    book.crew.call_off([off.id], after(2))
    gone = fresh(book, off)
    moved = {call.id: call.at + timedelta(days=1) for call in (standing, off)}
    book.crew.ask_all_again(gig.id, moved, after(3))
    asked = fresh(book, standing)
    assert (asked.state, asked.version, asked.at) == (CallState.CALLED, 2, moved[standing.id])
    assert (asked.changed_at, asked.answered_by) == (after(3), None)
    assert fresh(book, off) == gone
    assert gone.state is CallState.CALLED_OFF


def test_states_change_together_and_going_back_to_called_takes_the_answer_away(book: Book) -> None:
    gig = a_gig(book)
    calls = [a_call(book, gig), a_call(book, gig, "UBO", Position.MON)]
    book.crew.set_answer(calls[0].answered(CallState.CONFIRMED, AnsweredBy.WORDS, "1.1", after(1), late=5), after(1))
    book.crew.set_state([call.id for call in calls], CallState.ARRIVED, after(2))
    assert [call.state for call in book.crew.of_gig(gig.id)] == [CallState.ARRIVED] * 2
    assert fresh(book, calls[0]).answer_ref == "1.1"
    book.crew.set_state([calls[0].id], CallState.CALLED, after(3))
    assert fresh(book, calls[0]) == calls[0]
    book.crew.set_state([], CallState.CALLED, after(3))


def test_a_call_can_get_another_instant(book: Book) -> None:
    call = a_call(book, a_gig(book))
    book.crew.set_at(call.id, after(9))
    assert fresh(book, call).at == after(9)


def test_earlier_calls_are_the_persons_standing_ones_of_the_last_72_hours(book: Book) -> None:
    tour = a_tour(book)
    gigs = [a_gig(book, tour, day=SHOW - timedelta(days=days)) for days in (4, 2, 1, 0)]
    calls = [a_call(book, gig) for gig in gigs]
    a_call(book, gigs[2], "UBO", Position.MON)
    assert book.crew.earlier_calls("UANA", calls[3].at) == [(calls[1], gigs[1]), (calls[2], gigs[2])]
    book.crew.call_off([calls[2].id], NOW)
    book.gigs.set_state(gigs[1].id, GigState.PLAYED)
    earlier = book.crew.earlier_calls("UANA", calls[3].at)
    assert [(call.id, gig.state) for call, gig in earlier] == [(calls[1].id, GigState.PLAYED)]
    book.gigs.set_state(gigs[1].id, GigState.CANCELLED)
    assert book.crew.earlier_calls("UANA", calls[3].at) == []


def test_another_position_on_the_same_gig_is_no_earlier_work(book: Book) -> None:
    gig = a_gig(book)
    early = a_call(book, gig)
    late = book.crew.ask(gig.id, "UANA", Position.PM, Wall(time(15)), gig.when(Wall(time(15))), NOW)
    assert book.crew.earlier_calls("UANA", late.at) == [(early, gig)]
    assert book.crew.earlier_calls("UANA", late.at, other_than=gig.id) == []


def test_the_gigs_of_a_person_are_those_ahead_on_which_he_stands(book: Book) -> None:
    tour = a_tour(book)
    gigs = [a_gig(book, tour, day=date(2026, 4, day)) for day in (20, 10, 15, 16)]
    calls = [a_call(book, gig) for gig in gigs]
    a_call(book, gigs[0], position=Position.PM)
    book.crew.set_answer(calls[2].answered(CallState.DECLINED, AnsweredBy.BUTTON, "", NOW), NOW)
    book.gigs.set_state(gigs[3].id, GigState.PLAYED)
    assert book.crew.gigs_of("UANA") == [gigs[1].id, gigs[0].id]
    assert book.crew.gigs_of("UBO") == []
    assert book.crew.gigs_from({"UANA", "UBO"}, date(2026, 4, 10), date(2026, 4, 19)) == [gigs[1].id]
    assert book.crew.gigs_from({"UANA"}, date(2026, 4, 11), date(2026, 4, 19)) == []
    assert book.crew.gigs_from((), date(2026, 4, 10), date(2026, 4, 20)) == []
