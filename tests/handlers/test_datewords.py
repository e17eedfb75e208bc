"""Dates and clock times, as tired people type them."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.errors import Refusal
from handlers.clockwords import Clock, read_clock
from handlers.datewords import read_date, refuse_past, spell

TODAY = date(2026, 11, 22)  # a Sunday
SHOW = date(2026, 12, 12)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("2026-12-12", SHOW),
        ("12 Dec", SHOW),
        ("12 dec.", SHOW),
        ("12 DECEMBER 2026", SHOW),
        ("Dec 12", SHOW),
        ("dec 12th, 2026", SHOW),
        ("12th of December", SHOW),
        ("the 12th of December", SHOW),
        ("Sat 12 Dec", SHOW),
        ("Saturday, 12th December 2026", SHOW),
        ("12 Dec Sat", SHOW),
        ("12dec", SHOW),
        ("12-Dec-2026", SHOW),
        ("12\u00a0Dec", SHOW),
        ("12 Dec '26", SHOW),
        ("12/12", SHOW),
        ("25/12", date(2026, 12, 25)),
        ("12/25/2026", date(2026, 12, 25)),
        ("22 Nov", TODAY),
        ("21 Nov", date(2027, 11, 21)),
        ("29 Feb", date(2028, 2, 29)),
        ("today", TODAY),
        ("Tonight", TODAY),
        ("tomorrow", TODAY + timedelta(days=1)),
        ("mon", TODAY + timedelta(days=1)),
        ("Saturday", TODAY + timedelta(days=6)),
        ("sunday", TODAY + timedelta(days=7)),
    ],
)
def test_a_date_is_read_the_way_it_was_meant(typed: str, means: date) -> None:
    assert read_date(typed, TODAY) == means


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("12/10", "12 October or 10 December? Write `12 Oct` or `10 Dec`"),
        ("12.10.2026", "Write `12 Oct 2026` or `10 Dec 2026`"),
        ("7", "which month? Write `7 Nov`"),
        ("Fri 12 Dec", "12 December 2026 is a Saturday, not a Friday. Write `Sat 12 Dec 2026`"),
        ("31 Nov", "November has 30 days"),
        ("30 Feb 2027", "February 2027 has 28 days"),
        ("0000-01-01", "year"),
        ("next friday", 'cannot read "next friday"'),
        ("soon", "`12 Dec 2026`"),
        ("", "There is no date"),
    ],
)
def test_a_date_that_could_mean_two_days_or_none_is_asked(typed: str, told: str) -> None:
    with pytest.raises(Refusal) as no:
        read_date(typed, TODAY)
    assert told in str(no.value)


def test_a_past_day_is_refused_with_one_that_works() -> None:
    with pytest.raises(Refusal, match="Wed 11 Nov 2026 is in the past: today is Sun 22 Nov 2026") as no:
        refuse_past(date(2026, 11, 11), TODAY)
    assert read_date(str(no.value).split("`")[1], TODAY) >= TODAY
    refuse_past(TODAY, TODAY)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("19:00", Clock(time(19))),
        ("19.00", Clock(time(19))),
        ("1900", Clock(time(19))),
        ("19h30", Clock(time(19, 30))),
        ("19", Clock(time(19))),
        ("7pm", Clock(time(19))),
        ("7 PM.", Clock(time(19))),
        ("7:30pm", Clock(time(19, 30))),
        ("730pm", Clock(time(19, 30))),
        ("12am", Clock(time(0))),
        ("12pm", Clock(time(12))),
        ("noon", Clock(time(12))),
        ("Midnight", Clock(time(0))),
        ("25:30", Clock(time(1, 30), next_day=True)),
        ("24:00", Clock(time(0), next_day=True)),
        ("01:30+1", Clock(time(1, 30), next_day=True)),
    ],
)
def test_a_time_is_read_in_every_common_spelling(typed: str, means: Clock) -> None:
    assert read_clock(typed) == means


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("7", '"7" in the morning or 19:00? Write `07:00` or `19:00`'),
        ("12", "midnight or noon? Write `00:00` or `12:00`"),
        ("7:60", "cannot read"),
        ("30:00", "cannot read"),
        ("13am", "cannot read"),
        ("doors", "Write `19:00` or `7pm`"),
        ("٧", "cannot read"),
        ("", "There is no time"),
    ],
)
def test_a_time_that_could_mean_two_or_none_is_asked(typed: str, told: str) -> None:
    with pytest.raises(Refusal) as no:
        read_clock(typed)
    assert told in str(no.value)


@given(
    st.dates(TODAY, date(2099, 12, 31)),
    st.sampled_from(
        ["{0:%Y-%m-%d}", "{1} {0:%b} {2}", "{0:%a} {1} {0:%B} {2}", "{0:%b} {1}, {2}", "{1}th of {0:%B} {2}"]
    ),
)
def test_every_date_reads_back_in_every_spelling(day: date, spelling: str) -> None:
    assert read_date(spelling.format(day, day.day, day.year), TODAY) == day
    assert read_date(spell(day), TODAY) == day


@given(st.dates(TODAY, date(2027, 11, 21)))
def test_a_date_without_a_year_is_the_next_one(day: date) -> None:
    assert read_date(f"{day.day} {day:%b}", TODAY) == day


@given(
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from(["%H:%M", "%H.%M", "%H%M", "%I:%M%p"]),
)
def test_every_time_reads_back_in_every_spelling(at: time, spelling: str) -> None:
    assert read_clock(at.strftime(spelling)) == Clock(at)


@given(st.text(max_size=40), st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_any_text_is_a_date_and_a_time_or_a_refusal(typed: str, today: date) -> None:
    for read in (lambda: read_date(typed, today), lambda: read_clock(typed)):
        assert told_by(read) is None or "`" in str(told_by(read))


def told_by(read: Callable[[], object]) -> str | None:
    try:
        read()
    except Refusal as no:
        return str(no)
    return None
