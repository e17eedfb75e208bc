"""Who stands in for whom: `/gig standins`. The order is secret: only those who may change the tour ever see it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from checklists.crew import Call, Position
from checklists.deadlines import answer_by
from checklists.errors import Refusal
from checklists.gig import JUDGED, Anchor, Gig
from checklists.ladder import Offer, OfferState, waves_of
from checklists.suggesting import LOOKED_AT, Candidate, suggest
from handlers.asked import Asked, Reply
from handlers.cards import standins as cards
from handlers.cards.picture import Picture
from handlers.cards.prose import show_date
from handlers.ladder import Chains, chains, climb, zone_of
from handlers.standinwords import EXAMPLE, ChainRequest, read_chain
from handlers.upkeep import picture
from handlers.which import meet_people, need_changer, the_gig, tour_here
from storage.book import Book
from storage.tours import Tour

SUGGESTED = 5


def standins(book: Book, asked: Asked) -> Reply:
    """`/gig standins CITY FOH @bo @max`: who is asked when somebody drops out, one after another.

    `then` parts waves of several, `together` asks all at once, `all` in place of a city means every gig of the tour,
    `off` takes them away. Without people: who stands in, what they said, and who could.
    """
    tour = tour_here(book, asked)
    need_changer(book, tour, asked)
    typed = read_chain(asked.text)
    if typed.everywhere:
        return _everywhere(book, tour, typed, asked)
    changes = bool(typed.waves) or typed.off
    gig = the_gig(book, tour, typed.gig, asked, sure=changes)
    if not changes:
        return _shown(book, gig, typed.position, asked)
    _refuse_closed(gig, asked)
    return _on_gig(book, tour, gig, typed, asked)


def _on_gig(book: Book, tour: Tour, gig: Gig, typed: ChainRequest, asked: Asked) -> Reply:
    position = _need(typed.position)
    named = [who for wave in typed.waves for who in wave]
    seen = picture(book, gig.id)
    _refuse_called(seen, position, named)
    _keep_chain(book, tour, gig.id, typed, asked)
    climb(book, seen, asked.now)
    view = _view(book, seen, position, asked)
    stands_in = [who for wave in view.waves for who in wave]
    return Reply(cards.chain_receipt(_known(book, seen, stands_in), view, position))


def _everywhere(book: Book, tour: Tour, typed: ChainRequest, asked: Asked) -> Reply:
    """The tour's own chains: shown, or changed; then every gig on which somebody is missing is looked at."""
    if not typed.waves and not typed.off:
        found = [one for one in book.standins.of_tour(tour.id) if one.gig_id is None]
        return Reply(cards.tour_chains(tour.name, book.people.many(one.person for one in found), found))
    position = _need(typed.position)
    _keep_chain(book, tour, None, typed, asked)
    gigs = sorted(gig.id for gig in book.gigs.of_tour(tour.id, JUDGED))
    for gig_id, calls in book.crew.of_gigs(gigs).items():
        if any(call.position is position for call in calls):
            climb(book, picture(book, gig_id), asked.now)
    found = [one for one in book.standins.of_tour(tour.id) if one.gig_id is None and one.position is position]
    return Reply(cards.tour_chains(tour.name, book.people.many(one.person for one in found), found, position))


def _keep_chain(book: Book, tour: Tour, gig_id: int | None, typed: ChainRequest, asked: Asked) -> None:
    position = _need(typed.position)
    meet_people(book, [who for wave in typed.waves for who in wave], asked, EXAMPLE)
    book.standins.set_chain(tour.id, gig_id, position, typed.waves)
    named = " then ".join("+".join(wave) for wave in typed.waves) or "nobody"
    after = f"{position}: {named}"
    book.journal.write(asked.now, asked.who, "stand-ins named", tour_id=tour.id, gig_id=gig_id, after=after)


def _need(position: Position | None) -> Position:
    assert position is not None  # noqa: S101 - the grammar gives every change a position
    return position


def _refuse_called(seen: Picture, position: Position, named: Iterable[str]) -> None:
    """Raises Refusal for somebody who is called to that very position: he cannot stand in for himself."""
    there = {call.person for call in seen.standing if call.position is position}
    if both := [who for who in named if who in there]:
        raise Refusal(
            f"{seen.name(both[0])} is called to {position} on #{seen.gig.number} {seen.gig.city}: nobody stands in for "
            f"himself. Name others: `/gig standins #{seen.gig.number} {position} @name @name`. Nothing was changed."
        )


def _refuse_closed(gig: Gig, asked: Asked) -> None:
    if not gig.is_judged or gig.is_over(asked.now):
        word = "over" if gig.is_judged else gig.state.words
        raise Refusal(f"#{gig.number} {gig.title}, {show_date(gig.date)}, is {word}: nobody stands in on it any more.")


def _shown(book: Book, gig: Gig, position: Position | None, asked: Asked) -> Reply:
    """The chains of a gig, how far each has been asked, and for one position who else could."""
    seen = picture(book, gig.id)
    now_on = chains(book, seen, asked.now)
    wanted = [position] if position else sorted({one.position for one in now_on.standins})
    views = {each: _view(book, seen, each, asked) for each in wanted}
    named = [who for view in views.values() for wave in view.waves for who in wave]
    could = _could(book, seen, now_on, position, asked) if position else []
    known = _known(book, seen, [*named, *(each.person for each in could)])
    return Reply(cards.chains_shown(known, views, could, position))


def _view(book: Book, seen: Picture, position: Position, asked: Asked) -> cards.ChainView:
    """One chain as those see it who may change the gig."""
    now_on = chains(book, seen, asked.now)
    mine = [one for one in now_on.standins if one.position is position]
    said = {}
    for offer in now_on.offers:
        if offer.position is position and offer.asked_at >= seen.gig.counted_from:
            said[offer.person] = (offer, _until(book, now_on, offer))
    waves = waves_of(now_on.standins, position)
    return cards.ChainView(waves, any(one.gig_id is not None for one in mine), said, asked.now)


def _until(book: Book, now_on: Chains, offer: Offer) -> datetime | None:
    call = now_on.call_of(offer)
    if call is None or offer.state is not OfferState.ASKED:
        return None
    return answer_by(offer.asked_at, call, zone_of(book, now_on.seen, offer.person))


def _known(book: Book, seen: Picture, people: Sequence[str]) -> Picture:
    """The same picture, which knows these people too."""
    return replace(seen, people={**seen.people, **book.people.many(people)})


def _could(book: Book, seen: Picture, now_on: Chains, position: Position, asked: Asked) -> list[Candidate]:
    """Who else has done this work on the tour, is free and rested, the nearest first."""
    gig = seen.gig
    roster = [call for call in book.crew.roster(gig.tour_id, gig.id) if call.position is position]
    wanted = next((call for call in seen.calls if call.position is position), None) or _usual(gig, position)
    out = {call.person for call in seen.calls if call.position is position}
    out |= {who for wave in now_on.waves(wanted) for who in wave}
    out |= {offer.person for offer in now_on.offers if offer.position is position}
    people = {call.person for call in roster} - out
    around = book.standins.around(people, wanted.at - LOOKED_AT, wanted.at + LOOKED_AT)
    return suggest(wanted, gig, roster, around, out, book.licences.of_people(people), seen.rules)[:SUGGESTED]


def _usual(gig: Gig, position: Position) -> Call:
    wall = gig.day[Anchor.LOAD_IN]
    return Call(0, gig.id, "", position, wall, gig.when(wall))
