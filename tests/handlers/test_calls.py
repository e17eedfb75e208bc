"""Calling people, calling them again, calling them off."""

import pytest

from tests.handlers.stage import BACKSTAGE, Anyone, Stage
from tests.handlers.troupe import NEW, starts

pytestmark = BACKSTAGE


@pytest.fixture
def lisbon(tess: Anyone) -> Anyone:
    """Tess, with one gig open."""
    tess.types(NEW)
    return tess


def test_one_line_calls_many_in_one_message(troupe: Stage, lisbon: Anyone, ana: Anyone, bo: Anyone) -> None:
    told = lisbon.types("/gig call lisbon @ana FOH 14:00, @bo MON 14:30").text
    assert "ana FOH 14:00" in told or ana.id in told
    assert troupe.said() == ["card", "ask"]
    assert troupe.post("ask").pinged == {ana.id, bo.id}
    assert troupe.post("ask").thread_ts == troupe.post("card").ts


def test_one_person_in_two_positions_is_named_once_in_the_waiting(troupe: Stage, lisbon: Anyone) -> None:
    lisbon.types("/gig call #1 @ana FOH MON 14:00")
    assert "NOT confirmed (2)" in troupe.card()
    assert troupe.rows("SELECT count(*) FROM calls") == [(2,)]


def test_called_again_at_another_time_only_he_is_asked(troupe: Stage, lisbon: Anyone, ana: Anyone, bo: Anyone) -> None:
    lisbon.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00")
    ana.says("confirmed")
    bo.says("confirmed")
    since = troupe.mark()
    lisbon.types("/gig call #1 @bo MON 13:00")
    assert troupe.said(since) == ["ask"]
    asked = troupe.post("ask")
    assert asked.text.startswith("*New time, please answer again:*")
    assert asked.pinged == {bo.id}
    assert "13:00 WEST: no answer yet" in asked.text
    assert "Confirmed (1): ana FOH 14:00" in troupe.card()


def test_called_again_at_the_same_time_a_yes_stays_a_yes_and_nobody_is_pinged(
    troupe: Stage, lisbon: Anyone, ana: Anyone
) -> None:
    lisbon.types("/gig call #1 @ana FOH 14:00")
    ana.says("confirmed")
    since = troupe.mark()
    told = lisbon.types("/gig call #1 @ana FOH 14:00").text
    assert "confirmed" in told
    assert troupe.said(since) == []
    assert "Confirmed (1): ana FOH 14:00" in troupe.card()


def test_somebody_who_declined_can_be_asked_again(troupe: Stage, lisbon: Anyone, ana: Anyone) -> None:
    lisbon.types("/gig call #1 @ana FOH 14:00")
    ana.says("can't make it")
    lisbon.types("/gig call #1 @ana FOH 14:00")
    assert "NOT confirmed (1)" in troupe.card()
    ana.says("confirmed")
    assert "Confirmed (1): ana FOH 14:00" in troupe.card()


def test_one_person_called_off_hears_it_and_the_others_do_not(
    troupe: Stage, lisbon: Anyone, ana: Anyone, bo: Anyone
) -> None:
    lisbon.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00")
    since = troupe.mark()
    assert "Called off: ana" in lisbon.types("/gig call #1 @ana off").text
    assert troupe.said(since) == ["called_off"]
    assert troupe.post("called_off").pinged == {ana.id}
    assert "ana FOH" not in troupe.card()
    assert "ana, FOH" not in troupe.card()
    assert "You were called off for #1" in ana.says("confirmed").text


def test_called_off_from_one_of_two_positions_he_keeps_the_other(troupe: Stage, lisbon: Anyone, ana: Anyone) -> None:
    lisbon.types("/gig call #1 @ana FOH MON 14:00")
    lisbon.types("/gig call #1 @ana MON off")
    ana.says("confirmed")
    assert "Confirmed (1): ana FOH 14:00" in troupe.card()


def test_calling_off_somebody_who_is_not_called_changes_nothing_of_the_line(troupe: Stage, lisbon: Anyone) -> None:
    before = troupe.dump()
    told = lisbon.types("/gig call #1 @ana FOH 14:00, @bo off").text
    assert "has no call on #1 Lisbon" in told
    assert troupe.dump() == before


def test_a_call_before_six_is_asked_with_both_dates(troupe: Stage, lisbon: Anyone) -> None:
    asked = lisbon.types("/gig call #1 @dee DRIVER 02:00")
    assert asked.labels == ["02:00 on Thu 1 Oct", "02:00 on Fri 2 Oct"]
    lisbon.presses("02:00 on Fri", asked)
    assert "DRIVER, 02:00 WEST Fri 2 Oct" in troupe.now_reads(troupe.post("ask")).text


def test_somebody_asleep_is_named_not_pinged_and_gets_a_dm_at_eight_his_time(troupe: Stage, lisbon: Anyone) -> None:
    lou = troupe.person("lou")
    lou.types("/gig list")
    troupe.move("2026-09-02 06:00")
    since = troupe.mark()
    told = lisbon.types("/gig call #1 @lou LD 12:00").text
    assert "It is night for lou" in told
    assert lou.id not in troupe.post("ask").pinged
    troupe.move("2026-09-02 11:58")
    assert "held to lou" not in troupe.said(since)
    troupe.move("2026-09-02 12:00")
    assert "held to lou" in troupe.said(since)
    lou.presses("Confirm", "held")
    assert "Confirmed (1): lou LD 12:00" in troupe.card()


def test_somebody_asleep_who_answers_before_eight_gets_no_dm(troupe: Stage, lisbon: Anyone) -> None:
    lou = troupe.person("lou")
    lou.types("/gig list")
    troupe.move("2026-09-02 06:00")
    lisbon.types("/gig call #1 @lou LD 12:00")
    lou.says("in")
    troupe.move("2026-09-02 13:00")
    assert "held to lou" not in troupe.said()


def test_a_call_as_pm_gives_the_role_on_the_tour(troupe: Stage, lisbon: Anyone) -> None:
    pia = troupe.person("pia")
    assert "Only the tour manager" in pia.types("/gig times #1 doors 20:00").text
    lisbon.types("/gig call #1 @pia PM 11:00")
    assert "doors 20:00" in pia.types("/gig times #1 doors 20:00").text


@starts("2026-09-27 12:00")
def test_a_call_time_that_is_past_is_refused(troupe: Stage, lisbon: Anyone) -> None:
    troupe.move("2026-10-01 13:30")
    before = troupe.dump()
    assert "14:00 on Thu 1 Oct 2026 is past already" in lisbon.types("/gig call #1 @ana FOH 14:00").text
    assert troupe.dump() == before
