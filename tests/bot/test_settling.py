"""What nobody can tell is looked for in Slack: against a real Slack and both stores."""

import threading
from datetime import datetime, timedelta

import pytest

from bot.patience import USUAL
from bot.sandbox.faults import Trouble
from bot.sandbox.ledger import Kind
from checklists.letters import Letter
from storage.looks import Looks
from storage.outbox import Delivery, DeliveryState, Room
from tests.bot.desk import TEAM, Desk
from tests.faults.workers import wait_until


def say(desk: Desk, letter: Letter, key: str = "a") -> int:
    with desk.store.begin(TEAM) as book:
        made = book.outbox.say(letter, Room.CHANNEL, key, desk.clock.now(), tour_id=desk.tour)
    assert made is not None
    return made


def blind(desk: Desk, times: int = 99) -> None:
    """Slack does not let us look."""
    desk.slack.faults.plan("conversations.history", Trouble.SERVER_ERROR, times=times)


def test_a_call_that_cannot_be_proven_for_a_minute_goes_out_once_more(desk: Desk) -> None:
    blind(desk)
    desk.slack.faults.plan("chat.postMessage", Trouble.SERVER_ERROR, accepted=True)
    made = say(desk, Letter.ASK)
    desk.carry()
    for _ in range(30):
        desk.later(2)
    assert len(desk.texts()) == 2
    assert (desk.delivery(made).repeat, desk.state(made)) == (True, DeliveryState.SENT)


def test_anything_else_is_asked_of_a_person_and_found_later(desk: Desk) -> None:
    blind(desk, 8)
    desk.slack.faults.plan("chat.postMessage", Trouble.SERVER_ERROR, accepted=True)
    made = say(desk, Letter.OVERVIEW)
    desk.carry()
    for _ in range(35):
        desk.later(2)
    assert desk.said.asked == [made]
    assert desk.state(made) is DeliveryState.ASKED
    desk.slack.faults.clear()
    desk.later(600)
    assert (desk.state(made), desk.said.settled) == (DeliveryState.SENT, [made])
    assert len(desk.texts()) == 1


def test_without_anybody_to_ask_it_counts_as_failed(desk: Desk) -> None:
    desk.said.has_lead = False
    blind(desk)
    desk.slack.faults.plan("chat.postMessage", Trouble.SERVER_ERROR, accepted=True)
    made = say(desk, Letter.OVERVIEW)
    desk.carry()
    for _ in range(35):
        desk.later(2)
    assert desk.state(made) is DeliveryState.FAILED


def test_a_look_that_slack_holds_back_is_put_off_as_long_as_slack_says(desk: Desk) -> None:
    desk.slack.faults.plan("conversations.history", Trouble.RATE_LIMITED, retry_after=40)
    desk.slack.faults.plan("chat.postMessage", Trouble.CUT, accepted=True)
    made = say(desk, Letter.ASK)
    desk.carry()
    desk.later(1)
    assert desk.delivery(made).look_at == desk.clock.now() + timedelta(seconds=40)
    desk.later(40)
    assert desk.state(made) is DeliveryState.SENT


def test_a_look_walks_through_every_page(desk: Desk) -> None:
    desk.slack.faults.plan("chat.postMessage", Trouble.CUT, accepted=True)
    made = say(desk, Letter.ASK)
    desk.carry()
    for number in range(250):
        desk.slack.hands.say("tess", "wild-god", f"chatter {number}")
    desk.later(1)
    assert desk.state(made) is DeliveryState.SENT
    assert [call.method for call in desk.slack.calls].count("conversations.history") == 3


def test_a_second_copy_is_taken_back_and_the_first_one_stays(desk: Desk) -> None:
    made = say(desk, Letter.ASK)
    desk.carry()
    first = desk.delivery(made).ts
    with desk.store.begin(TEAM) as book:
        book.looks.again(made, desk.clock.now())
    copy = desk.slack.posts("wild-god")[0]
    desk.client.chat_postMessage(channel="C0WILDGOD", text=copy.text, metadata=copy.metadata)
    desk.carry()
    standing = [message.ts for message in desk.slack.messages("wild-god")]
    assert standing == [first]
    assert len(desk.slack.ledger.entries(Kind.DELETED)) == 1


def test_what_a_restored_book_says_again_is_looked_for_first(desk: Desk) -> None:
    made = say(desk, Letter.ASK)
    desk.carry()
    with desk.store.begin(TEAM) as book:
        book.outbox.look_since = desk.clock.now() - timedelta(days=1)
        again = book.outbox.say(Letter.ASK, Room.CHANNEL, "b", desk.clock.now(), tour_id=desk.tour)
    assert again is not None
    desk.client.chat_postMessage(
        channel="C0WILDGOD", text="b", metadata={"event_type": "x", "event_payload": {"key": desk.key(again)}}
    )
    before = len(desk.texts())
    desk.carry()
    desk.later(1)
    assert len(desk.texts()) == before
    assert desk.state(again) is desk.state(made) is DeliveryState.SENT


def test_what_a_restored_book_never_said_goes_out(desk: Desk) -> None:
    with desk.store.begin(TEAM) as book:
        book.outbox.look_since = desk.clock.now() - timedelta(days=1)
        made = book.outbox.say(Letter.ASK, Room.CHANNEL, "b", desk.clock.now(), tour_id=desk.tour)
    desk.carry()
    assert desk.state(made or 0) is DeliveryState.SENT
    assert len(desk.texts()) == 1


def test_a_card_that_fails_takes_its_thread_along_and_is_told_once(desk: Desk) -> None:
    desk.slack.faults.plan("chat.postMessage", Trouble.NAMED_ERROR, error="invalid_blocks_format")
    gig = desk.open_gig()
    with desk.store.begin(TEAM) as book:
        card = book.outbox.say(Letter.CARD, Room.CHANNEL, "card", desk.clock.now(), tour_id=desk.tour, gig_id=gig)
        ask = book.outbox.say(Letter.ASK, Room.THREAD, "ask", desk.clock.now(), tour_id=desk.tour, gig_id=gig)
    desk.carry()
    assert (desk.state(card or 0), desk.state(ask or 0)) == (DeliveryState.FAILED, DeliveryState.EXPIRED)
    assert [each for each, _ in desk.said.failed] == [card]


def test_one_channel_that_hangs_does_not_hold_up_another(desk: Desk) -> None:
    desk.slack.faults.plan("chat.postMessage", Trouble.DELAY, seconds=1.0)
    slow = say(desk, Letter.ASK)
    quick = desk.post("dm", Room.DM, "U0TESS")
    carrying = threading.Thread(target=desk.carry)
    carrying.start()
    assert desk.slack.wait_until(lambda: desk.state(quick) is DeliveryState.SENT)
    assert desk.state(slow) is DeliveryState.SENDING
    carrying.join()
    assert desk.state(slow) is DeliveryState.SENT


def test_what_the_store_refuses_is_written_when_it_can_be(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = say(desk, Letter.ASK)
    begin, failures = desk.store.begin, [OSError("the disk is full")]

    def begin_badly(team: str) -> object:
        if threading.current_thread().name.startswith("hand") and failures:
            raise failures.pop()
        return begin(team)

    monkeypatch.setattr(desk.store, "begin", begin_badly)
    desk.carry()
    assert desk.state(made) is DeliveryState.SENT
    assert len(desk.texts()) == 1


def test_every_try_is_kept_with_its_outcome(desk: Desk) -> None:
    desk.slack.faults.plan("chat.postMessage", Trouble.RATE_LIMITED, retry_after=1)
    made = say(desk, Letter.ASK)
    desk.carry()
    desk.later(1)
    with desk.store.read(TEAM) as book:
        tries = book.outbox.tries(made)
    assert [(each.fence, each.outcome) for each in tries] == [(1, "later"), (2, "done")]
    assert tries[1].ts == desk.delivery(made).ts


def test_a_look_that_was_overtaken_takes_no_later_look_away(desk: Desk) -> None:
    desk.slack.faults.plan("chat.postMessage", Trouble.CUT, accepted=True)
    made = say(desk, Letter.ASK)
    desk.carry()
    stale = desk.delivery(made)
    desk.later(1)
    assert desk.state(made) is DeliveryState.SENT
    desk.prover.prove(stale)
    desk.later(USUAL.settle)
    copy = desk.slack.posts("wild-god")[0]
    desk.client.chat_postMessage(channel="C0WILDGOD", text=copy.text, metadata=copy.metadata)
    desk.later(USUAL.audits[1])
    assert len(desk.slack.messages("wild-god")) == 1
    assert desk.state(made) is DeliveryState.VERIFIED


def test_what_was_looked_for_while_the_list_was_read_is_not_looked_for_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.slack.faults.plan("chat.postMessage", Trouble.CUT, accepted=True)
    say(desk, Letter.ASK)
    desk.carry()
    looked: list[int] = []
    begun, listed = threading.Event(), threading.Event()
    prove, due = desk.prover.prove, Looks.due

    def wait_and_prove(said: Delivery) -> None:
        looked.append(said.id)
        begun.set()
        listed.wait(5)
        prove(said)

    def read(looks: Looks, now: datetime, most: int) -> list[Delivery]:
        found = due(looks, now, most)
        if begun.is_set() and not listed.is_set():
            listed.set()
            wait_until(lambda: not desk.courier._places(), 5)
        return found

    monkeypatch.setattr(desk.prover, "prove", wait_and_prove)
    monkeypatch.setattr(Looks, "due", read)
    desk.clock.set(desk.clock.now() + timedelta(seconds=1))
    carrying = threading.Thread(target=desk.carry)
    carrying.start()
    begun.wait(5)
    desk.courier.notice()
    carrying.join(20)
    assert len(looked) == 1
