"""Dates as people type them: `12 Dec`, `Sat 12th of December`, `2026-12-12`, `tomorrow`."""

import re
from calendar import day_abbr, monthrange
from datetime import date, timedelta

from checklists.errors import Refusal
from handlers.typed import quote, tidy

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
YEARS = range(2000, 2100)

WEEKDAY = (
    r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
)
MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
TH = r"(?:st|nd|rd|th)?"
YEAR = r"[0-9]{4}|[0-9]{2}"
GAP = r"[ ,./-]{0,2}"
END = r"(?![\w:'/+-])(?!\.[0-9])"
SPELT = (
    rf"(?P<d1>[0-9]{{1,2}}){TH}{GAP}(?:of )?(?P<m1>{MONTH})(?:[ ,./'-]{{0,3}}(?P<y1>{YEAR}))?"
    rf"|(?P<m2>{MONTH}){GAP}(?:the )?(?P<d2>[0-9]{{1,2}}){TH}(?:[ ,./'-]{{1,3}}(?P<y2>{YEAR}))?"
)
FIGURES = (
    r"(?P<y3>[0-9]{4})(?P<sep>[./-])(?P<m3>[0-9]{1,2})(?P=sep)(?P<d3>[0-9]{1,2})"
    rf"|(?P<a>[0-9]{{1,2}})[./-](?P<b>[0-9]{{1,2}})(?:[./-](?P<y4>{YEAR}))?"
)
FULL = re.compile(
    rf"(?:on )?(?:(?P<w1>{WEEKDAY})[ ,.]{{1,2}})?(?:the )?(?:{SPELT}|{FIGURES})(?:[ ,.]{{1,2}}(?P<w2>{WEEKDAY}))?{END}",
    re.ASCII | re.IGNORECASE,
)
SHORT = re.compile(
    rf"(?:on )?(?:(?P<near>today|tonight|tomorrow|tmrw)|(?P<w1>{WEEKDAY})|(?:the )?(?P<bare>[0-9]{{1,2}}){TH}){END}",
    re.ASCII | re.IGNORECASE,
)


def read_date(words: str, today: date) -> date:
    """A date as typed; without a year the next such date on or after `today` (the venue's).

    Raises Refusal for `12/10`, for a bare `7`, for a weekday that does not fit, for what is no date.
    """
    typed = tidy(words).strip(" ,;").rstrip(".")
    if found := FULL.fullmatch(typed):
        return _fitting(found, _full_date(found, typed, today))
    if found := SHORT.fullmatch(typed):
        return _short_date(found, typed, today)
    what = f"I cannot read {quote(typed)} as a date" if typed else "There is no date"
    raise Refusal(f"{what}. Write `12 Dec 2026` or `2026-12-12`.")


def refuse_past(day: date, today: date) -> None:
    """Raises Refusal for a day before `today` (the venue's)."""
    if day < today:
        ahead = next_such(day.month, day.day, today)
        raise Refusal(
            f"{spell(day)} is in the past: today is {spell(today)} there. "
            f"Write a date from today on, for example `{ahead.day} {ahead:%b %Y}`."
        )


def spell(day: date) -> str:
    """`Sat 12 Dec 2026`."""
    return f"{day_abbr[day.weekday()]} {day.day} {MONTH_NAMES[day.month - 1][:3]} {day.year}"


def next_such(month: int, day: int, today: date) -> date:
    """The first such date on or after `today`; 29 February waits for its leap year."""
    year = today.year
    while day > monthrange(year, month)[1] or date(year, month, day) < today:
        year += 1
    return date(year, month, day)


def _full_date(found: re.Match[str], typed: str, today: date) -> date:
    if found["a"]:
        return _figures(int(found["a"]), int(found["b"]), found["y4"], typed, today)
    if found["y3"]:
        return _checked(int(found["d3"]), int(found["m3"]), found["y3"], typed, today)
    month = MONTHS.index((found["m1"] or found["m2"])[:3].lower()) + 1
    return _checked(int(found["d1"] or found["d2"]), month, found["y1"] or found["y2"], typed, today)


def _figures(first: int, second: int, year: str | None, typed: str, today: date) -> date:
    if first != second and 1 <= first <= 12 and 1 <= second <= 12:
        one, other = f"{first} {MONTH_NAMES[second - 1]}", f"{second} {MONTH_NAMES[first - 1]}"
        after = f" {_year(year, typed)}" if year else ""
        raise Refusal(
            f"Is {quote(typed)} {one} or {other}? "
            f"Write `{first} {MONTH_NAMES[second - 1][:3]}{after}` or `{second} {MONTH_NAMES[first - 1][:3]}{after}`."
        )
    day, month = (first, second) if second <= 12 else (second, first)
    return _checked(day, month, year, typed, today)


def _checked(day: int, month: int, year: str | None, typed: str, today: date) -> date:
    if not 1 <= month <= 12:
        raise Refusal(f"There is no such date as {quote(typed)}. Write `12 Dec 2026`.")
    in_year = _year(year, typed) if year else 2024
    last = monthrange(in_year, month)[1]
    if not 1 <= day <= last:
        which = f"{MONTH_NAMES[month - 1]} {in_year}" if year else MONTH_NAMES[month - 1]
        raise Refusal(
            f"There is no such date as {quote(typed)}: {which} has {last} days. "
            f"Write `{last} {MONTH_NAMES[month - 1][:3]}{f' {in_year}' if year else ''}`."
        )
    return date(in_year, month, day) if year else next_such(month, day, today)


def _year(year: str, typed: str) -> int:
    number = int(year) if len(year) == 4 else 2000 + int(year)
    if number not in YEARS:
        raise Refusal(f"The year in {quote(typed)} is not one I know. Write `12 Dec 2026`.")
    return number


def _fitting(found: re.Match[str], day: date) -> date:
    for said in filter(None, (found["w1"], found["w2"])):
        if WEEKDAYS.index(said[:3].lower()) != day.weekday():
            right, wrong = WEEKDAY_NAMES[day.weekday()], WEEKDAY_NAMES[WEEKDAYS.index(said[:3].lower())]
            raise Refusal(
                f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year} is a {right}, not a {wrong}. "
                f"Write `{spell(day)}`, or another date."
            )
    return day


def _short_date(found: re.Match[str], typed: str, today: date) -> date:
    if found["bare"]:
        ahead = today.replace(day=1)
        raise Refusal(
            f"{quote(typed)} of which month? Write `{min(max(int(found['bare']), 1), 28)} "
            f"{MONTH_NAMES[ahead.month - 1][:3]}`."
        )
    if found["near"]:
        return today + timedelta(days=1 if found["near"][:3].lower() in ("tom", "tmr") else 0)
    ahead_by = (WEEKDAYS.index(found["w1"][:3].lower()) - today.weekday()) % 7
    return today + timedelta(days=ahead_by or 7)
