"""Answers from where, by whom and when they should not come: each has its outcome in words, and changes nothing.

What needs Slack itself, a bot and a thread of others, is in test_odd_answers.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from handlers import routes
from handlers.asked import Asked
from handlers.listener import Act
from tests.handlers.backstage import CHANNEL, Backstage, Hand, begins
from tests.handlers.hands import hand, opened
from tests.handlers.told import NOTHING_TOLD
from tests.handlers.troupe import NEW

pytestmark = begins("2026-09-30 12:00")
PORTO = "/gig new The Lanterns, Hard Club Porto Portugal, 3 Oct 2026"
OUTDATED = "Your call has changed since you wrote that, so your answer was not taken."

tess, ana = hand("tess"), hand("ana")
called = opened(NEW, PORTO, "/gig call #1 @ana FOH 14:00", "/gig call #2 @bo MON 14:00")
"""Ana is called to Lisbon, Bo to Porto."""


def does(
    who: Hand, act: Act, text: str, ts: str, *, at: datetime | None = None, thread: str = "", gig: str = "Lisbon"
) -> str:
    """What somebody is told who does this to a message; without a thread in that of the gig's card."""
    house = who.house
    root = thread or house.post("card", gig).ts
    asked = Asked(house.now, house.stamp(), who.id, CHANNEL, thread=root, ts=ts, text=text, at=at)
    return house.take(asked, act).text


def reacts(who: Hand, name: str, gig: str = "Lisbon") -> str:
    """What somebody is told who puts this sign on the newest call message of a gig."""
    line = who.house.post("ask", gig)
    return does(who, routes.REACTION, name, line.ts, gig=gig)


def calls(house: Backstage) -> list[Any]:
    return house.rows("SELECT person, position, state, late, version FROM calls ORDER BY id")


def cancel(house: Backstage) -> None:
    tess = house.person("tess")
    tess.presses("Yes, cancel", tess.types("/gig cancel #1"))


def call_off(house: Backstage) -> None:
    house.person("tess").types("/gig call #1 @ana off")


def play(house: Backstage) -> None:
    house.move("2026-10-02 12:00")


def nothing(house: Backstage) -> None:
    assert calls(house)


Table = list[tuple[str, str, str]]
"""Who answers, on which gig, and what he is told."""
STRANGERS: Table = [
    ("kit", "Lisbon", "you have no call on #1 Lisbon"),
    ("bo", "Lisbon", "You are called to: #2 Porto"),
    ("rob", "Lisbon", "Should you be on it? Ask tess."),
    ("jo", "Lisbon", "Should you be on it? Ask tess."),
    ("ana", "Porto", "You are called to: #1 Lisbon"),
]
CANCELLED: Table = [(who, "Lisbon", "is cancelled. Your answer was not needed.") for who in ("ana", "kit", "rob")]
CALLED_OFF: Table = [("ana", "Lisbon", "You were called off for #1 Lisbon")]
PLAYED: Table = [(who, "Lisbon", "is played. Your answer was not needed.") for who in ("ana", "kit", "rob")]
SAID = ("confirmed", "can't make it", "running 20 late")


@pytest.mark.parametrize(
    ("before", "table"),
    [(nothing, STRANGERS), (cancel, CANCELLED), (call_off, CALLED_OFF), (play, PLAYED)],
    ids=["strangers", "cancelled", "called off", "played"],
)
def test_words_and_signs_that_cannot_count_are_answered_and_change_nothing(
    before: Callable[[Backstage], None], table: Table, called: Backstage
) -> None:
    before(called)
    as_it_was, since = calls(called), called.mark()
    for who, gig, why in table:
        for words in SAID:
            assert why in called.person(who).says(words, gig=gig).text, (who, words)
        for name in ("+1", "x"):
            told = reacts(called.person(who), name, gig)
            # A thumbs-up of somebody who was never called is no answer to anything.
            assert (why in told) if who == "ana" and gig == "Lisbon" else not told, (who, name)
    assert calls(called) == as_it_was
    assert called.said(since) == []


BUTTONS = [
    (nothing, "kit", "You have no call on #1"),
    (nothing, "rob", "You have no call on #1"),
    (cancel, "ana", "is cancelled"),
    (call_off, "ana", "You have no call on #1"),
    (play, "ana", "is played"),
]


@pytest.mark.parametrize(("before", "who", "why"), BUTTONS)
def test_a_button_that_cannot_count_says_so(
    before: Callable[[Backstage], None], who: str, why: str, called: Backstage
) -> None:
    line = called.post("ask", "Lisbon")
    fingers = [called.person(who).holds(label, line) for label in ("Confirm", "Can't make it")]
    before(called)
    as_it_was = calls(called)
    for press in fingers:
        assert why in press().text
    assert calls(called) == as_it_was


def test_what_was_written_before_the_call_changed_and_comes_after_is_no_answer_to_it(
    called: Backstage, tess: Hand, ana: Hand
) -> None:
    at = called.now
    stamps = {words: called.stamp() for words in (*SAID, "here")}
    called.wait(minutes=5)
    tess.types("/gig call #1 @ana FOH 12:30")
    as_it_was = calls(called)
    for words, ts in stamps.items():
        told = does(ana, routes.REPLY, words, ts, at=at)
        assert OUTDATED in told, words
        assert "14:00 → 12:30 WEST" in told
    assert calls(called) == as_it_was


EDITS = [
    ("confirmed, sorry for the typo", "called", 0, True),
    ("20 late", "called", 0, True),
    ("can't make it", "declined", 0, False),
]


@pytest.mark.parametrize(("words", "state", "late", "is_outdated"), EDITS)
def test_an_old_yes_that_is_edited_is_none_to_the_new_time_and_a_no_is_one(
    words: str, state: str, late: int, is_outdated: bool, called: Backstage, tess: Hand, ana: Hand
) -> None:
    ts = called.stamp()
    does(ana, routes.REPLY, "confirmd", ts, at=called.now)
    does(ana, routes.EDIT, "confirmed", ts, at=called.now)
    assert calls(called)[0] == (ana.id, "FOH", "confirmed", 0, 1)
    called.wait(minutes=5)
    tess.types("/gig call #1 @ana FOH 12:30")
    called.wait(minutes=5)
    told = does(ana, routes.EDIT, words, ts, at=called.now)
    assert (OUTDATED in told) is is_outdated
    assert calls(called)[0] == (ana.id, "FOH", state, late, 2)
    ana.says("confirmed", gig="Lisbon")
    assert calls(called)[0] == (ana.id, "FOH", "confirmed", 0, 2)


def test_an_answer_by_the_button_of_an_old_version_is_not_taken(called: Backstage, tess: Hand, ana: Hand) -> None:
    press = ana.holds("Confirm", called.post("ask", "Lisbon"))
    tess.types("/gig call #1 @ana FOH 12:30")
    assert "That message is out of date, so your answer was not taken." in press().text
    assert calls(called)[0] == (ana.id, "FOH", "called", 0, 2)


def test_after_the_gig_an_edit_changes_nothing(called: Backstage, ana: Hand) -> None:
    ts = called.stamp()
    does(ana, routes.REPLY, "confirmed", ts, at=called.now)
    play(called)
    as_it_was = calls(called)
    assert "is played. Your answer was not needed." in does(ana, routes.EDIT, "can't make it", ts, at=called.now)
    for words in ("the truck is blue", ""):
        assert not does(ana, routes.EDIT, words, ts, at=called.now)
    assert calls(called) == as_it_was


@pytest.mark.parametrize("words", ["FOH yes, MON no", "can't do MON; FOH is fine, confirmed"])
def test_a_yes_and_a_no_in_one_message_are_asked_apart(words: str, called: Backstage, tess: Hand, ana: Hand) -> None:
    tess.types("/gig call #1 @ana MON 14:00")
    as_it_was = calls(called)
    assert "I read a yes to FOH and a no to MON, and took neither." in ana.says(words, gig="Lisbon").text
    assert calls(called) == as_it_was


LATE_YES = [("yes, I can do it", "filled already, thank you"), ("sorry, can't make it", "Thank you for telling.")]


@pytest.mark.parametrize("under", [True, False], ids=["in its thread", "next to it"])
@pytest.mark.parametrize(("words", "why"), LATE_YES)
def test_a_stand_in_who_writes_after_the_place_is_filled_is_thanked(
    words: str, why: str, under: bool, called: Backstage, tess: Hand, ana: Hand
) -> None:
    tess.types("/gig standins #1 FOH @max @kit together")
    ana.says("can't make it", gig="Lisbon")
    offers = {line.said.person: line for line in called.posts("offer")}
    called.person("kit").presses("I can", offers["U0KIT"])
    as_it_was, since = calls(called), called.mark()
    told = called.person("max").writes(words, under=offers["U0MAX"] if under else None)
    assert why in told.text
    assert calls(called) == as_it_was
    assert called.said(since) == []


def test_chatter_of_a_stand_in_after_it_is_filled_is_left_alone(called: Backstage, tess: Hand, ana: Hand) -> None:
    tess.types("/gig standins #1 FOH @max @kit together")
    ana.says("can't make it", gig="Lisbon")
    called.person("kit").presses("I can", next(o for o in called.posts("offer") if o.said.person == "U0KIT"))
    assert called.person("max").writes("what a week") == NOTHING_TOLD
