"""The home tab: what waits for whoever opens it."""

from collections.abc import Sequence

from checklists.access import Deed, may
from checklists.crew import Call
from checklists.gig import Gig
from handlers.asked import Asked
from handlers.cards.board import GIGS_A_PAGE, Board, Home, home_view
from handlers.cards.ids import number
from storage.book import Book
from storage.tours import Tour

BOARDS_MOST = 5


def home(book: Book, asked: Asked) -> dict[str, object]:
    """The view for whoever opened it; `value` is the page of the board, `text` what his last press came to."""
    page = number(asked.value)
    boards = [_board(book, tour, page) for tour in _led(book, asked)]
    return home_view(Home(asked.now, boards, _mine(book, asked), asked.text))


def _led(book: Book, asked: Asked) -> Sequence[Tour]:
    """The tours that this person may change: whose board is his."""
    person = book.people.get(asked.who)
    led = [tour for tour in book.tours.all() if may(Deed.CHANGE, book.tours.roles_of(tour.id, asked.who), person)]
    return led[:BOARDS_MOST]


def _board(book: Book, tour: Tour, page: int) -> Board:
    gigs = book.gigs.ahead(tour.id, GIGS_A_PAGE + 1, page * GIGS_A_PAGE)
    shown = gigs[:GIGS_A_PAGE]
    calls = book.crew.of_gigs([gig.id for gig in shown])
    people = book.people.many({call.person for each in calls.values() for call in each})
    return Board(tour.name, shown, calls, people, page, len(gigs) > GIGS_A_PAGE)


def _mine(book: Book, asked: Asked) -> list[tuple[Gig, Call]]:
    """This person's calls on gigs that are not over, the next one first."""
    ids = book.crew.gigs_of(asked.who)
    found = []
    for gig_id, calls in book.crew.of_gigs(ids).items():
        gig = book.gigs.get(gig_id)
        if gig is not None and gig.is_judged and not gig.is_over(asked.now):
            found += [(gig, call) for call in calls if call.person == asked.who and call.stands]
    return sorted(found, key=lambda pair: pair[1].at)
