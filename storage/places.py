"""The offline gazetteer: towns, their zones and the names people type for them; read-only, made by make_places.py.

The file is one zlib stream of sorted names and packed columns, searched by bisecting the bytes as they are:
measured against it, lzma saves 15 % and opens five times slower, and SQLite is four times the size.
"""

import difflib
import re
import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

from checklists.venue import Place, fold, full_name

FILE = Path(__file__).with_name("places.bin")
SECTIONS = (
    *("countries", "regions", "zones", "town", "town_starts", "alias", "alias_starts", "alias_town"),
    *("region", "zone", "lat", "lon", "people"),
)
BLOCK = 32
LONGEST_CITY, LONGEST_COUNTRY = 6, 5
"""In words, at the end of a line."""
SUGGESTED = 3
_OFTEN_VENUES = """
    academy apollo arena bar bash brewery cafe casino center centre chapel church circus city club dome echo factory
    farm festival forum garage garden gardens grounds hall halle haus house hub inn kitchen live lounge market mill
    music opera palace palladium park pavilion pier playhouse pub roadhouse room rooms sala salle shed space square
    stadium stage station studio studios tavern teatro temple tent the theater theatre tower union village warehouse
    works zenith
"""
VENUE_WORDS = frozenset(_OFTEN_VENUES.split())
_WORD = re.compile(r"[^\s,]*\w[^\s,]*")
LONGEST_LINE = 300


Where = tuple[str, frozenset[int] | None]
"""A country's ISO code, and the numbers of its regions when only some are meant."""


@dataclass(frozen=True, slots=True)
class Country:
    """code is ISO 3166 alpha-2."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Split:
    """A line read as venue, city and country (as typed, "" where not given), and the towns it can mean."""

    venue: str
    city: str
    country: str
    places: tuple[Place, ...]


class _Names:
    """Sorted lines in one run of bytes; `starts` tells where every BLOCK-th line begins."""

    def __init__(self, lines: bytes, starts: bytes, key: Callable[[str], str]) -> None:
        self._lines, self._starts, self._key = lines, _column("I", starts), key

    def __getitem__(self, n: int) -> str:
        return self._block(n // BLOCK)[n % BLOCK]

    def beginning(self, prefix: str) -> Iterator[tuple[int, str]]:
        """Number and folded name of all that begin so, in order."""
        blocks = range(len(self._starts))
        first = max(0, bisect_left(blocks, prefix, key=lambda b: self._key(self._block(b)[0])) - 1)
        for block in blocks[first:]:
            for n, line in enumerate(self._block(block), block * BLOCK):
                name = self._key(line)
                if name.startswith(prefix):
                    yield n, name
                elif name > prefix:
                    return

    def named(self, name: str) -> Iterator[int]:
        """Numbers of all that have this folded name."""
        for n, found in self.beginning(name):
            if found != name:
                return
            yield n

    def _block(self, n: int) -> list[str]:
        end = self._starts[n + 1] if n + 1 < len(self._starts) else len(self._lines)
        return self._lines[self._starts[n] : end].decode().split("\n")[:-1]


class Places:
    """The towns of the world, by name. Look-ups take what people type and never raise."""

    @classmethod
    @cache
    def load(cls) -> Self:
        """The gazetteer shipped beside this file, opened once and shared."""
        return cls(zlib.decompress(FILE.read_bytes()))

    def __init__(self, content: bytes) -> None:
        part = _sections(content)
        self._towns = _Names(part["town"], part["town_starts"], fold)
        self._aliases = _Names(part["alias"], part["alias_starts"], str)
        self._alias_town = _column("H", part["alias_town"])
        self._region, self._zone = _column("H", part["region"]), _column("H", part["zone"])
        self._lat, self._lon = _column("h", part["lat"]), _column("h", part["lon"])
        self._people = _column("I", part["people"])
        self.zones = part["zones"].decode().split("\n")
        self._read_countries(part["countries"].decode())
        self._read_regions(part["regions"].decode())

    def _read_countries(self, lines: str) -> None:
        self._countries: dict[str, Country] = {}
        self._by_code: dict[str, Country] = {}
        for line in lines.split("\n"):
            code, name, typed = line.split("\t")
            self._by_code[code] = Country(code, name)
            self._countries |= dict.fromkeys(typed.split("|"), self._by_code[code])

    def _read_regions(self, lines: str) -> None:
        self._regions: list[tuple[str, str]] = []
        self._region_names: dict[str, list[int]] = {}
        for n, line in enumerate(lines.split("\n")):
            code, name, typed = line.split("\t")
            self._regions.append((code, name))
            for key in filter(None, typed.split("|")):
                self._region_names.setdefault(key, []).append(n)

    def find(self, city: str, country: str = "") -> list[Place]:
        """The towns of that name, largest first; [] when there is none.

        city: as typed, also with its region or country at the end ("Portland OR"); country: a name, an ISO code,
        a region ("FL", "Scotland") or both ("Ontario, Canada"); "" for all.
        """
        return self._find(fold(city), self._readable(country), any_country=not country.strip())

    def _find(self, city: str, country: str, *, any_country: bool) -> list[Place]:
        exact = self._named(city, country, any_country=any_country)
        if exact:
            return exact
        words = city.split()
        allowed = None if any_country else {code for code, _ in self._readings(country)}
        for n in range(len(words) - 1, max(0, len(words) - 1 - LONGEST_COUNTRY), -1):
            found = self._named(" ".join(words[:n]), " ".join(words[n:]), any_country=False)
            if found := [place for place in found if allowed is None or place.country in allowed]:
                return found
        return []

    def _named(self, city: str, country: str, *, any_country: bool) -> list[Place]:
        towns = self._numbers(city)
        if any_country:
            return self._largest_first(towns)
        for reading in self._readings(country):
            if inside := [n for n in towns if self._is_in(n, reading)]:
                return self._largest_first(inside)
        return []

    def _numbers(self, name: str) -> set[int]:
        if not name:
            return set()
        return {*self._towns.named(name), *(self._alias_town[n] for n in self._aliases.named(name))}

    def _is_in(self, town: int, where: Where) -> bool:
        country, regions = where
        region = self._region[town]
        return self._regions[region][0] == country and (regions is None or region in regions)

    def _largest_first(self, towns: set[int] | list[int]) -> list[Place]:
        return [self._place(n) for n in sorted(towns, key=lambda n: (-self._people[n], n))]

    def _place(self, n: int) -> Place:
        code, region = self._regions[self._region[n]]
        zone = self.zones[self._zone[n]]
        at = self._lat[n] / 100, self._lon[n] / 100
        return Place(self._towns[n], code, self._by_code[code].name, region, *at, zone, self._people[n])

    def _readings(self, country: str) -> list[Where]:
        """What a folded country or region can mean, likeliest first: "ca" is Canada, then California."""
        found: list[Where] = []
        if country in self._countries:
            found.append((self._countries[country].code, None))
        found += self._regions_named(country)
        if not found:
            found = self._region_in_country(country.split())
        return found

    def _regions_named(self, name: str) -> list[Where]:
        numbers = self._region_names.get(name, [])
        found: list[Where] = [(self._regions[n][0], frozenset([n])) for n in numbers]
        return found + [("GB", None)] * any(code == "GB" for code, _ in found)

    def _region_in_country(self, words: list[str]) -> list[Where]:
        """The region of a country: "ontario canada"."""
        for n in range(1, len(words)):
            inside = self._countries.get(" ".join(words[n:]))
            if inside:
                return [w for w in self._regions_named(" ".join(words[:n])) if w[0] == inside.code]
        return []

    def _readable(self, country: str) -> str:
        """Folded; of "Kent, UK", where the first part is no region we know, only the country."""
        key = fold(country)
        return key if self._readings(key) else fold(country.rsplit(",", 1)[-1])

    def country(self, name: str) -> Country | None:
        """The country of that name, ISO code or, for the nations of the UK, part."""
        key = fold(name)
        if key not in self._countries and any(code == "GB" for code, _ in self._regions_named(key)):
            return self._by_code["GB"]
        return self._countries.get(key)

    def near(self, city: str, country: str = "") -> list[str]:
        """Full names to suggest when nothing was found: the name elsewhere, else names spelt almost so."""
        key = fold(city.split(",")[0])
        elsewhere = self._largest_first(self._numbers(key))
        readings = self._readings(self._readable(country))
        return [full_name(place) for place in (elsewhere or self._spelt_like(key, readings))[:SUGGESTED]]

    def _spelt_like(self, key: str, readings: list[Where]) -> list[Place]:
        close = range(len(key) - 2, len(key) + 3)
        known = {
            name
            for names in (self._towns, self._aliases)
            for _, name in (names.beginning(key[:3]) if len(key) > 3 else ())
            if len(name) in close
        }
        for name in difflib.get_close_matches(key, sorted(known), n=8, cutoff=0.8):
            towns = [n for n in self._numbers(name) if not readings or any(self._is_in(n, r) for r in readings)]
            if towns:
                return self._largest_first(towns)
        return []

    def ending(self, words: str) -> list[Split]:
        """A line that ends in a city, or a city and its country or region; the likeliest reading first.

        "The Hug and Pint, Glasgow, UK" -> venue "The Hug and Pint", city "Glasgow", country "UK". A town set off
        by a comma comes first, then the longest; "Hall" and its like are towns only when set off.
        """
        tokens = list(_WORD.finditer(words[:LONGEST_LINE]))[-LONGEST_CITY - LONGEST_COUNTRY - 1 :]
        found = []
        for after in range(min(LONGEST_COUNTRY, len(tokens) - 1) + 1):
            for n in range(max(0, len(tokens) - after - LONGEST_CITY), len(tokens) - after):
                if split := self._split(words, tokens, n, len(tokens) - after):
                    set_off = n == 0 or "," in words[tokens[n - 1].end() : tokens[n].start()]
                    found.append((not set_off, n, -split.places[0].people, after, split))
        return [split for *_, split in sorted(found, key=lambda reading: reading[:4])]

    def _split(self, words: str, tokens: list[re.Match[str]], start: int, end: int) -> Split | None:
        city = words[tokens[start].start() : tokens[end - 1].end()]
        country = words[tokens[end].start() :].strip(" ,.") if end < len(tokens) else ""
        before = words[: tokens[start].start()]
        set_off = not before or before.rstrip().endswith(",")
        if "," in city or (not set_off and _is_no_town(fold(city), fold(before))):
            return None
        found = self._named(fold(city), fold(country), any_country=not country)
        return Split(before.strip(" ,;-–—@"), city, country, tuple(found)) if found else None


def _is_no_town(last_words: str, before: str) -> bool:
    return len(last_words) < 3 or last_words in VENUE_WORDS or before == "the"


def _sections(content: bytes) -> dict[str, bytes]:
    lengths = struct.unpack_from(f"<{len(SECTIONS)}I", content)
    parts, at = {}, 4 * len(SECTIONS)
    for name, length in zip(SECTIONS, lengths, strict=True):
        parts[name] = content[at : at + length]
        at += length
    return parts


def _column(kind: str, content: bytes) -> "array[int]":
    column = array(kind, content)
    if sys.byteorder == "big":
        column.byteswap()
    return column
