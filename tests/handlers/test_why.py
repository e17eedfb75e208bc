"""Why did I get this? By the menu of the message and by words; the rule, the time, the call, the others, the end."""

import pytest

from bot.manifest import manifest
from checklists.letters import Letter
from checklists.reasons_why import WHYS
from tests.bot.web_house import at_home
from tests.handlers.told import NOTHING_TOLD, Told
from tests.handlers.troupe import NEW, Actor, Troupe

MENU = "Why did I get this?"


@pytest.fixture
def called(troupe: Troupe, tess: Actor) -> Troupe:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00")
    return troupe


def asks(who: Actor, kind: str) -> Told:
    """What the menu of the newest message of that kind tells."""
    troupe, line = who.troupe, who.troupe.post(kind)
    since = troupe.mark()
    answer = troupe.slack.hands.shortcut(who.id, line.channel, line.ts, MENU)
    assert not answer.timeout
    return who.hears(since)


@pytest.mark.parametrize("letter", Letter)
def test_every_kind_of_message_has_its_rule_and_its_end(letter: Letter) -> None:
    why = WHYS[letter]
    assert why.rule.endswith(".")
    assert why.stops.rstrip("`").endswith((".", "..."))


def test_the_menu_of_an_ask_tells_the_rule_the_call_and_who_else(called: Troupe, ana: Actor) -> None:
    since = called.mark()
    told = asks(ana, "ask").text
    assert "You were called to a gig, or your call changed" in told
    assert "It was written Tue 1 Sep 13:00 WEST" in told
    assert "your call: FOH, Thu 1 Oct 14:00 WEST: no answer yet" in told
    assert "It names bo too." in told
    assert "It stops when you answer" in told
    assert called.said(since) == []


def test_a_reminder_says_when_it_fell_due_by_both_clocks(called: Troupe, bo: Actor) -> None:
    called.move("2026-09-29 11:05")
    told = asks(bo, "ask_dm" if called.posts("ask_dm")[-1].channel == bo.direct() else "ask_again").text
    assert "It fell due" in told
    assert "WEST" in told
    assert "CEST where you are" in told


def test_words_in_the_thread_ask_about_the_last_message_there(called: Troupe, ana: Actor) -> None:
    before, since = called.rows("SELECT * FROM calls"), called.mark()
    assert "You were called to a gig" in ana.says("why did I get this?").text
    assert called.said(since) == []
    assert called.rows("SELECT * FROM calls") == before


def test_words_to_the_bot_ask_about_its_last_direct_message(called: Troupe, ana: Actor, tess: Actor) -> None:
    ana.says("can't make it")
    told = tess.says("why did I get this?", channel=tess.direct()).text
    assert "Whenever somebody called says no" in told
    assert "it went to you alone" in told
    kit = called.person("kit")
    assert "have not written to you here yet" in kit.says("why did I get this?", channel=kit.direct()).text


def test_a_message_that_is_not_ours_says_so(called: Troupe, ana: Actor, bo: Actor) -> None:
    ts = called.slack.hands.say(bo.id, called.channel, "lunch?")
    since = called.mark()
    called.slack.hands.shortcut(ana.id, called.channel, ts, MENU)
    assert "not mine" in ana.hears(since).text


def test_the_question_in_the_channel_itself_is_none_of_our_business(called: Troupe, ana: Actor) -> None:
    assert ana.says("why did I get this?", channel=called.channel) == NOTHING_TOLD


def test_the_menu_works_over_http_too(sqlite_url: str) -> None:
    with at_home(sqlite_url) as (_, troupe):
        troupe.slack.install(manifest())
        troupe.person("tess").types(NEW)
        troupe.person("tess").types("/gig call #1 @ana FOH 14:00")
        assert "You were called to a gig" in asks(troupe.person("ana"), "ask").text
