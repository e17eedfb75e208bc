"""A little of everything that `make faults` plays in full; each run is a real program that is really killed."""

import pytest

from tests.faults.conftest import Shelf
from tests.faults.lane import Lane, Row
from tests.faults.sweep import why_no_strace
from tests.faults.tests import TESTS

BY_NAME = {test.name: test for test in TESTS}
SEED = "short"
SHORT = [
    ("kill -9", "sqlite", 2),
    ("kill -9", "postgresql", 2),
    ("kill -9, 30 % fail", "sqlite", 2),
    ("kill -9, 30 % fail", "postgresql", 2),
    ("SIGTERM", "sqlite", 2),
    ("SIGSTOP", "postgresql", 1),
    ("2-4 workers", "postgresql", 1),
    ("Slack down", "sqlite", 1),
    ("ack, kill -9", "sqlite", 2),
    ("cut connections", "postgresql", 1),
]
CALLS = (36, 44)
"""The seventh pwrite64 and the eighth sendto."""


@pytest.mark.parametrize(("name", "engine", "runs"), SHORT)
def test_nothing_is_lost_and_nothing_comes_twice(lane: Lane, shelf: Shelf, name: str, engine: str, runs: int) -> None:
    row = lane.play(BY_NAME[name], shelf[engine], SEED, runs)
    assert told(row) == []


def test_a_few_system_calls(lane: Lane, shelf: Shelf) -> None:
    reason = why_no_strace()
    if reason:
        pytest.skip(reason)
    rows = [lane.play(BY_NAME["every system call"], shelf["sqlite"], SEED, only=number) for number in CALLS]
    assert [wrong for row in rows for wrong in told(row)] == []


def test_without_look_back_the_checker_bites(lane: Lane, shelf: Shelf) -> None:
    row = lane.play(BY_NAME["without look-back"], shelf["sqlite"], SEED, 2)
    assert row.total("doubled") > 0


def told(row: Row) -> list[str]:
    """What went wrong, with the seed that plays it again."""
    return [f"seed {each.seed}: {wrong}" for each in row.wrong for wrong in each.verdict.wrongs]
