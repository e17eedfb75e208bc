"""Calling off waits for a word: who has seen it, who is asked, and whom the tour manager must ring."""

from collections.abc import Callable

import pytest

from tests.handlers.stage import BACKSTAGE, IN_SLACK, Anyone, Stage
from tests.handlers.told import NOTHING_TOLD
from tests.handlers.troupe import NEW, Actor, Troupe, starts

pytestmark = BACKSTAGE


@pytest.fixture
def called(troupe: Stage, tess: Anyone) -> Stage:
    """Ana and Bo have said yes, Kit has not answered."""
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00, @kit BL 14:00")
    troupe.person("ana").says("confirmed")
    troupe.person("bo").says("confirmed")
    return troupe


def off(called: Stage) -> str:
    """How the message about the call-off reads now."""
    return called.now_reads(called.post("called_off")).text


WAYS: dict[str, Callable[[Anyone], object]] = {
    "ana": lambda who: who.presses("Seen", on="called_off"),
    "bo": lambda who: who.says("ok"),
    "lou": lambda who: who.says("seen, thanks"),
    "max": lambda who: who.reacts("+1", "called_off"),
    "dee": lambda who: who.reacts("eyes", "called_off"),
}


def test_seen_by_each_way_stands_in_the_message_and_ends_it(called: Stage, tess: Anyone) -> None:
    tess.types("/gig call #1 @lou LD 14:00, @max RIG 14:00, @dee MERCH 14:00")
    for name in ("lou", "max", "dee"):
        called.person(name).says("confirmed")
    tess.types("/gig call #1 " + ", ".join(f"@{name} off" for name in WAYS))
    assert "Had said yes, not seen yet: ana, bo, lou, max and dee. Press *Seen*" in off(called)
    for name, way in WAYS.items():
        way(called.person(name))
        assert name not in off(called).partition("not seen yet")[2].partition("Press")[0], name
    assert "Seen by ana, bo, lou, max and dee." in off(called)
    assert called.now_reads(called.post("called_off")).labels == []
    since = called.mark()
    called.wait(hours=5)
    assert called.said(since) == []


def test_who_has_not_seen_it_is_asked_after_an_hour_and_the_lead_hears_it_two_hours_later(
    called: Stage, tess: Anyone, ana: Anyone
) -> None:
    tess.types("/gig call #1 @ana off, @bo off, @kit off")
    since = called.mark()
    ana.presses("Seen", on="called_off")
    called.wait(minutes=57)
    assert called.said(since) == []
    called.wait(minutes=4)
    assert called.said(since) == ["seen_ask to bo"]
    assert "Your call as MON at Thu 1 Oct 14:00 WEST" in called.post("seen_ask").text
    called.wait(minutes=116)
    assert called.said(since) == ["seen_ask to bo"]
    called.wait(minutes=4)
    assert called.said(since) == ["seen_ask to bo", "unseen to tess"]
    listed = called.post("unseen").text
    assert "<@U0BO> MON, call was Thu 1 Oct 14:00 WEST" in listed
    assert "Please ring them" in listed
    assert "ANA" not in listed
    assert "KIT" not in listed
    called.person("bo").presses("Seen", on="seen_ask")
    assert "has seen it since" in called.now_reads(called.post("unseen")).text
    assert "Seen, thank you" in called.now_reads(called.post("seen_ask")).text
    called.wait(hours=30)
    assert "unseen to tess" not in called.said(since)[2:]


def test_a_cancelled_gig_waits_for_all_who_had_said_yes(called: Stage, tess: Anyone, ana: Anyone, bo: Anyone) -> None:
    tess.presses("Yes, cancel", tess.types("/gig cancel #1 because the venue flooded"))
    post = called.post("cancelled")
    assert "Had said yes, not seen yet: ana and bo." in called.now_reads(post).text
    assert "not needed" in ana.says("ok").text
    bo.presses("Seen", on=post)
    assert "Seen by ana and bo." in called.now_reads(post).text
    since = called.mark()
    called.wait(hours=5)
    assert called.said(since) == []


@IN_SLACK
def test_an_answer_to_a_direct_question_counts_there(called: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types("/gig call #1 @ana off")
    called.wait(minutes=61)
    assert "Noted" in ana.says("ok", channel=ana.direct()).text
    assert "Seen by ana." in off(called)


def test_who_sleeps_is_asked_in_the_morning_and_the_list_waits_for_him(called: Stage, tess: Anyone) -> None:
    called.move("2026-09-01 21:30")
    tess.types("/gig call #1 @ana off")
    since = called.mark()
    called.move("2026-09-02 06:50")
    assert called.said(since) == []
    called.move("2026-09-02 07:01")
    assert called.said(since) == ["seen_ask to ana"]
    called.move("2026-09-02 09:02")
    assert [each for each in called.said(since) if "seen" in each] == ["seen_ask to ana", "unseen to tess"]


@starts("2026-09-28 12:00")
def test_a_call_within_six_hours_wakes_him(called: Stage, tess: Anyone) -> None:
    tess.types("/gig call #1 @ana FOH 08:00")
    called.person("ana").says("confirmed")
    called.move("2026-10-01 03:30")
    since = called.mark()
    tess.types("/gig call #1 @ana off")
    called.wait(minutes=62)
    assert "seen_ask to ana" in called.said(since)


def test_only_who_had_said_yes_is_waited_for(called: Stage, tess: Anyone) -> None:
    tess.types("/gig call #1 @kit off")
    assert "Seen" not in called.now_reads(called.post("called_off")).labels
    since = called.mark()
    called.wait(hours=5)
    assert called.said(since) == []


def test_a_press_of_somebody_else_and_a_second_press_are_told_so(called: Stage, tess: Anyone, ana: Anyone) -> None:
    tess.types("/gig call #1 @ana off, @bo off")
    assert ana.says("the truck is blue") == NOTHING_TOLD
    ana.says("what, why?")
    assert "not seen yet: ana and bo" in off(called)
    assert "No call that you had said yes to" in called.person("kit").presses("Seen", on="called_off").text
    assert "Noted" in ana.presses("Seen", on="called_off").text
    assert "said so already" in ana.presses("Seen", on="called_off").text


def test_who_is_called_again_is_not_asked_whether_he_has_seen_it(called: Stage, tess: Anyone) -> None:
    tess.types("/gig call #1 @ana off")
    tess.types("/gig call #1 @ana FOH 15:00")
    since = called.mark()
    called.wait(hours=5)
    assert "seen_ask to ana" not in called.said(since)
