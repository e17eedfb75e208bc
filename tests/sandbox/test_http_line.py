"""The line by HTTP keeps Slack's rules: signed, three seconds, events again, commands never."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from bot.sandbox.ledger import Kind
from bot.sandbox.sandbox import Sandbox

SECRET = "a-secret"
START = datetime(2026, 9, 1, 12, tzinfo=UTC)


class App(ThreadingHTTPServer):
    """An app that answers as it is told to, and keeps what came."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.status = 200
        self.answer = b""
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.came: list[tuple[dict[str, str], bytes]] = []


class Answering(BaseHTTPRequestHandler):
    server: App

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if b"url_verification" in body:
            self.say(200, json.dumps({"challenge": json.loads(body)["challenge"]}).encode())
            return
        self.server.came.append((dict(self.headers), body))
        self.server.may_answer.wait(5)
        self.say(self.server.status, self.server.answer)

    def say(self, status: int, told: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, ARG002 - as the library calls it
        return


@pytest.fixture
def app() -> Iterator[App]:
    made = App()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.may_answer.set()
    made.shutdown()
    made.server_close()
    thread.join()


class Hour:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def hour() -> Hour:
    return Hour()


@pytest.fixture
def slack(app: App, hour: Hour) -> Iterator[Sandbox]:
    with Sandbox(hour.now) as made:
        made.add_channel("wild-god", [made.add_person("tess")])
        made.deliver_to(f"http://127.0.0.1:{app.server_port}/slack/events", SECRET)
        yield made


def test_a_command_is_a_signed_form_and_its_answer_is_shown(slack: Sandbox, app: App) -> None:
    app.answer = b'{"text": "heard"}'
    assert slack.hands.command("tess", "wild-god", "/gig list all").text == "heard"
    headers, body = app.came[0]
    assert parse_qs(body.decode())["text"] == ["list all"]
    stamp = headers["X-Slack-Request-Timestamp"]
    made = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    assert headers["X-Slack-Signature"] == f"v0={made}"
    assert int(stamp) == int(START.timestamp())


def test_a_command_that_fails_is_told_and_never_sent_again(slack: Sandbox, app: App) -> None:
    app.status = 500
    assert "dispatch_failed" in slack.hands.command("tess", "wild-god", "/gig list").text
    assert (len(app.came), slack.next_retry()) == (1, None)


def test_an_event_that_fails_comes_again_at_once_after_one_and_after_five_minutes(
    slack: Sandbox, app: App, hour: Hour
) -> None:
    def has_come(count: int) -> bool:
        return len(app.came) == count and slack.unacked() == 0

    app.status = 503
    slack.hands.say("tess", "wild-god", "hello")
    for minutes, count in ((0, 2), (1, 3), (5, 4)):
        hour.at += timedelta(minutes=minutes)
        slack.tick()
        assert slack.wait_until(partial(has_come, count))
    numbers = [headers.get("X-Slack-Retry-Num") for headers, _ in app.came]
    assert numbers == [None, "1", "2", "3"]
    assert {headers["X-Slack-Retry-Reason"] for headers, _ in app.came[1:]} == {"http_error"}
    assert slack.wait_until(lambda: slack.ledger.entries(Kind.EVENT_LOST))


def test_who_takes_longer_than_slack_waits_has_not_answered(slack: Sandbox, app: App) -> None:
    slack.ack_seconds = 0.2
    app.may_answer.clear()
    slack.hands.say("tess", "wild-god", "hello")
    assert slack.wait_until(lambda: len(app.came) == 2)
    app.may_answer.set()
    assert app.came[1][0]["X-Slack-Retry-Reason"] == "http_timeout"


def test_an_url_that_does_not_repeat_the_word_is_not_taken(app: App, hour: Hour) -> None:
    with Sandbox(hour.now) as slack:
        with pytest.raises(OSError, match="refused"):
            slack.deliver_to("http://127.0.0.1:9/slack/events", SECRET)
        assert slack.connected() == 0
