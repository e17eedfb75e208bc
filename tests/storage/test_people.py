from checklists.crew import Person
from storage.book import Book
from storage.people import MOST_TRIES
from tests.storage.built import NOW, after

ANA = Person("UANA", "Ana", "Europe/Lisbon", is_known=True, is_guest=True, is_outsider=False)


def test_an_unknown_person_is_an_outsider_without_name(book: Book) -> None:
    assert book.people.get("UANA") == Person("UANA")
    assert book.people.get("UANA").is_outsider
    assert book.people.many([]) == {}


def test_people_who_were_met_are_unmet_until_they_are_learned(book: Book) -> None:
    book.people.meet(["UBO", "UANA", ""], NOW)
    book.people.meet(["UANA"], after(1))
    assert book.people.unmet(10) == ["UANA", "UBO"]
    assert book.people.unmet(1) == ["UANA"]
    book.people.learn(ANA, after(2))
    assert book.people.unmet(10) == ["UBO"]
    assert book.people.many(["UANA", "UBO", "UKIT"]) == {"UANA": ANA, "UBO": Person("UBO"), "UKIT": Person("UKIT")}


def test_somebody_can_be_learned_who_was_never_met(book: Book) -> None:
    book.people.learn(ANA, NOW)
    assert book.people.get("UANA") == ANA


def test_learning_again_keeps_the_dm_channel(book: Book) -> None:
    book.people.meet(["UANA"], NOW)
    book.people.set_dm("UANA", "D1")
    book.people.learn(ANA, NOW)
    assert book.people.get("UANA").dm_channel == "D1"
    assert book.people.get("UANA").zone == "Europe/Lisbon"


def test_a_look_up_that_fails_is_tried_last_and_not_for_ever(book: Book) -> None:
    book.people.meet(["UANA", "UBO"], NOW)
    book.people.missed("UANA", NOW)
    assert book.people.unmet(10) == ["UBO", "UANA"]
    for _ in range(MOST_TRIES):
        book.people.missed("UANA", NOW)
    assert book.people.unmet(10) == ["UBO"]


def test_the_channel_of_somebody_never_met_is_kept(book: Book) -> None:
    book.people.set_dm("UANA", "D1")
    book.people.set_dm("UANA", "D2")
    assert book.people.get("UANA").dm_channel == "D2"
    assert book.people.unmet(10) == ["UANA"]
