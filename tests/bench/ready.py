"""One gig of 200 items and 30 crew judged, and the stock lists loaded."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import islice
from time import perf_counter

from checklists.crew import Position
from checklists.dues import Due, due_when
from checklists.gig import Anchor, Gig, GigState
from checklists.items import ItemState
from checklists.judging import CrewFact, DriveFact, Facts, ItemFact, Reply
from checklists.library import SHEETS, every_item, read_sheets, stock
from checklists.readiness import next_change, readiness
from tests.bench.figures import Reading, Say

ITEMS, CREW, TIMES, LOADS = 200, 30, 2000, 20
MADE = datetime(2026, 8, 1, 12, tzinfo=UTC)
STATES = (ItemState.DONE, ItemState.OPEN, ItemState.DONE, ItemState.SENT, ItemState.WAIVED)


def measure(say: Say) -> list[Reading]:
    """Judges the gig at instants from T-30d to the doors; gives the milliseconds of each."""
    facts, doors = _facts()
    say(f"{TIMES:,} times {ITEMS} items and {CREW} crew, {LOADS} times {len(stock())} sheets")
    instants = [doors - timedelta(days=30) * n / TIMES for n in range(TIMES)]
    judged = [_spent(partial(readiness, facts, at)) for at in instants]
    turned = [_spent(partial(next_change, facts, at)) for at in instants[:: TIMES // LOADS]]
    loaded = [_spent(partial(read_sheets, SHEETS)) for _ in range(LOADS)]
    late = sum(len(readiness(facts, at).reasons) for at in instants) / TIMES
    return [
        Reading("judge", judged, f"{late:.0f} reasons on average"),
        Reading("judge-next", turned),
        Reading("sheets", loaded),
    ]


def _spent(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def _facts() -> tuple[Facts, datetime]:
    gig = Gig(
        1, 1, 1, "The Lanterns", "Paradiso", "Amsterdam", "NL", "Europe/Amsterdam", date(2026, 12, 12),
        GigState.ADVANCING, MADE, MADE,
    )  # fmt: skip
    items = tuple(
        ItemFact(i.key, i.text, i.area, i.severity, due_when(gig, i.due).at, STATES[n % len(STATES)],
                 Due.parse(i.due).is_minute, i.owner)
        for n, i in enumerate(islice(every_item(stock()), ITEMS))
    )  # fmt: skip
    call = gig.days_before(0, time(12))
    crew = tuple(
        CrewFact(list(Position)[n % len(Position)], f"U{n}", required=True, reply=list(Reply)[n % 3 and 3],
                 call_at=call, released=call - timedelta(hours=7 + n % 5))
        for n in range(CREW)
    )  # fmt: skip
    at = gig.at
    facts = Facts(gig.state, items, crew, (DriveFact(10, 9, relief=False),), set_end=at(Anchor.SET_END),
                  curfew=at(Anchor.CURFEW), zone=gig.zone)  # fmt: skip
    return facts, at(Anchor.DOORS)
