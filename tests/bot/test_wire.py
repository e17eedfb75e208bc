"""The line to Slack: nothing twice, a total deadline, and knowing whether a byte went out."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from slack_sdk.errors import SlackApiError

from bot.config import Settings
from bot.outcomes import Result, read_answer, read_failure
from bot.sandbox.faults import Trouble
from bot.sandbox.sandbox import Sandbox
from bot.wire import MOST_ANSWER, Client, NotSent, TooBig, Unclear


def client_for(settings: Settings, deadline: float = 2.0) -> Client:
    return Client(settings, settings.bot_token, deadline)


def post(settings: Settings, deadline: float = 2.0) -> Result:
    try:
        return read_answer(client_for(settings, deadline).chat_postMessage(channel="C0WILDGOD", text="hello")).result
    except (SlackApiError, NotSent, Unclear) as error:
        return read_failure(error).result


def test_a_message_goes_out_once(settings: Settings, slack: Sandbox) -> None:
    assert post(settings) is Result.DONE
    assert [entry.text for entry in slack.posts("wild-god")] == ["hello"]


TROUBLES = [
    (Trouble.RATE_LIMITED, "", Result.LATER),
    (Trouble.SERVER_ERROR, "", Result.UNCLEAR),
    (Trouble.CUT, "", Result.UNCLEAR),
    (Trouble.GARBAGE, "", Result.UNCLEAR),
    (Trouble.NAMED_ERROR, "fatal_error", Result.UNCLEAR),
    (Trouble.NAMED_ERROR, "internal_error", Result.UNCLEAR),
    (Trouble.NAMED_ERROR, "request_timeout", Result.UNCLEAR),
    (Trouble.NAMED_ERROR, "service_unavailable", Result.UNCLEAR),
    (Trouble.NAMED_ERROR, "duplicate_message_not_found", Result.UNCLEAR),
    (Trouble.NAMED_ERROR, "something_new", Result.UNCLEAR),
    (Trouble.NAMED_ERROR, "ratelimited", Result.LATER),
    (Trouble.NAMED_ERROR, "not_in_channel", Result.OUT),
    (Trouble.NAMED_ERROR, "channel_not_found", Result.OUT),
    (Trouble.NAMED_ERROR, "is_archived", Result.REFUSED),
    (Trouble.NAMED_ERROR, "token_revoked", Result.REFUSED),
    (Trouble.NAMED_ERROR, "msg_too_long", Result.REFUSED),
    (Trouble.NAMED_ERROR, "invalid_blocks_format", Result.REFUSED),
    (Trouble.NAMED_ERROR, "restricted_action_read_only_channel", Result.REFUSED),
    (Trouble.NAMED_ERROR, "already_reacted", Result.DONE),
]


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize(("trouble", "error", "expected"), TROUBLES)
def test_each_failure_has_its_outcome_and_is_never_sent_again(
    settings: Settings, slack: Sandbox, trouble: Trouble, error: str, expected: Result, accepted: bool
) -> None:
    slack.faults.plan("chat.postMessage", trouble, error=error, accepted=accepted)
    assert post(settings) is expected
    assert len(slack.posts("wild-god")) == int(accepted)


def test_a_429_says_how_long_to_wait(settings: Settings, slack: Sandbox) -> None:
    slack.faults.plan("chat.postMessage", Trouble.RATE_LIMITED, retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        client_for(settings).chat_postMessage(channel="C0WILDGOD", text="hello")
    assert read_failure(caught.value).seconds == 7


def test_an_answer_after_the_deadline_is_unclear(settings: Settings, slack: Sandbox) -> None:
    slack.faults.plan("chat.postMessage", Trouble.DELAY, seconds=1.0)
    assert post(settings, deadline=0.2) is Result.UNCLEAR


def test_where_nobody_listens_nothing_was_sent(slack: Sandbox) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/api/"
    env = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": address}
    assert post(Settings.from_env(env)) is Result.LATER


@contextmanager
def listener(answer: Callable[[socket.socket, threading.Event], None]) -> Iterator[Settings]:
    """A server of one connection that answers as told; gives settings that point to it."""
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            taken, _ = server.accept()
            with taken:
                taken.recv(65536)
                answer(taken, done)

        thread = threading.Thread(target=serve)
        thread.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/api/"
        yield Settings.from_env({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": address})
        done.set()
        thread.join()


def trickle(taken: socket.socket, done: threading.Event) -> None:
    try:
        taken.sendall(b"HTTP/1.1 200 OK\r\n")
        while not done.wait(0.05):
            taken.sendall(b"X")
    except OSError:
        return


def flood(taken: socket.socket, done: threading.Event) -> None:
    try:
        taken.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while not done.is_set():
            taken.sendall(b"x" * 65536)
    except OSError:
        return


def cut_short(taken: socket.socket, done: threading.Event) -> None:
    taken.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"ok": true, "ts": "1')


def test_the_deadline_is_total_even_for_one_byte_at_a_time() -> None:
    with listener(trickle) as settings:
        begun = time.monotonic()
        assert post(settings, deadline=0.4) is Result.UNCLEAR
        # Without it there is no end at all.
        assert time.monotonic() - begun < 10


def test_a_giant_answer_is_not_read() -> None:
    with listener(flood) as settings, pytest.raises(TooBig):
        client_for(settings).chat_postMessage(channel="C", text="hello")
    assert MOST_ANSWER == 1024 * 1024


def test_an_answer_that_is_cut_short_is_unclear() -> None:
    with listener(cut_short) as settings:
        assert post(settings) is Result.UNCLEAR


def test_a_slack_on_this_machine_is_reached_without_the_proxy(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    assert post(settings) is Result.DONE
