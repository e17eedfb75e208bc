"""A tour's rows placed: zones, instants, traps and hostile rows."""

import csv
import json
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.routing import PlacedRow, Row, RowStatus, as_json, identity, place_rows
from storage.places import Places

TOURS = Path(__file__).parents[1] / "tours"
NAMES = ("bdrmm_club_uk_eu_2023_24", "nick_cave_wild_god_eu_2024", "pearl_jam_dark_matter_world_2024")
PLACES = Places.load()
NOTHING: frozenset[tuple[date, str, str]] = frozenset()


def read(name: str) -> list[dict[str, str]]:
    with (TOURS / f"{name}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def tour(name: str) -> list[Row]:
    return [
        Row(n, row["date"], row["city"], row["country"], row["venue"], row["capacity"])
        for n, row in enumerate(read(name), 2)
    ]


def placed(*rows: Row, stored: frozenset[tuple[date, str, str]] = NOTHING) -> list[PlacedRow]:
    return place_rows(rows, PLACES.find, stored, PLACES.near)


def one(typed_date: str = "2026-12-10", city: str = "Amsterdam", country: str = "", venue: str = "") -> PlacedRow:
    return placed(Row(2, typed_date, city, country, venue))[0]


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_the_tours_has_the_expected_zone_and_instant(name: str) -> None:
    expected = [row for row in read("expected_timezones") if row["tour"] == name]
    found = [as_json(row) for row in placed(*tour(name))]
    assert [(row["date"], row["city"], row["zone"], row["utc_of_20_00_local"], row["status"]) for row in found] == [
        (row["date"], row["city"], row["iana_tz"], row["utc_of_20_00_local"], "placed") for row in expected
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_where_it_should_be_to_a_sixth_of_a_degree(name: str) -> None:
    coordinates = {(row["city"], row["country"]): row for row in read("city_coords")}
    for row in placed(*tour(name)):
        there = coordinates[row.city, row.country]
        assert row.place is not None
        assert (row.place.lat, row.place.lon) == pytest.approx((float(there["lat"]), float(there["lon"])), abs=0.15)


@pytest.mark.parametrize("name", NAMES)
def test_without_countries_no_row_of_the_tours_is_put_in_the_wrong_zone(name: str) -> None:
    expected = [row["iana_tz"] for row in read("expected_timezones") if row["tour"] == name]
    found = placed(*(Row(row.line, row.date, row.city) for row in tour(name)))
    assert all(row.place is None or row.place.zone == zone for row, zone in zip(found, expected, strict=True))
    assert sum(row.place is None for row in found) <= 3


def test_a_row_as_json_has_exactly_the_agreed_names() -> None:
    row = as_json(placed(Row(2, "2024-10-10", "Łódź", "Poland", "Atlas Arena", "13,800", "cancelled"))[0])
    assert row == {
        "date": "2024-10-10",
        "city": "Łódź",
        "country": "Poland",
        "venue": "Atlas Arena",
        "lat": 51.77,
        "lon": 19.47,
        "zone": "Europe/Warsaw",
        "utc_of_20_00_local": "2024-10-10T18:00Z",
        "status": "placed",
        "notes": "cancelled",
    }


def test_what_is_not_placed_is_null_and_says_what_to_type() -> None:
    row = as_json(one(city="Springfield", country="US"))
    assert [row[key] for key in ("lat", "lon", "zone", "utc_of_20_00_local")] == [None] * 4
    assert row["status"] == "ambiguous"
    assert "Springfield, Missouri" in str(row["notes"])
    assert json.dumps(row)


def test_a_wall_time_is_taken_by_the_rules_of_the_venues_zone_on_that_day() -> None:
    lisbon = one("2024-10-27", "Lisbon")
    assert lisbon.utc_at(time(20, 0)) == datetime(2024, 10, 27, 20, tzinfo=UTC)
    assert one("2024-11-13", "Gold Coast").utc_at(time(20, 0)) == datetime(2024, 11, 13, 10, tzinfo=UTC)
    assert one("never").utc_at(time(20, 0)) is None


def test_ambiguous_towns_are_placed_by_their_neighbours_in_the_order_of_the_dates() -> None:
    rows = placed(
        Row(2, "2026-03-03", "Newcastle", note="sold out"),
        Row(3, "2026-03-04", "Leeds"),
        Row(4, "2026-03-01", "Glasgow"),
    )
    assert [row.place and row.place.country for row in rows] == ["GB", "GB", "GB"]
    assert rows[0].notes[0] == "sold out"
    assert rows[0].notes[1].startswith("the one on the routing of 6 with that name; not Newcastle, New South Wales")


def test_two_nights_in_an_ambiguous_town_are_in_the_same_town() -> None:
    days = [("01", "London"), ("02", "Cambridge"), ("03", "Cambridge"), ("04", "Norwich")]
    rows = placed(*(Row(n, f"2026-03-{day}", city) for n, (day, city) in enumerate(days)))
    assert [row.place and row.place.region for row in rows] == ["England"] * 4


def test_an_ambiguous_town_alone_is_asked_and_a_misspelt_one_gets_a_suggestion() -> None:
    assert one(city="Vancouver").status is RowStatus.AMBIGUOUS
    assert one(city="Vancouver", country="Canada").status is RowStatus.PLACED
    unknown = one(city="Gothenberg")
    assert (unknown.status, unknown.notes) == (
        RowStatus.UNKNOWN,
        ("not found; did you mean Gothenburg, Västra Götaland, Sweden?",),
    )


def test_a_towns_own_name_decides_where_the_routing_does_not() -> None:
    alone = one(city="Bergen")
    assert (alone.status, alone.country) == (RowStatus.PLACED, "Norway")
    assert alone.notes[0].startswith("the largest really called so of 4 with that name; not Mons, Wallonia, Belgium")
    rows = placed(Row(2, "2026-03-01", "Brussels"), Row(3, "2026-03-02", "Bergen"), Row(4, "2026-03-03", "Lille"))
    assert [row.country for row in rows] == ["Belgium", "Belgium", "France"]


def test_a_missing_country_is_filled_with_the_one_found() -> None:
    assert one(city="Amsterdam").country == "Netherlands"


def test_the_same_show_twice_in_the_file_is_a_duplicate_even_by_another_spelling() -> None:
    rows = placed(
        Row(2, "2026-12-10", "Köln", "", "Palladium"),
        Row(3, "10 Dec 2026", "Cologne", "Germany", "PALLADIUM"),
        Row(4, "2026-12-10", "Köln", "", "Gloria"),
        Row(5, "2026-12-11", "Köln", "", "Palladium"),
    )
    assert [row.status for row in rows] == [RowStatus.PLACED, RowStatus.DUPLICATE, RowStatus.PLACED, RowStatus.PLACED]
    assert rows[1].notes == ("the same show as line 2; left out",)


def test_a_show_the_tour_has_already_is_a_duplicate() -> None:
    stored = frozenset({identity(date(2026, 12, 10), "amsterdam", "Paradiso")})
    rows = placed(Row(2, "2026-12-10", "Amsterdam", "", "Paradiso"), Row(3, "2026-12-10", "Amsterdam"), stored=stored)
    assert [row.status for row in rows] == [RowStatus.DUPLICATE, RowStatus.PLACED]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (Row(2, "12/10/2026", "Oslo"), "is that 12 October or 10 December?"),
        (Row(2, "", "Oslo"), "no date"),
        (Row(2, "2026-12-10", ""), "no city"),
        (Row(2, "2026-12-10", "🎸🎸"), "no city"),
        (Row(2, "2026-12-10", "x" * 10_000), "longer than 300"),
        (Row(2, "2026-12-10", "Oslo", venue="v" * 301), "longer than 300"),
        (Row(2, "2026-12-10", "Os\0lo"), "no text"),
    ],
)
def test_an_invalid_row_says_what_is_wrong_and_is_cut_to_size(row: Row, words: str) -> None:
    found = placed(row)[0]
    assert found.status is RowStatus.INVALID
    assert words in found.notes[0]
    assert len(json.dumps(as_json(found), ensure_ascii=False)) < 1_500


@pytest.mark.parametrize("city", ["<!channel>", "\u202eegnirts", "Robert'); DROP TABLE gigs;--", "{{7*7}}", "a" * 300])
def test_hostile_towns_are_unknown(city: str) -> None:
    assert one(city=city).status is RowStatus.UNKNOWN


@pytest.mark.parametrize(
    ("typed", "capacity"),
    [("", None), ("900", 900), ("17,000", 17_000), ("17.000", 17_000), ("~500", 500), ("1 200", 1200)],
)
def test_a_capacity_is_read_as_people_write_it(typed: str, capacity: int | None) -> None:
    found = placed(Row(2, "2026-12-10", "Oslo", capacity=typed))[0]
    assert (found.capacity, found.notes) == (capacity, ())


def test_a_capacity_that_is_no_number_is_left_out_and_said() -> None:
    found = placed(Row(2, "2026-12-10", "Oslo", capacity="huge"))[0]
    assert (found.status, found.capacity) == (RowStatus.PLACED, None)
    assert "“huge”" in found.notes[0]


@given(st.lists(st.builds(Row, st.integers(1, 9), *[st.text(max_size=40)] * 6), max_size=5))
def test_no_rows_at_all_raise_and_each_gets_its_answer(rows: list[Row]) -> None:
    found = placed(*rows)
    assert [row.line for row in found] == [row.line for row in rows]
    assert all(row.notes for row in found if row.status not in {RowStatus.PLACED})
    assert json.dumps([as_json(row) for row in found])
