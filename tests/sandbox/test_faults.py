"""Slack's bad days, on demand."""

import threading
import time
from http.client import RemoteDisconnected

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.sandbox.faults import ClientMsgId, Faults, Trouble
from bot.sandbox.sandbox import Sandbox
from tests.sandbox.stage import HandClock, Stage, error_of

POST = "chat.postMessage"


@pytest.fixture
def here(stage: Stage) -> str:
    return stage.channel(stage.person("ana"))


def test_the_nth_call_fails_and_no_other(stage: Stage, here: str) -> None:
    stage.sandbox.faults.plan(POST, Trouble.NAMED_ERROR, nth=2, times=2, error="fatal_error")
    post = stage.client.chat_postMessage
    errors = [error_of(lambda: post(channel=here, text="x")) for _ in range(4)]
    assert errors == ["", "fatal_error", "fatal_error", ""]


def test_a_rate_limit_says_how_long_to_wait(stage: Stage, here: str) -> None:
    stage.sandbox.faults.plan(POST, Trouble.RATE_LIMITED, retry_after=7)
    with pytest.raises(SlackApiError) as refused:
        stage.client.chat_postMessage(channel=here, text="x")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "7"


def test_the_sdks_own_retry_gets_through(stage: Stage, here: str) -> None:
    stage.sandbox.faults.plan(POST, Trouble.RATE_LIMITED, retry_after=0)
    patient = WebClient(
        "xoxb-sandbox",
        base_url=stage.sandbox.base_url,
        retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=1)],
    )
    assert patient.chat_postMessage(channel=here, text="x")["ok"]


@pytest.mark.parametrize(("accepted", "standing"), [(False, 0), (True, 1)])
def test_a_server_error_may_have_taken_effect(stage: Stage, here: str, accepted: bool, standing: int) -> None:
    stage.sandbox.faults.plan(POST, Trouble.SERVER_ERROR, accepted=accepted)
    with pytest.raises(SlackApiError):
        stage.client.chat_postMessage(channel=here, text="x")
    assert len(stage.sandbox.messages(here)) == standing


@pytest.mark.parametrize(("accepted", "standing"), [(False, 0), (True, 1)])
def test_a_cut_connection_leaves_it_open_whether_it_was_posted(
    stage: Stage, here: str, accepted: bool, standing: int
) -> None:
    stage.sandbox.faults.plan(POST, Trouble.CUT, accepted=accepted)
    with pytest.raises((RemoteDisconnected, ConnectionError)):
        stage.client.chat_postMessage(channel=here, text="x")
    assert len(stage.sandbox.messages(here)) == standing


def test_garbage_is_no_answer(stage: Stage, here: str) -> None:
    stage.sandbox.faults.plan(POST, Trouble.GARBAGE, accepted=True)
    with pytest.raises(SlackApiError):
        stage.client.chat_postMessage(channel=here, text="x")
    assert len(stage.sandbox.messages(here)) == 1


def test_a_delay_holds_up_nobody_else(stage: Stage, here: str) -> None:
    stage.sandbox.faults.plan(POST, Trouble.DELAY, seconds=0.6)
    started = time.monotonic()
    slow = threading.Thread(target=stage.client.chat_postMessage, kwargs={"channel": here, "text": "slow"})
    slow.start()
    stage.client.auth_test()
    assert slow.is_alive()
    slow.join()
    assert time.monotonic() - started >= 0.6
    assert [m.text for m in stage.sandbox.messages(here)] == ["slow"]


def test_one_message_a_second_a_channel_when_the_switch_is_on(stage: Stage, here: str) -> None:
    other = stage.channel(stage.person("bo"))
    stage.sandbox.faults.one_post_per_second = True
    post = stage.client.chat_postMessage
    assert error_of(lambda: post(channel=here, text="1")) == ""
    assert error_of(lambda: post(channel=here, text="2")) == "ratelimited"
    assert error_of(lambda: post(channel=other, text="1")) == ""
    stage.clock.move(seconds=1)
    assert error_of(lambda: post(channel=here, text="3")) == ""


def test_a_known_client_msg_id_has_three_moods(stage: Stage, here: str) -> None:
    def post() -> str:
        return str(stage.client.chat_postMessage(channel=here, text="x", client_msg_id="k")["ts"])

    first = post()
    assert post() != first
    stage.sandbox.faults.client_msg_id = ClientMsgId.SAME_TS
    assert post() == first
    stage.sandbox.faults.client_msg_id = ClientMsgId.ERROR
    assert error_of(post) == "duplicate_message_not_found"


def test_planned_failures_are_counted_apart() -> None:
    faults = Faults()
    faults.plan("a", Trouble.CUT, nth=2)
    faults.plan("*", Trouble.DELAY, nth=3)
    taken = [faults.take(method) for method in ("a", "b", "a", "a")]
    assert [fault.trouble if fault else None for fault in taken] == [None, None, Trouble.CUT, Trouble.DELAY]


def test_it_leaves_no_thread() -> None:
    before = threading.active_count()
    with Sandbox(HandClock().now) as sandbox:
        assert (sandbox.ack_seconds, sandbox.trigger_seconds) == (3.0, 3.0)
        assert WebClient("xoxb-sandbox", base_url=sandbox.base_url).auth_test()["ok"]
        port = int(sandbox.base_url.split(":")[2].split("/")[0])
        with pytest.raises(OSError, match="address already in use"):
            Sandbox(HandClock().now, port=port).start()
    assert threading.active_count() == before
