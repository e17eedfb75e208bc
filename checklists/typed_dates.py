"""Dates with a year, as people type them in a spreadsheet."""

import re
from datetime import date

from checklists.errors import Refusal

FIRST_YEAR, LAST_YEAR = 1970, 2199
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FULL_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)

_WEEKDAY = re.compile(r"^(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_DOTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d\d)", re.ASCII)
_SLASHES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d\d)", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s.-]+([a-z]+)[\s.,-]+(\d{4}|\d\d)", re.ASCII | re.IGNORECASE)
_MONTH_DAY = re.compile(r"([a-z]+)[\s.-]+(\d{1,2})(?:st|nd|rd|th)?[\s.,-]+(\d{4}|\d\d)", re.ASCII | re.IGNORECASE)


def show_date(text: str) -> date:
    """A date as typed: 2026-12-10, 10 Dec 2026, Dec 10 2026, 10.12.2026.

    Raises Refusal, with what to write, for what is no date or can be two.
    """
    words = _WEEKDAY.sub("", " ".join(text.split()))
    if not words:
        raise Refusal("no date; write it as 2026-12-31")
    if words.isascii() and (found := _numbers_of_date(words)):
        return _real_date(*found, words)
    raise Refusal(f"“{words[:40]}” is no date we read; write it as 2026-12-31")


def _numbers_of_date(words: str) -> tuple[int, int, int] | None:
    """Year, month, day."""
    if match := _ISO.fullmatch(words):
        year, month, day = map(int, match.groups())
        return year, month, day
    if match := _DOTS.fullmatch(words):
        day, month, year = map(int, match.groups())
        return _whole_year(year), month, day
    if match := _SLASHES.fullmatch(words):
        first, second, year = map(int, match.groups())
        return _month_and_day(first, second, _whole_year(year), words)
    return _with_month_name(words)


def _with_month_name(words: str) -> tuple[int, int, int] | None:
    if match := _DAY_MONTH.fullmatch(words):
        day, name, year = match.groups()
    elif match := _MONTH_DAY.fullmatch(words):
        name, day, year = match.groups()
    else:
        return None
    month = _month(name.lower())
    return (_whole_year(int(year)), month, int(day)) if month else None


def _month(name: str) -> int | None:
    whole = "sep" if name == "sept" else name
    for names in (MONTHS, FULL_MONTHS):
        if whole in names:
            return names.index(whole) + 1
    return None


def _whole_year(year: int) -> int:
    return year if year >= 100 else 2000 + year


def _month_and_day(first: int, second: int, year: int, words: str) -> tuple[int, int, int]:
    """12/10/2026 can be either; 13/10/2026, 10/13/2026 and 10/10/2026 cannot."""
    if first <= 12 and second <= 12 and first != second:
        day_first, month_first = (
            _real_date(year, second, first, words),
            _real_date(year, first, second, words),
        )
        raise Refusal(
            f"“{words}”: is that {_in_words(day_first)} or {_in_words(month_first)}?"
            f" Write {day_first.isoformat()} or {month_first.isoformat()}"
        )
    return (year, first, second) if second > 12 else (year, second, first)


def _in_words(day: date) -> str:
    return f"{day.day} {FULL_MONTHS[day.month - 1].title()}"


def _real_date(year: int, month: int, day: int, words: str) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal(f"“{words}”: check the year, and write it as 2026-12-31")
    try:
        return date(year, month, day)
    except ValueError:
        raise Refusal(f"“{words}” is not in the calendar; write it as 2026-12-31") from None
