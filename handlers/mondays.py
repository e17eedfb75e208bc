"""The executive producer of a tour, and when the weekly message to this person falls due."""

from datetime import datetime

from checklists.crew import Role
from checklists.cues import Cue, CueKind, next_weekly
from checklists.gig import JUDGED
from checklists.walls import local
from storage.book import Book


def producer_of(book: Book, tour_id: int) -> str:
    """Who it is; "" when nobody was named."""
    return next((each.person for each in book.tours.holders(tour_id) if each.role == Role.EP), "")


def zone_of(book: Book, tour_id: int, who: str) -> str:
    """This person's own zone; until it is known that of the tour's next gig."""
    if zone := book.people.get(who).zone:
        return zone
    ahead = book.gigs.of_tour(tour_id, JUDGED)
    return ahead[0].zone if ahead else "UTC"


def put_weekly(book: Book, tour_id: int, who: str, now: datetime) -> None:
    """The next Monday 09:00 of this person: waits once, however often it is planned."""
    put_at(book, tour_id, who, next_weekly(now, zone_of(book, tour_id, who)), now)


def put_at(book: Book, tour_id: int, who: str, at: datetime, now: datetime) -> None:
    """The weekly message at this instant (UTC); it is that of its day where this person is, and moves with the zone."""
    day = local(at, zone_of(book, tour_id, who)).date().isoformat()
    book.cues.put(Cue(CueKind.WEEKLY, at, None, tour_id, who, "weekly", day), now)


def move_weekly(book: Book, who: str, now: datetime) -> None:
    """This person's zone is another, or known at last: the weekly messages that wait come by it."""
    for tour, roles in book.boards.roles_of(who):
        if Role.EP in roles:
            put_weekly(book, tour.id, who, now)
