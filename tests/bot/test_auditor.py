"""The auditor: no claim of the outbox goes unseen, and what stands still is noticed."""

from datetime import timedelta

import pytest

from bot.auditor import PAUSE, Auditor
from bot.patience import USUAL
from bot.sandbox.faults import Trouble
from bot.sandbox.sandbox import Sandbox
from storage.outbox import DeliveryState, Room
from tests.bot.desk import TEAM, Desk

MINUTE = timedelta(minutes=1)


@pytest.fixture
def auditor(desk: Desk) -> Auditor:
    seat = desk.seats[0]
    return Auditor(desk.store, TEAM, desk.look_back, desk.prover, desk.clock, USUAL, seat.is_mine, stuck_every=0)


def looks(slack: Sandbox) -> int:
    return sum(call.method in ("conversations.history", "conversations.replies") for call in slack.calls)


def test_everything_that_was_sent_is_seen_once_and_by_one_look_a_room(desk: Desk, auditor: Auditor) -> None:
    made = [desk.post(f"m{n}") for n in range(4)] + [desk.post("dm", Room.DM, "U0TESS")]
    desk.carry()
    assert auditor.next_at() == desk.clock.now() + MINUTE
    desk.clock.set(desk.clock.now() + MINUTE)
    auditor.audit(desk.clock.now())
    assert {desk.state(each) for each in made} == {DeliveryState.VERIFIED}
    assert looks(desk.slack) == 2
    assert auditor.next_at() is None


def test_a_post_that_is_not_there_any_more_is_told(desk: Desk, auditor: Auditor) -> None:
    made, kept = desk.post("a"), desk.post("b")
    desk.carry()
    desk.client.chat_delete(channel="C0WILDGOD", ts=desk.delivery(made).ts)
    desk.clock.set(desk.clock.now() + MINUTE)
    auditor.audit(desk.clock.now())
    assert desk.said.vanished == [made]
    assert desk.state(made) is DeliveryState.FAILED
    assert desk.state(kept) is DeliveryState.VERIFIED


def test_a_sent_that_somebody_forged_is_found(desk: Desk, auditor: Auditor) -> None:
    forged, real = desk.post("a"), desk.post("b")
    with desk.store.begin(TEAM) as book:
        fence = book.outbox.start(forged, "forger", "C0WILDGOD", "{}", "", desk.clock.now())
        book.outbox.sent(forged, "1.000001", desk.clock.now(), fence)
    desk.carry()
    desk.clock.set(desk.clock.now() + MINUTE)
    auditor.audit(desk.clock.now())
    assert desk.said.vanished == [forged]
    assert desk.state(real) is DeliveryState.VERIFIED


def test_a_second_copy_is_found_and_taken_back(desk: Desk, auditor: Auditor) -> None:
    made = desk.post("a")
    desk.carry()
    copy = desk.slack.posts("wild-god")[0]
    desk.client.chat_postMessage(channel="C0WILDGOD", text="again", metadata=copy.metadata)
    desk.clock.set(desk.clock.now() + MINUTE)
    auditor.audit(desk.clock.now())
    assert [message.ts for message in desk.slack.messages("wild-god")] == [desk.delivery(made).ts]


def test_a_second_copy_that_slack_does_not_let_go_is_tried_again(desk: Desk, auditor: Auditor) -> None:
    made = desk.post("a")
    desk.carry()
    copy = desk.slack.posts("wild-god")[0]
    desk.client.chat_postMessage(channel="C0WILDGOD", text="again", metadata=copy.metadata)
    desk.slack.faults.plan("chat.delete", Trouble.SERVER_ERROR)
    desk.clock.set(desk.clock.now() + MINUTE)
    auditor.audit(desk.clock.now())
    assert len(desk.slack.messages("wild-god")) == 2
    for _ in range(2):
        desk.later(USUAL.audits[1])
    assert [message.ts for message in desk.slack.messages("wild-god")] == [desk.delivery(made).ts]
    assert desk.state(made) is DeliveryState.VERIFIED


def test_what_slack_does_not_show_is_looked_at_later(desk: Desk, auditor: Auditor) -> None:
    made = desk.post("a")
    desk.carry()
    desk.slack.faults.plan("conversations.history", Trouble.SERVER_ERROR)
    desk.clock.set(desk.clock.now() + MINUTE)
    auditor.audit(desk.clock.now())
    assert desk.state(made) is DeliveryState.SENT
    assert auditor.next_at() == desk.clock.now() + PAUSE
    desk.clock.set(desk.clock.now() + PAUSE)
    auditor.audit(desk.clock.now())
    assert desk.state(made) is DeliveryState.VERIFIED


def test_what_stands_still_is_said_until_it_goes_on(desk: Desk, auditor: Auditor) -> None:
    desk.post("a")
    desk.clock.set(desk.clock.now() + 3 * MINUTE)
    auditor.audit(desk.clock.now())
    assert auditor.stuck == ["1 deliveries pending for minutes"]
    desk.carry()
    auditor.audit(desk.clock.now())
    assert auditor.stuck == []
