"""Who says that he is out, and when that was."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from checklists.crew import CallState
from checklists.gig import GigState
from checklists.hours import OutSaid, is_missing, is_told, may_be_out, out_at, read_out, worked
from tests.checklists.gigs import call, lisbon

NOW = datetime(2024, 10, 26, 1, 0, tzinfo=UTC)
"""02:00 WEST on Saturday 26 October 2024: the night before the one in which the clocks go back."""


@pytest.mark.parametrize(
    "text",
    ["out", "I'm out!", "im out", "We're out", "released", "Wrapped", "that's a wrap", "done, leaving", "done and out",
     "off", "clocked out", "signing off, good night", "heading home 👋", "left", "leaving now", "home", "gone",
     "Feierabend", "bin raus", "fuera", "parti", "OUT NOW", "out, thanks all", "off site"],
)  # fmt: skip
def test_words_that_say_he_is_out(text: str) -> None:
    assert read_out(text) == OutSaid()


@pytest.mark.parametrize(
    "text",
    ["", "out of coffee", "out for a smoke", "out?", "anyone out?", "not out yet", "who's out", "out sick", "done",
     "done with the desk", "two cases left", "can't make it", "here", "im out tomorrow", "the truck is out", "offload",
     "confirmed", "out at 25:00", "out at 12:75", "out " * 40, "wrapped cables go in the trunk"],
)  # fmt: skip
def test_words_that_do_not(text: str) -> None:
    assert read_out(text) is None


@pytest.mark.parametrize(
    ("text", "clocks"),
    [
        ("out 01:40", (time(1, 40),)),
        ("I was out at 1.40", (time(1, 40),)),
        ("out 0140", (time(1, 40),)),
        ("clocked out 1:40am", (time(1, 40),)),
        ("off since 11.15pm", (time(23, 15),)),
        ("out at 2", (time(2), time(14))),
        ("raus um 23:50", (time(23, 50),)),
    ],
)
def test_the_time_that_is_named(text: str, clocks: tuple[time, ...]) -> None:
    assert read_out(text) == OutSaid(clocks)


@pytest.mark.parametrize(
    ("clocks", "hour"),
    [
        ((), "2024-10-26 01:00"),
        ((time(1, 40),), "2024-10-26 00:40"),
        ((time(2),), "2024-10-26 01:00"),
        ((time(2, 1),), "2024-10-25 01:01"),
        ((time(23, 50),), "2024-10-25 22:50"),
        ((time(2), time(14)), "2024-10-26 01:00"),
        ((time(3), time(15)), "2024-10-25 14:00"),
    ],
)
def test_it_is_the_last_such_time_at_the_venue(clocks: tuple[time, ...], hour: str) -> None:
    assert [f"{at:%Y-%m-%d %H:%M}" for at in out_at(OutSaid(clocks), "Europe/Lisbon", NOW)] == [hour]


def test_a_time_that_the_clock_showed_twice_is_given_twice_and_one_it_skipped_never() -> None:
    autumn, said = datetime(2024, 10, 27, 4, tzinfo=UTC), OutSaid((time(1, 40),))
    assert [at.hour for at in out_at(said, "Europe/Lisbon", autumn)] == [0, 1]
    assert [at.hour for at in out_at(said, "Europe/Lisbon", autumn.replace(hour=0, minute=50))] == [0]
    spring = datetime(2024, 3, 31, 4, tzinfo=UTC)
    assert [at.day for at in out_at(OutSaid((time(1, 40),)), "Europe/Lisbon", spring)] == [30]


def test_it_is_heard_from_the_end_of_the_set_until_the_evening_after() -> None:
    gig = lisbon(date=date(2024, 10, 20), state=GigState.SHOW_DAY)
    end, evening = datetime(2024, 10, 20, 21, tzinfo=UTC), datetime(2024, 10, 21, 17, tzinfo=UTC)
    second = timedelta(seconds=1)
    heard = [is_told(gig, at) for at in (end - second, end, evening - second, evening)]
    assert heard == [False, True, True, False]
    assert is_told(replace(gig, state=GigState.PLAYED), end)
    assert not is_told(replace(gig, state=GigState.CANCELLED), end)


@pytest.mark.parametrize(
    ("state", "out"),
    [(state, state.value in ("confirmed", "arrived", "no_show", "released")) for state in CallState],
)
def test_only_who_may_have_worked_can_be_out(state: CallState, out: bool) -> None:
    gig = lisbon()
    his = call(gig, 1, "12:00", state=state)
    assert bool(may_be_out([his], his.at)) is out
    assert may_be_out([his], his.at - timedelta(seconds=1)) == []


def test_hours_are_known_once_both_ends_are() -> None:
    gig = lisbon()
    his = call(gig, 1, "12:00", state=CallState.ARRIVED, in_at=gig.when(call(gig, 1).wall))
    assert worked(his) is None
    assert is_missing(his)
    out = replace(his, state=CallState.RELEASED, out_at=his.at + timedelta(hours=13))
    assert worked(out) == timedelta(hours=13)
    assert not is_missing(out)
