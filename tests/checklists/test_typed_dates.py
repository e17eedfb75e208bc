"""Dates in a spreadsheet: read when they can mean one day only."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.errors import Refusal
from checklists.typed_dates import show_date

TENTH = date(2026, 12, 10)


@pytest.mark.parametrize(
    "typed",
    [
        *("2026-12-10", "2026/12/10", "2026-12-10 00:00:00", "2026-12-10T00:00", " 2026-12-10 ", "Thu 2026-12-10"),
        *("10 Dec 2026", "10 December 2026", "10. Dec 2026", "10th Dec 2026", "Thursday, 10 Dec 2026", "10-Dec-26"),
        *(
            "Dec 10 2026",
            "Dec 10, 2026",
            "December 10th, 2026",
            "DEC 10 2026",
            "10.12.2026",
            "10. 12. 2026",
            "10.12.26",
        ),
    ],
)
def test_the_usual_ways_to_write_a_date_are_read(typed: str) -> None:
    assert show_date(typed) == TENTH


@pytest.mark.parametrize("typed", ["13/10/2026", "10/13/2026", "13-10-2026"])
def test_slashes_are_read_when_one_part_cannot_be_a_month(typed: str) -> None:
    assert show_date(typed) == date(2026, 10, 13)


def test_the_same_number_twice_has_one_reading() -> None:
    assert show_date("10/10/2026") == date(2026, 10, 10)


def test_a_date_that_can_be_two_days_is_asked_with_both() -> None:
    with pytest.raises(Refusal, match=r"is that 12 October or 10 December\? Write 2026-10-12 or 2026-12-10"):
        show_date("12/10/2026")


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "tbc", "12 Dec", "2026", "2026-02-30", "31.04.2026", "32 Dec 2026", "10 Smarch 2026", "0000-01-01"),
        *(
            "9999-12-31",
            "99999-12-31",
            "2026-12",
            "\0",
            "１０.12.2026",
            "<!channel>",
            "🎸",
            "1" * 10_000,
            "10 Decem 2026",
        ),
    ],
)
def test_what_is_no_date_is_refused_with_what_to_write(typed: str) -> None:
    with pytest.raises(Refusal, match=r"2026-12-31"):
        show_date(typed)


@given(st.dates(date(1970, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_back_in_each_unmistakable_form(day: date) -> None:
    month = f"{day:%b}"
    forms = [day.isoformat(), f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", f"{day:%d.%m.%Y}"]
    assert {show_date(form) for form in forms} == {day}


@given(st.text())
def test_no_words_at_all_raise_anything_but_a_refusal(words: str) -> None:
    with suppress(Refusal):
        show_date(words)
