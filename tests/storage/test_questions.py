from storage.book import Book
from storage.questions import Question
from tests.storage.built import NOW, after


def test_a_question_keeps_the_request_and_is_answered_once(book: Book) -> None:
    asked = book.questions.ask("UTESS", "gig show", "lisbon", "C1", {"gig": "12"}, NOW)
    assert book.questions.get(asked) == Question(asked, "UTESS", "gig show", "lisbon", "C1", {"gig": "12"}, False)
    assert book.questions.answered(asked, after(1))
    assert not book.questions.answered(asked, after(2))
    kept = book.questions.get(asked)
    assert kept is not None
    assert kept.answered


def test_there_is_no_question_that_was_not_asked(book: Book) -> None:
    assert book.questions.get(9) is None
    assert not book.questions.answered(9, NOW)
