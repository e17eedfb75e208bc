"""What a house holds against what the rider needs: a fixed set of facts, each with its unit.

A value is kept as written here in one way, so that two of them can be compared. Unknown is not no.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from checklists.measures import (
    COUNT,
    CURFEW,
    DECIBELS,
    DOOR,
    METRES,
    MIXES,
    PEOPLE,
    POINTS,
    POWER,
    SPACES,
    TEXT,
    Measure,
)


class HouseKey(StrEnum):
    """What is asked of a house, in the order of an advance sheet."""

    WIDTH = "stage width"
    DEPTH = "stage depth"
    TRIM = "trim"
    POWER = "power"
    RIGGING = "rigging"
    PA = "PA"
    DESK = "desk"
    MONITORS = "monitors"
    LIGHTS = "lights"
    LIMIT = "sound limit"
    DOOR = "loading door"
    PARKING = "parking"
    ROOMS = "dressing rooms"
    SHOWERS = "showers"
    CAPACITY = "capacity"
    CURFEW = "curfew"


MEASURES: Mapping[HouseKey, Measure] = {
    HouseKey.WIDTH: METRES,
    HouseKey.DEPTH: METRES,
    HouseKey.TRIM: METRES,
    HouseKey.POWER: POWER,
    HouseKey.RIGGING: POINTS,
    HouseKey.PA: TEXT,
    HouseKey.DESK: TEXT,
    HouseKey.MONITORS: MIXES,
    HouseKey.LIGHTS: TEXT,
    HouseKey.LIMIT: DECIBELS,
    HouseKey.DOOR: DOOR,
    HouseKey.PARKING: SPACES,
    HouseKey.ROOMS: COUNT,
    HouseKey.SHOWERS: COUNT,
    HouseKey.CAPACITY: PEOPLE,
    HouseKey.CURFEW: CURFEW,
}


class Fit(StrEnum):
    """Whether what the house holds is enough, the worst first."""

    DOES_NOT_FIT = "does not fit"
    NOT_KNOWN = "not known"
    FITS = "fits"


@dataclass(frozen=True, slots=True)
class HouseFact:
    """What somebody said at `at` (UTC) that a house holds."""

    key: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Check:
    """One thing asked of a house: what the rider needs of it ("" when nothing), what it holds, and whether it fits."""

    key: HouseKey
    need: str
    fact: HouseFact | None

    @property
    def fit(self) -> Fit:
        if self.fact is None:
            return Fit.NOT_KNOWN
        enough = not self.need or MEASURES[self.key].covers(self.fact.text, self.need)
        if enough is None:
            return Fit.NOT_KNOWN
        return Fit.FITS if enough else Fit.DOES_NOT_FIT


def read_value(key: HouseKey, words: str) -> str:
    """The words as that value is kept; raises Refusal with what to type when number or unit is missing or wrong."""
    return MEASURES[key].read(key.value, words)


def example(key: HouseKey) -> str:
    """`power 3x63 A`: how it is typed."""
    return f"{key.value} {MEASURES[key].sample}"


def checks(needs: Mapping[str, str], facts: Mapping[str, HouseFact]) -> list[Check]:
    """Everything that is asked of a house, in order."""
    return [Check(key, needs.get(key.value, ""), facts.get(key.value)) for key in HouseKey]
