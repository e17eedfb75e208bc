"""What people said while Slack lost our events is found after all, and counts once."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.app import build
from bot.sandbox.faults import Trouble
from bot.sandbox.ledger import Kind
from storage.store import Store
from tests.handlers.conftest import ana, bo, tess, troupe
from tests.handlers.troupe import NEW, Actor, Troupe

__all__ = ["ana", "bo", "tess", "troupe"]
CROWD = 30
MINUTES = 10


@pytest.fixture
def called(troupe: Troupe, tess: Actor) -> Troupe:
    """A gig with Ana and Bo called for 14:00."""
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00")
    return troupe


@contextmanager
def deaf(troupe: Troupe, minutes: float = MINUTES) -> Iterator[None]:
    """Slack loses every event for so long; then it asks us to connect again, and we have looked."""
    troupe.slack.faults.events_lost = True
    yield
    troupe.wait(minutes=minutes)
    troupe.slack.faults.events_lost = False
    reconnect(troupe)


def reconnect(troupe: Troupe) -> None:
    before = looked(troupe)
    troupe.slack.disconnect()
    assert troupe.slack.wait_until(lambda: looked(troupe) > before, 20)
    troupe.mover.settle()


def looked(troupe: Troupe) -> int:
    return sum(call.method == "conversations.replies" for call in troupe.slack.calls)


def states(troupe: Troupe) -> dict[str, str]:
    return dict(troupe.rows("SELECT person, state FROM calls ORDER BY person"))


@pytest.mark.parametrize("is_strange", [False, True], ids=["internal", "one-look-a-minute"])
def test_thirty_answers_in_the_thread_are_all_found_within_ten_minutes(
    is_strange: bool, troupe: Troupe, tess: Actor
) -> None:
    names = [f"hand{n:02}" for n in range(CROWD)]
    for name in names:
        troupe.slack.hands.join(troupe.slack.add_person(name), troupe.channel)
    tess.types(NEW)
    tess.types(f"/gig call #1 {' '.join(f'@{name}' for name in names)} HAND 09:00")
    reconnect(troupe)
    troupe.slack.faults.history_of_strangers = is_strange
    troupe.wait(minutes=2)
    card, hands = troupe.post("card"), troupe.slack.hands
    with deaf(troupe):
        for n, name in enumerate(names):
            words = ("confirmed", "can't make it", "running 20 late")[n % 3]
            hands.say(troupe.person(name).id, card.channel, words, card.ts)
    for _ in range(MINUTES):
        troupe.wait(minutes=1)
    found = troupe.rows("SELECT state, late, count(*) FROM calls GROUP BY state, late ORDER BY state, late")
    assert found == [("confirmed", 0, 10), ("confirmed", 20, 10), ("declined", 0, 10)]
    assert not [call for call in troupe.slack.calls if call.method == "chat.postEphemeral"]


def test_what_was_edited_deleted_put_and_taken_away_meanwhile_counts(called: Troupe, ana: Actor, bo: Actor) -> None:
    ana.says("confirmed")
    bo.reacts("+1")
    with deaf(called):
        ana.rewrites("confirmed", "can't make it")
        bo.unreacts("+1")
    assert states(called) == {ana.id: "declined", bo.id: "called"}
    with deaf(called):
        ana.rewrites("confirmed", "")
        bo.reacts("+1")
    assert states(called) == {ana.id: "called", bo.id: "confirmed"}


def test_looking_again_finds_nothing_new(called: Troupe, ana: Actor, bo: Actor) -> None:
    with deaf(called):
        ana.says("running 20 late")
        bo.reacts("-1")
    before, since = called.dump(), called.mark()
    reconnect(called)
    after = called.dump()
    assert {name for name in before if before[name] != after[name]} <= {"sweeps"}
    assert called.said(since) == []


def test_nobody_is_answered_about_what_is_found(called: Troupe, ana: Actor) -> None:
    since = called.mark()
    with deaf(called):
        ana.says("running late")
    assert called.rows("SELECT late_unknown FROM calls WHERE state = 'confirmed'") == [(1,)]
    assert called.slack.ledger.ephemerals(since=since) == []


def test_a_thumbs_up_of_unknown_age_never_overrides_a_no(called: Troupe, ana: Actor, bo: Actor) -> None:
    with deaf(called):
        ana.reacts("+1")
        ana.says("can't make it")
        bo.says("confirmed")
        bo.reacts("-1")
    assert states(called) == {ana.id: "declined", bo.id: "declined"}


def test_an_old_thumbs_up_is_no_answer_to_a_new_ask(called: Troupe, tess: Actor, ana: Actor) -> None:
    with deaf(called):
        ana.reacts("+1")
        called.wait(minutes=1)
        tess.types("/gig call #1 @ana FOH 15:00")
    assert states(called)[ana.id] == "called"


def test_the_event_itself_that_comes_after_it_was_found_changes_nothing(called: Troupe, ana: Actor) -> None:
    with deaf(called):
        ana.says("can't make it")
    lost = called.slack.ledger.entries(Kind.EVENT_LOST)[-1]
    ana.presses("Confirm")
    before, since = called.dump(), called.mark()
    sent = called.slack.slack.line.send_event(lost.detail)
    assert called.slack.wait_until(lambda: sent.answered)
    called.mover.settle()
    assert called.dump() == before
    assert called.said(since) == []


def test_words_to_the_bot_alone_are_found_for_who_has_not_answered(called: Troupe, ana: Actor) -> None:
    called.move("2026-09-29 13:00")
    with deaf(called):
        ana.says("confirmed", channel=ana.direct())
    assert states(called)[ana.id] == "confirmed"


def test_what_was_said_while_the_bot_was_down_is_found_at_its_start(called: Troupe, ana: Actor) -> None:
    first = called.mover._program
    called.slack.faults.events_lost = True
    ana.says("confirmed")
    first.stop()
    called.slack.faults.events_lost = False
    second = build(first.settings, first.clock, Store.open(first.settings.database_url))
    second.start()
    try:
        called.slack.wait_until(lambda: states(called)[ana.id] == "confirmed", 20)
        assert states(called)[ana.id] == "confirmed"
    finally:
        second.stop()


def test_slack_that_says_no_or_not_now_is_asked_again_or_left_alone(called: Troupe, ana: Actor) -> None:
    called.slack.faults.plan("conversations.replies", Trouble.SERVER_ERROR)
    called.slack.faults.plan("reactions.get", Trouble.NAMED_ERROR, error="message_not_found")
    called.slack.faults.events_lost = True
    ana.says("confirmed")
    called.slack.faults.events_lost = False
    called.slack.disconnect()
    faults = called.slack.faults
    assert called.slack.wait_until(lambda: all(fault.method != "conversations.replies" for fault in faults.planned), 20)
    called.wait(minutes=1)
    assert called.slack.wait_until(lambda: states(called)[ana.id] == "confirmed", 20)
