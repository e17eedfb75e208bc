"""The gazetteer: what people type finds the town they mean, without a network."""

import csv
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.venue import Place
from storage.places import FILE, Places

TOURS = Path(__file__).parents[1] / "tours"
PLACES = Places.load()
HOSTILE = [
    "",
    " ",
    "\0",
    "x" * 10_000,
    "<!channel>",
    "🎸🎸",
    "\u202eegnirts",
    "a" * 101,
    "%s{0}",
    "…",
    "'",
    "ﷺ" * 50,
    "\ud800",
]


def largest(city: str, country: str = "") -> Place:
    return PLACES.find(city, country)[0]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *(("München", "Munich"), ("Munich", "Munich"), ("Muenchen", "Munich"), ("Lisboa", "Lisbon"), ("Köln", "Köln")),
        *(("Cologne", "Köln"), ("Łódź", "Łódź"), ("Lodz", "Łódź"), ("LODZ ", "Łódź"), ("Wien", "Vienna")),
        *(("Praha", "Prague"), ("Kyiv", "Kyiv"), ("Kiev", "Kyiv"), ("Київ", "Kyiv"), ("København", "Copenhagen")),
        *(("Göteborg", "Gothenburg"), ("Goteborg", "Gothenburg"), ("東京", "Tokyo"), ("Αθήνα", "Athens")),
        *(("St. Louis", "St. Louis"), ("saint louis", "St. Louis"), ("Washington, D.C.", "Washington")),
        *(("NYC", "New York City"), ("New York", "New York City"), ("LA", "Los Angeles"), ("Den Haag", "The Hague")),
        *(("'s-Hertogenbosch", "'s-Hertogenbosch"), ("s hertogenbosch", "'s-Hertogenbosch"), ("TEL-AVIV", "Tel Aviv")),
    ],
)
def test_local_english_and_careless_spellings_find_the_town(typed: str, name: str) -> None:
    assert largest(typed).name == name


@pytest.mark.parametrize(
    ("city", "country", "region"),
    [
        *(
            ("Hollywood", "FL", "Florida"),
            ("Hollywood, FL", "", "Florida"),
            ("Hollywood, FL", "United States", "Florida"),
        ),
        *(
            ("London", "Ontario", "Ontario"),
            ("London Ontario", "", "Ontario"),
            ("London", "Ontario, Canada", "Ontario"),
        ),
        *(("London", "England", "England"), ("Portland OR", "", "Oregon"), ("Portland, ME", "US", "Maine")),
        *(("Paris", "TX", "Texas"), ("Athens", "Georgia", "Georgia"), ("Batumi", "Georgia", "Adjara")),
        *(("Los Angeles", "CA", "California"), ("Toronto", "CA", "Ontario"), ("Vancouver, WA", "", "Washington")),
        *(
            ("Perth", "Scotland", "Scotland"),
            ("Perth", "WA", "Western Australia"),
            ("Edinburgh", "England", "Scotland"),
        ),
        *(
            ("Cologne", "NRW", "North Rhine-Westphalia"),
            ("Reading", "Berks, UK", "England"),
            ("Lincoln", "NE", "Nebraska"),
        ),
    ],
)
def test_a_region_or_country_narrows_the_search(city: str, country: str, region: str) -> None:
    assert largest(city, country).region == region


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *(("UK", "GB"), ("U.K.", "GB"), ("England", "GB"), ("Scotland", "GB"), ("Great Britain", "GB"), ("gb", "GB")),
        *(("USA", "US"), ("U.S.", "US"), ("U.S.A.", "US"), ("the United States", "US"), ("Holland", "NL")),
        *(("Netherlands", "NL"), ("The Netherlands", "NL"), ("Czech Republic", "CZ"), ("Czechia", "CZ"), ("DEU", "DE")),
        *(
            ("South Korea", "KR"),
            ("Türkiye", "TR"),
            ("Côte d’Ivoire", "CI"),
            ("Deutschland", "DE"),
            ("Österreich", "AT"),
        ),
    ],
)
def test_countries_are_known_by_the_names_people_type(typed: str, code: str) -> None:
    country = PLACES.country(typed)
    assert country is not None
    assert country.code == code


@pytest.mark.parametrize("typed", ["", "Narnia", "Ontario", "Amsterdam", *HOSTILE])
def test_what_is_no_country_is_none(typed: str) -> None:
    assert PLACES.country(typed) is None


def test_namesakes_come_largest_first_and_an_unknown_country_finds_nothing() -> None:
    people = [place.people for place in PLACES.find("Springfield", "USA")]
    assert people == sorted(people, reverse=True)
    assert len(people) > 5
    assert PLACES.find("Paris", "Narnia") == []
    assert PLACES.find("Paris", "Germany") == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_find_nothing_and_raise_nothing(words: str) -> None:
    assert PLACES.find(words, words) == []
    assert PLACES.find(words) == []
    assert PLACES.near(words, words) == []
    assert PLACES.ending(words) == []


@given(st.text(max_size=120), st.text(max_size=40))
def test_no_words_at_all_make_a_look_up_raise(city: str, country: str) -> None:
    PLACES.find(city, country)
    PLACES.near(city, country)
    PLACES.ending(city)


@pytest.mark.parametrize(
    ("typed", "country", "suggestion"),
    [
        ("Gothenberg", "", "Gothenburg, Västra Götaland, Sweden"),
        ("Gothenberg", "Sweden", "Gothenburg, Västra Götaland, Sweden"),
        ("Edinborough", "UK", "Edinburgh, Scotland, United Kingdom"),
        ("Copenhagn", "Denmark", "Copenhagen, Capital Region, Denmark"),
        ("Paris", "Germany", "Paris, Île-de-France, France"),
        ("Paris, Narnia", "", "Paris, Île-de-France, France"),
    ],
)
def test_a_misspelt_or_misplaced_town_brings_a_suggestion(typed: str, country: str, suggestion: str) -> None:
    assert PLACES.near(typed, country)[0] == suggestion


@pytest.mark.parametrize(
    ("words", "venue", "city", "country"),
    [
        ("Paradiso Amsterdam", "Paradiso", "Amsterdam", ""),
        ("Paradiso, Amsterdam", "Paradiso", "Amsterdam", ""),
        ("The Hug and Pint, Glasgow, UK", "The Hug and Pint", "Glasgow", "UK"),
        ("Royal Albert Hall London", "Royal Albert Hall", "London", ""),
        ("Brooklyn Steel, Brooklyn, NY", "Brooklyn Steel", "Brooklyn", "NY"),
        ("Blue Note New York", "Blue Note", "New York", ""),
        ("Hard Rock Live Hollywood FL", "Hard Rock Live", "Hollywood", "FL"),
        ("The Depot Salt Lake City", "The Depot", "Salt Lake City", ""),
        ("Esplanade Singapore", "Esplanade", "Singapore", ""),
        ("Variety Playhouse Atlanta Georgia", "Variety Playhouse", "Atlanta", "Georgia"),
        ("The Cluny Newcastle upon Tyne UK", "The Cluny", "Newcastle upon Tyne", "UK"),
        ("De Bosuil, Halle, Belgium", "De Bosuil", "Halle", "Belgium"),
        ("Café de la Danse – Paris", "Café de la Danse", "Paris", ""),
        ("Amsterdam", "", "Amsterdam", ""),
        ("London, Ontario", "", "London", "Ontario"),
    ],
)
def test_a_line_splits_into_venue_city_and_country(words: str, venue: str, city: str, country: str) -> None:
    split = PLACES.ending(words)[0]
    assert (split.venue, split.city, split.country) == (venue, city, country)
    assert split.places == tuple(PLACES.find(city, country))


@pytest.mark.parametrize(
    "words", ["Royal Albert Hall", "Wembley Arena", "Madison Square Garden", "The Phoenix", "Rock City"]
)
def test_a_venue_alone_is_not_taken_for_a_village(words: str) -> None:
    assert PLACES.ending(words) == []


def test_every_venue_of_the_tours_is_told_from_its_city() -> None:
    for name in ("bdrmm_club_uk_eu_2023_24", "nick_cave_wild_god_eu_2024", "pearl_jam_dark_matter_world_2024"):
        with (TOURS / f"{name}.csv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                first = PLACES.ending(f"{row['venue']}, {row['city']}")[0]
                assert (first.venue, first.city) == (row["venue"], row["city"])


def test_every_zone_shipped_is_in_tzdata_and_every_number_is_sane() -> None:
    known = set(files("tzdata").joinpath("zones").read_text().split())
    assert set(PLACES.zones) <= known
    assert len(PLACES.zones) > 300


def test_the_file_stays_small() -> None:
    assert FILE.stat().st_size <= 1_200_000


def test_the_gazetteer_is_opened_once_and_shared() -> None:
    assert Places.load() is PLACES
