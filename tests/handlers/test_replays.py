"""The same envelope twice, the same press many times, many people at once: done once, answered the same."""

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


def test_twenty_presses_of_one_person_at_once_are_one_answer(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00")
    press = ana.holds("Confirm", troupe.post("ask"))
    since = troupe.mark()
    told = troupe.at_once([press.push] * 20)
    assert all(told)
    assert "Confirmed (1): ana FOH 14:00" in troupe.card()
    assert troupe.said(since) == []
    assert troupe.rows("SELECT count(*) FROM calls WHERE state = 'confirmed'") == [(1,)]
    assert not [line for line in troupe.slack.ledger.ephemerals(since=since) if "Not saved" in line.text]


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
