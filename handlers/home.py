"""The home tab: what waits for whoever opens it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from checklists.access import Deed, may
from handlers.asked import Asked
from handlers.cards.board import (
    CALLS_A_PAGE,
    GIGS_A_PAGE,
    MINE,
    TOURS,
    TOURS_A_PAGE,
    WAITING_SHOWN,
    Board,
    Home,
    home_view,
)
from handlers.cards.ids import number, unpack
from handlers.cards.lines import SOMEBODY
from handlers.cards.mine import Mine, Pair, Rest
from handlers.upkeep import released
from storage.book import Book
from storage.tours import Tour

OFF_SHOWN = 5
FARTHEST = 1_000_000
"""No page is farther, whatever a forged button says."""


@dataclass(frozen=True, slots=True)
class Turned:
    """What a page button turned: `what` is a tour's id, the own calls or the tours; everything else is at its start."""

    what: str
    page: int
    tours: int

    def page_of(self, what: str) -> int:
        return self.page if what == self.what else 0


def home(book: Book, asked: Asked) -> dict[str, object]:
    """The view for whoever opened it; `value` is what a page button turned, `text` what his last press came to."""
    what, page, tours = unpack(asked.value, 3)
    turned = Turned(what, min(number(page), FARTHEST), min(number(tours), FARTHEST))
    led = _led(book, asked)
    at = _within(turned.page if what == TOURS else turned.tours, len(led), TOURS_A_PAGE)
    shown = led[at * TOURS_A_PAGE : (at + 1) * TOURS_A_PAGE]
    boards = [_board(book, tour, turned) for tour in shown]
    return home_view(Home(asked.now, boards, _mine(book, asked, turned), asked.text, at, len(led)))


def _led(book: Book, asked: Asked) -> list[Tour]:
    """The tours that this person may change: whose board is his."""
    person = book.people.get(asked.who)
    return [tour for tour, roles in book.boards.roles_of(asked.who) if may(Deed.CHANGE, roles, person)]


def _within(page: int, count: int, size: int) -> int:
    """The page, or the last one there is."""
    return max(0, min(page, (count - 1) // size))


def _board(book: Book, tour: Tour, turned: Turned) -> Board:
    tally = book.boards.tally(tour.id)
    page = _within(turned.page_of(str(tour.id)), tally.gigs, GIGS_A_PAGE)
    gigs = book.gigs.ahead(tour.id, GIGS_A_PAGE, page * GIGS_A_PAGE)
    calls = book.crew.of_gigs([gig.id for gig in gigs])
    people = book.people.many({call.person for each in calls.values() for call in each})
    return Board(tour.id, tour.name, gigs, calls, people, tally.verdicts, tally.waiting, page)


def _mine(book: Book, asked: Asked, turned: Turned) -> Mine:
    """This person's calls on gigs that are not over: those that wait for his answer, and all by date."""
    count, waits = book.boards.counted(asked.who)
    page = _within(turned.page_of(MINE), count, CALLS_A_PAGE)
    waiting = book.boards.waiting(asked.who, WAITING_SHOWN) if waits else []
    calls = book.boards.calls(asked.who, CALLS_A_PAGE, page * CALLS_A_PAGE) if count else []
    off = book.boards.unseen(asked.who, asked.now, OFF_SHOWN)
    mine = Mine(waiting, calls, count, waits, page, off, _rest(book, asked) if count else None)
    return _with_bosses(book, mine, [*waiting, *calls])


def _rest(book: Book, asked: Asked) -> Rest | None:
    """The next call, and when the work before it ends."""
    following = book.boards.next_call(asked.who, asked.now)
    if following is None:
        return None
    gig, call = following
    worked = book.crew.worked_before([call])[call.id]
    return Rest(gig, call, released(worked) if worked else None, any(out is not None for _, out in worked))


def _with_bosses(book: Book, mine: Mine, shown: Sequence[Pair]) -> Mine:
    """With whom to report to on each gig that is shown."""
    gigs = {gig.id: gig for gig, _ in shown}
    if not gigs:
        return mine
    bosses = book.boards.bosses(gigs)
    leads = {tour.id: tour.lead for tour in book.tours.load({gig.tour_id for gig in gigs.values()})}
    named = {found[1] for _, call in shown if (found := SOMEBODY.fullmatch(call.report_to))}
    who = {call.person for each in bosses.values() for call in each} | set(leads.values()) | named
    return replace(mine, bosses=bosses, leads=leads, people=book.people.many(who - {""}))
