"""`/gig fact`: what crew ask for, kept by the tour manager; who may see it, and odd input."""

import pytest

from tests.handlers.stage import BACKSTAGE, IN_SLACK, Anyone, Stage
from tests.handlers.troupe import NEW, Actor, Troupe

pytestmark = BACKSTAGE


@pytest.fixture
def called(troupe: Stage, tess: Anyone) -> Stage:
    tess.types(NEW)
    tess.types("/gig new The Lanterns, Hard Club Porto, Portugal, 3 Oct 2026")
    tess.types("/gig call #1 @ana FOH 14:00")
    return troupe


KEPT = {
    "lisbon wifi LanternNet, pass 1234": ("wifi", "LanternNet, pass 1234"),
    "#1 Wi-Fi: LanternNet & co": ("wifi", "LanternNet & co"),
    '"lisbon" wlan LanternNet': ("wifi", "LanternNet"),
    "lisbon, catering backstage left, 17:00-20:00 all": ("catering", "backstage left, 17:00-20:00 all"),
    "lisbon dressing rooms second floor": ("dressing room", "second floor"),
    "lis ghostlight in the wings": ("ghostlight", "in the wings"),
}


def test_a_fact_is_kept_under_its_usual_name_and_the_journal_keeps_no_words(called: Stage, tess: Anyone) -> None:
    for typed, kept in KEPT.items():
        assert "Kept for #1 Lisbon" in tess.types(f"/gig fact {typed}").text, typed
        assert kept in called.rows("SELECT key, text FROM facts"), typed
    assert len(called.rows("SELECT key FROM facts")) == 4
    assert "in the wings" not in str(called.rows("SELECT before, after FROM journal"))


def test_facts_are_listed_and_forgotten(called: Stage, tess: Anyone) -> None:
    assert "Nothing is kept yet for #1 Lisbon" in tess.types("/gig fact lisbon").text
    tess.types("/gig fact lisbon wifi LanternNet")
    tess.types("/gig fact lisbon parking behind the club")
    listed = tess.types("/gig fact lisbon").text
    assert "Wi-Fi: LanternNet (tess, Tue 1 Sep)" in listed
    assert "Parking: behind the club" in listed
    assert "Parking" not in tess.types("/gig fact lisbon wifi").text
    assert "Forgotten: Wi-Fi" in tess.types("/gig fact lisbon wifi off").text
    assert called.rows("SELECT key FROM facts") == [("parking",)]
    assert "Nothing is kept under" in tess.types("/gig fact lisbon wifi off").text


def test_only_who_may_change_keeps_and_only_who_is_called_sees(called: Stage, tess: Anyone, ana: Anyone) -> None:
    tess.types("/gig fact lisbon wifi LanternNet")
    assert "Only the tour manager" in ana.types("/gig fact lisbon wifi Hacked").text
    assert "LanternNet" in ana.types("/gig fact lisbon").text
    kit = called.person("kit")
    assert "for those who are called to it" in kit.types("/gig fact lisbon").text
    assert "LanternNet" not in kit.types("/gig fact lisbon wifi").text


ODD = {
    "madrid wifi x": "No gig here begins with “madrid”",
    f"lisbon {'x' * 40} y": "at most 32 letters",
    f"lisbon wifi {'x' * 301}": "at most 300 fit",
    "wifi LanternNet": "Which gig?",
}


def test_odd_input_changes_nothing_and_says_what_works(called: Stage, tess: Anyone) -> None:
    before = called.dump()
    for typed, words in ODD.items():
        assert words in tess.types(f"/gig fact {typed}").text
    assert called.dump() == before


def test_the_gig_that_is_asked_for_gets_the_fact(called: Stage, tess: Anyone) -> None:
    asked = tess.types("/gig fact wifi LanternNet")
    assert "Kept for #2 Porto" in tess.presses("#2 Porto", asked).text
    assert called.rows("SELECT gig_id, text FROM facts") == [(2, "LanternNet")]


@IN_SLACK
def test_a_hostile_fact_pings_nobody(called: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types("/gig fact lisbon wifi <!channel> & <http://evil|click>")
    since = called.mark()
    ana.says("wifi?", gig="Lisbon")
    assert called.pinged(since) == set()
    assert "&lt;" in called.post("answer").text
