"""What a tour has changed of the rules of readiness is kept, on each engine, and nothing of it is lost."""

from storage.book import Book
from storage.store import Store
from tests.storage.built import NOW, TEAM, a_gig, a_tour, after, connect


def test_the_newest_word_holds_for_its_tour_alone(book: Book) -> None:
    tour, other = a_tour(book), a_tour(book, channel="C2")
    gig = a_gig(book, tour)
    assert book.rules.of_tour(tour.id) == ""
    book.rules.keep(tour.id, "rest red: 9 h", "UTESS", NOW)
    book.rules.keep(tour.id, "rest red: 10 h", "UPIA", after(1))
    book.journal.write(after(2), "UTESS", "rules", gig_id=gig.id, after="of a gig")
    again = book.reopened()
    assert (again.rules.of_tour(tour.id), again.rules.of_tour(other.id)) == ("rest red: 10 h", "")
    trail = [(entry.who, entry.before, entry.after) for entry in again.journal.of_tour(tour.id, "rules")]
    assert trail == [("UTESS", "", "rest red: 9 h"), ("UPIA", "rest red: 9 h", "rest red: 10 h")]


def test_it_is_there_in_the_next_transaction_and_can_be_taken_back(store: Store) -> None:
    connect(store)
    with store.begin(TEAM) as book:
        tour = a_tour(book)
        book.rules.keep(tour.id, "rest red: 9 h", "UTESS", NOW)
    with store.begin(TEAM) as book:
        assert book.rules.of_tour(tour.id) == "rest red: 9 h"
        book.rules.keep(tour.id, "", "UTESS", after(1))
    with store.read(TEAM) as book:
        assert book.rules.of_tour(tour.id) == ""
