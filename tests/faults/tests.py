"""The list of what is tested, with the figures of the full lane."""

from collections.abc import Sequence

from tests.faults import breaking, jumping, rush, scenes, sweep
from tests.faults.lane import Test
from tests.faults.workers import BLIND

SQLITE, POSTGRES, CLUSTER, SMALL = ("sqlite",), ("postgresql",), ("cluster",), ("small disk",)
LOCKED, ALL_WEATHERS, JUMPS = 60.0, 90.0, 60.0
"""Seconds: the lock itself lasts up to 20; where most calls fail for ever, several tries are needed."""

TESTS: Sequence[Test] = (
    Test("kill -9", scenes.killed, 200),
    Test("kill -9, 30 % fail", scenes.killed_in_bad_weather, 200),
    Test("60 % fail", scenes.bad_weather, 20, bound=ALL_WEATHERS),
    Test("SIGTERM", scenes.deployed, 200),
    Test("SIGSTOP", scenes.stopped, 100),
    Test("2-4 workers", scenes.crowded, 100),
    Test("Slack down", scenes.slack_down, 20),
    Test("429 storm", scenes.storm, 20),
    Test("slow and giant", scenes.dripping, 10, bound=ALL_WEATHERS),
    Test("refused", scenes.refused, 10),
    Test("no look-back possible", scenes.unreadable, 10),
    Test("outlived", scenes.outlived, 10, bound=ALL_WEATHERS),
    Test("accepted long after", scenes.accepted_long_after, 10),
    Test("ack, kill -9", scenes.acknowledged, 100),
    Test("events again", scenes.talkative, 10),
    Test("clock jumps", jumping.clock_jumped, 25, bound=JUMPS),
    Test("8 h asleep", jumping.slept, 10, bound=JUMPS),
    Test("restart", breaking.server_restarted, 50, CLUSTER, abreast=1),
    Test("cut connections", breaking.connections_cut, 20, POSTGRES),
    Test("locked", breaking.file_locked, 20, SQLITE, bound=LOCKED),
    Test("disk full", breaking.disk_full, 60, SMALL),
    Test("every system call", sweep.Sweep(sweep.ON_SQLITE), 240, SQLITE),
    Test("every system call, server", sweep.Sweep(sweep.ON_POSTGRES), 120, POSTGRES),
    Test("rush", rush.rush, 1, bound=120.0, people=rush.PEOPLE, abreast=1),
    Test("without look-back", scenes.killed_in_bad_weather, 10, entry=BLIND, must_bite=True),
)
