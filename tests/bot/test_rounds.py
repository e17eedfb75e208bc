"""Rounds: one thread that is woken, works, and rests."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import HandClock
from bot.rounds import Round

START = datetime(2024, 8, 1, 12, tzinfo=UTC)


class Work:
    """Counts passes; `fails` of them raise; `gate` holds one up."""

    def __init__(self) -> None:
        self.seen: list[datetime] = []
        self.fails = 0
        self.due: datetime | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.rested = threading.Semaphore(0)

    def do(self, now: datetime) -> None:
        self.gate.wait(5)
        self.seen.append(now)
        if self.fails:
            self.fails -= 1
            raise RuntimeError("as planned\nforged line")

    def wait(self) -> None:
        assert self.rested.acquire(timeout=20)


@pytest.fixture
def clock() -> HandClock:
    return HandClock(START)


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def turn(clock: HandClock, work: Work) -> Iterator[Round]:
    made = Round("bell", clock, work.do, lambda: work.due)
    made.on_rest(work.rested.release)
    yield made
    work.gate.set()
    assert made.stop(5)


def test_it_works_once_at_the_start_and_then_rests(turn: Round, work: Work) -> None:
    turn.start()
    work.wait()
    assert work.seen == [START]
    assert turn.is_idle()


def test_it_comes_again_when_the_next_thing_is_due(turn: Round, work: Work, clock: HandClock) -> None:
    work.due = START + timedelta(hours=3)
    turn.start()
    work.wait()
    clock.set(START + timedelta(hours=3))
    work.wait()
    assert work.seen[-1] == START + timedelta(hours=3)


def test_a_wake_during_work_means_one_more_pass(turn: Round, work: Work) -> None:
    turn.start()
    work.wait()
    work.gate.clear()
    turn.wake()
    turn.wake()
    assert not turn.is_idle()
    work.gate.set()
    work.wait()
    turn.wake()
    work.wait()
    assert len(work.seen) >= 3


def test_work_that_raises_is_tried_again_and_ends_nothing(turn: Round, work: Work, clock: HandClock) -> None:
    work.fails = 1
    turn.start()
    work.wait()
    clock.set(START + timedelta(seconds=1))
    work.wait()
    assert len(work.seen) == 2


def test_what_is_due_but_left_undone_is_looked_at_again_in_a_second(turn: Round, work: Work, clock: HandClock) -> None:
    work.due = START
    turn.start()
    work.wait()
    assert turn.is_idle()
    clock.set(START + timedelta(seconds=1))
    work.wait()


def test_it_stops_between_two_passes_and_says_so_when_it_cannot(clock: HandClock, work: Work) -> None:
    made = Round("bell", clock, work.do, lambda: None)
    work.gate.clear()
    made.start()
    stopped = made.stop(0.05)
    work.gate.set()
    assert not stopped
    assert made.stop(5)


def test_stopping_what_never_started_is_fine(clock: HandClock, work: Work) -> None:
    assert Round("bell", clock, work.do, lambda: None).stop(1)
