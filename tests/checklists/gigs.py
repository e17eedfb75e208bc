"""Gigs and calls, plain, for the tests of the rules."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from checklists.crew import Call, Position
from checklists.gig import Gig, GigState
from checklists.walls import Wall

MADE = datetime(2024, 8, 1, 12, tzinfo=UTC)


def lisbon(**facts: object) -> Gig:
    """The gig of the clock change: 27 October 2024."""
    day = date(2024, 10, 27)
    gig = Gig(18, 18, 1, "Wild God", "MEO Arena", "Lisbon", "PT", "Europe/Lisbon", day, GigState.CONFIRMED, MADE, MADE)
    return replace(gig, **facts)  # type: ignore[arg-type]


def call(gig: Gig, number: int, clock: str = "12:00", **facts: object) -> Call:
    """A call of person number so and so."""
    wall = Wall(time.fromisoformat(clock))
    made = Call(number, gig.id, f"U{number}", Position.HAND, wall, gig.when(wall))
    return replace(made, **facts)  # type: ignore[arg-type]
