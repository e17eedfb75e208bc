"""The watch: a socket that is gone, deaf or refused is noticed and replaced; what cannot be replaced is told."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import pytest
from slack_bolt import Ack

from bot.app import build
from bot.clock import HandClock
from bot.config import Settings
from bot.door import SocketDoor
from bot.sandbox.faults import Trouble
from bot.sandbox.sandbox import Sandbox
from bot.watch import Limits, Watch
from bot.wire import Client
from storage.store import Store

QUICK = Limits(beat=0.02, deaf=1.5, hello=1.0, down=0.3, opens=50, pauses=(0.05, 0.1))
OPEN = "apps.connections.open"
ABOUT = 20.0


@dataclass
class Post:
    """A door with its watch, and what the watch told."""

    door: SocketDoor
    slack: Sandbox
    missed: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    taken: int = 0
    watch: Watch | None = None

    def watches(self, limits: Limits = QUICK) -> Watch:
        line = self.door.line
        assert line is not None
        self.watch = Watch(
            line, lambda: self.taken, lambda: self.missed.append(time.monotonic()), self.lost.append, limits
        )
        self.watch.start()
        return self.watch

    def _miss(self) -> None:
        self.missed.append(time.monotonic())

    def answers(self) -> bool:
        answer = self.slack.hands.command("tess", "wild-god", "/gig list")
        return answer.text == "here"

    def soon(self, is_so: Callable[[], object]) -> bool:
        return self.slack.wait_until(is_so, ABOUT)

    def opened(self) -> int:
        return sum(call.method == OPEN for call in self.slack.calls)


@pytest.fixture
def post(settings: Settings, slack: Sandbox) -> Iterator[Post]:
    known: Any = Client(settings, settings.bot_token).auth_test().data
    door = SocketDoor(settings, known, ping_every=0.5)

    def answer(ack: Ack) -> None:
        ack("here")

    door.app.command("/gig")(answer)
    door.open()
    made = Post(door, slack)
    yield made
    if made.watch is not None:
        made.watch.stop()
    door.shut()


def deafen(slack: Sandbox) -> None:
    """The sockets that stand are forgotten: nothing comes through them any more, not even a pong."""
    slack.slack.line.sockets = []


def test_a_deaf_socket_is_noticed_and_replaced(post: Post) -> None:
    watch = post.watches()
    deafen(post.slack)
    assert post.soon(lambda: not watch.is_well)
    assert post.soon(lambda: post.slack.connected() == 1 and post.missed)
    assert post.soon(lambda: watch.is_well)
    assert post.answers()
    assert post.lost == []


def test_a_new_socket_on_which_nobody_says_hello_is_replaced_too(post: Post) -> None:
    post.watches()
    line = post.slack.slack.line
    say, silent = line.join, threading.Event()

    def join_without_a_word(socket: Any, hello: Any) -> bool:
        if silent.is_set():
            return say(socket, hello)
        silent.set()
        return True

    line.join = join_without_a_word  # type: ignore[method-assign]
    post.slack.hang_up()
    assert post.soon(lambda: post.slack.connected() == 1)
    assert post.soon(lambda: len(post.missed) == 1)
    assert post.answers()


@pytest.mark.parametrize("end", ["hang_up", "disconnect"])
def test_whatever_ends_a_socket_what_was_missed_is_looked_for_once_it_stands_again(end: str, post: Post) -> None:
    post.watches()
    {"hang_up": post.slack.hang_up, "disconnect": post.slack.disconnect}[end]()
    assert post.soon(lambda: len(post.missed) == 1)
    assert post.answers()


def test_slack_that_gives_no_address_for_a_while_is_asked_again(post: Post) -> None:
    watch = post.watches()
    post.slack.faults.plan(OPEN, Trouble.SERVER_ERROR, times=2)
    post.slack.hang_up()
    assert post.soon(lambda: post.slack.connected() == 1 and watch.is_well and post.missed)
    assert post.answers()


def test_an_address_where_nobody_is_is_not_the_end(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    post.watches()
    line, wrong = post.door.line, iter(["ws://127.0.0.1:1/link", "wss://nobody.invalid/link", "not an address"])
    assert line is not None
    issue = line.issue_new_wss_url
    monkeypatch.setattr(line, "issue_new_wss_url", lambda: next(wrong, None) or issue())
    post.slack.hang_up()
    assert post.soon(lambda: len(post.missed) == 1)
    assert next(wrong, None) is None
    assert post.answers()


def test_a_token_that_slack_refuses_is_told_in_plain_words(post: Post) -> None:
    post.watches()
    post.slack.faults.plan(OPEN, Trouble.NAMED_ERROR, times=99, error="invalid_auth")
    post.slack.hang_up()
    assert post.soon(lambda: post.lost)
    assert post.lost == ["Slack says invalid_auth: check SLACK_APP_TOKEN"]


def test_a_socket_that_cannot_be_had_for_too_long_is_told_once(post: Post) -> None:
    post.watches(replace(QUICK, lost=0.5))
    post.slack.faults.plan(OPEN, Trouble.SERVER_ERROR, times=99)
    post.slack.hang_up()
    assert post.soon(lambda: post.lost)
    assert "start it again when Slack can be reached" in post.lost[0]
    post.slack.wait_until(lambda: False, 0.2)
    assert len(post.lost) == 1


def test_too_many_sockets_do_not_make_us_open_more_and_more(post: Post) -> None:
    watch = post.watches(replace(QUICK, opens=3, between=0.3))
    line = post.slack.slack.line
    line.sockets = [*line.sockets, *[_Nobody() for _ in range(10)]]
    before = post.opened()
    post.slack.disconnect("refresh_requested")
    post.slack.wait_until(lambda: False, 1.0)
    assert post.opened() - before < 12
    line.sockets = [socket for socket in line.sockets if not isinstance(socket, _Nobody)]
    assert post.soon(lambda: post.slack.connected() == 1 and watch.is_well)
    post.slack.ack_seconds = 1.0
    assert any(post.answers() for _ in range(15)), "what is typed while sockets change hands may be lost, and no more"


class _Nobody:
    """Somebody else's socket."""

    def push(self, _: str, note_sent: Callable[[], None]) -> None:
        note_sent()

    def close(self) -> None:
        return


def test_new_connections_leave_no_thread_behind(post: Post) -> None:
    post.watches()
    assert post.answers()
    before = threading.active_count()
    for n in range(8):
        post.slack.hang_up() if n % 2 else post.slack.disconnect()
        assert post.soon(partial(_is_missed, post, n + 1))
        assert post.soon(lambda: post.slack.connected() == 1)
    assert post.answers()
    assert abs(threading.active_count() - before) <= 2


def _is_missed(post: Post, times: int) -> bool:
    return len(post.missed) >= times


def test_a_long_silence_is_looked_into_and_a_word_ends_it() -> None:
    missed: list[float] = []
    taken = iter([0, 0, 0, 0, 1])
    watch = Watch(None, lambda: next(taken, 1), lambda: missed.append(1), missed.clear, Limits(silence=10))  # type: ignore[arg-type]
    for now in (0, 5, 11, 12, 13):
        watch._listen(now)
    assert len(missed) == 1
    for now in (22, 24):
        watch._listen(now)
    assert len(missed) == 2
    assert watch.is_well


def test_who_has_no_socket_is_watched_for_silence_alone() -> None:
    watch = Watch(None, lambda: 0, lambda: None, lambda _: None, Limits(beat=0.01))
    watch.start()
    watch.stop()
    assert watch.is_well


def test_a_program_that_cannot_hear_slack_any_more_says_why_and_asks_to_be_ended(
    settings: Settings, clock: HandClock, sqlite_url: str
) -> None:
    store = Store.open(sqlite_url)
    program, ended = build(settings, clock, store), []
    program.on_lost(lambda: ended.append("SIGTERM"))
    program._lose("Slack says invalid_auth: check SLACK_APP_TOKEN")
    store.close()
    assert program.lost == "Slack says invalid_auth: check SLACK_APP_TOKEN"
    assert ended == ["SIGTERM"]
