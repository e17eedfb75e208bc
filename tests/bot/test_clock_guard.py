"""A wall clock that jumps is not believed at once: checked with a wall and a steady clock moved by hand."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import BEAT, ClockGuard

START = datetime(2026, 10, 1, 14, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


class Clocks:
    """A wall clock and a steady one that go together until somebody sets the wall clock."""

    def __init__(self) -> None:
        self.wall, self.steady = START, 100.0
        self.asked = 0
        self.guard = ClockGuard(lambda: self.wall, self.ask, lambda: self.steady)
        assert self.guard.is_steady()

    def ask(self) -> None:
        self.asked += 1

    def slack_says(self, ahead: timedelta) -> None:
        """Slack tells its time; ours is so far ahead of it."""
        self.guard.hear(self.wall - ahead)

    def go(self, by: timedelta) -> bool:
        self.wall += by
        self.steady += by.total_seconds()
        return self.guard.is_steady()

    def jump(self, by: timedelta) -> bool:
        self.wall += by
        return self.guard.is_steady()


@pytest.mark.parametrize("by", [HOUR, -HOUR, timedelta(hours=8)])
def test_a_jump_holds_sending_until_the_clock_went_steadily_for_a_beat(by: timedelta) -> None:
    clocks = Clocks()
    assert not clocks.jump(by)
    assert not clocks.go(BEAT - SECOND)
    assert clocks.go(SECOND)
    assert clocks.go(HOUR)


def test_a_second_jump_begins_the_wait_anew() -> None:
    clocks = Clocks()
    clocks.jump(HOUR)
    clocks.go(BEAT - SECOND)
    assert not clocks.jump(-HOUR)
    assert not clocks.go(SECOND)
    assert clocks.go(BEAT)


def test_a_jump_that_slack_confirms_holds_nothing() -> None:
    clocks = Clocks()
    assert not clocks.jump(HOUR)
    clocks.slack_says(SECOND)
    assert clocks.go(SECOND), "the jump set the clock right"


def test_slack_is_asked_once_for_each_jump() -> None:
    clocks = Clocks()
    clocks.jump(HOUR)
    clocks.go(SECOND)
    clocks.jump(HOUR)
    assert clocks.asked == 2


def test_a_clock_that_slack_contradicts_holds_sending_until_it_is_set_right() -> None:
    clocks = Clocks()
    clocks.jump(HOUR)
    clocks.slack_says(HOUR)
    assert not clocks.go(BEAT * 10)
    assert not clocks.jump(-HOUR)
    clocks.slack_says(-SECOND)
    assert clocks.go(SECOND)


def test_slack_is_asked_again_while_it_contradicts_for_a_clock_may_be_set_right_little_by_little() -> None:
    clocks = Clocks()
    clocks.jump(HOUR)
    clocks.slack_says(HOUR)
    assert not clocks.go(BEAT - SECOND)
    assert clocks.asked == 1
    assert not clocks.go(SECOND)
    assert clocks.asked == 2
    clocks.slack_says(SECOND)
    assert clocks.go(SECOND)


def test_what_slack_said_before_the_jump_proves_nothing() -> None:
    clocks = Clocks()
    clocks.slack_says(timedelta(0))
    assert not clocks.jump(HOUR)
    assert not clocks.go(SECOND)


def test_a_clock_that_never_jumped_is_believed_whatever_slack_says() -> None:
    clocks = Clocks()
    clocks.slack_says(HOUR)
    assert clocks.go(SECOND)


@given(st.lists(st.tuples(st.floats(0, 86_400), st.floats(-59, 59)), max_size=30))
def test_a_clock_that_drifts_less_than_a_minute_between_two_looks_is_believed(looks: list[tuple[float, float]]) -> None:
    clocks = Clocks()
    for gone, drift in looks:
        assert clocks.go(timedelta(seconds=gone)) or drift
        assert clocks.jump(timedelta(seconds=drift))


@given(st.integers(61, 10**7), st.booleans())
def test_nothing_is_ever_sent_right_after_a_jump(seconds: int, back: bool) -> None:
    clocks = Clocks()
    assert not clocks.jump(timedelta(seconds=-seconds if back else seconds))
