"""What comes by itself before the day: the chase of the silent, the digest, rest, and the state of the card."""

import pytest

from tests.handlers.stage import BACKSTAGE, IN_SLACK, Anyone, Stage
from tests.handlers.told import proven
from tests.handlers.troupe import NEW, Actor, Troupe, starts

pytestmark = BACKSTAGE

PORTO = "/gig new The Lanterns, Hard Club Porto Portugal, 2 Oct 2026 doors 20:00"


@starts("2026-09-27 12:00")
def test_the_silent_get_their_asks_and_the_manager_her_list(troupe: Stage, tess: Anyone, ana: Anyone) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00")
    troupe.person("bo").says("in")
    since = troupe.mark()
    troupe.move("2026-10-01 13:30")
    assert [kind for kind in troupe.said(since) if not kind.startswith("digest")] == [
        "ask_again",
        "ask_dm to ana",
        "silent_list to tess",
        "day_sheet",
        "on_your_way to ana",
        "not_here",
        "no_show to tess",
    ]
    assert troupe.post("ask_again").pinged == {ana.id}


@starts("2026-09-27 12:00")
def test_a_call_made_late_is_chased_only_from_then_on(troupe: Stage, tess: Anyone) -> None:
    tess.types(NEW)
    troupe.move("2026-09-29 12:00")
    tess.types("/gig call #1 @ana FOH 14:00")
    since = troupe.mark()
    troupe.move("2026-09-30 12:00")
    said = [kind for kind in troupe.said(since) if not kind.startswith("digest")]
    assert said == ["silent_list to tess"]


@starts("2026-09-27 12:00")
def test_a_dm_reminder_in_his_night_waits_for_eight_his_time(troupe: Stage, tess: Anyone) -> None:
    lou = troupe.person("lou")
    lou.types("/gig list")
    tess.types("/gig new The Lanterns, Club Quattro Tokyo, 1 Oct 2026")
    tess.types("/gig call #1 @lou LD 14:00")
    # Noon in Tokyo two days before is 03:00Z, 23:00 in New York.
    since = troupe.mark()
    troupe.move("2026-09-29 11:58")
    assert "ask_dm to lou" not in troupe.said(since)
    troupe.move("2026-09-29 12:02")
    assert "ask_dm to lou" in troupe.said(since)


@IN_SLACK
def test_the_digest_comes_at_nine_the_owners_own_time_and_only_when_something_presses(
    troupe: Troupe, tess: Actor
) -> None:
    tess.types("/gig new The Lanterns, Musicbox Lisbon, 1 Mar 2027")
    troupe.move("2026-09-05 12:00")
    assert troupe.said() == []
    tess.types("/gig new Club Night, Lux Lisbon, 1 Oct 2026")
    since = troupe.mark()
    troupe.move("2026-09-07 07:58")
    assert troupe.said(since) == []
    troupe.move("2026-09-07 08:00")
    assert troupe.said(since) == ["digest to tess"]
    lines = [line for line in troupe.post("digest").text.splitlines() if line.startswith("• #2")]
    assert lines
    assert not [line for line in troupe.post("digest").text.splitlines() if line.startswith("• #1")]
    assert "`/gig check #2" in troupe.post("digest").text


def test_a_digest_holds_fifteen_lines_and_says_how_many_more(troupe: Stage, tess: Anyone) -> None:
    for day in (10, 11, 12, 13):
        tess.types(f"/gig new The Lanterns, Musicbox Lisbon, {day} Sep 2026")
    troupe.move("2026-09-03 08:00")
    text = troupe.post("digest").text
    lines = [line for line in text.splitlines() if line.startswith("• #")]
    assert len(lines) == 15
    assert "more: `/gig check CITY`" in text
    assert not [line for line in lines if "`ds.doors" in line or "ds.exits" in line]


@IN_SLACK
def test_each_owner_gets_his_own_digest_and_a_cancelled_gig_is_in_none(troupe: Troupe, tess: Actor) -> None:
    tess.types("/gig new The Lanterns, Musicbox Lisbon, 10 Sep 2026")
    tess.types("/gig call #1 @pia PM 11:00, @ana FOH 14:00")
    since = troupe.mark()
    troupe.move("2026-09-03 08:00")
    assert {"digest to tess", "digest to pia"} <= set(troupe.said(since))
    tess.presses("Yes, cancel", tess.types("/gig cancel #1"))
    since = troupe.mark()
    troupe.move("2026-09-06 12:00")
    assert troupe.said(since) == []


def test_a_done_item_leaves_the_digest_before_it_is_sent(troupe: Stage, tess: Anyone) -> None:
    tess.types("/gig new The Lanterns, Musicbox Lisbon, 10 Sep 2026")
    for (key,) in troupe.rows("SELECT key FROM items WHERE state = 'open'"):
        tess.types(f"/gig check #1 {proven(key)}")
    since = troupe.mark()
    troupe.move("2026-09-04 12:00")
    assert troupe.said(since) == []


def test_less_than_ten_hours_between_two_nights_is_amber(troupe: Stage, tess: Anyone, ana: Anyone) -> None:
    tess.types(NEW)
    tess.types(PORTO)
    tess.types("/gig times #1 load-out 00:30")
    # Released at 02:30, called at 11:00: 8.5 h.
    tess.types("/gig call #1 @ana FOH 14:00")
    tess.types("/gig call #2 @ana FOH 11:00")
    assert "rest 8.5 h before the call, under 10 h (FOH)" in tess.types("/gig ready #2").text
    tess.types("/gig call #2 @ana FOH 13:00")
    assert "rest" not in tess.types("/gig ready #2").text


def test_a_load_out_that_runs_later_shortens_the_rest_of_the_next_day_at_once(
    troupe: Stage, tess: Anyone, ana: Anyone
) -> None:
    tess.types(NEW)
    tess.types(PORTO)
    tess.types("/gig call #1 @ana FOH 14:00")
    tess.types("/gig call #2 @ana FOH 12:30")
    assert "rest" not in tess.types("/gig ready #2").text
    tess.types("/gig times #1 load-out 01:00")
    assert "rest 9.5 h before the call, under 10 h (FOH)" in troupe.card("#2 Porto")


def test_the_clock_alone_refreshes_the_card_and_posts_nothing(troupe: Stage, tess: Anyone) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    for (key,) in troupe.rows("SELECT key FROM items WHERE state = 'open'"):
        tess.types(f"/gig check #1 {proven(key)}")
    troupe.move("2026-09-28 12:55")
    assert "*GREEN*" in troupe.card()
    since = troupe.mark()
    troupe.move("2026-09-28 13:05")
    assert "*AMBER*" in troupe.card()
    assert troupe.said(since) == []


@IN_SLACK
def test_a_reminder_that_is_too_late_to_be_of_use_is_told_to_the_manager_not_sent(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    since = troupe.mark()
    troupe.oversleep("2026-10-01 12:00")
    said = troupe.said(since)
    assert "missed to tess" in said
    assert not {"ask_again", "ask_dm to ana"} & set(said)


@pytest.mark.parametrize("item", ["va.power", "power"])
def test_an_item_is_ticked_by_words(item: str, troupe: Stage, tess: Anyone) -> None:
    tess.types(NEW)
    assert "`va.power` is *done*" in tess.types(f"/gig check #1 {item} done 63 A, three phases").text
    kept = "SELECT state, proof FROM items WHERE key = 'va.power'"
    assert troupe.rows(kept) == [("done", "63 A, three phases")]
