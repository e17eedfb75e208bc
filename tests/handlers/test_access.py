"""Who may do what: manager, crew, guests, people from outside, strangers."""

import pytest

from tests.handlers.stage import BACKSTAGE, IN_SLACK, Anyone, Stage
from tests.handlers.told import NOTHING_TOLD
from tests.handlers.troupe import NEW, Actor, Troupe

pytestmark = BACKSTAGE

CHANGES = (
    "/gig new Club Night, Lux Lisbon, 2 Oct 2026",
    "/gig times #1 doors 20:00",
    "/gig move #1 5 Oct 2026",
    "/gig cancel #1",
    "/gig call #1 @bo MON 14:00",
    "/gig import",
    "/gig check lg.contract done all",
)


@pytest.fixture
def called(troupe: Stage, tess: Anyone) -> Stage:
    """Lisbon, with Ana and the guest Jo called; everybody is known to the bot."""
    for name in ("ana", "bo"):
        troupe.person(name).types("/gig help")
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00, @jo MON 14:00")
    return troupe


def test_crew_may_look_but_not_change(called: Stage, ana: Anyone) -> None:
    before = called.dump()
    for words in CHANGES:
        assert "Only the tour manager" in ana.types(words).text, words
    assert called.dump() == before
    assert "#1 Lisbon" in ana.types("/gig show #1").text


def test_an_owner_ticks_his_own_items_and_nobody_elses(called: Stage, ana: Anyone) -> None:
    assert "`va.pa` is *done*" in ana.types("/gig check #1 va.pa done Rui, house sound: yes").text
    before = called.dump()
    told = ana.types("/gig check #1 lg.contract done").text
    assert "belongs to AGENT" in told
    assert called.dump() == before


@IN_SLACK
def test_the_menu_of_the_checklist_holds_what_is_ones_own(called: Troupe, tess: Actor, ana: Actor, bo: Actor) -> None:
    card = called.post("card")
    mine = ana.presses("Checklist", card)
    assert mine.choices
    assert all(choice.split(":")[0] in "va.pa va.sound_limit va.monitors" for choice in mine.choices)
    assert bo.presses("Checklist", card).choices == []
    assert len(tess.presses("Checklist", card).choices) > 20
    ana.chooses("Tick an item that is yours", "va.pa", mine)
    [form] = called.slack.open_views(ana.id)
    assert "Rui" not in str(form.body)
    ana.types("/gig check #1 va.pa done Rui, house sound: yes")
    assert called.rows("SELECT state, closed_by FROM items WHERE key = 'va.pa'") == [("done", ana.id)]
    assert "done already" in ana.chooses("Tick an item that is yours", "va.pa", mine).text


def test_a_guest_only_answers(called: Stage) -> None:
    jo = called.person("jo")
    before = called.dump()
    for words in (*CHANGES, "/gig list", "/gig show #1", "/gig ready #1", "/gig check #1", "/gig here"):
        told = jo.types(words).text
        assert "Guests answer in the gig's thread" in told or "Only the tour manager" in told, words
    assert called.dump() == before
    jo.says("confirmed")
    assert "Confirmed (1): jo MON 14:00" in called.card()


def test_a_guest_whom_nobody_has_met_opens_no_tour(troupe: Stage) -> None:
    before = troupe.dump()
    told = troupe.person("jo").types(NEW).text
    assert "Guests answer" in told
    assert troupe.dump() == before


def test_a_guest_whom_nobody_has_met_sees_no_list(troupe: Stage, tess: Anyone) -> None:
    tess.types(NEW)
    assert "Lisbon" not in troupe.person("jo").types("/gig list").text


def test_a_stranger_who_answers_hears_privately_that_he_has_no_call(called: Stage, bo: Anyone) -> None:
    before, since = called.dump(), called.mark()
    told = bo.says("confirmed").text
    assert "you have no call on #1 Lisbon" in told
    assert "Ask tess" in told
    assert called.dump() == before
    assert called.said(since) == []
    assert called.pinged(since) == set()


def test_a_stranger_who_chats_or_reacts_hears_nothing(called: Stage, bo: Anyone) -> None:
    before = called.dump()
    assert bo.says("great gig everybody") == NOTHING_TOLD
    assert bo.reacts("+1") == NOTHING_TOLD
    assert called.dump() == before


def test_a_stranger_who_presses_hears_privately_that_he_has_no_call(called: Stage, bo: Anyone) -> None:
    before, since = called.dump(), called.mark()
    for label in ("Confirm", "Can't make it", "Change my answer"):
        assert "You have no call on #1 Lisbon" in bo.presses(label).text
    assert called.dump() == before
    assert called.said(since) == []


def test_somebody_from_outside_answers_and_no_more(called: Stage, tess: Anyone) -> None:
    rob = called.person("rob")
    tess.types("/gig call #1 @rob BL 13:00")
    rob.says("confirmed")
    assert "Confirmed (1): rob BL 13:00" in called.card()
    since = called.mark()
    assert "Guests answer" in rob.presses("Checklist", called.post("card")).text
    assert called.said(since) == []


def test_a_called_guest_gets_the_role_but_not_its_rights(called: Stage, tess: Anyone) -> None:
    tess.types("/gig call #1 @jo PM 12:00")
    before = called.dump()
    assert "Only the tour manager" in called.person("jo").types("/gig times #1 doors 20:00").text
    assert called.dump() == before


def test_the_answer_of_one_never_counts_for_another(called: Stage, ana: Anyone) -> None:
    ana.says("jo is confirmed")
    ana.presses("Confirm")
    assert "Confirmed (1): ana FOH 14:00" in called.card()
    assert "jo, MON" in called.card()
