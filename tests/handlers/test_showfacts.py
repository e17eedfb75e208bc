"""What is known decides a condition and is not asked; when it is not known any more, it is asked again."""

import pytest

from tests.handlers.backstage import Backstage, Hand
from tests.handlers.troupe import NEW

NEXT_DAY = "/gig new The Lanterns, Hard Club Porto Portugal, 2 Oct 2026"


@pytest.fixture
def tess(house: Backstage) -> Hand:
    """Lisbon and, the day after, Porto, both with the wider list."""
    tess = house.person("tess")
    for line in (NEW, NEXT_DAY, "/gig checklist tour wider"):
        tess.types(line)
    return tess


def hangs_on(house: Backstage, condition: str, gig: int) -> set[tuple[str, int]]:
    """State, and whether it is to be asked, of the lines that hang on it."""
    return set(house.rows(f"SELECT state, undecided FROM items WHERE applies = '{condition}' AND gig_id = {gig}"))


ASKED, HOLDS, IDLE = ("open", 1), ("open", 0), ("n/a", 0)


def test_the_rider_and_the_stock_decide_on_every_gig_ahead(house: Backstage, tess: Hand) -> None:
    assert {*hangs_on(house, "tracks", 1), *hangs_on(house, "tracks", 2)} == {ASKED}
    tess.types("/gig kit need 2 playback rig must")
    assert {*hangs_on(house, "tracks", 1), *hangs_on(house, "tracks", 2)} == {HOLDS}
    assert "tracks: yes, “playback rig” is on the rider" in tess.types("/gig checklist #1").text
    tess.types("/gig kit need playback rig off")
    assert {*hangs_on(house, "tracks", 1), *hangs_on(house, "tracks", 2)} == {ASKED}
    tess.types("/gig kit carry 1 backdrop in 1 case")
    assert hangs_on(house, "soft goods", 2) == {HOLDS}


def test_what_is_rented_decides_on_its_gig_alone(house: Backstage, tess: Hand) -> None:
    tess.types("/gig kit need 1 drum riser must or forklift")
    assert hangs_on(house, "plant", 1) == {ASKED}
    tess.types("/gig kit #1 rent 1 forklift for drum riser from PRG 1 day 180 EUR")
    assert (hangs_on(house, "plant", 1), hangs_on(house, "plant", 2)) == ({HOLDS}, {ASKED})


def test_who_is_called_or_asked_for_decides(house: Backstage, tess: Hand) -> None:
    tess.types("/gig call #1 @bo RIG 10:00")
    tess.types("/gig crew #2 2 riggers")
    house.wait(minutes=1)
    assert (hangs_on(house, "flown", 1), hangs_on(house, "flown", 2)) == ({HOLDS}, {HOLDS})
    tess.types("/gig call #1 @bo off")
    assert hangs_on(house, "flown", 1) == {ASKED}


def test_a_short_way_from_the_night_before_decides_that_one_driver_will_do(house: Backstage, tess: Hand) -> None:
    assert (hangs_on(house, "over limit", 1), hangs_on(house, "over limit", 2)) == ({ASKED}, {IDLE})
    assert "over limit: no, from Lisbon it is about" in tess.types("/gig checklist #2").text


def test_the_kind_of_show_decides(house: Backstage, tess: Hand) -> None:
    assert ASKED in hangs_on(house, "flying", 1)
    tess.types("/gig checklist #1 fly date")
    assert hangs_on(house, "flying", 1) == {HOLDS}


def test_what_somebody_said_stands_whatever_is_carried(house: Backstage, tess: Hand) -> None:
    tess.types("/gig checklist #1 tracks no")
    tess.types("/gig kit need 2 playback rig must")
    assert (hangs_on(house, "tracks", 1), hangs_on(house, "tracks", 2)) == ({IDLE}, {HOLDS})


def test_a_line_that_somebody_worked_on_stays_as_it_is(house: Backstage, tess: Hand) -> None:
    tess.types("/gig check #1 va.flame_certs sent")
    tess.types("/gig kit carry 1 backdrop in 1 case")
    tess.types("/gig kit carry backdrop off")
    assert {state for state, _ in hangs_on(house, "soft goods", 1)} == {"sent"}
