"""Pictures of gigs, plain and hostile, for the tests of the cards."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from checklists.crew import Call, CallState, Person, Position
from checklists.dues import due_when
from checklists.gig import Anchor, Gig, GigState
from checklists.items import Item, ItemState
from checklists.library import lite, stock
from checklists.walls import Wall
from handlers.cards.picture import Picture

MADE = datetime(2024, 8, 1, 12, tzinfo=UTC)
NOW = datetime(2024, 10, 25, 12, tzinfo=UTC)
HOSTILE = "<!channel> <@U0ANA> *_~`{{7*7}}` & <http://evil|click> " + "x" * 300


def lisbon(**facts: object) -> Gig:
    """The gig of the clock change."""
    gig = Gig(
        18,
        18,
        1,
        "Wild God",
        "MEO Arena",
        "Lisbon",
        "PT",
        "Europe/Lisbon",
        date(2024, 10, 27),
        GigState.CONFIRMED,
        MADE,
        MADE,
    )
    return replace(gig, **facts)  # type: ignore[arg-type]


def call_to(gig: Gig, person: str, position: Position, clock: str = "12:00", **facts: object) -> Call:
    """A call on that gig's day."""
    wall = Wall(time.fromisoformat(clock))
    made = Call(hash(person) % 10_000, gig.id, person, position, wall, gig.when(wall), asked_at=MADE)
    return replace(made, **facts)  # type: ignore[arg-type]


def items_of(gig: Gig, wide: bool = False) -> tuple[Item, ...]:
    """The lite list of that gig, or two hundred items of the stock."""
    lines = [item for sheet in stock().values() for item in sheet][:200] if wide else lite()
    return tuple(
        Item(n, gig.id, s.key, s.area, s.text, s.owner, s.due, due_when(gig, s.due).at, s.evidence, s.severity)
        for n, s in enumerate(lines)
    )


def usual() -> Picture:
    """Lisbon with four called: a yes, a late yes, a no, a silence."""
    gig = lisbon()
    calls = (
        call_to(gig, "U0ANA", Position.FOH, state=CallState.CONFIRMED, answered_at=MADE),
        call_to(gig, "U0BO", Position.MON, state=CallState.CONFIRMED, late=20, answered_at=MADE),
        call_to(gig, "U0LOU", Position.LD, state=CallState.DECLINED, answered_at=MADE),
        call_to(gig, "U0KIT", Position.BL),
    )
    zones = {"U0LOU": "America/New_York"}
    people = {
        p: Person(p, p.removeprefix("U0").title(), zones.get(p, gig.zone), True)
        for p in ("U0ANA", "U0BO", "U0LOU", "U0KIT", "U0TESS")
    }
    return Picture(gig, "wild god", "U0TESS", calls, items_of(gig), people)


def hostile() -> Picture:
    """Names of 300 characters full of markup, 60 crew, 200 items."""
    gig = lisbon(name=HOSTILE[:300], venue=HOSTILE[:300], city=HOSTILE[:300])
    states = (CallState.CALLED, CallState.CONFIRMED, CallState.DECLINED, CallState.MAYBE)
    calls = tuple(
        replace(
            call_to(gig, f"U0{n:03}", Position.HAND, state=states[n % 4]),
            id=n,
            at=gig.at(Anchor.LOAD_IN) + timedelta(minutes=n),
        )
        for n in range(60)
    )
    people = {call.person: Person(call.person, HOSTILE[:80], gig.zone, True) for call in calls}
    return Picture(gig, HOSTILE[:300], "U0TESS", calls, items_of(gig, wide=True), people)


def closed(seen: Picture) -> Picture:
    """The same with every item done."""
    return replace(seen, items=tuple(replace(item, state=ItemState.DONE) for item in seen.items))
