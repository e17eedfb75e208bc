"""A long list at a glance: narrowed to an area, to what is late, to one's own, to what waits."""

import pytest

from bot.sandbox.limits import check_message
from tests.handlers.backstage import Backstage, Hand

LISBON = "/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026"


@pytest.fixture
def tess(house: Backstage) -> Hand:
    """Tess, with a gig in Lisbon."""
    hand = house.person("tess")
    hand.types(LISBON)
    return hand


def test_a_long_list_is_narrowed_to_an_area_the_late_the_own_and_the_waiting(house: Backstage, tess: Hand) -> None:
    tess.types("/gig checklist lisbon wider")
    tess.types("/gig call lisbon @ana FOH 14:00")
    whole = tess.types("/gig check lisbon").text
    assert "more: `/gig check #1 venue`" in whole
    venue = tess.types("/gig check lisbon venue").text
    assert venue.startswith("*Checklist, venue* #1 Lisbon, Musicbox")
    assert "`va.pa`" in venue
    assert "`eq.spares`" not in venue
    assert tess.types("/gig check venue").text == venue
    mine = house.person("ana").types("/gig check lisbon mine").text
    assert "`va.pa`" in mine
    assert "`va.catering`" not in mine
    waiting = tess.types("/gig check lisbon waiting").text
    assert "waiting for departure time" in waiting
    assert "does it apply?" in waiting
    assert "Nothing on this list is late." in tess.types("/gig check lisbon late").text
    assert check_message(tess.types("/gig check lisbon late").blocks) == []


def test_a_gig_that_is_called_like_an_area_is_shown_whole(house: Backstage, tess: Hand) -> None:
    tess.types("/gig new Motley Crew, Bataclan Paris, 29 Sep 2026")
    assert "#2 Paris" in tess.types("/gig check motley crew").text
    assert "*Checklist, crew* #2 Paris" in tess.types("/gig check motley crew crew").text
