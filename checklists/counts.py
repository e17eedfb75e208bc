"""Case counts from a gig's thread: `14 cases in`, `cases out 13`."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_READ = 60
MOST_CASES = 999


class Way(StrEnum):
    """Off the truck into the house, or out again."""

    IN = "in"
    OUT = "out"


WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
NUMBERS: Mapping[str, int] = {word: n for n, word in enumerate(WORDS)}
NUMBER = rf"(?P<{{}}>[0-9]{{{{1,4}}}}|{'|'.join(WORDS)})"
CASES = r"(?:flight ?cases?|road ?cases?|cases?|flights)"
WAY = r"(?P<{}>in|out)"
LEAD = r"(?:(?:ok|okay|we|we've|i|i've|have|got|counted|count|that's|its|it's|all|total|now|and) )*"
OF = r"(?: (?:of|/) ?[0-9]{1,4})?"
TAIL = r"(?: (?:now|counted|total|all|on|off|the|truck|van|trailer|thanks|thank|you))*"
NUMBER_FIRST = re.compile(
    rf"{LEAD}{NUMBER.format('n')}{OF} {CASES}(?: (?:are|all|counted|loaded|is))* {WAY.format('way')}{TAIL}"
)
CASES_FIRST = re.compile(
    rf"{LEAD}{CASES} (?:count |counted )?{WAY.format('way')}(?: is| are)? {NUMBER.format('n')}{OF}{TAIL}"
)
WAY_FIRST = re.compile(rf"{LEAD}{WAY.format('way')} {NUMBER.format('n')}{OF} {CASES}{TAIL}")


@dataclass(frozen=True, slots=True)
class CaseCount:
    """So many cases counted on the way in or out, by whom, at `at` (UTC)."""

    way: Way
    count: int
    by: str = ""
    at: datetime | None = None


def read_count(text: str) -> CaseCount | None:
    """What a message says of the number of cases; None when it says anything else, asks, or says it half."""
    if len(text) > MOST_READ or "?" in text or re.search(r"[-−][0-9]", text):
        return None
    said = _bare(text)
    found = NUMBER_FIRST.fullmatch(said) or CASES_FIRST.fullmatch(said) or WAY_FIRST.fullmatch(said)
    if found is None:
        return None
    count = NUMBERS.get(found["n"], -1)
    return CaseCount(Way(found["way"]), int(found["n"]) if count < 0 else count)


def _bare(text: str) -> str:
    """The words alone: no case, accents and signs, a slash kept."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    kept = re.sub(r"[^a-z0-9'/ ]", " ", plain.casefold().replace("’", "'").replace("/", " / "))
    return " ".join(kept.split())


def difference(count: int, expected: int) -> str:
    """`1 short of 14`, `2 over 14`; "" when they are the same."""
    if count == expected:
        return ""
    return f"{expected - count} short of {expected}" if count < expected else f"{count - expected} over {expected}"


def mismatch(said: CaseCount, carried: int, came_in: int | None) -> str:
    """How a count differs, in words; "" when it does not, or when nobody knows how many there should be.

    Out is held against what came in, as long as somebody counted that; else against what the tour carries (0: nobody
    has said).
    """
    if said.way is Way.OUT and came_in is not None:
        off = difference(said.count, came_in)
        return f"{off} counted in" if off else ""
    off = difference(said.count, carried) if carried else ""
    return f"{off} that the tour carries" if off else ""


def all_came(counted: Mapping[Way, CaseCount], carried: int) -> tuple[bool | None, str]:
    """Whether the cases of a gig are all there, and the count that tells it: what came in is what the tour carries.

    Once they are counted out it is told by that: as many as came in. None while nobody can know.
    """
    came = counted.get(Way.IN)
    if came is None:
        return None, ""
    return all_left(counted, carried) if Way.OUT in counted else _told(came, carried, None)


def all_left(counted: Mapping[Way, CaseCount], carried: int) -> tuple[bool | None, str]:
    """Whether as many cases went out as came in, and the count that tells it; None while nobody can know."""
    came, left = counted.get(Way.IN), counted.get(Way.OUT)
    return (None, "") if left is None else _told(left, carried, came.count if came else None)


def _told(said: CaseCount, carried: int, came_in: int | None) -> tuple[bool | None, str]:
    if not carried and came_in is None:
        return None, ""
    off = mismatch(said, carried, came_in)
    return not off, f"{said.count} cases {said.way}{f': {off}' if off else ''}"
