from storage.book import Book
from storage.journal import Entry
from tests.storage.built import NOW, a_gig, a_tour, after


def test_what_happened_to_a_gig_is_told_oldest_first(book: Book) -> None:
    tour = a_tour(book)
    gig, other = a_gig(book, tour), a_gig(book, tour)
    book.journal.write(NOW, "UTESS", "opened", tour_id=tour.id, gig_id=gig.id, after="Lisbon")
    book.journal.write(NOW, "UTESS", "opened", gig_id=other.id)
    book.journal.write(after(1), "the clock", "show day", gig_id=gig.id, before="confirmed", after="show day")
    book.journal.write(after(2), "UTESS", "connected")
    assert book.journal.of_gig(gig.id) == [
        Entry(NOW, "UTESS", "opened", tour.id, gig.id, "", "Lisbon"),
        Entry(after(1), "the clock", "show day", None, gig.id, "confirmed", "show day"),
    ]
