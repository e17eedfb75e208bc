"""Health: looked at once a second, never waited for by two, and red when something is wrong."""

import json
import threading
from dataclasses import replace

import pytest

from bot.health import Health, Vitals

WELL = Vitals(ready=True, team="T1", store=True, sender=True, overdue=119.6, beat=20.2)


def test_who_is_well_says_so() -> None:
    well, told = Health(lambda: WELL).tell()
    assert well
    assert json.loads(told)["overdue"] == 120


@pytest.mark.parametrize(
    "ill",
    [
        replace(WELL, ready=False),
        replace(WELL, store=False),
        replace(WELL, beat=61.0),
        replace(WELL, overdue=121.0),
    ],
)
def test_who_is_not_says_that(ill: Vitals) -> None:
    assert Health(lambda: ill).tell()[0] is False


def test_a_standby_is_well_whatever_its_sender_leaves_lying() -> None:
    assert Health(lambda: replace(WELL, sender=False, overdue=9999.0)).tell()[0]


def test_a_thousand_askers_cost_one_look() -> None:
    looks: list[int] = []

    def look() -> Vitals:
        looks.append(1)
        return WELL

    health = Health(look)
    assert all(health.tell()[0] for _ in range(1000))
    assert len(looks) <= 2


def test_a_look_that_hangs_holds_up_one_asker_only() -> None:
    may_go, came = threading.Event(), threading.Event()

    def look() -> Vitals:
        came.set()
        may_go.wait(10)
        return WELL

    health = Health(look)
    first = threading.Thread(target=health.tell)
    first.start()
    assert came.wait(20)
    assert health.tell()[0] is False
    may_go.set()
    first.join(5)
    assert health.tell()[0]
