"""Values with their units: read as people write them, kept in one way, and compared.

A house covers a need when it is enough; None where words alone do not tell. US phases and feet are read too.
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from checklists.errors import Refusal
from checklists.venue import fold

TEXT_MOST = 200
FOOT = 0.3048
Feeds = list[tuple[int, int]]
FEED = re.compile(r"(?:([0-9]) ?[x×*] ?)?([0-9]{1,5}) ?(a|amps?|amperes?)?(?: ([0-9]) ?phases?)?")
LEVEL = re.compile(r"([0-9]{1,3}(?:[.,][0-9])?) ?(db)? ?(?:\(?([ac])\)?)?(?:[ ,]+(.{1,40}))?", re.IGNORECASE)


def no(name: str, words: str, wrong: str, example: str) -> Refusal:
    """A no: what was wrong with the value of a thing, and how it is typed."""
    shown = words if len(words) <= 40 else f"{words[:39]}…"
    return Refusal(f"{name} “{shown}”: {wrong} Type it like this: `{name} {example}`. Nothing was changed.")


class Measure(ABC):
    """One kind of value."""

    sample: str

    @abstractmethod
    def read(self, name: str, words: str) -> str:
        """The words as they are kept; raises Refusal."""

    @abstractmethod
    def covers(self, have: str, need: str) -> bool | None:
        """True when what is there is enough; both as kept. None: words do not tell."""


@dataclass(frozen=True)
class Metres(Measure):
    """Lengths, one or several at right angles: `12 m`, `40 ft`, `2.5x3 m`."""

    sample: str = "12 m"
    sides: int = 1
    most: float = 200.0

    def read(self, name: str, words: str) -> str:
        found = re.fullmatch(r"([-0-9.,x×* ]+?) ?(m|metres?|meters?|ft|feet|foot|')?", words.casefold().strip())
        if not found:
            raise no(name, words, "I take a number and m or ft.", self.sample)
        if not found[2]:
            raise no(name, words, "m or ft?", self.sample)
        scale = 1.0 if found[2].startswith("m") else FOOT
        sides = [_number(name, words, part, self.sample) * scale for part in re.split(r"[x×*]", found[1])]
        if len(sides) != self.sides:
            raise no(name, words, f"I take {self.sides} number{'s' if self.sides > 1 else ''}.", self.sample)
        if any(not 0 < side <= self.most for side in sides):
            raise no(name, words, f"that is no length between 0 and {self.most:g} m.", self.sample)
        return f"{'x'.join(_short(side) for side in sides)} m"

    def covers(self, have: str, need: str) -> bool | None:
        return all(one >= other for one, other in zip(_numbers(have), _numbers(need), strict=True))


@dataclass(frozen=True)
class Power(Measure):
    """Feeds of so many phases and A: `3x63 A`, `63 A 3-phase`, `3x63 A + 1x32 A`."""

    sample: str = "3x63 A"

    def read(self, name: str, words: str) -> str:
        feeds = sorted((self._feed(name, words, part) for part in words.casefold().split("+")), reverse=True)
        return " + ".join(f"{phases}x{amps} A" for phases, amps in feeds)

    def _feed(self, name: str, words: str, part: str) -> tuple[int, int]:
        bare = re.sub(r"\bsingle\b", "1", re.sub(r"\bthree\b", "3", part)).replace("-", " ")
        found = re.fullmatch(
            r"\s*(?:([0-9]) ?[x×*] ?)?([0-9]{1,5}) ?(a|amps?|amperes?)?(?: ([0-9]) ?phases?)?\s*", bare
        )
        if not found:
            raise no(name, words, "I take phases and A, a plus between several feeds.", self.sample)
        if not found[3]:
            raise no(name, words, "is that A? Write the unit.", self.sample)
        phases, amps = found[1] or found[4], int(found[2])
        if not phases:
            raise no(name, words, "of one phase or of three?", f"3x{amps} A` or `{name} 1x{amps} A")
        if int(phases) not in (1, 2, 3) or not 0 < amps <= 4000:
            raise no(name, words, "a feed has 1 to 3 phases and up to 4000 A.", self.sample)
        return int(phases), amps

    def covers(self, have: str, need: str) -> bool | None:
        """Each feed that is needed from a feed of its own."""
        left = sorted(_pairs(have), key=lambda feed: (feed[1], feed[0]))
        for phases, amps in sorted(_pairs(need), reverse=True):
            fits = next((feed for feed in left if feed[0] >= phases and feed[1] >= amps), None)
            if fits is None:
                return False
            left.remove(fits)
        return True


@dataclass(frozen=True)
class Points(Measure):
    """So many rigging points of so many kg: `8x500 kg`, `8 points 500 kg`."""

    sample: str = "8x500 kg"

    def read(self, name: str, words: str) -> str:
        bare = " ".join(re.sub(r"\b(?:each|of|at)\b", " ", words.casefold()).split())
        found = re.fullmatch(r"([0-9]{1,3}) ?(?:points?)? ?[x×*]? ?([0-9]{1,5}) ?(kgs?|t|tons?|tonnes?)?", bare)
        if not found or found[0].isdigit():
            raise no(name, words, "how many points of how many kg?", self.sample)
        if not found[3] or not found[3].startswith("kg"):
            raise no(name, words, "is that kg? Write the unit.", self.sample)
        points, kg = int(found[1]), int(found[2])
        if not points or not 0 < kg <= 20_000:
            raise no(name, words, "a point holds up to 20000 kg.", self.sample)
        return f"{points}x{kg} kg"

    def covers(self, have: str, need: str) -> bool | None:
        (points, kg), (wanted, load) = _pairs(have)[0], _pairs(need)[0]
        return points >= wanted and kg >= load


@dataclass(frozen=True)
class Counted(Measure):
    """So many of something; where there are several units only like is compared with like."""

    sample: str
    units: dict[str, str] = field(default_factory=dict)
    most: int = 200_000

    def read(self, name: str, words: str) -> str:
        found = re.fullmatch(r"(-?[0-9][0-9,.' ]*?)(?: ?([a-z -]+))?", words.casefold().strip())
        if not found or not re.fullmatch(r"[0-9]{1,7}|[0-9]{1,3}(?:[,.' ][0-9]{3})+", found[1]):
            raise no(name, words, "I take a whole number.", self.sample)
        count, unit = int(re.sub(r"[^0-9]", "", found[1])), found[2] or ""
        if count > self.most:
            raise no(name, words, f"at most {self.most:,}.", self.sample)
        if not self.units:
            return self._bare(name, words, count, unit)
        known = self.units.get(unit.strip(), self.units.get(unit.strip() + "s", ""))
        if not known:
            raise no(name, words, f"of what? I know {', '.join(dict.fromkeys(self.units.values()))}.", self.sample)
        return f"{count} {known}"

    def _bare(self, name: str, words: str, count: int, unit: str) -> str:
        if unit and unit.strip() not in (name, name.removesuffix("s"), "people", "persons", "pax", "rooms", "heads"):
            raise no(name, words, "that takes no unit.", self.sample)
        return str(count)

    def covers(self, have: str, need: str) -> bool | None:
        (count, _, unit), (wanted, _, kind) = have.partition(" "), need.partition(" ")
        return None if unit != kind else int(count) >= int(wanted)


@dataclass(frozen=True)
class Decibels(Measure):
    """A limit: `98 dB`, `98 dB(A) over 15 min`. A need is how loud the show is."""

    sample: str = "98 dB(A) over 15 min"

    def read(self, name: str, words: str) -> str:
        found = re.fullmatch(
            r"([0-9]{1,3}(?:[.,][0-9])?) ?(db)? ?(?:\(?([ac])\)?)?(?:[ ,]+(.{1,40}))?", words.strip(), re.I
        )
        if not found or not found[2]:
            raise no(name, words, "I take a number and dB, then how it is measured.", self.sample)
        level = float(found[1].replace(",", "."))
        if not 50 <= level <= 150:
            raise no(name, words, "a limit lies between 50 and 150 dB.", self.sample)
        weighted = f"({found[3].upper()})" if found[3] else ""
        return f"{level:g} dB{weighted}{' ' + found[4] if found[4] else ''}"

    def covers(self, have: str, need: str) -> bool | None:
        weights = {re.search(r"dB(\([AC]\))?", each)[1] for each in (have, need)} - {None}  # type: ignore[index]
        return None if len(weights) > 1 else _numbers(have)[0] >= _numbers(need)[0]


@dataclass(frozen=True)
class Curfew(Measure):
    """A time of the night at the venue; before 06:00 it is the night after."""

    sample: str = "23:00"

    def read(self, name: str, words: str) -> str:
        found = re.fullmatch(r"([01]?[0-9]|2[0-3])[:.h]([0-5][0-9])", words.strip())
        if not found:
            raise no(name, words, "I take a time of 24 hours.", self.sample)
        return f"{int(found[1]):02}:{found[2]}"

    def covers(self, have: str, need: str) -> bool | None:
        return _of_the_night(have) >= _of_the_night(need)


@dataclass(frozen=True)
class Words(Measure):
    """Words, as they are; enough when all words of the need are among them, else nobody can tell by them."""

    sample: str = "L-Acoustics K2"

    def read(self, name: str, words: str) -> str:
        if not fold(words) or len(words) > TEXT_MOST:
            raise no(name, words, f"I take words, up to {TEXT_MOST} letters.", self.sample)
        return words

    def covers(self, have: str, need: str) -> bool | None:
        return set(fold(need).split()) <= set(fold(have).split()) or None


def _number(name: str, words: str, part: str, example: str) -> float:
    bare = part.strip().replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,3})?", bare):
        raise no(name, words, "I take plain numbers that are not negative.", example)
    return float(bare)


def _short(number: float) -> str:
    return f"{round(number, 2):.2f}".rstrip("0").rstrip(".")


def _numbers(kept: str) -> list[float]:
    return [float(found) for found in re.findall(r"[0-9]+(?:\.[0-9]+)?", kept)]


def _pairs(kept: str) -> Feeds:
    return [(int(first), int(second)) for first, second in re.findall(r"([0-9]+)x([0-9]+)", kept)]


def _of_the_night(clock: str) -> int:
    hour, minute = (int(part) for part in clock.split(":"))
    return (hour + 24 if hour < 6 else hour) * 60 + minute


SEATS = {"mixes": "mixes", "mixe": "mixes", "mix": "mixes", "wedges": "wedges", "wedge": "wedges", "sends": "mixes"}
PLACES = {word: word for word in ("vehicles", "buses", "trucks", "vans", "cars", "m")} | {
    "spaces": "vehicles", "places": "vehicles", "bus": "buses",
}  # fmt: skip
METRES, DOOR, POWER, POINTS = Metres(), Metres("2.5x3 m", 2, 50.0), Power(), Points()
COUNT, PEOPLE = Counted("4", most=999), Counted("800")
MIXES, SPACES = Counted("6 mixes", SEATS, 99), Counted("2 vehicles", PLACES, 999)
DECIBELS, CURFEW, TEXT = Decibels(), Curfew(), Words()
