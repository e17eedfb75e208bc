"""Each owner's one message in the morning: what is late or falls due before the next."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta

from checklists.access import Deed, may
from checklists.crew import owner_of
from checklists.cues import Cue, CueState, expires, stamp
from checklists.gig import JUDGED, Gig
from checklists.items import Item
from checklists.letters import Letter
from checklists.walls import local
from handlers.cards import checklist as cards
from handlers.cards.blocks import Card
from handlers.upkeep import put_digest
from storage.book import Book
from storage.outbox import Delivery, Room
from storage.tours import Tour

A_DAY = timedelta(days=1)
Owner = Callable[[int, str], str]


def ring_digest(book: Book, cue: Cue, now: datetime) -> CueState:
    """09:00 of somebody's day: one DM with what is late or falls due before the next; nothing: no DM."""
    tour = book.tours.find(cue.tour_id or 0)
    if tour is None or not tour.lead:
        return CueState.CUT
    gigs = {gig.id: gig for gig in book.gigs.of_tour(tour.id, JUDGED)}
    pressing, next_gig = _pressing(book, tour, gigs, cue.person, now), _owes_on(book, tour, gigs, cue.person)
    zone = book.people.get(cue.person).zone or (next_gig.zone if next_gig else "UTC")
    if next_gig:
        put_digest(book, tour.id, cue.person, zone, now)
    if not pressing or local(now, zone).date().isoformat() in tour.days_off:
        return CueState.CUT
    key = f"digest:{tour.id}:{cue.person}:{cue.version}"
    said = {"due": stamp(cue.at), **_items(book, tour, cue.person, pressing)}
    book.outbox.say(
        Letter.DIGEST, Room.DM, key, now, tour_id=tour.id, person=cue.person, subject=said, expires=expires(cue)
    )
    return CueState.GONE


def _items(book: Book, tour: Tour, who: str, pressing: Sequence[tuple[Gig, Item]]) -> dict[str, list[int]]:
    """The ids of what is told, and of what the one before did not tell; of the first nothing is new."""
    last = book.outbox.last_to(tour.id, Letter.DIGEST, who)
    ids = [item.id for _, item in pressing]
    before = set(last.subject.get("items", ids)) if last else set(ids)
    return {"items": ids, "new": [each for each in ids if each not in before]}


def digest_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    tour = book.tours.get(letter.tour_id or 0)
    gigs = {gig.id: gig for gig in book.gigs.of_tour(tour.id, JUDGED)}
    lines = _pressing(book, tour, gigs, letter.person, now)
    if not lines:
        return None
    roles, person = book.tours.roles_of(tour.id, letter.person), book.people.get(letter.person)
    told = cards.Digest(lines, frozenset(letter.subject.get("new", ())), may(Deed.CHANGE, roles, person))
    return cards.digest(tour.name, told, now)


def _owner_here(book: Book, tour: Tour, gigs: Collection[int]) -> Owner:
    """Who answers for a role on one of these gigs; "" when the tour has nobody."""
    calls, holders = book.crew.of_gigs(sorted(gigs)), book.tours.holders(tour.id)
    return lambda gig_id, role: owner_of(role, calls[gig_id], holders, tour.lead)


def _owes_on(book: Book, tour: Tour, gigs: Mapping[int, Gig], who: str) -> Gig | None:
    """The next gig on which anything is open that is this person's, however far ahead; None when there is none."""
    owed = book.items.owed(tour.id)
    owner = _owner_here(book, tour, {gig_id for gig_id, _ in owed})
    mine = {gig_id for gig_id, role in owed if owner(gig_id, role) == who}
    return next((gig for gig in gigs.values() if gig.id in mine), None)


def _pressing(book: Book, tour: Tour, gigs: Mapping[int, Gig], who: str, now: datetime) -> list[tuple[Gig, Item]]:
    """What is this person's and late, or due before the next digest, but that of the day itself, by due."""
    items = [item for item in book.items.open_by(tour.id, now + A_DAY) if not item.is_minute]
    owner = _owner_here(book, tour, {item.gig_id for item in items})
    found = [(gigs[item.gig_id], item) for item in items if owner(item.gig_id, item.owner) == who]
    return sorted(found, key=lambda pair: (pair[1].falls_due, pair[0].date))
