"""Clock times as people type them: `19:00`, `7pm`, `1900`, `25:30`."""

import re
from dataclasses import dataclass
from datetime import time

from checklists.errors import Refusal
from handlers.typed import quote, tidy

WORDS = {"noon": time(12), "midday": time(12), "12noon": time(12), "midnight": time(0), "12midnight": time(0)}
LAST_HOUR = 29
CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:.hu](?P<minute>[0-9]{2}))?(?P<h>h|u|hrs|uhr)?\s?(?P<half>[ap])?\.?m?\.?"
    r"|(?P<hour2>[0-9]{1,2})(?P<minute2>[0-9]{2})(?:h|hrs)?\s?(?P<half2>[ap])?\.?m?\.?",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time as typed; `next_day` when it was said to be after midnight (`25:30`, `24:00`, `01:30+1`)."""

    at: time
    next_day: bool = False


def read_clock(word: str) -> Clock:
    """One time, with or without am and pm; raises Refusal for a bare `7` and for what is no time."""
    typed = tidy(word).strip(" ,;").rstrip(".").casefold()
    if typed.endswith("+1"):
        return Clock(read_clock(typed[:-2]).at, next_day=True)
    if typed in WORDS:
        return Clock(WORDS[typed])
    found = CLOCK.fullmatch(typed)
    if found is None or ("m" in typed and not (found["half"] or found["half2"])):
        raise _no_time(word)
    return _clock_of(found, word)


def _clock_of(found: re.Match[str], word: str) -> Clock:
    hour, half = int(found["hour"] or found["hour2"]), found["half"] or found["half2"]
    minute = found["minute"] or found["minute2"]
    if half:
        return Clock(_half_day(hour, int(minute or 0), half, word))
    if minute is None and not found["h"] and hour <= 12:
        raise _asked(hour, 0, word)
    if hour > LAST_HOUR or (minute is None and hour > 23):
        raise _no_time(word)
    return Clock(_time(hour % 24, int(minute or 0), word), next_day=hour >= 24)


def _half_day(hour: int, minute: int, half: str, word: str) -> time:
    if half == "p" and 12 <= hour <= 23:
        return _time(hour, minute, word)
    if hour > 12 or (half == "p" and hour == 0):
        raise _no_time(word)
    return _time(hour % 12 + (12 if half == "p" else 0), minute, word)


def _time(hour: int, minute: int, word: str) -> time:
    if minute > 59:
        raise _no_time(word)
    return time(hour, minute)


def refuse_half_said(word: str, sure: range, after: str = "") -> None:
    """Raises Refusal for an hour of one digit (`7:30`) outside the hours that are clear there."""
    typed = tidy(word).strip(" ,;").rstrip(".")
    found = re.fullmatch(r"([1-9])(?:[:.]([0-5][0-9])|([0-5][0-9]))", typed, re.ASCII)
    if found and int(found[1]) not in sure:
        raise _asked(int(found[1]), int(found[2] or found[3]), word, after)


def _asked(hour: int, minute: int, word: str, after: str = "") -> Refusal:
    first, second = time(hour % 24, minute), time((hour + 12) % 24, minute)
    if hour in (0, 12):
        return Refusal(f"Is {quote(word)} midnight or noon? Write `00:00` or `12:00`{after}.")
    return Refusal(
        f"Is {quote(word)} in the morning or {second:%H:%M}? Write `{first:%H:%M}` or `{second:%H:%M}`{after}."
    )


def _no_time(word: str) -> Refusal:
    what = f"I cannot read {quote(word)} as a time" if word.strip() else "There is no time"
    return Refusal(f"{what}. Write `19:00` or `7pm`.")
