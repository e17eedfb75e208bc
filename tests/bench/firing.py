"""Ten thousand reminders fall due at once: ours and APScheduler's, on the same engine, side by side.

Ours claims each, judges whether it is still needed, and writes its delivery; its job does nothing.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from statistics import median

from tests.bench.databases import postgres_database, postgres_server, sqlite_file
from tests.bench.figures import Reading, Say, Unmeasured
from tests.bench.serving import ROOT

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
FIRED = 10_000
RUNS = 3
PATIENCE = 900.0
Read = Mapping[str, Sequence[float]]
Database = Callable[[], AbstractContextManager[str]]


def measure(say: Say) -> list[Reading]:
    """Everything on both engines; gives shares of APScheduler's time, and what is lost over downtime."""
    with ExitStack() as stack:
        server = stack.enter_context(postgres_server())
        engines: dict[str, Database] = {"sqlite": sqlite_file, "postgres": partial(postgres_database, server)}
        return [reading for name, database in engines.items() for reading in _measure_on(name, database, say)]


def _measure_on(name: str, database: Database, say: Say) -> list[Reading]:
    ours, theirs = {}, {}
    for size, pending in SIZES.items():
        say(f"{name}: ours, {size} pending")
        redates = RUNS if size == "10k" else 0
        ours[size] = _read(database, "ours", pending, redates)
        if size != "1m":
            say(f"{name}: APScheduler, {size} pending")
            theirs[size] = _read(database, "theirs", pending, RUNS, redates)
    return [
        *(_share(f"fire-{size}-{name}", ours[size]["fired"], theirs[size]["fired"]) for size in theirs),
        _share(f"redate-{name}", ours["10k"]["redated"], theirs["10k"]["redated"]),
        _flat(f"flat-{name}", ours["10k"]["fired"], ours["1m"]["fired"]),
        _grown(f"grown-{name}", ours),
        _lost(f"lost-{name}", [lost for each in ours.values() for lost in each["lost"]], theirs["10k"]["lost"]),
    ]


def _read(database: Database, side: str, *numbers: int) -> Read:
    """What one side read in a process of its own. Raises Unmeasured with its last words when it failed."""
    with database() as url:
        command = [sys.executable, "-m", f"tests.bench.{side}", url, *map(str, numbers)]
        try:
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE)
        except subprocess.TimeoutExpired as late:
            raise Unmeasured(f"{side} took longer than {PATIENCE:.0f} s") from late
    if done.returncode:
        raise Unmeasured(f"{side} failed: {done.stderr[-500:].strip()}")
    read: Read = json.loads(done.stdout)
    return read


def _share(name: str, ours: Sequence[float], theirs: Sequence[float]) -> Reading:
    mine, other = median(ours), median(theirs)
    note = f"{FIRED / mine:,.0f}/s, APScheduler {FIRED / other:,.0f}/s: {other / mine:.1f} times"
    return Reading(name, [mine / other], note)


def _flat(name: str, few: Sequence[float], many: Sequence[float]) -> Reading:
    note = f"{FIRED / median(few):,.0f}/s of 10 k, {FIRED / median(many):,.0f}/s of 1 M"
    return Reading(name, [median(many) / median(few)], note)


def _grown(name: str, ours: Mapping[str, Read]) -> Reading:
    grown = {size: read["grown_mb"][0] for size, read in ours.items()}
    note = ", ".join(f"{size} {mb:.1f} MB" for size, mb in grown.items())
    return Reading(name, [grown["1m"]], note)


def _lost(name: str, ours: Sequence[float], theirs: Sequence[float]) -> Reading:
    return Reading(name, list(ours), f"APScheduler with its defaults {theirs[0]:.0f} of 1,000")
