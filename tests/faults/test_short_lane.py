"""A little of everything that `make faults` plays in full; each run is a real program that is really killed."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from tests.faults.conftest import Shelf
from tests.faults.lane import Lane, Row
from tests.faults.sweep import why_no_strace
from tests.faults.tests import TESTS

BY_NAME = {test.name: test for test in TESTS}
SEED = "short"
ABREAST = 4
"""Most of a run is waiting."""


@dataclass(frozen=True)
class Part:
    """So many runs of a test on an engine, or `only` one by its number."""

    name: str
    engine: str
    runs: int = 1
    only: int = -1

    def play(self, lane: Lane, shelf: Shelf) -> Row:
        return lane.play(BY_NAME[self.name], shelf[self.engine], SEED, self.runs, self.only)


SHORT = [
    Part("accepted long after", "postgresql"),
    Part("outlived", "sqlite"),
    Part("Slack down", "sqlite"),
    Part("without look-back", "sqlite", 2),
    Part("kill -9, 30 % fail", "postgresql"),
    Part("kill -9, 30 % fail", "sqlite"),
    Part("SIGSTOP", "postgresql"),
    Part("kill -9", "postgresql"),
    Part("kill -9", "sqlite"),
    Part("2-4 workers", "postgresql"),
    Part("ack, kill -9", "sqlite"),
    Part("SIGTERM", "sqlite"),
    Part("cut connections", "postgresql"),
]
CALLS = [Part("every system call", "sqlite", only=number) for number in (36, 44)]
"""The seventh pwrite64 and the eighth sendto."""


@pytest.mark.long
def test_nothing_is_lost_and_nothing_comes_twice_but_for_a_build_that_does_not_look_back(
    lane: Lane, shelf: Shelf
) -> None:
    parts = [*([] if why_no_strace() else CALLS), *SHORT]
    with ThreadPoolExecutor(ABREAST) as hands:
        rows = list(hands.map(lambda part: part.play(lane, shelf), parts))
    assert [wrong for row in rows if not row.test.must_bite for wrong in told(row)] == []
    by_name = {row.test.name: row for row in rows}
    assert by_name["without look-back"].total("doubled") > 0
    assert by_name["accepted long after"].total("healed") > 0
    assert by_name["outlived"].runs_by_edge()["pending>expired"] == 1


def told(row: Row) -> list[str]:
    """What went wrong, with the seed that plays it again."""
    seeds = [(each.seed, wrong) for each in row.wrong for wrong in each.verdict.wrongs]
    return [f"{row.test.name} on {row.engine}, seed {seed}: {wrong}" for seed, wrong in seeds]
