"""Facts of a gig, and what is asked: kept, replaced, forgotten; what was called off and not seen."""

import pytest

from checklists.crew import AnsweredBy, CallState, Position
from checklists.walls import Wall
from storage.book import Book
from tests.storage.built import NOW, a_call, a_gig, after


def test_a_fact_is_kept_replaced_and_forgotten(book: Book) -> None:
    gig = a_gig(book)
    book.facts.keep(gig.id, "wifi", "LanternNet, pass 1234", "UTESS", NOW)
    book.facts.keep(gig.id, "wifi", "LanternNet, pass 5678", "UPIA", after(5))
    book.facts.keep(gig.id, "parking", "behind the club", "UTESS", NOW)
    kept = book.facts.of_gig(gig.id)
    assert list(kept) == ["parking", "wifi"]
    assert (kept["wifi"].text, kept["wifi"].by, kept["wifi"].at) == ("LanternNet, pass 5678", "UPIA", after(5))
    assert book.facts.drop(gig.id, "wifi")
    assert not book.facts.drop(gig.id, "wifi")
    assert list(book.facts.of_gig(gig.id)) == ["parking"]


@pytest.mark.parametrize(
    ("said", "waits"),
    [(CallState.CONFIRMED, True), (CallState.CALLED, False), (CallState.DECLINED, False), (CallState.MAYBE, False)],
)
def test_only_who_had_said_yes_is_waited_for_until_he_has_seen_it(book: Book, said: CallState, waits: bool) -> None:
    call = a_call(book, a_gig(book))
    if said is not CallState.CALLED:
        book.crew.set_answer(call.answered(said, AnsweredBy.WORDS, "1.1", NOW), NOW)
    book.crew.call_off([call.id], after(1))
    unseen = book.crew.unseen("UANA")
    assert [(each.id, each.told_state) for each in unseen] == ([(call.id, said)] if waits else [])
    book.crew.set_seen([call.id], after(2))
    assert book.crew.unseen("UANA") == []


def test_a_yes_to_an_earlier_time_that_was_not_answered_anew_is_waited_for(book: Book) -> None:
    gig = a_gig(book)
    call = a_call(book, gig)
    book.crew.set_answer(call.answered(CallState.CONFIRMED, AnsweredBy.WORDS, "1.1", NOW), NOW)
    later = Wall.of_minutes(15 * 60)
    book.crew.ask(gig.id, "UANA", Position.FOH, later, gig.when(later), after(1))
    book.crew.call_off([call.id], after(2))
    assert [each.id for each in book.crew.unseen("UANA")] == [call.id]


def test_the_journal_tells_of_one_kind_alone(book: Book) -> None:
    gig = a_gig(book)
    for what in ("asked", "called", "asked"):
        book.journal.write(NOW, "UANA", what, gig_id=gig.id, after="wifi?")
    assert [line.what for line in book.journal.of_gig(gig.id, "asked")] == ["asked", "asked"]
    assert len(book.journal.of_gig(gig.id)) == 3
