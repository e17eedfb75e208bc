"""The sender's seat: one holds it, a dead one's is free at once, a stuck one's is taken over by proof."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import IO

import pytest

from bot.clock import HandClock
from bot.patience import USUAL
from bot.seat import Holding, who_am_i
from storage.sending import Occupant
from storage.store import Store

TEAM, FACTOR = "T1", "0.05"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
SHORT = USUAL.scaled(float(FACTOR))


@pytest.fixture
def url(store: Store, store_url: str) -> str:
    store.connect(TEAM, "Wild Nights", "UBOT", NOW)
    return store_url


@contextmanager
def sitter(url: str) -> Iterator[subprocess.Popen[str]]:
    """Another process on the seat."""
    command = [sys.executable, "-m", "tests.bot.sitter", url, TEAM, FACTOR]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert _first_line(process.stdout) == "sits"
            yield process
        finally:
            process.kill()


def _first_line(out: IO[str] | None) -> str:
    return out.readline().strip() if out else ""


@contextmanager
def holding(url: str, me: Occupant | None = None) -> Iterator[tuple[Holding, threading.Event]]:
    """Us, waiting for our turn."""
    store, gained = Store.open(url), threading.Event()
    held = Holding(store.seat(TEAM), me or who_am_i(), HandClock(NOW), SHORT)
    held.start(gained.set)
    try:
        yield held, gained
    finally:
        held.stop()
        store.close()


def test_a_free_seat_is_taken_and_held(url: str) -> None:
    with holding(url) as (first, _), holding(url) as (second, _):
        assert first.is_mine()
        assert not second.is_mine()
        assert first.is_mine()


def test_who_leaves_makes_room_at_once(url: str) -> None:
    with holding(url) as (second, gained):
        with holding(url) as (first, _):
            assert first.is_mine() != second.is_mine()
            first.stop()
        assert second.is_mine() or gained.wait(30)


def test_a_dead_holders_seat_is_free(url: str) -> None:
    with sitter(url) as process, holding(url) as (mine, gained):
        assert not mine.is_mine()
        process.kill()
        process.wait()
        assert gained.wait(30)
        assert mine.is_mine()


def test_a_busy_holder_that_beats_is_left_alone(url: str) -> None:
    with sitter(url) as process, holding(url) as (mine, gained):
        assert not gained.wait(2.5 * SHORT.lease)
        assert not mine.is_mine()
        assert process.poll() is None


def test_a_stopped_holder_is_ended_and_its_seat_taken(url: str) -> None:
    with sitter(url) as process, holding(url) as (mine, gained):
        process.send_signal(signal.SIGSTOP)
        assert gained.wait(30)
        assert mine.is_mine()
        assert process.wait(30) == -signal.SIGKILL


def test_a_stopped_holder_on_another_machine_loses_its_connection_and_is_never_killed(url: str) -> None:
    if url.startswith("sqlite"):
        pytest.skip("a file's lock is of one machine")
    with sitter(url) as process, holding(url, replace(who_am_i(), host="elsewhere")) as (mine, gained):
        process.send_signal(signal.SIGSTOP)
        assert gained.wait(30)
        assert mine.is_mine()
        assert process.poll() is None
        with closing(Store.open(url)) as other, other.begin(TEAM) as book:
            assert book.outbox.may_send(mine.me.boot)
            assert not book.outbox.may_send("the one before")


def test_a_claim_is_refused_once_another_sits_there(url: str) -> None:
    if url.startswith("sqlite"):
        pytest.skip("a file's lock cannot be taken over from the living")
    with holding(url) as (mine, _):
        assert mine.is_mine()
        with closing(Store.open(url)) as other, other.begin(TEAM) as book:
            assert book.outbox.may_send(mine.me.boot)
            assert not book.outbox.may_send("another run")


def test_a_process_number_that_is_used_again_is_not_mistaken(url: str) -> None:
    me = who_am_i()
    assert me.born
    assert who_am_i().boot != me.boot
    stranger = replace(me, boot="x", pid=1, born="0")
    with holding(url, stranger) as (first, _), holding(url) as (second, gained):
        assert first.is_mine()
        assert not gained.wait(2 * SHORT.lease)
        assert not second.is_mine()
