"""The board: what a tour manager's Home tab reads, with 30 crew and 60 items a gig; and a gig of 200 cues moved."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlalchemy import Engine, event

from bot.clock import use_packaged_zones
from checklists.crew import Position
from checklists.cues import plan
from checklists.dues import due_when
from checklists.gig import Gig
from checklists.items import StockItem
from checklists.library import every_item, stock
from checklists.walls import Wall
from handlers.asked import Asked
from handlers.home import home
from handlers.opening import open_tour
from handlers.upkeep import picture
from storage.book import Book
from storage.gigs import NewGig
from storage.items import NewItem
from storage.new_calls import NewCall
from storage.store import Store
from tests.bench.figures import Reading, Say

SIZES = (50, 300, 1_000)
CREW, ITEMS, TIMES = 30, 60, 5
CALLED, MOVES = 40, 20
"""So many people, each at the own time, make a gig of some 200 cues."""
MADE = datetime(2026, 8, 1, 12, tzinfo=UTC)
FIRST = date(2026, 9, 1)
TEAM, CHANNEL, LEAD = "T0BOARD", "C0BOARD", "U0TESS"
VERDICTS = ("red", "amber", "green", "green")
REASONS = ("Power: amps, phases, plugs, where: overdue since Sun 13 Oct 17:00 WEST (PM)",) * 5


def measure(say: Say) -> list[Reading]:
    """Reads the board of 50, 300 and 1,000 gigs, and moves a gig again and again."""
    use_packaged_zones()
    found: list[Reading] = []
    for size in SIZES:
        say(f"writing {size:,} gigs with {CREW} crew and {ITEMS} items each")
        with filled(size, CREW) as store:
            spent, queries = boards(store)
        found += [Reading(f"board-{size}", spent), Reading(f"board-{size}-queries", queries)]
    say(f"moving a gig {MOVES} times")
    with filled(1, CALLED) as store:
        spent, cues = moves(store)
    return [*found, Reading("replan", spent, f"{cues} cues")]


def boards(store: Store, times: int = TIMES) -> tuple[list[float], list[float]]:
    """Milliseconds, and how many queries, of each reading of the board; the first, which warms up, is left out."""
    read = [_board(store) for _ in range(times + 1)][1:]
    return [spent for spent, _ in read], [queries for _, queries in read]


def _board(store: Store) -> tuple[float, float]:
    asked = Asked(now=MADE, key="board", who=LEAD)
    with counted() as queries:
        began = perf_counter()
        with store.read(TEAM) as book:
            home(book, asked)
        return (perf_counter() - began) * 1000, float(queries())


def moves(store: Store, times: int = MOVES) -> tuple[list[float], int]:
    """Milliseconds in which a gig is moved, its cues are planned again and all is committed; and how many they are."""
    spent, count = [], 0
    for n in range(times):
        began = perf_counter()
        with store.begin(TEAM) as book:
            count = _move(book, FIRST + timedelta(days=60 + n))
        spent.append((perf_counter() - began) * 1000)
    return spent, count


def _move(book: Book, day: date) -> int:
    book.gigs.move(1, day, MADE)
    gig = book.gigs.get(1)
    assert gig is not None
    book.crew.ask_all_again(1, {call.id: gig.when(call.wall) for call in book.crew.of_gig(1)}, MADE)
    seen = picture(book, 1)
    cues = plan(seen.gig, seen.calls, seen.people, seen.lead)
    book.cues.replan(1, cues, MADE)
    return len(cues)


@contextmanager
def counted() -> Iterator[Callable[[], int]]:
    """Gives how many statements were sent to a database since."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement != "BEGIN":
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield lambda: len(sent)
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@contextmanager
def filled(gigs: int, crew: int, items: int = ITEMS) -> Iterator[Store]:
    """A store with one tour of so many gigs, each with so many crew and items, and judged."""
    with TemporaryDirectory(prefix="bench") as folder:
        store = Store.open(f"sqlite:///{Path(folder) / 'book.db'}")
        try:
            store.upgrade()
            store.connect(TEAM, "Board", "U0BUSCALL", MADE)
            with store.begin(TEAM) as book:
                _fill(book, gigs, crew, items)
            yield store
        finally:
            store.close()


def _fill(book: Book, count: int, crew: int, items: int) -> None:
    tour = open_tour(book, "Board", CHANNEL, LEAD, MADE)
    gigs = book.gigs.open_many(tour.id, [_night(n) for n in range(count)], MADE)
    lines = list(islice(every_item(stock()), items))
    book.items.add_for_gigs([(gig.id, [_line(gig, line) for line in lines]) for gig in gigs])
    for n, gig in enumerate(gigs):
        book.crew.ask_many(gig.id, [_call(gig, place) for place in range(crew)], MADE)
        book.gigs.judge(gig.id, VERDICTS[n % len(VERDICTS)], REASONS, 40.0, 60.0, MADE)


def _night(n: int) -> NewGig:
    day = FIRST + timedelta(days=n)
    return NewGig("Board", f"Hall {n}", f"Town {n:04}", "NL", "Europe/Amsterdam", 52.37, 4.9, day)


def _line(gig: Gig, line: StockItem) -> NewItem:
    return NewItem(line, due_when(gig, line.due).at)


def _call(gig: Gig, place: int) -> NewCall:
    """Everybody has the own call time, so that each has reminders of the own."""
    wall = Wall.of_minutes(10 * 60 + 5 * place)
    return NewCall(f"U0{place:03}", list(Position)[place % len(Position)], wall, gig.when(wall))
