"""Pace: bursts are small, Slack's own no is kept."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.pace import PER_CHANNEL, POSTS, Pace

NOW = datetime(2024, 8, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_small_burst_in_a_channel_goes_at_once_and_then_one_a_second() -> None:
    pace = Pace()
    for _ in range(PER_CHANNEL.burst):
        assert pace.earliest("T", "chat.postMessage", "C1", NOW) == NOW
        pace.spend("T", "chat.postMessage", "C1", NOW)
    assert pace.earliest("T", "chat.postMessage", "C1", NOW) == NOW + SECOND
    assert pace.earliest("T", "chat.postMessage", "C2", NOW) == NOW
    assert pace.earliest("T2", "chat.postMessage", "C1", NOW) == NOW


@given(st.lists(st.sampled_from(["C1", "C2"]), max_size=200))
def test_a_channel_never_gets_more_than_its_burst_and_one_a_second(channels: list[str]) -> None:
    pace, now, sent = Pace(), NOW, dict[str, list[datetime]]()
    for channel in channels:
        now = pace.earliest("T", "chat.postMessage", channel, now)
        pace.spend("T", "chat.postMessage", channel, now)
        sent.setdefault(channel, []).append(now)
    for times in sent.values():
        for first, last in zip(times, times[PER_CHANNEL.burst :], strict=False):
            assert last - first >= SECOND


def test_edits_are_held_to_fifty_a_minute() -> None:
    pace = Pace()
    for _ in range(50):
        pace.spend("T", "chat.update", "C1", NOW)
    assert pace.earliest("T", "chat.update", "C2", NOW) > NOW
    assert pace.earliest("T", "chat.update", "C2", NOW + timedelta(minutes=1)) == NOW + timedelta(minutes=1)


def test_a_block_holds_that_method_in_that_channel_only() -> None:
    pace = Pace()
    pace.block("T", "chat.postMessage", "C1", NOW + 30 * SECOND)
    assert pace.earliest("T", "chat.postMessage", "C1", NOW) == NOW + 30 * SECOND
    assert pace.earliest("T", "chat.postMessage", "C2", NOW) == NOW
    assert pace.earliest("T", "chat.update", "C1", NOW) == NOW
    assert pace.earliest("T", "chat.postMessage", "C1", NOW + 31 * SECOND) == NOW + 31 * SECOND


def test_asking_takes_nothing() -> None:
    pace = Pace()
    for _ in range(1000):
        assert pace.earliest("T", "reactions.add", "C1", NOW) == NOW


def test_a_clock_that_was_set_back_holds_nothing_for_an_hour() -> None:
    pace, ahead = Pace(), NOW + timedelta(hours=1)
    for _ in range(POSTS.most):
        pace.spend("T", "chat.postMessage", "C1", ahead)
    assert pace.earliest("T", "chat.postMessage", "C1", ahead) > ahead
    assert pace.earliest("T", "chat.postMessage", "C1", NOW) == NOW
    assert pace.earliest("T", "chat.postMessage", "C2", NOW) == NOW


def test_a_workspace_gets_three_hundred_posts_in_any_minute() -> None:
    pace = Pace()
    for n in range(POSTS.most):
        assert pace.earliest("T", "chat.postMessage", f"C{n}", NOW) == NOW
        pace.spend("T", "chat.postMessage", f"C{n}", NOW)
    assert pace.earliest("T", "chat.postMessage", "C1", NOW) == NOW + timedelta(minutes=1)
    assert pace.earliest("T2", "chat.postMessage", "C1", NOW) == NOW
