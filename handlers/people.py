"""Who somebody is, once Slack has told; and what hangs on it."""

from datetime import datetime

from checklists.crew import Person
from checklists.letters import Letter
from handlers.mondays import move_weekly
from handlers.nights import hold_anew
from handlers.upkeep import keep
from storage.book import Book
from storage.outbox import Delivery, Room


def met(book: Book, person: Person, now: datetime) -> None:
    """Somebody is known from now on: name, zone, guest or from outside. His reminders move to his own zone.

    Until then his night was that of the venue.
    """
    before = book.people.get(person.id)
    book.people.learn(person, now)
    if before.zone != person.zone:
        move_weekly(book, person.id, now)
    for gig_id in book.crew.gigs_of(person.id):
        if before.zone != person.zone:
            hold_anew(book, gig_id, person.id, now)
            keep(book, gig_id, now)
        elif before.name != person.name:
            book.outbox.refresh_card(gig_id, now)


def unreachable(book: Book, delivery: Delivery, now: datetime) -> None:
    """The tour's channel does not let us in: everything for it waits, and the tour manager is told once."""
    if delivery.tour_id is None:
        return
    tour = book.tours.get(delivery.tour_id)
    book.tours.set_reachable(tour.id, False)
    if tour.lead:
        key = f"invite:{tour.id}:{tour.channel}"
        book.outbox.say(Letter.INVITE_ME, Room.DM, key, now, tour_id=tour.id, person=tour.lead)


def let_in(book: Book, channel: str, now: datetime) -> None:
    """The bot has joined a channel: what waited for it goes out."""
    tour = book.tours.of_channel(channel)
    if tour is not None and not tour.reachable:
        book.tours.set_reachable(tour.id, True)


def welcome(book: Book, who: str, now: datetime) -> None:
    """Somebody has typed his first command: one DM says what this is; never a second one."""
    book.outbox.say(Letter.WELCOME, Room.DM, f"welcome:{who}", now, person=who)
