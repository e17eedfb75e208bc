"""Where a show is: the town meant by what somebody typed.

The largest town wins when it has five times the people of the next, else the one on the routing, else the one that
is really called so among those with that other name, else we ask.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

LONGEST_NAME = 300
CLEARLY_LARGER = 5
SAME_TOWN_KM = 15
CLEAR_DETOUR_KM = 50
"""The next best must cost this much more, and twice as much, for the routing to decide."""
BESIDE_KM, FAR_DETOUR_KM = 30, 1_000
"""Nobody plays two towns half an hour apart: the one beside a neighbour (Vancouver, Washington, after Portland) wins
over a larger one only when that is out of reach."""
MUCH_NEARER_KM = 300
"""When the way to a dwarfed town is this much shorter, it may be the one meant after all, and we ask."""
NAMED_IN_NOTES = 4

_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "&": " and ",
    }
)
_APOSTROPHES = re.compile("['’‘ʻʼʿʾ`´]")
_INITIAL_DOTS = re.compile(r"(?<=\b\w)\.(?=\w\b|\W|$)")
_NOT_LETTERS = re.compile(r"[\W_]+")
_SHORT_WORDS = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}


class Placing(StrEnum):
    """What came of looking for a town."""

    PLACED = "placed"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Place:
    """A town: country in ISO 3166 alpha-2, lat and lon in degrees, zone by its IANA name."""

    name: str
    country: str
    country_name: str
    region: str
    lat: float
    lon: float
    zone: str
    people: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """The town chosen, or none; notes are whole sentences for the person who asked."""

    place: Place | None
    status: Placing
    notes: tuple[str, ...] = ()


def fold(words: str) -> str:
    """The words as compared: no case, accents or punctuation, "St." as "saint"; "" for what is no name."""
    if len(words) > LONGEST_NAME:
        return ""
    bare = words.casefold() if words.isascii() else _without_accents(words)
    bare = _INITIAL_DOTS.sub("", _APOSTROPHES.sub("", bare.translate(_LETTERS)))
    return " ".join(_SHORT_WORDS.get(word, word) for word in _NOT_LETTERS.sub(" ", bare).split())


def typed_like(words: str) -> str:
    """The words as somebody types their beginning: no case, no accents, ł as l; punctuation stays."""
    bare = words.casefold() if words.isascii() else _without_accents(words)
    return " ".join(bare.translate(_LETTERS).split())


def _without_accents(words: str) -> str:
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", words).casefold())
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


def distance_km(here: Place, there: Place) -> float:
    """The great circle between two towns, in kilometres."""
    return apart_km((here.lat, here.lon), (there.lat, there.lon))


def apart_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """The great circle between two points (latitude, longitude), in kilometres."""
    # geopy brings every web library it finds, and a program that places nothing starts without them.
    from geopy.distance import great_circle  # noqa: PLC0415

    return float(great_circle(here, there).km)


def full_name(place: Place) -> str:
    """The town as a person would type it so that no other is meant: "Portland, Maine, United States"."""
    parts = [place.name, place.region, place.country_name]
    return ", ".join(part for n, part in enumerate(parts) if part and part not in parts[:n])


def choose(
    candidates: Sequence[Place], neighbours: Sequence[Place], near: Sequence[str] = (), called: str = ""
) -> Chosen:
    """The town meant.

    candidates: the towns of that name; neighbours: the placed towns before and after on the tour, if any; near:
    names spelt almost so, for the note when nothing has the name; called: the name as typed, so that where nothing
    else decides a town of that very name wins over those that only have it as another name.
    """
    towns = _apart(candidates)
    if not towns:
        return Chosen(None, Placing.UNKNOWN, _unknown(near))
    if _clearly_largest(towns):
        return Chosen(towns[0], Placing.PLACED, _others("the largest", towns[1:]))
    nearest = _on_the_way(towns, neighbours)
    if nearest:
        rest = [town for town in towns if town != nearest]
        return Chosen(nearest, Placing.PLACED, _others("the one on the routing", rest))
    if _alone_called(fold(called), towns, neighbours):
        return Chosen(towns[0], Placing.PLACED, _others("the largest really called so", towns[1:]))
    return Chosen(None, Placing.AMBIGUOUS, (_which(towns),))


def _apart(candidates: Sequence[Place]) -> list[Place]:
    """Largest first; a smaller namesake within a few kilometres is a part of the larger one."""
    towns: list[Place] = []
    for place in sorted(candidates, key=lambda place: -place.people):
        if not any(_is_part_of(place, town) for town in towns):
            towns.append(place)
    return towns


def _is_part_of(place: Place, town: Place) -> bool:
    close = place.country == town.country and abs(place.lat - town.lat) < 1
    return close and distance_km(place, town) <= SAME_TOWN_KM


def _clearly_largest(towns: Sequence[Place]) -> bool:
    return len(towns) == 1 or _is_dwarfed(towns[1], towns[0])


def _is_dwarfed(town: Place, largest: Place) -> bool:
    return largest.people >= CLEARLY_LARGER * town.people


def _on_the_way(towns: Sequence[Place], neighbours: Sequence[Place]) -> Place | None:
    """Of the towns not dwarfed by the largest, the one with clearly the least detour; never one by guess."""
    if not neighbours:
        return None
    ways = sorted((_detour_km(town, neighbours), n) for n, town in enumerate(towns))
    (least, best), (second, _) = [way for way in ways if not _is_dwarfed(towns[way[1]], towns[0])][:2]
    beside = best > 0 and any(0 < distance_km(towns[best], there) <= BESIDE_KM for there in neighbours)
    margin = FAR_DETOUR_KM if beside else CLEAR_DETOUR_KM
    clear = second >= max(2 * least, least + margin) and least <= ways[0][0] + MUCH_NEARER_KM
    return towns[best] if clear else None


def _alone_called(name: str, towns: Sequence[Place], neighbours: Sequence[Place]) -> bool:
    """True when the largest is called so, its rivals only among others, and no namesake is much nearer."""
    rivals = [town for town in towns[1:] if not _is_dwarfed(town, towns[0])]
    if fold(towns[0].name) != name or name in [fold(town.name) for town in rivals]:
        return False
    ways = [_detour_km(town, neighbours) for town in towns] if neighbours else [0.0]
    return ways[0] <= min(ways) + MUCH_NEARER_KM


def _detour_km(town: Place, neighbours: Sequence[Place]) -> float:
    """How much longer the way between the neighbours gets; with one neighbour, how far the town is."""
    legs = sum(distance_km(town, neighbour) for neighbour in neighbours)
    return legs - distance_km(neighbours[0], neighbours[-1])


def _others(why: str, others: Sequence[Place]) -> tuple[str, ...]:
    return (f"{why} of {len(others) + 1} with that name; not {_listed(others, 'or')}",) if others else ()


def _which(towns: Sequence[Place]) -> str:
    hint = towns[0].region if towns[0].country == towns[1].country else towns[0].country_name
    asked = f"which one: {_listed(towns, 'or')}?"
    return f"{asked} Add the region or country to the city, like “{towns[0].name}, {hint}”"


def _listed(places: Sequence[Place], joint: str) -> str:
    names = [full_name(place) for place in places[:NAMED_IN_NOTES]]
    if len(places) > NAMED_IN_NOTES:
        names.append(f"{len(places) - NAMED_IN_NOTES} more")
    return f" {joint} ".join(filter(None, ["; ".join(names[:-1]), names[-1]]))


def _unknown(near: Sequence[str]) -> tuple[str, ...]:
    if near:
        return (f"not found; did you mean {' or '.join(near[:3])}?",)
    return ("not found; check the spelling, or name the nearest larger town",)
