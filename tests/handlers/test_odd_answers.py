"""Answers from where they should not come, or too late: each has its polite outcome, and changes nothing."""

import pytest

from tests.handlers.stage import BACKSTAGE, IN_SLACK, Anyone, Stage
from tests.handlers.told import NOTHING_TOLD
from tests.handlers.troupe import NEW, Actor, Troupe, starts

pytestmark = BACKSTAGE


@pytest.fixture
def called(troupe: Stage, tess: Anyone) -> Stage:
    """Ana is called to Lisbon, Bo to Porto."""
    tess.types(NEW)
    tess.types("/gig new The Lanterns, Hard Club Porto, Portugal, 3 Oct 2026")
    tess.types("/gig call #1 @ana FOH 14:00")
    tess.types("/gig call #2 @bo MON 14:00")
    return troupe


def test_in_the_thread_of_another_gig_the_right_one_is_named(called: Stage, bo: Anyone) -> None:
    before = called.dump()
    told = bo.says("confirmed", gig="Lisbon").text
    assert "you have no call on #1 Lisbon" in told
    assert "You are called to: #2 Porto" in told
    assert called.dump() == before


@IN_SLACK
def test_in_a_thread_that_is_of_no_gig_it_is_asked_which(called: Troupe, tess: Actor, ana: Actor) -> None:
    tess.drops("date,city,country,venue\n2026-11-01,Paris,France,Trabendo\n")
    called.slack.add_channel("spring", ["tess", "ana"])
    tess.drops("date,city,country,venue\n2026-11-01,Paris,France,Trabendo\n", channel="spring")
    tess.types("/gig import", channel="spring")
    overview = called.post("overview")
    before, since = called.dump(), called.mark()
    called.slack.hands.say(ana.id, overview.channel, "confirmed", overview.ts)
    assert "Which gig? You are called to: #1 Lisbon" in ana.hears(since).text
    called.slack.hands.say(ana.id, overview.channel, "the truck is blue", overview.ts)
    assert called.dump() == before


@IN_SLACK
def test_in_somebody_elses_thread_nothing_is_heard(called: Troupe, bo: Actor, ana: Actor) -> None:
    lunch = called.slack.hands.say(bo.id, called.channel, "lunch at one?")
    before, since = called.dump(), called.mark()
    called.slack.hands.say(ana.id, called.channel, "I'm in", lunch)
    assert ana.hears(since) == NOTHING_TOLD
    assert called.dump() == before


def test_by_somebody_who_is_called_to_nothing(called: Stage) -> None:
    before = called.dump()
    told = called.person("kit").says("confirmed", gig="Lisbon").text
    assert "you have no call on #1 Lisbon" in told
    assert "Should you be on it? Ask tess." in told
    assert called.dump() == before


def test_by_a_guest_of_another_organisation(called: Stage, tess: Anyone) -> None:
    rob = called.person("rob")
    assert "Should you be on it? Ask tess." in rob.says("confirmed", gig="Lisbon").text
    tess.types("/gig call #1 @rob RIG 09:00")
    rob.says("confirmed", gig="Lisbon")
    assert "rob RIG 09:00" in called.card("Lisbon").partition("Confirmed")[2]


@IN_SLACK
def test_by_a_bot(called: Troupe, ana: Actor) -> None:
    line = called.post("card", "Lisbon")
    since, before = called.mark(), called.dump()
    slack = called.slack.slack
    here = slack.workspace.channels[line.channel]
    said = {"user": ana.id, "bot_id": "B0OTHER", "text": "confirmed", "ts": slack.workspace.stamp()}
    slack.tell_message({**said, "thread_ts": line.ts}, here)
    slack.tell_message({**said, "thread_ts": line.ts, "subtype": "bot_message"}, here)
    assert ana.hears(since) == NOTHING_TOLD
    assert called.dump() == before


@starts("2026-09-30 12:00")
@IN_SLACK
def test_edited_before_the_gig_is_over_it_is_read_again_and_after_that_it_stays(called: Troupe, ana: Actor) -> None:
    ana.reacts("+1", gig="Lisbon")
    ana.says("confirmed", gig="Lisbon")
    called.move("2026-10-01 12:30")
    ana.rewrites("confirmed", "20 late")
    assert "20 min late" in called.card("Lisbon")
    ana.says("here", gig="Lisbon")
    called.move("2026-10-02 06:30")
    before = called.rows("SELECT * FROM calls")
    assert ana.rewrites("here", "the truck is blue") == NOTHING_TOLD
    assert "Your answer was not needed." in ana.rewrites("here", "can't make it").text
    assert ana.rewrites("here", "") == NOTHING_TOLD
    assert ana.unreacts("+1", gig="Lisbon") == NOTHING_TOLD
    assert called.rows("SELECT * FROM calls") == before


def test_after_the_gig_was_cancelled(called: Stage, tess: Anyone, ana: Anyone) -> None:
    finger = ana.holds("Confirm", called.post("ask", "Lisbon"))
    tess.presses("Yes, cancel", tess.types("/gig cancel #1"))
    before, since = called.rows("SELECT * FROM calls"), called.mark()
    for words in ("confirmed", "can't make it", "20 late"):
        assert "is cancelled. Your answer was not needed." in ana.says(words, gig="Lisbon").text, words
    assert "is cancelled" in finger().text
    assert called.rows("SELECT * FROM calls") == before
    assert called.said(since) == []


def test_after_he_was_called_off(called: Stage, tess: Anyone, ana: Anyone) -> None:
    tess.types("/gig call #1 @ana off")
    before = called.rows("SELECT * FROM calls")
    told = ana.says("confirmed", gig="Lisbon").text
    assert "You were called off for #1 Lisbon" in told
    assert "not needed" in told
    assert called.rows("SELECT * FROM calls") == before


@pytest.mark.parametrize(
    "words", ["FOH yes, MON no", "confirmed for FOH but can't do MON", "can't do MON; FOH is fine, confirmed"]
)
def test_two_answers_in_one_message_are_asked_apart(called: Stage, tess: Anyone, ana: Anyone, words: str) -> None:
    tess.types("/gig call #1 @ana MON 14:00")
    before = called.rows("SELECT * FROM calls")
    told = ana.says(words, gig="Lisbon").text
    assert "I read a yes to FOH and a no to MON, and took neither." in told
    assert called.rows("SELECT * FROM calls") == before
    ana.says("confirmed, FOH", gig="Lisbon")
    ana.says("can't make it, MON", gig="Lisbon")
    states = called.rows("SELECT position, state FROM calls WHERE person = 'U0ANA' ORDER BY position")
    assert states == [("FOH", "confirmed"), ("MON", "declined")]


def test_a_no_to_the_lobby_call_is_none_to_the_work(called: Stage, tess: Anyone, ana: Anyone) -> None:
    tess.types("/gig call #1 @ana lobby 09:30")
    assert "took neither" in ana.says("in, but I can't make the lobby call", gig="Lisbon").text
    ana.says("can't make the lobby call", gig="Lisbon")
    assert called.rows("SELECT kind, state FROM calls WHERE person = 'U0ANA' ORDER BY id") == [
        ("crew", "called"), ("lobby", "declined"),
    ]  # fmt: skip


def test_of_two_answers_to_one_call_the_last_counts(called: Stage, ana: Anyone) -> None:
    ana.says("confirmed... no wait, sorry, I can't make it", gig="Lisbon")
    assert called.rows("SELECT state FROM calls WHERE person = 'U0ANA'") == [("declined",)]
