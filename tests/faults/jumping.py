"""The machine's clock is set while the program runs: by an hour, forwards or back, and right again later."""

import importlib.util
from datetime import timedelta
from pathlib import Path

from tests.faults.stage import Stage
from tests.faults.workers import rest

HOUR = 3_600
LEAD = timedelta(seconds=9)
"""The program starts cold, and must have seen the right time before it is set."""
MISREAD = 2.0
"""Seconds in which the library may end the program itself: two threads that read the same offset at once confuse it."""


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
    stage.commit(lead=LEAD)
    worker = stage.start(under=_on_clock(hand))
    worker.wait_ready()
    stage.until(stage.dice.uniform(-4, -1))
    _set(hand, stage.dice.choice((HOUR, -HOUR)))
    rest(stage.dice.uniform(1, 6))
    _set(hand, 0)
    rest(MISREAD)
    if not worker.is_alive:
        stage.start(under=_on_clock(hand)).wait_ready()


def _on_clock(hand: Path) -> tuple[str, ...]:
    told = {
        "LD_PRELOAD": library(),
        "FAKETIME_TIMESTAMP_FILE": hand,
        "FAKETIME_NO_CACHE": 1,
        "FAKETIME_DONT_FAKE_MONOTONIC": 1,
    }
    return ("env", *(f"{name}={value}" for name, value in told.items()))


def _set(hand: Path, seconds: int) -> None:
    """Written beside and moved there, so that nobody ever reads half of it."""
    fresh = hand.with_suffix(".new")
    fresh.write_text(f"{seconds:+d}\n", encoding="ascii")
    fresh.replace(hand)
