"""Answers that go wrong on the wire itself, heard with a plain socket; chance that plays again; deaf sockets."""

import http.client
import json
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

import pytest

from bot.sandbox.faults import Fault, Faults, Gamble, Trouble
from tests.sandbox.stage import Stage, error_of

POST = "chat.postMessage"


@pytest.fixture
def here(stage: Stage) -> str:
    return stage.channel(stage.person("ana"))


def say(stage: Stage, channel: str, seconds: float = 5.0) -> bytes:
    """Posts by hand, and gives the answer's bytes."""
    line = http.client.HTTPConnection(urlsplit(stage.sandbox.base_url).netloc, timeout=seconds)
    heads = {"Content-Type": "application/json", "Authorization": "Bearer xoxb-sandbox"}
    try:
        line.request("POST", "/api/chat.postMessage", json.dumps({"channel": channel, "text": "x"}), heads)
        return line.getresponse().read()
    finally:
        line.close()


def standing(stage: Stage, channel: str) -> int:
    return len(stage.sandbox.messages(channel))


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize(
    ("trouble", "failure"), [(Trouble.CUT, ConnectionError), (Trouble.RESET, ConnectionResetError)]
)
def test_broken_connections(
    stage: Stage, here: str, trouble: Trouble, failure: type[Exception], accepted: bool
) -> None:
    stage.sandbox.faults.plan(POST, trouble, accepted=accepted)
    with pytest.raises(failure):
        say(stage, here)
    assert standing(stage, here) == int(accepted)


def test_an_answer_cut_in_the_middle(stage: Stage, here: str) -> None:
    stage.sandbox.faults.plan(POST, Trouble.CUT_SHORT, accepted=True)
    with pytest.raises(http.client.IncompleteRead):
        say(stage, here)
    assert standing(stage, here) == 1


@pytest.mark.parametrize("accepted", [False, True])
def test_silence_after_the_call(stage: Stage, here: str, accepted: bool) -> None:
    stage.sandbox.faults.plan(POST, Trouble.SILENCE, accepted=accepted)
    with pytest.raises(TimeoutError):
        say(stage, here, 0.2)
    assert standing(stage, here) == int(accepted)


def test_silence_for_a_time_ends_without_an_answer(stage: Stage, here: str) -> None:
    stage.sandbox.faults.plan(POST, Trouble.SILENCE, seconds=0.1)
    with pytest.raises(ConnectionError):
        say(stage, here)


def test_a_slow_answer_is_whole_in_the_end(stage: Stage, here: str) -> None:
    stage.sandbox.faults.plan(POST, Trouble.SLOW, accepted=True, seconds=0.0005)
    began = time.monotonic()
    assert json.loads(say(stage, here))["ok"]
    assert time.monotonic() - began > 0.1


def test_a_giant_answer_begins_and_does_not_end_soon(stage: Stage, here: str) -> None:
    stage.sandbox.faults.plan(POST, Trouble.GIANT, accepted=True)
    line = http.client.HTTPConnection(urlsplit(stage.sandbox.base_url).netloc, timeout=5)
    line.request("POST", "/api/chat.postMessage", json.dumps({"channel": here, "text": "x"}))
    answer = line.getresponse()
    assert answer.length == 300 * 1024**2
    assert answer.read(100_000) == b" " * 100_000
    line.close()


def test_a_late_call_takes_effect_after_its_connection_is_gone(stage: Stage, here: str) -> None:
    stage.sandbox.faults.plan(POST, Trouble.LATE, seconds=0.2)
    with pytest.raises(ConnectionError):
        say(stage, here)
    assert standing(stage, here) == 0
    assert stage.sandbox.wait_until(lambda: standing(stage, here) == 1)


def test_a_fault_may_be_meant_for_one_channel(stage: Stage, here: str) -> None:
    other = stage.channel(stage.person("bo"))
    stage.sandbox.faults.plan(POST, Trouble.NAMED_ERROR, channel=other, nth=2)
    post = stage.client.chat_postMessage
    errors = [error_of(partial(post, channel=where, text="x")) for where in (other, here, here, other)]
    assert errors == ["", "", "", "fatal_error"]


def test_chance_plays_again_with_its_seed_whatever_the_order() -> None:
    ways = (Fault(POST, Trouble.CUT), Fault(POST, Trouble.GARBAGE))
    calls = [("C1", n) for n in range(200)] + [("C2", n) for n in range(200)]

    def play(order: list[tuple[str, int]]) -> dict[str, list[str]]:
        faults = Faults()
        faults.gamble(Gamble(POST, "7", 0.3, ways))
        met: dict[str, list[str]] = {"C1": [], "C2": []}
        for channel, _ in order:
            found = faults.take(POST, channel)
            met[channel].append(found.trouble if found else "")
        return met

    first = play(calls)
    assert play(calls[::-1]) == first
    counts = Counter(first["C1"] + first["C2"])
    assert 240 < counts[""] < 320
    assert set(counts) == {"", Trouble.CUT, Trouble.GARBAGE}


def test_a_minute_takes_so_many_posts() -> None:
    faults, start = Faults(posts_per_minute=3), datetime(2026, 1, 1, tzinfo=UTC)
    assert [faults.wait_to_post(start + timedelta(seconds=n)) for n in (0, 10, 20, 30)] == [0, 0, 0, 30]
    assert faults.wait_to_post(start + timedelta(seconds=60)) == 0
    assert faults.wait_to_post(start + timedelta(seconds=61)) == 9


def test_a_workspace_says_so_when_its_minute_is_full(stage: Stage, here: str) -> None:
    stage.sandbox.faults.posts_per_minute = 1
    post = stage.client.chat_postMessage
    assert [error_of(lambda: post(channel=here, text="x")) for _ in range(2)] == ["", "ratelimited"]
