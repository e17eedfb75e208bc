"""`/gig rules`: a tour is judged by its own weights and thresholds, and every gig ahead at once."""

import pytest

from tests.handlers.backstage import Backstage, Hand
from tests.handlers.troupe import NEW

NEXT_DAY = "/gig new The Lanterns, Hard Club Porto Portugal, 2 Oct 2026"


@pytest.fixture
def tess(house: Backstage) -> Hand:
    """Ana is released at 01:15 in Lisbon and called for 12:00 in Porto: 10.75 h of rest. Dee is the producer."""
    tess = house.person("tess")
    for line in (NEW, NEXT_DAY, "/gig call #1 @ana FOH 14:00", "/gig call #2 @ana FOH 12:00", "/gig producer @dee"):
        tess.types(line)
    return tess


def verdict(house: Backstage, number: int) -> str:
    [row] = house.rows(f"SELECT verdict FROM gigs WHERE number = {number}")
    return str(row[0])


def state(house: Backstage, key: str, number: int) -> str:
    [row] = house.rows(f"SELECT state FROM items WHERE key = '{key}' AND gig_id = {number}")
    return str(row[0])


def test_they_are_shown_with_everybodys_figures(house: Backstage, tess: Hand) -> None:
    told = tess.types("/gig rules").text
    assert "wild-god: by what readiness is judged" in told
    assert "As everybody's." in told
    assert "• rest red 8 h: less is red" in told
    assert "*Weights of items:* weight stopper 5, weight critical 3, weight normal 1" in told
    assert "area promo guest 5" in told


def test_a_tours_own_threshold_reaches_every_gig_ahead_at_once(house: Backstage, tess: Hand) -> None:
    before = verdict(house, 2)
    assert state(house, "cr.rest_check", 2) == "done"
    told = tess.types("/gig rules rest amber 11 h").text
    assert "rest amber 11 h (everybody's 10 h)" in told
    assert state(house, "cr.rest_check", 2) == "open"
    assert "rest 10.75 h before the call, under 11 h (FOH)" in tess.types("/gig ready #2").text
    assert verdict(house, 1) == before
    assert "rest 10.75 h by the plan, under 11 h (amber)" in tess.types("/gig hours #1").text
    assert "under 11 h" in tess.types("/gig call #2 @ana FOH 12:05").text
    tess.types("/gig rules rest-amber usual")
    assert state(house, "cr.rest_check", 2) == "done"


def test_several_are_set_at_once_and_all_are_taken_back(house: Backstage, tess: Hand) -> None:
    told = tess.types("/gig rules rest amber 12 h, rest red is 11 h, area travel 20").text
    assert "Every gig ahead is judged so from now on. #2 Porto is red now, was amber." in told
    assert "3 of this tour's own." in told
    assert verdict(house, 2) == "red"
    assert "As everybody's." in tess.types("/gig rules usual").text
    trail = house.rows("SELECT before, after FROM journal WHERE what = 'rules' ORDER BY id")
    assert trail == [
        ("", "rest amber: 12 h\nrest red: 11 h\narea travel: 20"),
        ("rest amber: 12 h\nrest red: 11 h\narea travel: 20", ""),
    ]


def test_a_gig_made_later_is_judged_by_them_too(house: Backstage, tess: Hand) -> None:
    tess.types("/gig rules confirm amber 60 days")
    tess.types("/gig new The Lanterns, Le Trabendo Paris France, 8 Oct 2026")
    tess.types("/gig call #3 @ana FOH 14:00")
    assert verdict(house, 3) == "amber"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("/gig rules rest ambre 11 h", "Did you mean rest amber?"),
        ("/gig rules rest amber", "how much? Or `usual`"),
        ("/gig rules rest amber tomorrow", "is no time up to 60 days"),
        ("/gig rules rest red 12 h", "`/gig rules rest amber 12 h`"),
        ("/gig rules rest amber 9 h", "is the executive producer's to say"),
        ("/gig rules rest red 6 h", "is the executive producer's to say"),
        ("/gig rules area travel 20, moon 3", "I know no rule"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_changes(house: Backstage, tess: Hand, line: str, why: str) -> None:
    before = house.dump()
    assert why in tess.types(line).text
    assert house.dump() == before


def test_the_producer_may_allow_less_rest_and_crew_may_change_nothing(house: Backstage, tess: Hand) -> None:
    assert "rest red 7 h (everybody's 8 h)" in house.person("dee").types("/gig rules rest red 7 h").text
    assert "Nothing was changed" in house.person("ana").types("/gig rules rest red 8 h").text
    assert "rest red 7 h" in house.person("ana").types("/gig rules").text


def test_what_is_so_already_writes_nothing(house: Backstage, tess: Hand) -> None:
    before = house.dump()
    assert "were so already" in tess.types("/gig rules rest red 8 h").text
    assert house.dump() == before
