from datetime import timedelta

from checklists.crew import Holder, Role
from checklists.letters import Letter
from storage.book import Book
from storage.loops import Loop
from tests.storage.built import NOW, SHOW, a_gig, a_tour, after


def test_a_loop_is_opened_once_and_found_by_its_message(book: Book) -> None:
    gig = a_gig(book)
    made = book.loops.open(gig.tour_id, gig.id, Letter.DECLINED, "declined:1", NOW)
    assert made is not None
    wanted = Loop(made, gig.tour_id, gig.id, Letter.DECLINED, "declined:1", NOW)
    assert book.loops.get(made) == book.loops.by_key("declined:1") == wanted
    assert book.loops.open(gig.tour_id, gig.id, Letter.DECLINED, "declined:1", after(5)) is None
    assert book.loops.get(made + 1) is None
    assert book.loops.by_key("declined:2") is None


def test_loops_are_closed_one_by_one_or_by_gig_and_stay_closed(book: Book) -> None:
    tour = a_tour(book)
    one, other = a_gig(book, tour), a_gig(book, tour, day=SHOW + timedelta(days=1))
    ids = [
        book.loops.open(tour.id, gig.id, Letter.BOSS, f"boss:{n}", after(n)) for n, gig in enumerate((one, one, other))
    ]
    first, second, third = (made or 0 for made in ids)
    assert [loop.id for loop in book.loops.of_tour(tour.id)] == [first, second, third]
    assert book.loops.close([first], after(9)) == 1
    assert book.loops.close([first], after(10)) == 0
    assert book.loops.close([], after(10)) == 0
    assert [loop.id for loop in book.loops.of_gig(one.id)] == [second]
    assert book.loops.close_gig(one.id, after(11)) == 1
    assert [loop.id for loop in book.loops.of_tour(tour.id)] == [third]
    assert book.loops.open(tour.id, one.id, Letter.BOSS, "boss:0", after(12)) is None
    closed = book.loops.get(first)
    assert closed is not None
    assert closed.closed_at == after(9)


def test_a_loop_that_was_handed_over_stays_open(book: Book) -> None:
    gig = a_gig(book)
    made = book.loops.open(gig.tour_id, gig.id, Letter.UNFILLED, "unfilled:1", NOW) or 0
    book.loops.hand_over([made], after(3))
    book.loops.hand_over([], after(3))
    assert [(loop.id, loop.handed_at) for loop in book.loops.of_tour(gig.tour_id)] == [(made, after(3))]


def test_a_role_is_taken_away_from_whoever_holds_it(book: Book) -> None:
    tour = a_tour(book)
    for who, role in (("UMAX", Role.DEPUTY), ("UMAX", Role.PM), ("UPIA", Role.DEPUTY)):
        book.tours.give_role(tour.id, who, role, NOW)
    assert book.tours.take_away(tour.id, Role.DEPUTY) == 2
    assert book.tours.holders(tour.id) == [Holder("UMAX", "PM")]
