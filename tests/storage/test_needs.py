"""What was asked for on a gig is kept, on each engine; what was taken back is gone."""

from checklists.crew import Position
from checklists.filling import Need
from storage.book import Book
from storage.store import Store
from tests.storage.built import OTHER, TEAM, a_gig, connect

HANDS, MON = Need(Position.HAND, 8), Need(Position.MON, 1, required=False)


def test_a_gig_that_nobody_touched_has_none(book: Book) -> None:
    assert book.needs.of_gig(a_gig(book).id) == []


def test_what_was_asked_for_is_kept_by_position(book: Book) -> None:
    gig = a_gig(book)
    book.needs.ask(gig.id, [MON, HANDS])
    assert book.needs.of_gig(gig.id) == [HANDS, MON]


def test_asked_again_it_is_changed_and_not_doubled(book: Book) -> None:
    gig = a_gig(book)
    book.needs.ask(gig.id, [MON, HANDS])
    book.needs.ask(gig.id, [Need(Position.HAND, 0, required=False)])
    assert book.needs.of_gig(gig.id) == [Need(Position.HAND, 0, required=False), MON]


def test_what_was_taken_back_is_gone_and_the_rest_stays(book: Book) -> None:
    gig = a_gig(book)
    book.needs.ask(gig.id, [MON, HANDS])
    assert book.needs.forget(gig.id, [Position.HAND, Position.LD]) == 1
    assert book.needs.of_gig(gig.id) == [MON]
    assert book.needs.forget(gig.id, Position) == 1
    assert book.needs.of_gig(gig.id) == []


def test_each_gig_has_its_own(book: Book) -> None:
    gig = a_gig(book)
    other = a_gig(book, book.tours.get(gig.tour_id))
    book.needs.ask(gig.id, [HANDS])
    book.needs.ask(other.id, [MON])
    assert (book.needs.of_gig(gig.id), book.needs.of_gig(other.id)) == ([HANDS], [MON])


def test_another_workspace_neither_reads_nor_changes_it(connected: Store) -> None:
    connect(connected, OTHER)
    with connected.begin(TEAM) as book:
        gig = a_gig(book)
        book.needs.ask(gig.id, [HANDS])
    with connected.begin(OTHER) as book:
        assert book.needs.of_gig(gig.id) == []
        assert book.needs.forget(gig.id, Position) == 0
    with connected.read(TEAM) as book:
        assert book.needs.of_gig(gig.id) == [HANDS]
