from datetime import time, timedelta

from checklists.crew import Call, CallState, Position
from checklists.gig import Gig, GigState
from checklists.ladder import Offer, OfferState, Standin
from checklists.walls import Wall
from storage.book import Book
from tests.storage.built import NOW, SHOW, a_call, a_gig, a_tour, after

FOH, MON = Position.FOH, Position.MON


def kept(book: Book, offer: Offer) -> Offer:
    found = book.standins.get(offer.id)
    assert found is not None
    return found


def test_a_chain_is_kept_in_its_order_and_replaced_as_a_whole(book: Book) -> None:
    gig = a_gig(book)
    book.standins.set_chain(gig.tour_id, gig.id, FOH, [["UBO"], ["UCY", "UAB"]])
    assert book.standins.of_gig(gig.tour_id, gig.id) == [
        Standin(gig.id, FOH, "UBO", 0),
        Standin(gig.id, FOH, "UCY", 1),
        Standin(gig.id, FOH, "UAB", 1),
    ]
    book.standins.set_chain(gig.tour_id, gig.id, FOH, [["UDI"]])
    assert book.standins.of_gig(gig.tour_id, gig.id) == [Standin(gig.id, FOH, "UDI", 0)]
    book.standins.set_chain(gig.tour_id, gig.id, FOH, [])
    assert book.standins.of_gig(gig.tour_id, gig.id) == []


def test_the_tours_chain_is_seen_by_every_gig_and_a_gigs_own_by_none_else(book: Book) -> None:
    tour = a_tour(book)
    one, other = a_gig(book, tour), a_gig(book, tour, day=SHOW + timedelta(days=1))
    book.standins.set_chain(tour.id, None, FOH, [["UBO"]])
    book.standins.set_chain(tour.id, one.id, FOH, [["UCY"]])
    book.standins.set_chain(tour.id, one.id, MON, [["UDI"]])
    assert {each.person for each in book.standins.of_gig(tour.id, one.id)} == {"UBO", "UCY", "UDI"}
    assert {each.person for each in book.standins.of_gig(tour.id, other.id)} == {"UBO"}
    assert len(book.standins.of_tour(tour.id)) == 3
    book.standins.set_chain(tour.id, None, FOH, [])
    assert {each.person for each in book.standins.of_tour(tour.id)} == {"UCY", "UDI"}


def test_an_offer_is_put_and_settled(book: Book) -> None:
    call = a_call(book, a_gig(book))
    offer = book.standins.ask(call, "UBO", 0, after(5))
    assert offer == Offer(offer.id, call.gig_id, call.id, 1, FOH, "UBO", 0, OfferState.ASKED, after(5))
    assert book.standins.offers(call.gig_id) == [offer]
    book.standins.settle([offer], OfferState.REFUSED, after(9))
    assert (kept(book, offer).state, kept(book, offer).answered_at) == (OfferState.REFUSED, after(9))
    book.standins.settle([], OfferState.FILLED, after(9))
    assert book.standins.get(offer.id + 1) is None


def test_the_same_person_is_asked_again_in_the_same_row(book: Book) -> None:
    call = a_call(book, a_gig(book))
    offer = book.standins.ask(call, "UBO", 0, after(5))
    book.standins.settle([offer], OfferState.LAPSED, after(6))
    again = book.standins.ask(call, "UBO", 2, after(7))
    assert again == Offer(offer.id, call.gig_id, call.id, 1, FOH, "UBO", 2, OfferState.ASKED, after(7))
    assert book.standins.offers(call.gig_id) == [again]


def test_a_call_that_was_changed_is_offered_anew(book: Book) -> None:
    gig = a_gig(book)
    offer = book.standins.ask(a_call(book, gig), "UBO", 0, after(5))
    changed = book.crew.ask(gig.id, "UANA", FOH, Wall(time(15)), gig.when(Wall(time(15))), after(6))
    other = book.standins.ask(changed, "UBO", 0, after(7))
    assert (offer.version, other.version) == (1, 2)
    assert len(book.standins.offers(gig.id)) == 2


def test_what_somebody_has_been_asked_is_open_from_the_instant_it_is_put(book: Book) -> None:
    call = a_call(book, a_gig(book))
    offer = book.standins.ask(call, "UBO", 0, after(60))
    book.standins.ask(call, "UCY", 0, NOW)
    assert book.standins.open_offers("UBO", after(59)) == []
    assert book.standins.open_offers("UBO", after(60)) == [offer]
    book.standins.settle([offer], OfferState.FILLED, after(61))
    assert book.standins.open_offers("UBO", after(62)) == []


def test_the_calls_around_an_instant_are_the_standing_ones_of_these_people(book: Book) -> None:
    tour = a_tour(book)
    gigs = [a_gig(book, tour, day=SHOW + timedelta(days=days)) for days in (-20, -1, 0, 1)]
    calls = [a_call(book, gig, "UBO") for gig in gigs]
    a_call(book, gigs[2], "UCY", MON)
    book.gigs.set_state(gigs[1].id, GigState.PLAYED)
    book.crew.set_state([calls[3].id], CallState.DECLINED, NOW)
    since, until = calls[2].at - timedelta(days=10), calls[2].at + timedelta(days=10)
    found = book.standins.around(["UBO", "UDI"], since, until)
    assert [_ids(pair) for pair in found] == [(calls[1].id, gigs[1].id), (calls[2].id, gigs[2].id)]
    assert book.standins.around([], since, until) == []


def _ids(pair: tuple[Call, Gig]) -> tuple[int, int]:
    return pair[0].id, pair[1].id
