"""The rows of a tour's spreadsheet, read and placed: which date, which town, which zone."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from checklists.errors import Refusal
from checklists.typed_dates import show_date
from checklists.venue import Chosen, Place, choose, fold

LONGEST_FIELD = 300
EVENING = time(20, 0)
PASSES = 3

Identity = tuple[date, str, str]
"""What makes a show the same show on one tour: date, folded city, folded venue."""
Find = Callable[[str, str], Sequence[Place]]
Near = Callable[[str, str], Sequence[str]]

_COUNT = re.compile(r"\d{1,7}|\d{1,3}(?:[., ’']\d{3}){1,2}", re.ASCII)


class RowStatus(StrEnum):
    """What came of a row: only `placed` rows become gigs without a question."""

    PLACED = "placed"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    INVALID = "invalid"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Row:
    """One show as written in the file; line counts from 1."""

    line: int
    date: str
    city: str
    country: str = ""
    venue: str = ""
    capacity: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """One show as understood; notes are for the person who sent the file."""

    line: int
    date: date | None
    city: str
    country: str
    venue: str
    capacity: int | None
    place: Place | None
    status: RowStatus
    notes: tuple[str, ...]

    def utc_at(self, wall: time) -> datetime | None:
        """That wall time at the venue on the show date, in UTC; None when date or place is not known."""
        if self.date is None or self.place is None:
            return None
        return datetime.combine(self.date, wall, ZoneInfo(self.place.zone)).astimezone(UTC)


def identity(show: date, city: str, venue: str) -> Identity:
    """The key under which the same show twice is a duplicate."""
    return show, fold(city), fold(venue)


def place_rows(
    rows: Iterable[Row], find: Find, stored: AbstractSet[Identity], near: Near | None = None
) -> list[PlacedRow]:
    """Every row placed or told why not, in the order of the file.

    find: (city, country) -> the towns of that name; stored: the shows the tour has already; near: (city,
    country) -> names to suggest for a town nobody knows. Towns that are clear are placed first, the others by
    the routing.
    """
    found = [_read(row) for row in rows]
    towns = {_where(row): find(*_where(row)) for row in found if _is_open(row)}
    found = [_settled(row, choose(towns[_where(row)], ())) if _is_open(row) else row for row in found]
    found = _along_the_route(found, towns)
    if near:
        unknown = {_where(row) for row in found if row.status is RowStatus.UNKNOWN}
        meant = {where: near(*where) for where in sorted(unknown)}
        found = [_with_suggestion(row, meant) for row in found]
    return _duplicates_marked(found, stored)


def as_json(placed: PlacedRow) -> dict[str, object]:
    """The row as `read --json` prints it; utc_of_20_00_local is the instant of 20:00 at the venue."""
    place, utc = placed.place, placed.utc_at(EVENING)
    return {
        "date": placed.date.isoformat() if placed.date else None,
        "city": placed.city,
        "country": placed.country,
        "venue": placed.venue,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "zone": place.zone if place else None,
        "utc_of_20_00_local": f"{utc:%Y-%m-%dT%H:%MZ}" if utc else None,
        "status": placed.status.value,
        "notes": "; ".join(placed.notes),
    }


def _read(row: Row) -> PlacedRow:
    """The row before its town is known; `unknown` stands for "not looked for yet"."""
    city, country, venue, note = (" ".join(text.split()) for text in (row.city, row.country, row.venue, row.note))
    capacity, capacity_notes = _capacity(row.capacity)
    notes = (note, *capacity_notes) if note else capacity_notes
    try:
        _check(row)
        return PlacedRow(row.line, show_date(row.date), city, country, venue, capacity, None, RowStatus.UNKNOWN, notes)
    except Refusal as no:
        city, country, venue = _cut(city), _cut(country), _cut(venue)
        notes = (str(no), *map(_cut, notes))
        return PlacedRow(row.line, None, city, country, venue, capacity, None, RowStatus.INVALID, notes)


def _check(row: Row) -> None:
    fields = (row.date, row.city, row.country, row.venue, row.capacity, row.note)
    if any(len(text) > LONGEST_FIELD for text in fields):
        raise Refusal(f"a field of this row is longer than {LONGEST_FIELD} characters; shorten it")
    if any("\0" in text for text in fields):
        raise Refusal("this row holds characters that are no text; type it again")
    if not fold(row.city):
        raise Refusal("no city; write the town the venue is in")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_FIELD else f"{text[:LONGEST_FIELD]}…"


def _capacity(text: str) -> tuple[int | None, tuple[str, ...]]:
    number = text.strip().removeprefix("~")
    if not number:
        return None, ()
    if _COUNT.fullmatch(number):
        return int(re.sub(r"\D", "", number)), ()
    return None, (f"capacity “{number[:20]}” not read; write a number like 1200",)


def _where(row: PlacedRow) -> tuple[str, str]:
    return row.city, row.country


def _is_open(row: PlacedRow) -> bool:
    return row.status is not RowStatus.INVALID


def _settled(row: PlacedRow, chosen: Chosen) -> PlacedRow:
    country = row.country or (chosen.place.country_name if chosen.place else "")
    status, notes = RowStatus(chosen.status.value), row.notes + chosen.notes
    return replace(row, country=country, place=chosen.place, status=status, notes=notes)


def _along_the_route(rows: Sequence[PlacedRow], towns: Mapping[tuple[str, str], Sequence[Place]]) -> list[PlacedRow]:
    """The ambiguous rows again, in the order of the tour, each between its placed neighbours; at last by own name."""
    done = list(rows)
    order = sorted((n for n, row in enumerate(rows) if row.date), key=lambda n: (rows[n].date or date.min, n))
    for left in reversed(range(PASSES)):
        after = _next_places([done[n].place for n in order])
        before: Place | None = None
        for n, following in zip(order, after, strict=True):
            beside = [place for place in (before, following) if place]
            done[n] = _between(done[n], towns, beside, "" if left else done[n].city)
            before = done[n].place or before
    return done


def _next_places(places: Sequence[Place | None]) -> list[Place | None]:
    """For each, the first place after it."""
    following: list[Place | None] = []
    last: Place | None = None
    for place in reversed(places):
        following.append(last)
        last = place or last
    return following[::-1]


def _between(
    row: PlacedRow, towns: Mapping[tuple[str, str], Sequence[Place]], neighbours: Sequence[Place], called: str
) -> PlacedRow:
    if row.status is not RowStatus.AMBIGUOUS:
        return row
    chosen = choose(towns[_where(row)], neighbours, called=called)
    return _settled(replace(row, notes=row.notes[:-1]), chosen)


def _with_suggestion(row: PlacedRow, meant: Mapping[tuple[str, str], Sequence[str]]) -> PlacedRow:
    if row.status is not RowStatus.UNKNOWN:
        return row
    return replace(row, notes=row.notes[:-1] + choose((), (), meant[_where(row)]).notes)


def _duplicates_marked(rows: Iterable[PlacedRow], stored: AbstractSet[Identity]) -> list[PlacedRow]:
    first_line: dict[Identity, int] = {}
    marked = []
    for row in rows:
        keys = _identities(row)
        seen = next((first_line[key] for key in keys if key in first_line), None)
        first_line |= dict.fromkeys(keys - first_line.keys(), row.line)
        if seen is not None:
            marked.append(_duplicate(row, f"the same show as line {seen}; left out"))
        elif keys & stored:
            marked.append(_duplicate(row, "on the tour already; left out"))
        else:
            marked.append(row)
    return marked


def _identities(row: PlacedRow) -> set[Identity]:
    """By the city as typed and, where placed, by the town's own name: Köln and Cologne are one show."""
    if row.date is None:
        return set()
    cities = {row.city, row.place.name} if row.place else {row.city}
    return {identity(row.date, city, row.venue) for city in cities}


def _duplicate(row: PlacedRow, why: str) -> PlacedRow:
    return replace(row, status=RowStatus.DUPLICATE, notes=(*row.notes, why))
