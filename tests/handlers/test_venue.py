"""`/gig venue`: what the house holds against what the tour needs; kept with the house."""

import pytest

from bot.sandbox.limits import check_message, is_too_long
from bot.sandbox.markup import mentions
from checklists.house import HouseFact, HouseKey, checks
from handlers.cards import house as cards
from tests.handlers.backstage import Backstage, Hand
from tests.handlers.pictures import HOSTILE, NOW, lisbon
from tests.handlers.troupe import NEW, Troupe


@pytest.fixture
def tess(house: Backstage) -> Hand:
    """The tour manager, with one gig open and three needs."""
    hand = house.person("tess")
    hand.types(NEW)
    hand.types("/gig venue need power 3x63 A, stage width 10 m, desk DiGiCo")
    return hand


def test_nothing_known_is_not_known_and_never_a_no(tess: Hand) -> None:
    told = tess.types("/gig venue lisbon").text
    assert "3 not known" in told
    assert "• *not known* power: need 3x63 A, unknown is not no: ask the house" in told
    assert "does not fit" not in told


def test_what_the_house_has_fits_or_does_not_or_has_to_be_read(tess: Hand) -> None:
    told = tess.types("/gig venue lisbon power 3x32 A, stage width 12 m, desk Yamaha PM5, showers 2").text
    assert "1 does not fit, 1 not known, 1 fits" in told
    assert "• *does not fit* power: need 3x63 A, house 3x32 A (tess, Tue 1 Sep 2026)" in told
    assert "• *not known* desk: need DiGiCo, house Yamaha PM5 (tess, Tue 1 Sep 2026), read both" in told
    assert "• *fits* stage width: need 10 m, house 12 m (tess, Tue 1 Sep 2026)" in told
    assert "• showers: house 2 (tess, Tue 1 Sep 2026)" in told
    assert told.index("does not fit* power") < told.index("not known* desk") < told.index("fits* stage")


def test_it_is_kept_with_the_house_and_shown_for_the_next_gig_with_its_date(house: Backstage, tess: Hand) -> None:
    tess.types("/gig venue lisbon power 3x63 A")
    tess.types("/gig new The Lanterns, MusicBox Lisbon, 9 Oct 2026")
    assert "*fits* power: need 3x63 A, house 3x63 A (tess, Tue 1 Sep 2026)" in tess.types("/gig venue #2").text
    told = tess.types("/gig venue #2 power off").text
    assert "Kept with MusicBox: power not known any more." in told
    journal = house.rows("SELECT what, before, after FROM journal WHERE what LIKE 'house%' ORDER BY id")
    assert journal[-2:] == [("house: power", "", "3x63 A"), ("house: power", "3x63 A", "")]


def test_what_the_tour_needs_is_shown_and_taken_back(tess: Hand) -> None:
    assert "• power 3x63 A" in tess.types("/gig venue need").text
    told = tess.types("/gig venue need power off").text
    assert "From now on: power not needed any more." in told
    assert "• power" not in told


BAD = (
    ("lisbon power 63 A", "of one phase or of three?"), ("lisbon power 3x63", "Write the unit"),
    ("lisbon stage width -3 m", "not negative"), ("lisbon showers 10000", "at most 999"),
    ("lisbon showers 2, depht 9 m", "whole number"), ("lisbon depht 9 m", "Did you mean stage depth?"),
    ("lisbon showers 2, power 63", "Write the unit"), ("lisbon trim off", "Nothing is known of trim"),
    ("need showers off", "needs no showers"), ("lisbon power", "I found no value"),
    ("atlantis power 3x63 A", "No gig here begins with"),
)  # fmt: skip


def test_bad_input_changes_nothing(house: Backstage, tess: Hand) -> None:
    before = house.dump()
    for typed, told in BAD:
        assert told in tess.types(f"/gig venue {typed}").text, typed
        assert house.dump() == before, typed


def test_crew_look_and_do_not_change_and_guests_do_not_even_look(house: Backstage, tess: Hand) -> None:
    ana, jo = house.person("ana"), house.person("jo")
    told = ana.types("/gig venue lisbon").text
    assert "*not known* power" in told
    assert "Keep what the house says" not in told
    before = house.dump()
    for typed in ("lisbon power 3x63 A", "need power 3x63 A"):
        assert "Only the tour manager" in ana.types(f"/gig venue {typed}").text
    assert "Guests answer" in jo.types("/gig venue lisbon").text
    assert house.dump() == before


def test_a_change_never_guesses_the_gig(house: Backstage, tess: Hand) -> None:
    asked = tess.types("/gig venue power 3x63 A")
    assert house.rows("SELECT count(*) FROM house_facts") == [(0,)]
    assert "Kept with Musicbox: power 3x63 A." in tess.presses("#1 Lisbon", asked).text


def test_hostile_values_keep_slacks_limits_and_ping_nobody() -> None:
    said = ("PA", "desk", "lights")
    facts = {key: HouseFact(key, HOSTILE[:200], "UEVIL", NOW) for key in said}
    found = checks({"PA": HOSTILE[:200], "desk": "x"}, facts)
    needs = {key.value: HOSTILE[:200] for key in HouseKey}
    for card in (cards.house(lisbon(venue=HOSTILE), found, {"UEVIL": HOSTILE}), cards.needs(HOSTILE, needs)):
        blocks = [dict(block) for block in card.blocks]
        assert check_message(blocks) == []
        assert not is_too_long(blocks)
        assert mentions(card.text, blocks) == set()


def test_it_works_in_slack(troupe: Troupe) -> None:
    tess = troupe.person("tess")
    for typed in (NEW, "/gig venue need pa d&b", "/gig venue lisbon pa d&b V8 <!channel>"):
        told = tess.types(typed).text
    assert "*fits* PA: need d&amp;b, house d&amp;b V8" in told
    assert troupe.pinged(0) == set()
