"""Equipment on each engine: rider, stock, shares, promises, substitutes and counts are kept, replaced, forgotten."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from checklists.counts import CaseCount, Way
from checklists.gig import GigKind, GigState
from checklists.kit import Accepted, Held, Line
from checklists.stock import Rival, Stock
from storage.book import Book
from storage.gigs import NewGig
from storage.store import Store
from tests.storage.built import NOW, OTHER, SHOW, TEAM, a_gig, a_tour, after, connect, new_gig

WIRELESS = Line(0, "vocal wireless", 4, True, ("Shure ULXD", "Axient"), "UTESS")
RISER = Stock(0, "drum riser", 2, 3, 1)
PIANO = Held("piano", 1, "", "UTESS", NOW)


def unnumbered(found: list[Line]) -> list[Line]:
    return [replace(line, id=0) for line in found]


def test_a_rider_line_is_kept_replaced_by_name_and_dropped(book: Book) -> None:
    tour = a_tour(book)
    book.kit.put_line(tour.id, WIRELESS)
    first = book.kit.lines(tour.id)[0]
    again = Line(0, "Vocal Wireless", 2, False, (), "UPIA")
    book.kit.put_line(tour.id, again)
    assert unnumbered(book.kit.lines(tour.id)) == [again]
    assert book.kit.lines(tour.id)[0].id == first.id
    assert book.kit.drop_line(tour.id, WIRELESS.key)
    assert not book.kit.drop_line(tour.id, WIRELESS.key)
    assert book.kit.lines(tour.id) == []


def test_stock_is_kept_with_its_cases_and_repairs(book: Book) -> None:
    tour = a_tour(book)
    book.kit.put_stock(tour.id, RISER)
    book.kit.put_stock(tour.id, replace(RISER, in_repair=0))
    assert [replace(each, id=0) for each in book.kit.stock(tour.id)] == [replace(RISER, in_repair=0)]
    assert book.kit.drop_stock(tour.id, RISER.key)
    assert book.kit.stock(tour.id) == []


def test_shares_are_of_a_gig_and_taken_back_one_by_one_or_all(book: Book) -> None:
    gig = a_gig(book)
    book.kit.give(gig.id, {"drum riser": 2, "piano": 1})
    book.kit.give(gig.id, {"drum riser": 1})
    assert book.kit.shares([gig.id, gig.id + 99]) == {gig.id: {"drum riser": 1, "piano": 1}}
    assert book.kit.take_back(gig.id, "piano") == 1
    assert book.kit.take_back(gig.id) == 1
    assert book.kit.shares([gig.id]) == {}


def test_rivals_are_the_gigs_of_that_day_elsewhere_that_play(book: Book) -> None:
    tour = a_tour(book)
    gig = a_gig(book, tour)
    porto = new_gig("Porto")
    others: list[NewGig] = [
        porto,
        new_gig("Lisbon"),
        replace(porto, kind=GigKind.DAY_OFF),
        replace(porto, state=GigState.CANCELLED),
        replace(porto, date=SHOW.replace(day=11)),
    ]
    made = book.gigs.open_many(tour.id, others, NOW)
    book.gigs.open(a_tour(book, "C2").id, porto, NOW)
    book.kit.give(made[0].id, {"drum riser": 1})
    assert book.kit.rivals(gig) == [Rival(f"#{made[0].number} Porto", {"drum riser": 1})]


def test_what_the_promoter_provides_is_kept_and_forgotten(book: Book) -> None:
    gig = a_gig(book)
    book.kit.promise(gig.id, PIANO)
    later = Held("Piano", 0, "grand piano", "UPIA", after(5))
    book.kit.promise(gig.id, later)
    assert book.kit.promised(gig.id) == [later]
    assert book.kit.drop_promised(gig.id, "piano")
    assert not book.kit.drop_promised(gig.id, "piano")


def test_a_substitute_is_accepted_by_the_last_who_said_so(book: Book) -> None:
    gig = a_gig(book)
    book.kit.accept(gig.id, Accepted("vocal wireless", "axient", "UANA"))
    book.kit.accept(gig.id, Accepted("vocal wireless", "axient", "UBO"))
    assert book.kit.accepted(gig.id) == [Accepted("vocal wireless", "axient", "UBO")]
    assert book.kit.refuse(gig.id, "vocal wireless", "axient")
    assert not book.kit.refuse(gig.id, "vocal wireless", "axient")


def test_the_last_count_holds_each_way(book: Book) -> None:
    gig = a_gig(book)
    book.kit.count(gig.id, CaseCount(Way.IN, 13), "UANA", NOW)
    book.kit.count(gig.id, CaseCount(Way.IN, 14), "UBO", after(5))
    book.kit.count(gig.id, CaseCount(Way.OUT, 14), "UBO", after(9))
    assert book.kit.counted(gig.id) == {
        Way.IN: CaseCount(Way.IN, 14, "UBO", after(5)),
        Way.OUT: CaseCount(Way.OUT, 14, "UBO", after(9)),
    }


def test_another_workspace_neither_reads_nor_changes_it(connected: Store) -> None:
    connect(connected, OTHER)
    with connected.begin(TEAM) as book:
        gig = a_gig(book)
        book.kit.put_line(gig.tour_id, WIRELESS)
        book.kit.put_stock(gig.tour_id, RISER)
        book.kit.give(gig.id, {"drum riser": 1})
        book.kit.promise(gig.id, PIANO)
        book.kit.accept(gig.id, Accepted("a", "b", "UANA"))
        book.kit.count(gig.id, CaseCount(Way.IN, 13), "UANA", NOW)
    with connected.begin(OTHER) as book:
        kit, tour = book.kit, gig.tour_id
        assert not any([kit.lines(tour), kit.stock(tour), kit.promised(gig.id), kit.accepted(gig.id)])
        assert not any([kit.shares([gig.id]), kit.counted(gig.id), kit.rivals(gig)])
        assert not any([kit.drop_line(tour, WIRELESS.key), kit.drop_stock(tour, RISER.key), kit.take_back(gig.id)])
        assert not any([kit.drop_promised(gig.id, "piano"), kit.refuse(gig.id, "a", "b")])
    with pytest.raises(IntegrityError), connected.begin(OTHER) as book:
        book.kit.put_line(gig.tour_id, WIRELESS)
    with connected.read(TEAM) as book:
        assert len(book.kit.lines(gig.tour_id)) == len(book.kit.promised(gig.id)) == 1
