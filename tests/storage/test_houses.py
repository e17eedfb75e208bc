"""A house is kept with its venue, whatever gigs and tours were there."""

from dataclasses import replace

from checklists.house import HouseFact
from checklists.kit import Held
from storage.book import Book
from storage.store import Store
from tests.storage.built import NOW, OTHER, SHOW, TEAM, a_gig, a_tour, after, connect

RISER = Held("drum riser", 2, "", "UTESS", NOW)


def test_what_a_house_holds_is_there_for_the_next_gig_of_any_tour(book: Book) -> None:
    gig = a_gig(book)
    house = book.houses.open(gig)
    book.houses.hold(house, RISER)
    book.houses.keep(house, "power", "3x63 A", "UTESS", NOW)
    next_year = a_gig(book, a_tour(book, "C2"), SHOW.replace(year=2027))
    assert book.houses.find(next_year) == house
    assert book.houses.kit(house) == [RISER]
    assert book.houses.facts(house) == {"power": HouseFact("power", "3x63 A", "UTESS", NOW)}


def test_a_house_is_the_same_however_it_is_written_and_another_in_another_city(book: Book) -> None:
    gig = a_gig(book)
    house = book.houses.open(gig)
    assert book.houses.open(replace(gig, venue="MUSICBOX", city="Lisbón")) == house
    assert book.houses.find(replace(gig, city="Porto")) is None
    assert book.houses.find(replace(gig, country="US")) is None
    assert book.houses.find(replace(gig, venue="")) is None
    assert book.houses.kit(None) == []
    assert book.houses.facts(None) == {}


def test_what_is_said_again_gives_way_and_what_is_taken_back_is_gone(book: Book) -> None:
    house = book.houses.open(a_gig(book))
    book.houses.hold(house, RISER)
    book.houses.hold(house, replace(RISER, count=0, at=after(5)))
    book.houses.keep(house, "power", "3x63 A", "UTESS", NOW)
    book.houses.keep(house, "power", "3x125 A", "UPIA", after(5))
    assert book.houses.kit(house) == [replace(RISER, count=0, at=after(5))]
    assert book.houses.facts(house)["power"] == HouseFact("power", "3x125 A", "UPIA", after(5))
    assert (book.houses.drop_kit(house, "drum riser"), book.houses.drop_kit(house, "drum riser")) == (True, False)
    assert (book.houses.forget(house, "power"), book.houses.forget(house, "power")) == (True, False)


def test_a_tour_needs_what_it_said_last(book: Book) -> None:
    tour = a_tour(book)
    book.houses.need(tour.id, "power", "3x63 A")
    book.houses.need(tour.id, "power", "3x125 A")
    assert book.houses.needs(tour.id) == {"power": "3x125 A"}
    assert (book.houses.drop_need(tour.id, "power"), book.houses.drop_need(tour.id, "power")) == (True, False)


def test_another_workspace_has_houses_of_its_own(connected: Store) -> None:
    connect(connected, OTHER)
    with connected.begin(TEAM) as book:
        gig = a_gig(book)
        house = book.houses.open(gig)
        book.houses.keep(house, "power", "3x63 A", "UTESS", NOW)
        book.houses.need(gig.tour_id, "power", "3x63 A")
        book.houses.hold(house, RISER)
    with connected.begin(OTHER) as book:
        mine = a_gig(book)
        assert book.houses.find(mine) is None
        assert not any([book.houses.facts(house), book.houses.kit(house), book.houses.needs(gig.tour_id)])
        assert not any([book.houses.forget(house, "power"), book.houses.drop_kit(house, "drum riser")])
        assert not book.houses.drop_need(gig.tour_id, "power")
        assert book.houses.open(mine) != house
