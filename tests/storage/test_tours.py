import pytest

from checklists.crew import Holder, Role
from storage.book import Book
from storage.store import Store
from tests.storage.built import NOW, TEAM, a_tour, after


def test_a_channel_holds_its_tour(book: Book) -> None:
    tour = a_tour(book)
    assert (tour.name, tour.lead, tour.reachable, tour.made_at) == ("Wild Nights", "UTESS", True, NOW)
    assert book.tours.of_channel("C1") == book.tours.get(tour.id) == book.tours.find(tour.id) == tour
    assert book.tours.of_channel("C2") is None


def test_an_unbound_tour_lives_in_no_channel(book: Book) -> None:
    one, two = a_tour(book, channel="", lead=""), a_tour(book, channel="", lead="")
    assert book.tours.of_channel("") is None
    assert book.tours.all() == [one, two]


def test_a_tour_is_found_by_its_name_in_any_case(book: Book) -> None:
    tour = a_tour(book)
    assert book.tours.named(" wild NIGHTS ") == tour
    assert book.tours.named("wild") is None


def test_binding_gives_channel_and_lead_and_opens_the_way(connected: Store) -> None:
    rung: list[str] = []
    connected.on_commit(lambda _: rung.append("!"))
    with connected.begin(TEAM) as book:
        tour = a_tour(book, channel="", lead="")
        book.tours.set_reachable(tour.id, False)
        book.tours.bind(tour.id, "C7", "UTESS")
        bound = book.tours.get(tour.id)
    assert (bound.channel, bound.lead, bound.reachable) == ("C7", "UTESS", True)
    assert rung == ["!"]


def test_a_tour_that_is_none_cannot_be_got(book: Book) -> None:
    assert book.tours.find(99) is None
    with pytest.raises(LookupError):
        book.tours.get(99)


def test_roles_are_held_oldest_first_and_given_once(book: Book) -> None:
    tour = a_tour(book)
    for person, role in (("UTESS", Role.TM), ("UPIA", Role.PM), ("UTESS", Role.TM), ("UTESS", Role.TA)):
        book.tours.give_role(tour.id, person, role, after(1))
    assert book.tours.holders(tour.id) == [Holder("UTESS", "TM"), Holder("UPIA", "PM"), Holder("UTESS", "TA")]
    assert book.tours.roles_of(tour.id, "UTESS") == {"TM", "TA"}
    assert book.tours.roles_of(tour.id, "UBO") == set()
