"""Opening tours and gigs: the rows, the checklist, the cues, all in the one transaction."""

from collections.abc import Sequence
from datetime import datetime

from checklists.crew import Role
from checklists.gig import Gig
from checklists.letters import Letter
from handlers.listing import list_of, new_items, relist_next
from handlers.upkeep import keep
from storage.book import Book
from storage.gigs import NewGig
from storage.outbox import Room
from storage.tours import Tour


def open_tour(book: Book, name: str, channel: str, lead: str, now: datetime) -> Tour:
    """A tour in its channel; whoever made it is its tour manager."""
    tour = book.tours.open(name, channel, lead, now)
    if lead:
        book.tours.give_role(tour.id, lead, Role.TM, now)
    book.journal.write(now, lead or "command line", "tour opened", tour_id=tour.id, after=name)
    return tour


def open_gigs(book: Book, tour: Tour, wanted: Sequence[NewGig], who: str, now: datetime) -> list[Gig]:
    """The gigs with their checklists, cues and readiness. A gig that is over has neither list nor cues."""
    gigs = book.gigs.open_many(tour.id, wanted, now)
    ahead = [gig for gig in gigs if gig.is_judged]
    own = book.lists.own(tour.id)
    book.items.add_for_gigs([(gig.id, new_items(gig, list_of(book, gig, own))) for gig in ahead])
    for gig in ahead:
        keep(book, gig.id, now)
    relist_next(book, tour.id, {gig.date for gig in gigs}, now)
    for gig in gigs:
        book.journal.write(now, who, "gig opened", tour_id=tour.id, gig_id=gig.id, after=f"{gig.title} {gig.date}")
    return gigs


def announce(book: Book, tour: Tour, now: datetime) -> None:
    """The overview of a tour that has come into its channel; once."""
    book.outbox.say(Letter.OVERVIEW, Room.CHANNEL, f"overview:{tour.id}", now, tour_id=tour.id)
