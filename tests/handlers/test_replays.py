"""The same envelope twice, the same press many times, many people at once: done once, answered the same."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from bot.sandbox.events import Envelope, EnvelopeType
from tests.handlers.troupe import NEW, Actor, Troupe

CREW = ("ana", "bo", "kit", "lou", "max", "dee", "sam", "pia")


def replay(troupe: Troupe, envelope: Envelope) -> object:
    """Sends an envelope once more, and gives how it was acked."""
    again = troupe.slack.redeliver(envelope)
    assert troupe.slack.wait_until(lambda: again.answered)
    troupe.mover.settle()
    return again.response


def newest(troupe: Troupe, kind: EnvelopeType) -> Envelope:
    return [envelope for envelope in troupe.slack.envelopes if envelope.type is kind][-1]


def test_a_replayed_command_changes_nothing_and_is_answered_the_same(troupe: Troupe, tess: Actor) -> None:
    for words in (NEW, "/gig call #1 @ana FOH 14:00", "/gig times #1 doors 20:00", "/gig move #1 5 Oct 2026"):
        told = tess.types(words)
        before, since = troupe.dump(), troupe.mark()
        answer = replay(troupe, newest(troupe, EnvelopeType.COMMAND))
        assert isinstance(answer, dict)
        assert answer["text"] == told.text
        assert troupe.dump() == before
        assert troupe.said(since) == []


def test_a_replayed_question_is_the_same_question(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    asked = tess.types("/gig cancel #1")
    answer = replay(troupe, newest(troupe, EnvelopeType.COMMAND))
    assert isinstance(answer, dict)
    assert answer["text"] == asked.text
    assert troupe.rows("SELECT count(*) FROM questions") == [(1,)]


def test_a_replayed_press_changes_nothing(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    ana.presses("Can't make it")
    before, since = troupe.dump(), troupe.mark()
    replay(troupe, newest(troupe, EnvelopeType.INTERACTIVE))
    assert troupe.dump() == before
    assert troupe.said(since) == []


def test_a_replayed_reply_reaction_and_drop_change_nothing(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    for deed in (
        lambda: ana.says("can't make it"),
        lambda: ana.reacts("+1"),
        lambda: ana.unreacts("+1"),
        lambda: tess.drops("date,city\n2026-10-05,Lisbon\n"),
    ):
        deed()
        before, since = troupe.dump(), troupe.mark()
        replay(troupe, newest(troupe, EnvelopeType.EVENT))
        assert troupe.dump() == before
        assert troupe.said(since) == []


def test_an_old_no_that_comes_again_after_a_yes_does_not_undo_it(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    ana.says("can't make it")
    no = newest(troupe, EnvelopeType.EVENT)
    ana.reacts("+1")
    replay(troupe, no)
    assert "Confirmed (1): ana FOH 14:00" in troupe.card()


def test_events_that_slack_delivers_twice_count_once(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    troupe.slack.faults.deliver_events_twice = True
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    ana.says("can't make it")
    assert troupe.said() == ["card", "ask", "declined to tess"]


def test_eight_people_who_confirm_at_once_are_all_counted(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    positions = ("FOH", "MON", "BL", "LD", "MERCH", "DRIVER", "SM", "PM")
    called = ", ".join(f"@{name} {position} 14:00" for name, position in zip(CREW, positions, strict=True))
    tess.types(f"/gig call #1 {called}")
    people = [troupe.person(name) for name in CREW]
    presses = [who.holds("Confirm", troupe.post("ask")) for who in people]
    since = troupe.mark()
    troupe.at_once([press.push for press in presses * 3])
    assert "Confirmed (8)" in troupe.card()
    assert "Everybody called has confirmed" in troupe.card()
    assert troupe.now_reads(troupe.post("ask")).labels == ["Change my answer"]
    assert troupe.said(since) == []
    assert not [line for line in troupe.slack.ledger.ephemerals(since=since) if "Not saved" in line.text]


def test_the_same_gig_typed_by_hand_ten_times_at_once_is_opened_once(troupe: Troupe, tess: Actor) -> None:
    hands = troupe.slack.hands
    answers = troupe.at_once([lambda: hands.command(tess.id, troupe.channel, NEW)] * 10)
    opened = [answer for answer in answers if "is open" in answer.text]
    assert len(opened) == 1
    assert all("there already" in answer.text for answer in answers if answer not in opened)
    assert troupe.rows("SELECT count(*) FROM gigs") == [(1,)]
    assert troupe.rows("SELECT count(*) FROM tours") == [(1,)]


def test_yes_cancel_pressed_ten_times_at_once_tells_everybody_once(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    press = tess.holds("Yes, cancel", tess.types("/gig cancel #1"))
    since = troupe.mark()
    troupe.at_once([press.push] * 10)
    assert troupe.said(since) == ["cancelled"]


def is_acked(troupe: Troupe, sent: Envelope) -> bool:
    return troupe.slack.wait_until(lambda: sent.answered)


def copies(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The same event as another workspace of a shared channel gets it, and as a mention of the bot."""
    other = {**body, "event_id": "Ev0COPY", "team_id": "T0ELSEWHERE"}
    mention = {**body, "event_id": "Ev0MENTION", "event": {**body["event"], "type": "app_mention"}}
    return [other, mention] if body["event"]["type"] == "message" and "subtype" not in body["event"] else [other]


def test_a_message_that_comes_as_a_mention_too_or_from_a_shared_channel_counts_once(
    troupe: Troupe, tess: Actor, ana: Actor
) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    deeds: list[Callable[[], object]] = [
        partial(ana.says, "can't make it"),
        partial(ana.rewrites, "can't make it", "confirmed"),
        partial(ana.reacts, "-1"),
        partial(ana.unreacts, "-1"),
        partial(ana.rewrites, "can't make it", ""),
    ]
    for deed in deeds:
        deed()
        body = newest(troupe, EnvelopeType.EVENT).payload
        before, since = troupe.dump(), troupe.mark()
        for copy in copies(body):
            assert is_acked(troupe, troupe.slack.slack.line.send_event(copy))
        troupe.mover.settle()
        assert troupe.dump() == before
        assert troupe.said(since) == []


def test_an_event_that_is_refused_or_asked_about_is_told_once(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00, @ana MERCH 17:00")
    for words in ("here", "confirmed"):
        ana.says(words)
        since = troupe.mark()
        replay(troupe, newest(troupe, EnvelopeType.EVENT))
        assert troupe.slack.ledger.ephemerals(since=since) == []


def test_events_that_we_do_not_know_are_acked(troupe: Troupe) -> None:
    for kind in ("team_join", "channel_rename", "emoji_changed", "something_new"):
        sent = troupe.slack.slack.tell({"type": kind, "user": "U0ANA"})
        assert sent is not None
        assert is_acked(troupe, sent), kind


@pytest.mark.parametrize("people", [1, 5])
def test_fifty_presses_at_once_are_one_change_and_one_line_for_each_person(
    people: int, troupe: Troupe, tess: Actor
) -> None:
    tess.types(NEW)
    positions = ("FOH", "MON", "BL", "LD", "MERCH")
    crew = [troupe.person(name) for name in CREW[:people]]
    called = ", ".join(f"@{who.name} {position} 14:00" for who, position in zip(crew, positions, strict=False))
    tess.types(f"/gig call #1 {called}")
    presses = [who.holds("Confirm", troupe.post("ask")) for who in crew] * (50 // people)
    since = troupe.mark()
    assert all(troupe.at_once([press.push for press in presses]))
    assert troupe.rows("SELECT count(*) FROM journal WHERE what = 'answered'") == [(people,)]
    assert f"Confirmed ({people})" in troupe.card()
    assert troupe.said(since) == []
    # On a machine that is busy the last ones wait too long for their turn: they are told to press again.
    told = [line.text for line in troupe.slack.ledger.ephemerals(since=since)]
    assert sum("confirmed" in text or "Not saved" in text for text in told) == 50
