"""The first yes has the place, even when all press in the same second, on each engine."""

from datetime import timedelta
from threading import Barrier, Thread

from checklists.crew import AnsweredBy, CallState, Position
from checklists.ladder import OfferState
from checklists.letters import Letter
from handlers.asked import Asked
from handlers.cards.ids import pack
from handlers.offers import take
from handlers.upkeep import keep, post_card
from storage.store import Store
from tests.storage.built import NOW, TEAM, a_call, a_gig, after, connect

PEOPLE = ("UBO", "UCY", "UDI", "UED")


def a_place_to_fill(store: Store) -> tuple[int, dict[str, int]]:
    """A gig on which Ana has declined and four were asked at once; gives it, and each one's offer."""
    connect(store)
    with store.begin(TEAM) as book:
        gig = a_gig(book)
        call = a_call(book, gig)
        book.standins.set_chain(gig.tour_id, gig.id, Position.FOH, [PEOPLE])
        book.crew.set_answer(call.answered(CallState.DECLINED, AnsweredBy.BUTTON, "", after(1)), after(1))
        kept = keep(book, gig.id, after(1))
        post_card(book, kept.picture, after(1))
        return gig.id, {offer.person: offer.id for offer in book.standins.offers(gig.id)}


def test_of_four_who_press_at_once_one_has_it_and_three_are_thanked(store: Store, store_url: str) -> None:
    gig_id, offers = a_place_to_fill(store)
    assert sorted(offers) == sorted(PEOPLE)
    start, heard = Barrier(len(PEOPLE)), {}

    def press(who: str) -> None:
        own = Store.open(store_url)
        asked = Asked(after(5), f"press:{who}", who, f"D{who}", value=pack(gig_id, offers[who]))
        start.wait()
        with own.begin(TEAM) as book:
            heard[who] = take(book, asked).text
        own.close()

    threads = [Thread(target=press, args=(who,)) for who in PEOPLE]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = [who for who, words in heard.items() if words.startswith("It is yours")]
    assert len(won) == 1
    assert sum("filled already" in words for words in heard.values()) == 3
    with store.read(TEAM) as book:
        yes = [call for call in book.crew.of_gig(gig_id) if call.state is CallState.CONFIRMED]
        assert [call.person for call in yes] == won
        states = sorted(offer.state for offer in book.standins.offers(gig_id))
        assert states == [OfferState.FILLED, OfferState.FILLED, OfferState.FILLED, OfferState.TAKEN]
        told = [one for one in book.outbox.of_gig(gig_id) if one.letter is Letter.FILLED]
        assert sorted(one.subject["to"] for one in told) == ["asked", "asked", "asked", "lead", "thread"]


def test_a_clock_of_slacks_that_runs_ahead_leaves_the_place_filled(store: Store) -> None:
    gig_id, offers = a_place_to_fill(store)
    with store.begin(TEAM) as book:
        asked = Asked(after(1) - timedelta(seconds=3), "press", "UBO", "DUBO", value=pack(gig_id, offers["UBO"]))
        assert take(book, asked).text.startswith("It is yours")
    with store.begin(TEAM) as book:
        keep(book, gig_id, NOW + timedelta(minutes=9))
        assert {offer.state for offer in book.standins.offers(gig_id)} == {OfferState.FILLED, OfferState.TAKEN}
