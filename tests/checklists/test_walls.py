"""Wall times: the night before, the gaps and the folds, quiet hours. Zones from tzdata."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.walls import (
    Wall,
    after_quiet,
    at_clock,
    by_night,
    clock_change,
    exists,
    instant,
    is_open_question,
    is_quiet,
    known_zone,
    local,
    readings,
    zone_word,
)

ZONES = sorted(zone for zone in available_timezones() if "/" in zone)
DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
CHANGES = [
    ("Europe/Lisbon", date(2024, 10, 26), "01:30+1", 2),
    ("Europe/Lisbon", date(2024, 10, 27), "01:30+0", 2),
    ("Europe/Lisbon", date(2027, 3, 28), "01:30+0", 0),
    ("Europe/Berlin", date(2027, 3, 27), "02:30+1", 0),
    ("Australia/Lord_Howe", date(2027, 4, 4), "01:45+0", 2),
    ("Australia/Lord_Howe", date(2026, 10, 4), "02:15+0", 0),
    ("America/St_Johns", date(2026, 11, 1), "01:30+0", 2),
    ("Europe/Lisbon", date(2024, 10, 27), "12:00+0", 1),
]


@pytest.mark.parametrize(("zone", "day", "wall", "count"), CHANGES)
def test_a_time_has_as_many_readings_as_the_clock_shows_it(zone: str, day: date, wall: str, count: int) -> None:
    assert len(readings(day, Wall.decode(wall), zone)) == count
    assert exists(day, Wall.decode(wall), zone) is (count > 0)
    assert is_open_question(day, Wall.decode(wall), zone) is (count == 2)


@given(DAYS, TIMES, st.sampled_from(ZONES), st.sampled_from([0, 1]))
def test_every_reading_shows_the_wall_time_it_was_asked_for(day: date, at: time, zone: str, later: int) -> None:
    wall = Wall(at, later)
    for reading in readings(day, wall, zone):
        there = local(reading, zone)
        assert (there.date(), there.time()) == (wall.on(day), at)


@given(DAYS, TIMES, st.sampled_from(ZONES))
def test_a_chosen_reading_is_no_question_any_more(day: date, at: time, zone: str) -> None:
    wall = Wall(at)
    for fold, reading in enumerate(readings(day, wall, zone)):
        chosen = wall.with_fold(fold)
        assert not is_open_question(day, chosen, zone)
        assert instant(day, chosen, zone) == reading


@given(TIMES, st.sampled_from([0, 1]), st.sampled_from([None, 0, 1]))
def test_what_is_kept_is_read_back(at: time, day: int, fold: int | None) -> None:
    wall = Wall(at, day, fold)
    assert Wall.decode(wall.encode()) == wall
    assert Wall.of_minutes(wall.minutes) == Wall(at, day)


@pytest.mark.parametrize(("at", "day"), [("23:15", 0), ("00:30", 1), ("05:59", 1), ("06:00", 0)])
def test_before_six_belongs_to_the_night_before(at: str, day: int) -> None:
    assert by_night(time.fromisoformat(at)).day == day


def test_the_day_before_keeps_its_wall_clock_over_the_change() -> None:
    assert at_clock(date(2024, 10, 26), time(18), "Europe/Lisbon") == datetime(2024, 10, 26, 17, tzinfo=UTC)
    assert at_clock(date(2024, 10, 27), time(12), "Europe/Lisbon") == datetime(2024, 10, 27, 12, tzinfo=UTC)


@given(st.timedeltas(timedelta(0), timedelta(days=2000)), st.sampled_from(ZONES))
def test_after_quiet_is_never_quiet_and_never_earlier(after: timedelta, zone: str) -> None:
    now = datetime(2024, 1, 1, tzinfo=UTC) + after
    later = after_quiet(now, zone)
    assert later >= now
    assert later - now <= timedelta(hours=12)
    assert not is_quiet(later, zone)


def test_the_clock_change_of_a_night_is_found_to_the_minute() -> None:
    evening, morning = datetime(2024, 10, 26, 17, tzinfo=UTC), datetime(2024, 10, 27, 6, tzinfo=UTC)
    assert clock_change(evening, morning, "Europe/Lisbon") == datetime(2024, 10, 27, 1, tzinfo=UTC)
    assert clock_change(evening, morning, "Asia/Tokyo") is None


@pytest.mark.parametrize(
    ("zone", "word"),
    [("Europe/Lisbon", "WET"), ("America/Sao_Paulo", "UTC-3"), ("Asia/Kathmandu", "UTC+5:45"), ("UTC", "UTC")],
)
def test_a_zone_is_named_by_its_letters_or_its_offset(zone: str, word: str) -> None:
    assert zone_word(datetime(2024, 12, 1, tzinfo=UTC), zone) == word


@pytest.mark.parametrize("name", ["", "Mars/Base", "../etc/passwd", "Europe/Lisbon\n", "/etc/localtime"])
def test_a_zone_that_is_none_is_not_known(name: str) -> None:
    assert known_zone(name) == ""
