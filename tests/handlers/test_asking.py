"""Questions in the thread and by direct message: answered from what is known, once; else the tour manager has them."""

import pytest

from tests.handlers.stage import BACKSTAGE, IN_SLACK, Anyone, Stage
from tests.handlers.told import NOTHING_TOLD
from tests.handlers.troupe import NEW, Actor, Troupe, starts

pytestmark = BACKSTAGE

WIFI = "/gig fact #1 wifi LanternNet, pass 1234"


@pytest.fixture
def called(troupe: Stage, tess: Anyone) -> Stage:
    """A gig with Ana at the desk and Bo driving."""
    tess.types(f"{NEW} doors 19:00")
    tess.types("/gig call #1 @ana FOH 14:00, @bo DRIVER 09:00")
    return troupe


ANSWERS = {
    "what time is doors?": ("Doors:* 19:00 WEST", "from the day's times"),
    "when's load in tomorrow": ("Load-in:* ~12:00 WEST", "`~` is not agreed yet"),
    "who's driving?": ("DRIVER:* bo, call Thu 1 Oct 09:00 WEST, no answer yet", "from the calls"),
    "who's the TM on this one?": ("TM:* tess", "of the tour"),
    "where's the venue?": ("Venue:* Musicbox, Lisbon", "no address is kept"),
    "what's the schedule?": ("load-in ~12:00 WEST", "curfew"),
    "wann ist einlass?": ("Doors:* 19:00 WEST", "ana asked"),
    "wifi?": ("Wi-Fi:* LanternNet, pass 1234", "kept by tess"),
}


def test_a_question_is_answered_in_the_thread_from_the_facts_and_names_its_source(
    called: Stage, tess: Anyone, ana: Anyone
) -> None:
    tess.types(WIFI)
    calls = called.rows("SELECT * FROM calls")
    for words, parts in ANSWERS.items():
        since = called.mark()
        assert ana.says(words) == NOTHING_TOLD, words
        assert called.said(since) == ["answer"], words
        line = called.post("answer")
        assert line.thread_ts == called.post("card").ts
        assert [part for part in parts if part not in line.text] == [], words
    assert called.rows("SELECT * FROM calls") == calls


def test_two_things_in_one_question_are_one_answer(called: Stage, tess: Anyone, ana: Anyone) -> None:
    tess.types("/gig fact #1 catering backstage left, 17:00-20:00")
    since = called.mark()
    ana.says("where's catering and what time is doors?")
    assert called.said(since) == ["answer"]
    assert "backstage left" in called.post("answer").text
    assert "19:00 WEST" in called.post("answer").text


def test_a_yes_with_a_question_is_both(called: Stage, tess: Anyone, ana: Anyone) -> None:
    tess.types(WIFI)
    ana.says("in, what's the wifi?")
    assert "Confirmed (1): ana FOH 14:00" in called.card()
    assert "LanternNet" in called.post("answer").text


def test_ones_own_call_is_told_to_him_alone(called: Stage, ana: Anyone, tess: Anyone) -> None:
    since = called.mark()
    told = ana.says("what's my call time?").text
    assert "FOH, *Thu 1 Oct 14:00 WEST*" in told
    assert "Report to: tess (tour manager)" in told
    assert "Only you see this." in told
    assert called.said(since) == []
    assert "You have no call on" in called.person("kit").says("when am I on?").text


def test_what_nobody_knows_goes_to_the_tour_manager_once_and_then_to_all_who_asked(
    called: Stage, tess: Anyone, ana: Anyone, bo: Anyone
) -> None:
    since = called.mark()
    assert "tess has your question" in ana.says("where's catering?").text
    called.wait(minutes=3)
    ana.says("and is there parking?")
    bo.says("where's catering?")
    assert called.said(since) == ["question to tess", "question to tess"]
    first = called.now_reads(called.posts("question", since)[0]).text
    assert "where's catering?" in first
    assert "is there parking?" in first
    assert "/gig fact #1 catering ..." in first
    since = called.mark()
    told = tess.types("/gig fact #1 catering backstage left, 17:00-20:00").text
    assert "2 who had asked are answered" in told
    assert called.said(since) == ["answer"]
    answer = called.post("answer").text
    assert "backstage left" in answer
    assert "<@U0ANA> and <@U0BO>" in answer
    tess.types("/gig fact #1 catering moved to the yard")
    assert called.said(since) == ["answer"]
    assert "moved to the yard" in called.now_reads(called.post("answer")).text
    assert "answered since" in called.now_reads(called.posts("question")[-1]).text


def test_after_ten_minutes_the_same_person_is_another_message(called: Stage, ana: Anyone) -> None:
    since = called.mark()
    ana.says("where's catering?")
    called.wait(minutes=11)
    ana.says("is there parking?")
    assert called.said(since) == ["question to tess", "question to tess"]


@IN_SLACK
def test_chatter_with_a_question_mark_is_left_alone(called: Troupe, ana: Actor) -> None:
    before, since = called.dump(), called.mark()
    for words in ("really?", "?", "who's excited?", "@bo where are you?", "how are we all?", "lol"):
        assert ana.says(words) == NOTHING_TOLD, words
    assert called.said(since) == []
    assert called.dump() == before


def test_a_question_of_another_sort_is_passed_on_without_a_word(called: Stage, ana: Anyone) -> None:
    since = called.mark()
    assert ana.says("can we move load in to 13:00?") == NOTHING_TOLD
    assert called.said(since) == ["question to tess"]
    assert called.person("tess").says("can you all do 8 instead?") == NOTHING_TOLD
    assert called.said(since) == ["question to tess"]


@starts("2026-09-02 22:30")
def test_a_question_in_the_managers_night_waits_for_eight_and_all_of_it_is_one(called: Stage, ana: Anyone) -> None:
    since = called.mark()
    ana.says("where's catering?")
    called.wait(minutes=30)
    ana.says("is there parking?")
    called.move("2026-09-03 05:55")
    assert "question to tess" not in called.said(since)
    called.move("2026-09-03 07:01")
    assert called.said(since).count("question to tess") == 1
    assert "is there parking?" in called.post("question").text


@IN_SLACK
def test_by_direct_message_only_who_is_called_is_answered(called: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types(WIFI)
    since = called.mark()
    ana.says("wifi?", channel=ana.direct())
    assert called.said(since) == ["answer to ana"]
    kit = called.person("kit")
    assert kit.says("wifi?", channel=kit.direct()) == NOTHING_TOLD
    assert called.said(since) == ["answer to ana"]
    ana.says("what's my call time?", channel=ana.direct())
    assert called.said(since) == ["answer to ana"]


@IN_SLACK
def test_somebody_from_outside_gets_no_fact_by_direct_message(called: Troupe, tess: Actor) -> None:
    called.slack.hands.change_person("max", team_id="T0ELSEWHERE")
    tess.types("/gig call #1 @max RIG 09:00")
    tess.types(WIFI)
    max_, since = called.person("max"), called.mark()
    assert "only in the gig's thread" in max_.says("wifi?", channel=max_.direct()).text
    assert called.said(since) == []
    max_.says("what time is doors?", channel=max_.direct())
    assert called.said(since) == ["answer to max"]


@IN_SLACK
def test_the_gig_of_a_direct_message_is_the_one_on_the_day_that_is_named(called: Troupe, tess: Actor) -> None:
    tess.types("/gig new The Lanterns, Hard Club Porto, Portugal, 2 Sep 2026 doors 20:00")
    tess.types("/gig call #2 @ana FOH 14:00")
    ana = called.person("ana")
    ana.says("what time is doors tomorrow?", channel=ana.direct())
    assert "#2 Porto" in called.post("answer").text
    assert "20:00 WEST" in called.post("answer").text


def test_a_question_about_a_gig_that_is_off_or_over_is_left_alone(called: Stage, tess: Anyone, ana: Anyone) -> None:
    tess.presses("Yes, cancel", tess.types("/gig cancel #1"))
    since = called.mark()
    assert ana.says("what time is doors?") == NOTHING_TOLD
    assert called.said(since) == []
