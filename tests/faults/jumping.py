"""The machine's clock is set while the program runs, by an hour and right again later; or the machine sleeps."""

import importlib.util
import signal
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.clock import RealClock
from checklists.letters import Letter
from tests.faults.kept import read_ledger
from tests.faults.stage import Stage
from tests.faults.workers import rest

HOUR = 3_600
LEAD = timedelta(seconds=9)
"""The program starts cold, and must have seen the right time before it is set."""
MISREAD = 2.0
"""Seconds in which the library may end the program itself: two threads that read the same offset at once confuse it."""

NIGHT = 8 * HOUR
SLEEPERS_LEAD, ASLEEP, AWAKE = timedelta(seconds=12), -10.0, -8.0
"""The rest falls due so late, and the machine sleeps and wakes so many seconds from then: what fell due in the night
has gone out before."""


def library() -> Path | None:
    """What stands between a program and its clock; None where that package is not installed."""
    found = importlib.util.find_spec("libfaketime")
    if found is None or found.origin is None:
        return None
    made = Path(found.origin).parent / "vendor" / "libfaketime" / "src" / "libfaketime.so.1"
    return made if made.exists() else None


def why_no_jumps() -> str:
    """Why clocks cannot be set here; "" when they can."""
    return "" if library() else "the package libfaketime is not installed"


def clock_jumped(stage: Stage) -> None:
    """An hour forwards makes everything look due, an hour back nothing: neither is believed."""
    hand = stage.folder / f"{stage.name}.clock"
    _set(hand, 0)
    worker = stage.start_ready(_on_clock(hand))
    stage.commit(lead=LEAD)
    stage.until(stage.dice.uniform(-4, -1))
    _set(hand, stage.dice.choice((HOUR, -HOUR)))
    rest(stage.dice.uniform(1, 6))
    _set(hand, 0)
    rest(MISREAD)
    if not worker.is_alive:
        stage.start_ready(_on_clock(hand))


def slept(stage: Stage) -> None:
    """The machine sleeps for eight hours, in the midst of which every second reminder falls due: those go out once it
    wakes, and say so; what falls due afterwards is on time. The program lives by a clock that is eight hours behind
    until then; Slack's is right, and what counts seconds has stood still, as on a machine that was put aside."""
    hand = stage.folder / f"{stage.name}.clock"
    _set(hand, -NIGHT)
    worker = stage.start_ready(_on_clock(hand))
    stage.commit(lead=SLEEPERS_LEAD, age=timedelta(seconds=stage.dice.uniform(0.1, 0.9) * NIGHT))
    stage.until(ASLEEP)
    worker.signal(signal.SIGSTOP)
    _set(hand, 0)
    stage.until(AWAKE)
    _expect_on_waking(stage)
    worker.signal(signal.SIGCONT)
    stage.settle()
    _note_unmarked(stage)


def _expect_on_waking(stage: Stage) -> None:
    """What goes to one person is late already, and wanted from now on."""
    now = RealClock().now().timestamp()
    stage.plan = [replace(each, due=now) if each.channel.startswith("D") else each for each in stage.plan]


def _note_unmarked(stage: Stage) -> None:
    late = [post for post in read_ledger(stage.ledger) if post.kind == Letter.ASK_DM]
    silent = [post.key for post in late if "was due" not in post.text]
    if not late or silent:
        stage.notes.append(f"{len(late)} came after the night, and {len(silent)} of them do not say so")


def _on_clock(hand: Path) -> tuple[str, ...]:
    """What to start a program under. It looks at the hand once a second: at each look at the clock, threads that wait
    for each other would do little else."""
    told = {
        "LD_PRELOAD": library(),
        "FAKETIME_TIMESTAMP_FILE": hand,
        "FAKETIME_CACHE_DURATION": 1,
        "FAKETIME_DONT_FAKE_MONOTONIC": 1,
    }
    return ("env", *(f"{name}={value}" for name, value in told.items()))


def _set(hand: Path, seconds: int) -> None:
    """Written beside and moved there, so that nobody ever reads half of it."""
    fresh = hand.with_suffix(".new")
    fresh.write_text(f"{seconds:+d}\n", encoding="ascii")
    fresh.replace(hand)
