"""A gig's equipment as it stands in one transaction."""

from checklists.gig import Gig
from checklists.kit import gaps, is_sourced
from checklists.stock import carried_here
from handlers.cards.kit import KitSeen
from storage.book import Book


def kit_seen(book: Book, gig: Gig) -> KitSeen:
    """The gig with everything that fills the rider of its tour."""
    lines, stock = book.kit.lines(gig.tour_id), book.kit.stock(gig.tour_id)
    rivals = book.kit.rivals(gig) if stock else []
    carried = carried_here(stock, book.kit.shares([gig.id]).get(gig.id, {}), rivals)
    house, promoter = book.houses.kit(book.houses.find(gig)), book.kit.promised(gig.id)
    rentals, accepted = book.rentals.of_gig(gig.id), book.kit.accepted(gig.id)
    found = gaps(lines, carried, house, promoter, rentals, accepted)
    people = {each.by for each in accepted} | {who for each in rentals for who in (each.asked_by, each.settled_by)}
    names = {who: person.name for who, person in book.people.many(people - {""}).items()}
    counted = book.kit.counted(gig.id)
    return KitSeen(gig, found, lines, carried, house, promoter, rentals, accepted, counted, names)


def sourced(book: Book, gig: Gig) -> bool | None:
    """True when every must-have line is confirmed by whoever supplies it; None when the rider has none."""
    return is_sourced(kit_seen(book, gig).gaps) if book.kit.lines(gig.tour_id) else None
