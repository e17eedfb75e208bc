"""Rentals are kept as they go from asking to giving back, on each engine."""

from dataclasses import replace

from checklists.rentals import Rental, RentalState
from storage.book import Book
from storage.store import Store
from tests.storage.built import NOW, OTHER, TEAM, a_gig, connect

PIANO = Rental(0, 0, "piano", "Yamaha C7", 1, "PRG", 3, 18050, "EUR", RentalState.REQUESTED, "", "UPIA", NOW, "")


def test_a_rental_is_kept_as_it_was_asked_for_and_as_it_goes_on(book: Book) -> None:
    gig = a_gig(book)
    made = book.rentals.ask(replace(PIANO, gig_id=gig.id))
    assert made == replace(PIANO, gig_id=gig.id, id=made.id)
    ordered = replace(made, state=RentalState.ORDERED, order_number="PRG-1182", settled_by="UTESS", cents=None)
    book.rentals.change(ordered)
    assert book.rentals.get(made.id) == ordered
    second = book.rentals.ask(replace(PIANO, gig_id=gig.id, supplier=""))
    assert book.rentals.of_gig(gig.id) == [ordered, second]
    assert book.rentals.get(999) is None


def test_another_workspace_neither_reads_nor_changes_it(connected: Store) -> None:
    connect(connected, OTHER)
    with connected.begin(TEAM) as book:
        gig = a_gig(book)
        made = book.rentals.ask(replace(PIANO, gig_id=gig.id))
    with connected.begin(OTHER) as book:
        assert book.rentals.get(made.id) is None
        assert book.rentals.of_gig(gig.id) == []
        book.rentals.change(replace(made, supplier="evil"))
    with connected.read(TEAM) as book:
        assert book.rentals.of_gig(gig.id) == [made]
