"""Reads the script: at what time, on whose clock, who does what, and all that must come of it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
ZONES = {
    "London": "Europe/London",
    "Lisbon": "Europe/Lisbon",
    "Madrid": "Europe/Madrid",
    "New York": "America/New_York",
}
YEAR = 2026
WHEN = re.compile(r"(?P<day>\w{3} \d{1,2} \w{3}), (?P<clock>\d\d:\d\d) in (?P<city>[\w ]+)")
EVERY = re.compile(r"Every day from (?P<first>\w{3} \d{1,2} \w{3}) to (?P<last>\w{3} \d{1,2} \w{3}), (?P<rest>.+)")
FACT = re.compile(r'(not )?"([^"]*)"')
ARROW = "->"


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing that must come of a step: `words` say what and where, `facts` what is read there."""

    line: str
    words: str
    facts: tuple[str, ...]
    absent: tuple[str, ...]

    def lacks(self, text: str) -> list[str]:
        """What is missing in a text, or must not be there."""
        missing = [fact for fact in self.facts if fact not in text]
        return missing + [f"not {fact}" for fact in self.absent if fact in text]


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody does something at a UTC instant, or the clock strikes; and all that comes of it."""

    line: str
    at: datetime
    deed: str
    expected: tuple[Expected, ...]

    @property
    def is_clock(self) -> bool:
        return self.deed == "the clock"


def read_script(*names: str) -> list[Step]:
    """The steps of these files in the order of time; what the clock does comes first."""
    steps = [step for name in names for step in _steps(name, (HERE / name).read_text("utf-8").splitlines())]
    return list(_joined(sorted(steps, key=lambda step: (step.at, not step.is_clock))))


def _joined(steps: Iterable[Step]) -> Iterator[Step]:
    """What the clock does at one instant is one step, wherever it is written."""
    for _, group in groupby(steps, key=lambda step: (step.at, step.is_clock or step.line)):
        first, *others = group
        yield replace(first, expected=tuple(one for step in (first, *others) for one in step.expected))


def _steps(name: str, lines: Iterable[str]) -> Iterator[Step]:
    instants: Sequence[datetime] = ()
    place, deed, expected = "", "", list[Expected]()
    for number, text in enumerate([*lines, "."], 1):
        words = text.strip()
        if not words or words.startswith("#"):
            continue
        if words.startswith(ARROW):
            expected.append(_expected(f"{name}:{number}", words.removeprefix(ARROW).strip()))
            continue
        if deed:
            yield from (Step(place, at, deed, tuple(expected)) for at in instants)
        place, deed, expected = f"{name}:{number}", words if text.startswith("  ") else "", []
        if not deed and words != ".":
            instants = read_instants(words)


def _expected(line: str, text: str) -> Expected:
    facts = FACT.findall(text)
    words = text.partition('"')[0].strip()
    words = words.removesuffix("not").strip().removesuffix(":") if facts else words
    return Expected(line, words, tuple(said for no, said in facts if not no), tuple(said for no, said in facts if no))


def read_instants(words: str) -> list[datetime]:
    """`Fri 23 Oct, 14:00 in Lisbon`, or `Every day from Mon 19 Oct to Fri 23 Oct, 09:00 in London`, as UTC.

    Raises ValueError for what reads otherwise, and for a day that is another weekday.
    """
    every = EVERY.fullmatch(words)
    rest = f"{every['first']}, {every['rest']}" if every else words
    found = WHEN.fullmatch(rest)
    if not found:
        raise ValueError(f"no time: {words}")
    first = _day(found["day"])
    last = _day(every["last"]) if every else first
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    zone, clock = ZoneInfo(ZONES[found["city"]]), time.fromisoformat(found["clock"])
    return [datetime.combine(day, clock, zone).astimezone(UTC) for day in days]


def _day(words: str) -> date:
    day = datetime.strptime(f"{words} {YEAR}", "%a %d %b %Y").replace(tzinfo=UTC).date()
    if f"{day:%a}" != words.split()[0]:
        raise ValueError(f"{words} is a {day:%A}")
    return day
