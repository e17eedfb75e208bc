"""Answers: by button, by words, by reaction; changed, taken back, or not meant."""

import pytest

from tests.handlers.stage import BACKSTAGE, IN_SLACK, Anyone, Stage
from tests.handlers.told import NOTHING_TOLD, Told, proven
from tests.handlers.troupe import NEW, Actor, Troupe, starts

pytestmark = BACKSTAGE


@pytest.fixture
def called(troupe: Stage, tess: Anyone) -> Stage:
    """A gig with Ana and Bo called for 14:00."""
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00")
    return troupe


@pytest.mark.parametrize("way", ["words", "button", "reaction"])
def test_a_yes_by_each_way_is_on_the_card_and_in_the_ask(way: str, called: Stage, ana: Anyone) -> None:
    {
        "words": lambda: ana.says("in"),
        "button": lambda: ana.presses("Confirm"),
        "reaction": lambda: ana.reacts("+1"),
    }[way]()
    assert "Confirmed (1): ana FOH 14:00" in called.card()
    assert "ana FOH, 14:00 WEST: confirmed" in called.now_reads(called.post("ask")).text
    assert called.said() == ["card", "ask"]


@IN_SLACK
def test_words_get_a_reaction_that_says_how_they_were_read(called: Troupe, ana: Actor) -> None:
    for words, mark in {
        "confirmed": "white_check_mark",
        "can't make it": "x",
        "running 20 late": "stopwatch",
        "yes but only from 3pm": "thinking_face",
    }.items():
        ana.says(words)
        mine = called.slack.messages(called.channel, called.post("card").ts)[-1]
        assert list(called.slack.reactions(called.channel, mine.ts)) == [mark], words


@pytest.mark.parametrize("way", ["words", "button", "reaction"])
def test_a_no_tells_the_tour_manager_at_once_and_opens_the_position(way: str, called: Stage, ana: Anyone) -> None:
    {
        "words": lambda: ana.says("can't make it"),
        "button": lambda: ana.presses("Can't make it"),
        "reaction": lambda: ana.reacts("-1"),
    }[way]()
    assert called.said()[2:] == ["declined to tess"]
    assert "FOH" in called.post("declined").text
    assert "/gig call #1 @name FOH 14:00" in called.post("declined").text
    assert "Declined (1): ana FOH 14:00" in called.card()


def test_a_no_in_the_managers_night_waits_for_eight_her_time(called: Stage, ana: Anyone) -> None:
    called.move("2026-09-02 22:30")
    since = called.mark()
    ana.says("can't make it")
    called.move("2026-09-03 06:58")
    assert called.said(since) == []
    called.move("2026-09-03 07:00")
    assert called.said(since) == ["declined to tess"]


def test_a_no_taken_back_in_the_managers_night_is_never_told(called: Stage, ana: Anyone) -> None:
    called.move("2026-09-02 22:30")
    since = called.mark()
    ana.says("can't make it")
    ana.says("scratch that, I'm in")
    called.move("2026-09-03 07:10")
    assert "declined to tess" not in called.said(since)


@starts("2026-09-27 12:00")
def test_a_no_within_24_hours_of_the_call_wakes_the_manager(called: Stage, ana: Anyone) -> None:
    ana.says("confirmed")
    called.move("2026-10-01 04:00")
    since = called.mark()
    ana.says("can't make it")
    assert "declined to tess" in called.said(since)


@starts("2026-09-27 12:00")
def test_a_drop_is_posted_when_words_make_it_worse(called: Stage, ana: Anyone) -> None:
    ana.says("confirmed")
    called.person("bo").says("confirmed")
    _close_all(called)
    called.move("2026-09-30 14:00")
    since = called.mark()
    ana.says("can't make it")
    assert "drop" in called.said(since)
    assert "GREEN → RED: ana (FOH) declined" in called.post("drop").text
    assert called.post("drop").thread_ts == called.post("card").ts


@starts("2026-09-27 12:00")
def test_a_drop_is_not_posted_when_the_doer_was_just_told(called: Stage, ana: Anyone) -> None:
    ana.says("confirmed")
    called.person("bo").says("confirmed")
    _close_all(called)
    called.move("2026-09-30 14:00")
    since = called.mark()
    told = ana.presses("Can't make it", _change_of(called, ana))
    assert "Readiness: RED" in told.text
    assert "drop" not in called.said(since)


def _close_all(called: Stage) -> None:
    tess = called.person("tess")
    keys = [key for (key,) in called.rows("SELECT key FROM items WHERE state = 'open'")]
    for key in keys:
        tess.types(f"/gig check #1 {proven(key)}")


def _change_of(called: Stage, who: Anyone) -> Told:
    return who.presses("Change my answer")


def test_change_my_answer_says_what_it_is_and_offers_both(called: Stage, ana: Anyone) -> None:
    ana.presses("Confirm")
    called.person("bo").presses("Confirm")
    offered = ana.presses("Change my answer")
    assert "is now *FOH 14:00: confirmed*" in offered.text
    assert offered.labels[:2] == ["Confirm", "Can't make it"]
    ana.presses("Can't make it", offered)
    assert "Declined (1): ana FOH 14:00" in called.card()


def test_the_last_word_counts(called: Stage, ana: Anyone) -> None:
    for words in ("in", "can't make it", "scratch that, I'm in"):
        ana.says(words)
    assert "Confirmed (1): ana FOH 14:00" in called.card()


@IN_SLACK
def test_an_edited_answer_is_read_again(called: Troupe, ana: Actor) -> None:
    ana.says("confirmed")
    ana.rewrites("confirmed", "can't make it")
    assert "Declined (1): ana FOH 14:00" in called.card()


@IN_SLACK
def test_an_answer_edited_into_chatter_or_deleted_is_open_again(called: Troupe, ana: Actor) -> None:
    ana.says("confirmed")
    assert "is open again" in ana.rewrites("confirmed", "the truck is blue").text
    assert "NOT confirmed (2)" in called.card()
    ana.says("in")
    ana.rewrites("in", "")
    assert "NOT confirmed (2)" in called.card()


@IN_SLACK
def test_an_old_message_that_is_edited_changes_nothing_when_it_was_not_the_answer(called: Troupe, ana: Actor) -> None:
    ana.presses("Confirm")
    ana.says("the truck is blue")
    ana.rewrites("the truck is blue", "the truck is red")
    assert "Confirmed (1): ana FOH 14:00" in called.card()


def test_a_reaction_taken_away_opens_the_answer_again(called: Stage, ana: Anyone) -> None:
    ana.reacts("+1")
    assert "Confirmed (1)" in called.card()
    ana.unreacts("+1")
    assert "NOT confirmed (2)" in called.card()


def test_another_reaction_taken_away_leaves_the_answer(called: Stage, ana: Anyone) -> None:
    for other in ("eyes", "fire", "-1"):
        ana.reacts(other)
        ana.reacts("+1")
        ana.unreacts(other)
        assert "Confirmed (1): ana FOH 14:00" in called.card(), other
        ana.unreacts("+1")


def test_a_reaction_on_the_card_or_with_any_other_sign_says_nothing(called: Stage, ana: Anyone) -> None:
    before = called.rows("SELECT * FROM calls")
    ana.reacts("+1", "card")
    ana.reacts("eyes")
    ana.reacts("tada")
    assert called.rows("SELECT * FROM calls") == before


def test_chatter_gets_nothing_and_changes_nothing(called: Stage, ana: Anyone) -> None:
    before, since = called.dump(), called.mark()
    for words in ("what could go wrong?", "confirmed with the venue", "the truck is blue", "lol", "?"):
        assert ana.says(words) == NOTHING_TOLD, words
    assert called.dump() == before
    assert called.said(since) == []


@IN_SLACK
def test_words_in_the_channel_itself_are_no_answer(called: Troupe, ana: Actor) -> None:
    before = called.dump()
    assert ana.says("confirmed", channel=called.channel) == NOTHING_TOLD
    assert called.dump() == before


@IN_SLACK
def test_an_answer_by_direct_message_counts_for_the_only_gig(called: Troupe, ana: Actor) -> None:
    ana.says("confirmed", channel=ana.direct())
    assert "Confirmed (1): ana FOH 14:00" in called.card()


@IN_SLACK
def test_an_answer_by_direct_message_with_two_gigs_ahead_is_asked_which(
    called: Troupe, tess: Actor, ana: Actor
) -> None:
    tess.types("/gig new The Lanterns, Hard Club Porto, Portugal, 3 Oct 2026")
    tess.types("/gig call #2 @ana FOH 14:00")
    before = called.dump()
    told = ana.says("can't make it", channel=ana.direct()).text
    assert "#1 Lisbon" in told
    assert "#2 Porto" in told
    assert called.dump() == before
    assert ana.says("the truck is blue", channel=ana.direct()) == NOTHING_TOLD


def test_words_on_two_calls_at_two_times_are_asked_which(called: Stage, tess: Anyone, ana: Anyone) -> None:
    tess.types("/gig call #1 @ana MERCH 17:00")
    for words in ("confirmed", "can't make it"):
        told = ana.says(words).text
        assert "FOH 14:00 and MERCH 17:00. Which one?" in told
        assert f"{words}, FOH" in told
    assert "ana FOH" not in called.card().partition("Confirmed")[2]
    ana.says("confirmed, FOH")
    ana.says("can't make it to MERCH")
    assert "Confirmed (1): ana FOH 14:00" in called.card()
    assert "Declined (1): ana MERCH 17:00" in called.card()


def test_a_button_answers_the_calls_of_its_own_message(called: Stage, tess: Anyone, ana: Anyone) -> None:
    tess.types("/gig call #1 @ana MERCH 17:00")
    ana.presses("Confirm", on=called.post("ask"))
    assert "Confirmed (1): ana MERCH 17:00" in called.card()


def test_a_button_acts_for_whoever_presses_it(called: Stage, bo: Anyone) -> None:
    bo.presses("Confirm")
    assert "Confirmed (1): bo MON 14:00" in called.card()


def test_the_buttons_of_an_ask_that_all_have_answered_offer_a_change(called: Stage, ana: Anyone, bo: Anyone) -> None:
    assert called.now_reads(called.post("ask")).labels == ["Confirm", "Can't make it", "Change my answer"]
    ana.presses("Confirm")
    bo.says("in")
    assert called.now_reads(called.post("ask")).labels == ["Change my answer"]


def test_late_without_minutes_is_asked_once(called: Stage, ana: Anyone) -> None:
    assert "How many minutes?" in ana.says("running late").text
    assert ana.says("running late, sorry") == NOTHING_TOLD
    ana.says("20 late")
    assert "20 min late" in called.card()


@IN_SLACK
def test_fifty_people_fit_one_ask(called: Troupe, tess: Actor) -> None:
    names = [f"hand{n:02}" for n in range(50)]
    for name in names:
        called.slack.add_person(name)
    people = " ".join(f"@{name}" for name in names)
    tess.types(f"/gig call #1 {people} HAND 09:00")
    since = called.mark()
    asked = called.now_reads(called.post("ask"))
    assert all(name in asked.text or f"U0{name.upper()}" in asked.text for name in names)
    assert called.slack.ledger.errors(since) == []
