"""On site, late, or not there: the day of the show by the clock."""

import pytest

from tests.handlers.stage import BACKSTAGE, IN_SLACK, Anyone, Stage
from tests.handlers.told import proven
from tests.handlers.troupe import NEW, Troupe, starts

pytestmark = [starts("2026-09-29 12:00"), BACKSTAGE]


@pytest.fixture
def called(troupe: Stage, tess: Anyone) -> Stage:
    """Lisbon, with Sam as stage manager at 12:00 and Ana and Bo at 14:00 WEST (13:00Z), all confirmed."""
    tess.types(NEW)
    tess.types("/gig call #1 @sam SM 12:00, @ana FOH 14:00, @bo MON 14:00")
    for name in ("sam", "ana", "bo"):
        troupe.person(name).says("confirmed")
    return troupe


def test_the_ask_offers_the_check_in_from_90_minutes_before_the_call(called: Stage) -> None:
    called.move("2026-10-01 09:28")
    assert "I'm here" not in called.now_reads(called.post("ask")).labels
    since = called.mark()
    called.move("2026-10-01 09:30")
    assert "I'm here" in called.now_reads(called.post("ask")).labels
    assert called.said(since) == []


def test_words_check_in_each_in_his_own_way(called: Stage, tess: Anyone) -> None:
    tess.types("/gig call #1 @kit BL 14:00")
    called.move("2026-10-01 12:50")
    for name, words in {"ana": "here", "bo": "on site", "kit": "arrived", "sam": "at the stage door"}.items():
        called.person(name).says(words)
        assert f"{name} {'SM 12:00' if name == 'sam' else ''}".strip() in called.card()
    assert called.card().split("Confirmed (4)")[1].splitlines()[0].count("on site") == 4


def test_the_button_checks_in(called: Stage, ana: Anyone) -> None:
    called.move("2026-10-01 12:50")
    assert "on site" in ana.presses("I'm here").text
    assert "ana FOH 14:00 on site" in called.card()


def test_all_here_checks_in_those_whose_call_is_near_and_no_others(called: Stage, tess: Anyone) -> None:
    tess.types("/gig call #1 @dee DRIVER 22:00")
    called.move("2026-10-01 12:50")
    sam = called.person("sam")
    told = sam.presses("All here", called.posts("ask")[0]).text
    assert "sam" in told
    assert "ana" in told
    assert "bo" in told
    assert "dee" not in told
    assert called.card().count("on site") >= 3
    assert "NOT confirmed (1)" in called.card()


def test_only_tm_pm_and_sm_may_say_that_all_are_here(called: Stage, ana: Anyone, tess: Anyone) -> None:
    called.move("2026-10-01 12:50")
    assert "Only the tour manager" in ana.presses("All here").text
    assert "on site" not in called.card()
    assert tess.presses("All here").text.startswith("Checked in:")


def test_nobody_is_on_site_two_days_before(called: Stage, ana: Anyone) -> None:
    told = ana.says("here").text
    assert "from six hours before" in told
    assert "Confirmed (3)" in called.card()


def test_who_does_not_come_is_asked_after_ten_and_a_no_show_after_fifteen_minutes(
    called: Stage, ana: Anyone, bo: Anyone
) -> None:
    called.person("sam").says("confirmed")
    called.move("2026-10-01 10:50")
    called.person("sam").says("here")
    called.move("2026-10-01 12:55")
    bo.says("here")
    since = called.mark()
    called.move("2026-10-01 13:08")
    assert called.said(since) == []
    called.move("2026-10-01 13:10")
    assert called.said(since) == ["not_here"]
    assert called.post("not_here").pinged == {ana.id, called.person("sam").id}
    called.move("2026-10-01 13:15")
    assert called.said(since) == ["not_here", "no_show to tess"]
    assert "ana FOH 14:00 no-show" in called.card()


def test_a_no_show_who_comes_after_all_is_on_site(called: Stage, ana: Anyone) -> None:
    called.move("2026-10-01 13:20")
    assert "ana FOH 14:00 no-show" in called.card()
    ana.says("here")
    assert "ana FOH 14:00 on site" in called.card()


def test_late_moves_his_ten_and_fifteen_and_nobody_elses(called: Stage, ana: Anyone) -> None:
    called.move("2026-10-01 10:55")
    called.person("sam").says("here")
    ana.says("running 20 late")
    since = called.mark()
    called.move("2026-10-01 13:10")
    assert called.said(since) == ["not_here"]
    assert ana.id not in called.post("not_here").pinged
    called.person("bo").says("here")
    called.move("2026-10-01 13:28")
    assert called.said(since) == ["not_here"]
    called.move("2026-10-01 13:30")
    assert called.post("not_here").pinged == {ana.id, called.person("sam").id}
    called.move("2026-10-01 13:35")
    assert called.said(since) == ["not_here", "not_here", "no_show to tess"]


def test_late_said_after_being_asked_where_he_is_asks_again_later_not_at_once(called: Stage, ana: Anyone) -> None:
    called.person("bo").says("here")
    called.move("2026-10-01 12:50")
    called.person("bo").says("here")
    called.move("2026-10-01 13:12")
    ana.says("running 30 late")
    since = called.mark()
    called.move("2026-10-01 13:38")
    assert called.said(since) == []
    called.move("2026-10-01 13:45")
    assert called.said(since) == ["not_here", "no_show to tess"]


@IN_SLACK
def test_the_day_sheet_names_everybody_and_ticks_its_item(called: Troupe) -> None:
    called.move("2026-09-30 17:00")
    sheet = called.post("day_sheet")
    assert sheet.at.hour == 17
    for words in ("ana", "FOH, 14:00 WEST", "19:00 WEST doors", "Lisbon time (WEST)"):
        assert words in called.now_reads(sheet).text or f"U0{words.upper()}" in sheet.text
    assert called.rows("SELECT state, closed_by FROM items WHERE key = 'ds.sheet_out'") == [("done", "itself")]


def test_doors_are_chased_at_60_and_then_only_while_a_gate_is_open(called: Stage, tess: Anyone) -> None:
    called.move("2026-10-01 16:58")
    since = called.mark()
    called.move("2026-10-01 17:02")
    assert called.said(since) == ["doors"]
    for key in ("ds.medics_in", "ds.exits", "ds.clear_doors"):
        tess.types(f"/gig check #1 {proven(key)}")
    called.move("2026-10-01 18:05")
    assert called.said(since) == ["doors"]


def test_doors_at_30_and_10_name_the_gates_that_are_open(called: Stage) -> None:
    called.move("2026-10-01 16:58")
    since = called.mark()
    called.move("2026-10-01 18:05")
    assert called.said(since) == ["doors", "doors", "doors"]
    minutes = [line.text.split(" minutes")[0] for line in called.posts("doors")]
    assert minutes == ["*60", "*30", "*10"]


def test_curfew_and_load_out_speak_to_the_stage_manager_and_to_the_called(called: Stage, ana: Anyone) -> None:
    called.move("2026-10-01 21:40")
    since = called.mark()
    called.move("2026-10-01 22:20")
    assert called.said(since) == ["curfew", "load_out"]
    assert called.post("curfew").pinged == {called.person("sam").id}
    assert ana.id in called.post("load_out").pinged


def test_the_gig_is_show_day_at_six_and_played_at_the_next_six(called: Stage) -> None:
    called.move("2026-10-01 04:58")
    assert "· confirmed" in called.card()
    called.move("2026-10-01 05:00")
    assert "· show day" in called.card()
    called.move("2026-10-02 05:00")
    assert "PLAYED" in called.card()
    assert called.now_reads(called.post("card")).labels == []
    assert called.now_reads(called.post("ask")).labels == []


def test_played_ends_everything(called: Stage, tess: Anyone, ana: Anyone) -> None:
    called.move("2026-10-02 05:00")
    since = called.mark()
    before = called.dump()
    for words in (
        "/gig times #1 doors 20:00",
        "/gig move #1 5 Oct 2026",
        "/gig cancel #1",
        "/gig call #1 @bo MON 14:00",
    ):
        assert "over" in tess.types(words).text or "played" in tess.types(words).text, words
    assert "Your answer was not needed" in ana.says("can't make it").text
    assert called.dump() == before
    called.move("2026-10-06 12:00")
    assert called.said(since) == []
    assert called.rows("SELECT count(*) FROM cues WHERE state = 'waiting' AND kind <> 'digest'") == [(0,)]
