"""When something breaks: the words say that nothing was saved, the log has the same reference, and it is so."""

import re
import sqlite3
from contextlib import closing
from functools import partial

import pytest

from bot.sandbox.faults import Trouble
from bot.sandbox.ledger import Kind
from tests.handlers.troupe import NEW, Actor, Troupe


def breaks(troupe: Troupe, table: str) -> None:
    """A table that cannot be written any more."""
    _run(troupe, f"CREATE TRIGGER broken BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")


def mends(troupe: Troupe) -> None:
    _run(troupe, "DROP TRIGGER broken")


def _run(troupe: Troupe, statement: str) -> None:
    with closing(sqlite3.connect(troupe.book)) as book:
        book.execute(statement)
        book.commit()


def ref_in(words: str) -> str:
    found = re.search(r"Not saved \(ref ([0-9A-F]{4})\)\. Send it again", words)
    assert found, words
    return found[1]


def test_a_command_that_fails_says_so_and_keeps_nothing(
    troupe: Troupe, tess: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    tess.types("/gig help")
    before = troupe.dump()
    for table in ("journal", "items", "cues", "inbox", "gigs"):
        breaks(troupe, table)
        told = tess.types(NEW).text
        mends(troupe)
        assert ref_in(told) in [getattr(record, "ref", "") for record in caplog.records], table
        assert "the disk" not in told
        assert troupe.dump() == before, table
    assert "#1 Lisbon" in tess.types(NEW).text


def test_a_press_that_fails_says_so_privately_and_can_be_pressed_again(
    troupe: Troupe, tess: Actor, ana: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    ana.types("/gig help")
    breaks(troupe, "journal")
    before = troupe.dump()
    told = ana.presses("Confirm").text
    assert ref_in(told) in [getattr(record, "ref", "") for record in caplog.records]
    assert troupe.dump() == before
    mends(troupe)
    ana.presses("Confirm")
    assert "Confirmed (1)" in troupe.card()


def test_a_reply_that_fails_is_not_acked_and_slack_brings_it_again(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    ana.types("/gig help")
    breaks(troupe, "journal")
    before = troupe.dump()
    troupe.slack.ack_seconds = 0.3
    troupe.slack.hands.say(ana.id, troupe.channel, "confirmed", troupe.post("card").ts)
    assert troupe.slack.wait_until(lambda: troupe.slack.next_retry() is not None, 5)
    assert troupe.dump() == before
    mends(troupe)
    troupe.wait(minutes=2)
    assert "Confirmed (1): ana FOH 14:00" in troupe.card()
    assert troupe.slack.ledger.entries(Kind.EVENT_LOST) == []


def test_a_locked_book_is_waited_for(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    with closing(sqlite3.connect(troupe.book, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        hands = troupe.slack.hands
        types = partial(hands.command, tess.id, troupe.channel, "/gig times #1 doors 20:00")
        answers = troupe.at_once([types, other.rollback])
    assert "doors 20:00" in answers[0].text


def test_a_message_that_cannot_be_written_is_told_to_the_manager(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    troupe.slack.faults.plan("chat.postMessage", Trouble.NAMED_ERROR, error="msg_blocks_too_long")
    tess.types("/gig call #1 @ana FOH 14:00")
    assert "failed to tess" in troupe.said()
