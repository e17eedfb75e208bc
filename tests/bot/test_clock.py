"""Clocks: who is called, and when."""

import threading
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import HandClock, RealClock, use_packaged_zones
from checklists.walls import known_zone

START = datetime(2024, 8, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def real() -> Iterator[RealClock]:
    clock = RealClock(beat=timedelta(seconds=0.05))
    clock.start()
    yield clock
    clock.stop()


def test_zones_come_from_the_package_and_not_from_the_host() -> None:
    use_packaged_zones()
    assert zoneinfo.TZPATH == ()
    # Winnipeg stays on its summer time for good from 2026 on; a host copy from before that says -6.
    assert datetime(2026, 12, 1, 12, tzinfo=ZoneInfo("America/Winnipeg")).utcoffset() == timedelta(hours=-5)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "x" * 5000])
def test_a_zone_that_is_not_known_is_none(name: str) -> None:
    assert known_zone(name) == ""


def test_the_hand_clock_calls_at_the_instant_and_only_once() -> None:
    clock, rung = HandClock(START), []
    clock.wake_at("bell", START + HOUR, lambda: rung.append(clock.now()))
    clock.set(START + HOUR - timedelta(seconds=1))
    assert rung == []
    clock.set(START + HOUR)
    clock.set(START + 2 * HOUR)
    assert rung == [START + HOUR]


def test_the_hand_clock_calls_at_once_for_an_instant_that_is_past() -> None:
    clock, rung = HandClock(START), []
    clock.wake_at("bell", START, lambda: rung.append("now"))
    assert rung == ["now"]


def test_a_new_wish_replaces_the_old_one() -> None:
    clock, rung = HandClock(START), []
    clock.wake_at("bell", START + HOUR, lambda: rung.append("old"))
    clock.wake_at("bell", START + 2 * HOUR, lambda: rung.append("new"))
    clock.wake_at("other", START + HOUR, lambda: rung.append("other"))
    clock.wake_at("other", None, lambda: rung.append("never"))
    clock.set(START + 3 * HOUR)
    assert rung == ["new"]


@given(st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=400)))
def test_the_hand_clock_never_goes_back(back: timedelta) -> None:
    clock = HandClock(START)
    with pytest.raises(ValueError, match="does not go back"):
        clock.set(START - back)
    assert clock.now() == START


def test_the_real_clock_wakes_at_the_instant(real: RealClock) -> None:
    rung = threading.Event()
    real.wake_at("bell", real.now() + timedelta(milliseconds=30), rung.set)
    assert rung.wait(20)


def test_the_real_clock_wakes_at_once_for_an_instant_long_past(real: RealClock) -> None:
    rung = threading.Event()
    real.wake_at("bell", real.now() - timedelta(days=3), rung.set)
    assert rung.wait(20)


def test_the_safety_beat_calls_even_who_has_no_wish(real: RealClock) -> None:
    rung = threading.Event()
    real.wake_at("bell", real.now() + HOUR, rung.set)
    real.wake_at("bell", None, rung.set)
    assert rung.wait(20)


def test_the_real_clock_may_be_asked_before_it_runs_and_after() -> None:
    clock, rung = RealClock(), threading.Event()
    clock.wake_at("bell", clock.now(), rung.set)
    clock.start()
    assert rung.wait(20)
    clock.stop()
    clock.wake_at("bell", clock.now(), rung.set)
    clock.stop()
