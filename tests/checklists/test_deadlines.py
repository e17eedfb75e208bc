"""How long people have, and whose night is kept: the tables by hand, and what holds for any instant."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checklists.crew import Call, Position
from checklists.deadlines import (
    USUAL,
    answer_by,
    awake_until,
    cover_wall,
    handover_at,
    may_ask_at,
    near,
    silent_at,
    unheard_at,
    wait,
)
from checklists.walls import Wall, is_quiet, local
from tests.checklists.gigs import call, lisbon

ZONES = st.sampled_from(["Europe/Lisbon", "Asia/Tokyo", "America/New_York", "Pacific/Auckland", "Asia/Kathmandu"])
FIRST = datetime(2024, 10, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 50 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))
LEFT = st.timedeltas(timedelta(minutes=1), timedelta(days=60))
POSITIONS = st.sampled_from(list(Position))
HOUR = timedelta(hours=1)
ASKED = datetime(2024, 10, 20, 12, tzinfo=UTC)


def a_call(number: int, **facts: object) -> Call:
    return call(lisbon(), number, "14:00", **{"position": Position.FOH, "asked_at": ASKED, **facts})


@pytest.mark.parametrize(
    ("left", "position", "minutes"),
    [
        (timedelta(days=8), Position.FOH, 12 * 60),
        (timedelta(days=7), Position.FOH, 4 * 60),
        (timedelta(hours=49), Position.FOH, 4 * 60),
        (timedelta(hours=48), Position.FOH, 60),
        (timedelta(hours=24), Position.FOH, 20),
        (timedelta(minutes=-5), Position.FOH, 20),
        (timedelta(days=8), Position.RIG, 6 * 60),
        (timedelta(hours=24), Position.RIG, 10),
        (timedelta(days=8), Position.MERCH, 24 * 60),
        (timedelta(hours=24), Position.MERCH, 40),
    ],
)
def test_how_long_somebody_has_by_the_time_left_and_what_is_at_stake(
    left: timedelta, position: Position, minutes: int
) -> None:
    assert wait(left, position) == timedelta(minutes=minutes)


@given(LEFT, LEFT, POSITIONS)
def test_nobody_has_less_than_ten_minutes_and_less_time_left_never_gives_more(
    one: timedelta, other: timedelta, position: Position
) -> None:
    assert wait(one, position) >= USUAL.least
    assert (wait(one, position) <= wait(other, position)) == (one <= other) or wait(one, position) == wait(
        other, position
    )


@given(INSTANTS, st.timedeltas(timedelta(minutes=1), timedelta(days=2)), ZONES)
def test_waiting_in_waking_hours_ends_by_day_and_is_never_shorter(at: datetime, span: timedelta, zone: str) -> None:
    end = awake_until(at, span, zone)
    assert end >= at + span
    assert not is_quiet(end, zone) or local(end, zone).time() == time(23)


@given(INSTANTS, LEFT, ZONES, POSITIONS)
def test_nobody_is_woken_unless_the_call_is_near(at: datetime, left: timedelta, zone: str, position: Position) -> None:
    call_at, close = at + left, near(position)
    asked = may_ask_at(at, call_at, zone, close)
    assert asked >= at
    assert not is_quiet(asked, zone) or call_at - asked <= close
    assert asked == at or is_quiet(at, zone)


@given(INSTANTS, LEFT, ZONES, POSITIONS)
def test_the_time_to_answer_is_never_cut_short_and_no_night_holds_up_a_call_that_is_near(
    at: datetime, left: timedelta, zone: str, position: Position
) -> None:
    wanted = replace(a_call(1), at=at + left, position=position)
    until = answer_by(at, wanted, zone)
    span = wait(left, position)
    assert until >= at + span
    assert until <= max(at + span, wanted.at - near(position)) or until == awake_until(at, span, zone)


@given(INSTANTS, LEFT, ZONES)
def test_the_deputy_is_asked_within_two_waking_hours_and_never_before_ten_minutes(
    opened: datetime, left: timedelta, zone: str
) -> None:
    at = handover_at(opened, opened + left, zone)
    span = max(min(timedelta(hours=2), left / 4), timedelta(minutes=10))
    assert at == opened + span or (at > opened + span and is_quiet(opened + span, zone))
    assert not is_quiet(at, zone) or opened + left - at <= USUAL.near


@pytest.mark.parametrize(
    ("opened", "left", "expected"),
    [
        ("2024-10-20 12:00", timedelta(days=3), "2024-10-20 14:00"),
        ("2024-10-20 12:00", timedelta(hours=4), "2024-10-20 13:00"),
        ("2024-10-20 12:00", timedelta(minutes=20), "2024-10-20 12:10"),
        ("2024-10-20 12:00", timedelta(minutes=-20), "2024-10-20 12:10"),
        ("2024-10-20 22:00", timedelta(days=3), "2024-10-21 07:00"),  # 08:00 in Lisbon
        ("2024-10-20 23:00", timedelta(hours=5), "2024-10-21 01:00"),  # in his night, until the call is near
    ],
)
def test_when_the_deputy_in_lisbon_is_asked(opened: str, left: timedelta, expected: str) -> None:
    at, wanted = (datetime.fromisoformat(words).replace(tzinfo=UTC) for words in (opened, expected))
    assert handover_at(at, at + left, "Europe/Lisbon") == wanted


@pytest.mark.parametrize(
    ("asked", "position", "expected"),
    [
        ("2024-10-01 12:00", Position.FOH, "2024-10-25 15:00"),  # the DM is at 12:00 WEST two days before: 4 h
        ("2024-10-01 12:00", Position.RIG, "2024-10-25 13:00"),
        ("2024-10-01 12:00", Position.MERCH, "2024-10-25 19:00"),
        ("2024-10-26 15:00", Position.FOH, "2024-10-26 15:20"),  # less than 24 h before
        ("2024-10-26 23:30", Position.FOH, "2024-10-27 08:20"),  # 00:30 in Lisbon: asked by DM at 08:00
    ],
)
def test_from_when_on_silence_is_a_no_in_lisbon(asked: str, position: Position, expected: str) -> None:
    asked_at, wanted = (datetime.fromisoformat(words).replace(tzinfo=UTC) for words in (asked, expected))
    silent = a_call(1, position=position, asked_at=asked_at)
    assert silent_at(lisbon(), silent, "Europe/Lisbon") == wanted


def test_the_manager_hears_of_the_late_called_only_and_only_after_two_asks() -> None:
    gig = lisbon()
    late = a_call(1, asked_at=gig.days_before(1, time(15)))
    assert unheard_at(gig, late) == late.at - HOUR
    assert unheard_at(gig, a_call(1)) is None
    assert unheard_at(gig, replace(late, asked_at=late.at - HOUR)) is None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2024-10-27 13:29", Wall(time(14))),
        ("2024-10-27 13:40", Wall(time(14, 45))),
        ("2024-10-27 14:16", Wall(time(15, 30))),
        ("2024-10-27 23:10", Wall(time(0, 15), 1)),
    ],
)
def test_who_takes_a_place_late_is_called_in_an_hour_to_the_quarter(now: str, expected: Wall) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert cover_wall(lisbon(), a_call(1), at) == expected


@given(st.integers(0, 60 * 20), st.sampled_from(["00:30", "01:30", "14:00"]))
def test_the_new_call_lies_ahead_by_an_hour_whatever_the_clocks_do(minutes: int, clock: str) -> None:
    # The clocks of Lisbon go back at 02:00 in the night of 26 to 27 October.
    gig = lisbon(date=date(2024, 10, 26))
    now = datetime(2024, 10, 26, 20, tzinfo=UTC) + timedelta(minutes=minutes)
    wanted = call(gig, 1, clock)
    assume(wanted.at - now <= USUAL.too_near)
    ahead = gig.when(cover_wall(gig, wanted, now)) - now
    assert HOUR <= ahead <= HOUR + timedelta(minutes=15)
