"""The courier against a real Slack and both stores: what becomes of each delivery."""

import pytest

from bot.clock import HandClock
from bot.config import Settings
from bot.sandbox.faults import Trouble
from bot.sandbox.sandbox import Sandbox
from bot.wire import Client
from storage.outbox import DeliveryState, Room
from storage.store import Store
from tests.bot.desk import TEAM, Desk


def test_a_delivery_is_posted_once_with_its_kind_and_an_opaque_key(desk: Desk) -> None:
    made = desk.post("overview:1")
    desk.carry()
    desk.carry()
    assert desk.texts() == ["overview:1, with love"]
    entry = desk.slack.posts("wild-god")[0]
    assert entry.metadata is not None
    assert entry.metadata["event_type"] == "buscall_overview"
    assert "overview:1" not in str(entry.metadata)
    sent = desk.delivery(made)
    assert (sent.state, sent.ts, sent.channel) == (DeliveryState.SENT, entry.ts, "C0WILDGOD")


def test_it_is_committed_as_sending_before_the_first_byte(desk: Desk) -> None:
    made, seen = desk.post("a"), list[DeliveryState]()
    send = desk.client.chat_postMessage

    class Watching(Client):
        def chat_postMessage(self, **words: object) -> object:  # type: ignore[override] # noqa: N802
            seen.append(desk.state(made))
            return send(**words)  # type: ignore[arg-type]

    desk.client.__class__ = Watching
    desk.carry()
    assert seen == [DeliveryState.SENDING]
    assert desk.state(made) is DeliveryState.SENT


OUTCOMES = [
    (Trouble.RATE_LIMITED, "", DeliveryState.PENDING),
    (Trouble.NAMED_ERROR, "ratelimited", DeliveryState.PENDING),
    (Trouble.SERVER_ERROR, "", DeliveryState.UNKNOWN),
    (Trouble.CUT, "", DeliveryState.UNKNOWN),
    (Trouble.GARBAGE, "", DeliveryState.UNKNOWN),
    (Trouble.NAMED_ERROR, "fatal_error", DeliveryState.UNKNOWN),
    (Trouble.NAMED_ERROR, "never_heard_of", DeliveryState.UNKNOWN),
    (Trouble.NAMED_ERROR, "is_archived", DeliveryState.FAILED),
    (Trouble.NAMED_ERROR, "invalid_blocks", DeliveryState.FAILED),
    (Trouble.NAMED_ERROR, "token_revoked", DeliveryState.FAILED),
]


@pytest.mark.parametrize(("trouble", "error", "expected"), OUTCOMES)
def test_each_answer_of_slack_gives_its_state(
    desk: Desk, trouble: Trouble, error: str, expected: DeliveryState
) -> None:
    desk.slack.faults.plan("chat.postMessage", trouble, error=error)
    made = desk.post("a")
    desk.carry()
    assert desk.state(made) is expected
    assert desk.said.failed == ([(made, error)] if expected is DeliveryState.FAILED else [])


@pytest.mark.parametrize("trouble", [Trouble.SERVER_ERROR, Trouble.CUT, Trouble.GARBAGE, Trouble.NAMED_ERROR])
def test_what_slack_took_and_did_not_say_is_found_and_never_posted_twice(desk: Desk, trouble: Trouble) -> None:
    desk.slack.faults.plan("chat.postMessage", trouble, accepted=True)
    made = desk.post("a")
    desk.carry()
    assert desk.state(made) is DeliveryState.UNKNOWN
    desk.later(1)
    assert desk.state(made) is DeliveryState.SENT
    assert desk.delivery(made).ts == desk.slack.posts("wild-god")[0].ts
    desk.later(60)
    desk.later(300)
    assert desk.state(made) is DeliveryState.VERIFIED
    assert desk.texts() == ["a, with love"]


@pytest.mark.parametrize("trouble", [Trouble.SERVER_ERROR, Trouble.CUT, Trouble.GARBAGE, Trouble.NAMED_ERROR])
def test_what_slack_did_not_take_and_did_not_say_goes_out_when_that_is_certain(desk: Desk, trouble: Trouble) -> None:
    desk.slack.faults.plan("chat.postMessage", trouble)
    made = desk.post("a")
    desk.carry()
    desk.later(14)
    assert desk.state(made) is DeliveryState.UNKNOWN
    assert desk.texts() == []
    desk.later(1)
    assert desk.state(made) is DeliveryState.SENT
    assert desk.texts() == ["a, with love"]


def test_an_answer_after_the_deadline_is_unknown(
    store: Store, slack: Sandbox, settings: Settings, clock: HandClock
) -> None:
    desk = Desk(store, slack, settings, clock, deadline=0.3)
    slack.faults.plan("chat.postMessage", Trouble.DELAY, seconds=1.0)
    made = desk.post("a")
    desk.carry()
    assert desk.state(made) is DeliveryState.UNKNOWN
    desk.leave()


def test_a_429_waits_as_long_as_slack_says_and_only_in_that_channel(desk: Desk) -> None:
    desk.slack.faults.plan("chat.postMessage", Trouble.RATE_LIMITED, retry_after=30)
    first, second = desk.post("a"), desk.post("b")
    dm = desk.post("c", Room.DM, "U0TESS")
    desk.carry()
    assert desk.state(dm) is DeliveryState.SENT
    desk.later(29)
    assert desk.state(first) is desk.state(second) is DeliveryState.PENDING
    desk.later(1)
    assert desk.texts() == ["a, with love", "b, with love"]


def test_where_slack_cannot_be_reached_the_delivery_waits_and_goes_out_later(desk: Desk) -> None:
    there, desk.client.base_url = desk.client.base_url, "http://127.0.0.1:9/api/"
    made = desk.post("a")
    desk.carry()
    assert desk.state(made) is DeliveryState.PENDING
    desk.client.base_url = there
    desk.later(2)
    assert desk.texts() == ["a, with love"]


@pytest.mark.parametrize("error", ["not_in_channel", "channel_not_found"])
def test_a_channel_that_does_not_let_us_in_holds_its_deliveries_until_it_does(desk: Desk, error: str) -> None:
    desk.slack.faults.plan("chat.postMessage", Trouble.NAMED_ERROR, error=error)
    made, other = desk.post("a"), desk.post("b")
    desk.carry()
    assert desk.said.outside == [made]
    assert desk.state(made) is desk.state(other) is DeliveryState.PENDING
    with desk.store.begin(TEAM) as book:
        book.tours.set_reachable(desk.tour, True)
    desk.carry()
    assert desk.texts() == ["a, with love", "b, with love"]
