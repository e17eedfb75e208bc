"""Which town is meant: five times the people, else the routing, else a question."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.venue import Place, Placing, choose, fold, full_name
from storage.places import Places

FIND = Places.load().find
BIG = Place("Milltown", "US", "United States", "Ohio", 40.0, -82.0, "America/New_York", 500_000)
FAR = replace(BIG, region="Oregon", lat=44.0, lon=-122.0, people=100_000)


def town(city: str, country: str = "") -> Place:
    return FIND(city, country)[0]


def test_the_largest_wins_with_exactly_five_times_the_people_and_the_other_is_named() -> None:
    chosen = choose([FAR, BIG], ())
    assert (chosen.place, chosen.status) == (BIG, Placing.PLACED)
    assert chosen.notes == ("the largest of 2 with that name; not Milltown, Oregon, United States",)


def test_one_person_short_of_five_times_is_asked() -> None:
    chosen = choose([replace(BIG, people=499_999), FAR], ())
    assert (chosen.place, chosen.status) == (None, Placing.AMBIGUOUS)
    assert chosen.notes == (
        "which one: Milltown, Ohio, United States or Milltown, Oregon, United States?"
        " Add the region or country to the city, like “Milltown, Ohio”",
    )


def test_the_only_town_needs_no_note() -> None:
    assert choose([FAR], ()).notes == ()


def test_a_namesake_round_the_corner_is_part_of_the_larger_town() -> None:
    part = replace(BIG, lat=40.05, people=400_000)
    assert choose([part, BIG], ()).place == BIG


def test_nothing_found_says_what_may_have_been_meant() -> None:
    assert choose([], (), ["Gothenburg, Sweden"]).notes == ("not found; did you mean Gothenburg, Sweden?",)
    assert choose([], ()).status is Placing.UNKNOWN


@pytest.mark.parametrize(
    ("city", "country", "placed"),
    [
        ("Hollywood", "FL", "Hollywood, Florida, United States"),
        ("London", "", "London, England, United Kingdom"),
        ("London", "Ontario", "London, Ontario, Canada"),
        ("Newcastle", "United Kingdom", "Newcastle upon Tyne, England, United Kingdom"),
        ("Portland", "United States", "Portland, Oregon, United States"),
        ("Birmingham", "", "Birmingham, England, United Kingdom"),
        ("Birmingham", "USA", "Birmingham, Alabama, United States"),
        ("Cambridge", "UK", "Cambridge, England, United Kingdom"),
        ("Reading", "UK", "Reading, England, United Kingdom"),
        ("Valencia", "Spain", "Valencia, Spain"),
        ("Vancouver", "Canada", "Vancouver, British Columbia, Canada"),
        ("Gold Coast", "Australia", "Gold Coast, Queensland, Australia"),
        ("San José", "Costa Rica", "San José, Costa Rica"),
        ("San Jose", "USA", "San Jose, California, United States"),
        ("St. Louis", "US", "St. Louis, Missouri, United States"),
        ("København", "", "Copenhagen, Capital Region, Denmark"),
        ("Rome", "", "Rome, Lazio, Italy"),
        ("Paris", "", "Paris, Île-de-France, France"),
        ("Dublin", "", "Dublin, Leinster, Ireland"),
        ("Boston", "", "Boston, Massachusetts, United States"),
        ("Washington", "", "Washington, District of Columbia, United States"),
        ("Manchester", "", "Manchester, England, United Kingdom"),
        ("Melbourne", "", "Melbourne, Victoria, Australia"),
        ("Roma", "Italy", "Rome, Lazio, Italy"),
    ],
)
def test_trap_names_are_placed_where_a_tour_manager_means_them(city: str, country: str, placed: str) -> None:
    chosen = choose(FIND(city, country), ())
    assert chosen.place is not None
    assert full_name(chosen.place) == placed


@pytest.mark.parametrize(
    ("city", "country"),
    [
        *(("Springfield", "US"), ("Hollywood", "US"), ("Newcastle", ""), ("Cambridge", ""), ("Valencia", "")),
        *(("Vancouver", ""), ("San José", ""), ("St. Louis", ""), ("Barcelona", ""), ("Columbus, Springfield", "")),
    ],
)
def test_towns_too_alike_are_never_guessed(city: str, country: str) -> None:
    assert choose(FIND(city, country), ()).place is None


@pytest.mark.parametrize(
    ("city", "country", "before", "after", "region"),
    [
        ("Springfield", "US", "Chicago", "St. Louis", "Illinois"),
        ("Springfield", "US", "Boston", "Hartford", "Massachusetts"),
        ("Newcastle", "", "Sydney", "Brisbane", "New South Wales"),
        ("Newcastle", "", "Glasgow", "Leeds", "England"),
        ("Cambridge", "", "London", "Norwich", "England"),
        ("Valencia", "", "Oviedo", "Madrid", "Valencia"),
        ("Vancouver", "", "Calgary", "Seattle", "British Columbia"),
    ],
)
def test_the_routing_decides_between_namesakes(city: str, country: str, before: str, after: str, region: str) -> None:
    chosen = choose(FIND(city, country), [town(before), town(after)])
    assert chosen.place is not None
    assert chosen.place.region == region
    assert chosen.notes[0].startswith("the one on the routing of ")


@pytest.mark.parametrize(
    ("city", "beside", "country"),
    [
        ("Porto", [], "PT"),
        ("porto", ["New York"], "PT"),
        ("Bergen", [], "NO"),
        ("Bergen", ["Brussels"], "BE"),
        ("Porto", ["Venice", "Trieste"], ""),
        ("Valencia", [], ""),
        ("Newcastle", [], ""),
    ],
)
def test_a_towns_own_name_beats_the_other_name_of_another_unless_the_routing_speaks(
    city: str, beside: list[str], country: str
) -> None:
    found = choose(FIND(city), [town(each) for each in beside], called=city)
    assert (found.place.country if found.place else "") == country
    assert choose(FIND(city), ()).place is None


def test_one_neighbour_is_enough_and_a_close_call_stays_a_question() -> None:
    smaller = replace(BIG, people=60_000)
    assert choose([smaller, FAR], [town("Columbus", "Ohio")]).place == smaller
    assert choose([smaller, FAR], [replace(BIG, lat=42.0, lon=-102.0)]).status is Placing.AMBIGUOUS


@pytest.mark.parametrize("neighbours", [["Portland"], ["Seattle", "Portland"]])
def test_the_town_next_door_to_a_neighbour_does_not_win_over_a_larger_one_in_reach(neighbours: list[str]) -> None:
    assert choose(FIND("Vancouver"), [town(name) for name in neighbours]).place is None
    cambridge = choose(FIND("Cambridge"), [town("Boston"), town("New York")]).place
    assert cambridge is not None
    assert cambridge.region == "Massachusetts"


def test_a_dwarfed_town_never_wins_by_the_routing_but_makes_it_ask_when_much_nearer() -> None:
    hamlet = replace(BIG, region="Florida", lat=27.0, lon=-81.0, people=9_000)
    towns = [replace(BIG, people=150_000), FAR, hamlet]
    assert choose(towns, [town("Miami")]).status is Placing.AMBIGUOUS
    assert choose([*towns[:2], replace(hamlet, lat=40.5)], [town("Columbus", "Ohio")]).place == towns[0]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        *(
            ("Łódź", "lodz"),
            ("LODZ ", "lodz"),
            ("Tromsø", "tromso"),
            ("Gießen", "giessen"),
            ("St. Gallen", "Saint Gallen"),
        ),
        *(("L’Aquila", "L'Aquila"), ("Saint-Malo", "saint malo"), ("U.S.A.", "usa"), ("Ｏｓｌｏ", "oslo")),
    ],
)
def test_spellings_of_one_name_fold_alike(left: str, right: str) -> None:
    assert fold(left) == fold(right)


@given(st.text(max_size=400))
def test_folding_twice_changes_nothing_more(words: str) -> None:
    assert fold(fold(words)) in {fold(words), ""}
