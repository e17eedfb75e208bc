"""Hours told in words in the crew's languages, as times: `halb vier`, `las tres y media`, `wpół do czwartej`.

Each frame gives how many minutes lie between the hour that is named and the time that is meant; `aHH:MM` is a time
without its half of the day (see `replytimes`). The text is lower case without accents.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CLOCKS = Path(__file__).parent / "words" / "clocks.txt"
"""Rows of hours, `german = ein eins:1 zwei`, and frames, `german -30: (halb <H>)`: minutes after the hour."""
TWELVE = 12 * 60
PARTS = """
halb viertel dreiviertel kwart heures heure media cuarto mezza mezzo quarto meia quinze halv kvart kvarter wpol
kwadrans четверти половине oclock clock thirty fifteen forty
"""
"""Words of an hour's parts."""
Hours = Mapping[str, int]
Told = Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class Clocks:
    """The frames with what each makes of a time, and the words that call for them."""

    frames: Sequence[tuple[re.Pattern[str], Told]]
    calls: frozenset[str]


def calls() -> frozenset[str]:
    """The words of hours and of their parts; without one of them there is nothing to tell."""
    return _clocks().calls


def told_in_words(plain: str) -> str:
    """The text with each hour that is told in words as `aHH:MM`."""
    for pattern, becomes in _clocks().frames:
        plain = pattern.sub(becomes, plain)
    return plain


@cache
def _clocks() -> Clocks:
    """Read and compiled with the first reply."""
    rows: dict[str, Hours] = {}
    frames: list[tuple[re.Pattern[str], Told]] = []
    for line in CLOCKS.read_text(encoding="utf-8").splitlines():
        name, is_row, hours = line.partition(" = ")
        if is_row:
            rows[name] = _hours(hours)
            continue
        said, _, frame = line.partition(": ")
        tongue, _, after = said.partition(" ")
        frames.append(_frame(rows[tongue], frame, int(after)))
    return Clocks(frames, frozenset(PARTS.split()).union(*rows.values()))


def _hours(row: str) -> Hours:
    """Each word of an hour with its number: its place in the row, or the number that it says."""
    hours: dict[str, int] = {}
    at = 0
    for one in row.split():
        word, _, number = one.partition(":")
        at = int(number or at + 1)
        hours[word] = at
    return hours


def _frame(hours: Hours, frame: str, after: int) -> tuple[re.Pattern[str], Told]:
    """A frame with a distance from the hour takes figures as well: `viertel nach 3`; `<W>` takes words alone."""
    words = "|".join(sorted(hours, key=len, reverse=True))
    some = f"{words}|1[0-2]|[1-9]" if after else words
    pattern = frame.replace("<H>", f"(?P<hour>{some})").replace("<W>", f"(?P<hour>{words})")
    return re.compile(pattern), _told(hours, after)


def _told(hours: Hours, after: int) -> Told:
    def told(found: re.Match[str]) -> str:
        hour = hours.get(found["hour"]) or int(found["hour"])
        minutes = hour * 60 + after if hour > 12 else (hour * 60 + after) % TWELVE or TWELVE
        lead = found.groupdict().get("lead") or ""
        return f" {lead} {'@' if hour > 12 else 'a'}{minutes // 60:02}:{minutes % 60:02} "

    return told
