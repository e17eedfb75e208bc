"""Who could stand in: has done it, is free, has slept, is near; in that order of doubt."""

from dataclasses import replace
from datetime import date

from checklists.crew import Call, CallState, Position
from checklists.gig import Gig
from checklists.suggesting import suggest
from tests.checklists.gigs import call, lisbon

GIG = lisbon()
WANTED = call(GIG, 1, "14:00", position=Position.FOH)
PORTO = lisbon(id=19, number=19, city="Porto", lat=41.15, lon=-8.61)
MADRID = lisbon(id=20, number=20, city="Madrid", lat=40.42, lon=-3.7)


def on(gig: Gig, day: int, number: int, clock: str = "14:00", **facts: object) -> tuple[Call, Gig]:
    there = replace(gig, id=gig.id * 100 + day, date=date(2024, 10, day))
    made = call(there, number, clock, position=facts.pop("position", Position.FOH), **facts)
    return replace(made, id=number * 100 + day), there


def who(*pairs: tuple[Call, Gig], out: tuple[str, ...] = ()) -> list[str]:
    roster = [each for each, _ in pairs]
    return [found.person for found in suggest(WANTED, replace(GIG, lat=38.7, lon=-9.1), roster, pairs, out)]


def test_the_nearest_comes_first_and_the_far_away_last() -> None:
    assert who(on(MADRID, 24, 2), on(PORTO, 24, 3)) == ["U3", "U2"]


def test_whoever_did_other_work_or_declined_is_not_suggested() -> None:
    assert who(on(PORTO, 24, 2, position=Position.MON), on(PORTO, 23, 3, state=CallState.DECLINED)) == []


def test_whoever_is_left_out_is_not_suggested() -> None:
    assert who(on(PORTO, 24, 2), on(PORTO, 24, 3), out=("U2",)) == ["U3"]


def test_whoever_works_elsewhere_then_or_would_sleep_too_little_is_not_suggested() -> None:
    assert who(on(PORTO, 27, 2)) == []
    assert who(on(PORTO, 28, 2, "06:00")) == []


def test_short_rest_is_told_and_comes_after_the_rested() -> None:
    roster = [on(PORTO, 28, 2, "10:30"), on(MADRID, 24, 3)]
    found = suggest(WANTED, GIG, [each for each, _ in roster], roster, ())
    assert [each.person for each in found] == ["U3", "U2"]
    assert [each.findings[0].text for each in found if each.findings] == [
        "rest 9.25 h before Porto (call Mon 28 Oct 10:30 WET), under 10 h: amber"
    ]


def test_more_shows_go_first_where_all_else_is_equal() -> None:
    roster = [on(PORTO, 20, 2), on(PORTO, 20, 3), on(PORTO, 22, 3)]
    found = suggest(WANTED, GIG, [each for each, _ in roster], [], ())
    assert [(each.person, each.shows, each.km) for each in found] == [("U3", 2, None), ("U2", 1, None)]
