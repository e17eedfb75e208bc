"""`make faults`: plays everything that may go wrong, on both engines, and prints what it came to.

`python -m tests.faults --help` tells how to play a part of it. The same seed draws the same faults and the same
instants; `--run` plays one run of a test again. Exit code 1 when a run went wrong, or when the build without
look-back did not.
"""

import argparse
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import SystemRandom
from tempfile import TemporaryDirectory
from typing import NoReturn

from rich.console import Console

from tests.faults import jumping
from tests.faults.books import Books, Cluster, Postgres, Sqlite, cluster
from tests.faults.breaking import SmallDisk, why_no_small_disk
from tests.faults.lane import Lane, Row, Test
from tests.faults.nursery import Nursery
from tests.faults.report import edges_table, results_table
from tests.faults.sweep import Sweep, why_no_strace
from tests.faults.tests import TESTS
from tests.faults.town import ROOT, Town

WIDTH = 190
EVIDENCE = ROOT / "artifacts" / "faults"


class Shelf:
    """The books by the name of their engine, opened when a test wants them."""

    def __init__(self, folder: Path, rooms: ExitStack) -> None:
        self._folder = folder
        self._rooms = rooms
        self._opened: dict[str, Books] = {}

    def take(self, engine: str) -> Books:
        """Books of this engine: sqlite, postgresql, cluster (a server to knock over), small disk."""
        if engine not in self._opened:
            self._opened[engine] = self._open(engine)
        return self._opened[engine]

    def _open(self, engine: str) -> Books:
        if engine in ("sqlite", "small disk"):
            folder = self._folder / engine.replace(" ", "")
            folder.mkdir()
            return Sqlite(folder) if engine == "sqlite" else SmallDisk(folder)
        server: Cluster = self._rooms.enter_context(cluster())
        return Postgres(server.url, engine, server.restart if engine == "cluster" else None)


@contextmanager
def opened(console: Console, cold: bool) -> Iterator[tuple[Lane, Shelf, Path]]:
    """A lane, and its books."""
    with ExitStack() as rooms:
        folder = Path(rooms.enter_context(TemporaryDirectory(prefix="faults")))
        town = rooms.enter_context(Town(folder))

        def say(words: str) -> None:
            console.print(words, style="red", highlight=False, markup=False)

        nursery = None if cold else rooms.enter_context(Nursery())
        yield Lane(town, nursery, folder, EVIDENCE, say), Shelf(folder, rooms), folder


def why_not(test: Test, folder: Path) -> str:
    """Why a test cannot be played on this machine; "" when it can."""
    if isinstance(test.scene, Sweep):
        return why_no_strace()
    if test.scene in (jumping.clock_jumped, jumping.slept):
        return jumping.why_no_jumps()
    return why_no_small_disk(folder) if "small disk" in test.engines else ""


def play(console: Console, given: argparse.Namespace) -> int:
    """Plays what was asked for and prints the tables; gives the exit code."""
    began, rows, skipped = time.monotonic(), list[Row](), list[str]()
    try:
        play_each(console, given, began, rows, skipped)
    except (SystemExit, KeyboardInterrupt):
        skipped.append("the rest: told to end")
    console.print(results_table(rows), edges_table(rows))
    for line in skipped:
        console.print(f"SKIPPED {line}", style="red", highlight=False)
    console.print(f"seed {given.seed}, {time.monotonic() - began:.0f} s", highlight=False)
    return int(not all(row.is_as_wanted for row in rows))


def play_each(console: Console, given: argparse.Namespace, began: float, rows: list[Row], skipped: list[str]) -> None:
    """Plays each test, and tells of it as it ends."""
    with opened(console, given.cold) as (lane, shelf, folder):
        for test in chosen(given.only):
            reason = why_not(test, folder)
            if reason:
                skipped.append(f"{test.name}: {reason}")
                continue
            for engine in [each for each in test.engines if given.engine in ("", each)]:
                runs = given.runs or max(1, round(test.runs * given.share))
                books = shelf.take(engine)
                rows.append(row := Row(test, books.name))
                lane.fill(row, books, given.seed, runs, given.run)
                console.print(f"{time.monotonic() - began:5.0f} s  {said(row)}", highlight=False)


def said(row: Row) -> str:
    """A test in one line."""
    figures = [figure for each in row.played for figure in each.figures][:1]
    return " ".join([f"{row.test.name} on {row.engine}: {len(row.played)} runs, {len(row.wrong)} wrong", *figures])


def chosen(names: Sequence[str]) -> list[Test]:
    """The tests of these names, or all. Raises ValueError for a name that none has."""
    unknown = set(names) - {test.name for test in TESTS}
    if unknown:
        raise ValueError(f"there is no test called {', '.join(sorted(unknown))}")
    return [test for test in TESTS if not names or test.name in names]


def leave(*_: object) -> NoReturn:
    """Told to end, everything that was started ends first."""
    raise SystemExit(1)


def main() -> int:
    """Reads what was typed."""
    typed = argparse.ArgumentParser(prog="python -m tests.faults", description="Breaks everything, and counts.")
    names = ", ".join(test.name for test in TESTS).replace("%", "%%")
    typed.add_argument("--only", action="append", default=[], metavar="NAME", help=names)
    typed.add_argument("--runs", type=int, default=0, help="so many of each test")
    typed.add_argument("--share", type=float, default=1.0, help="this share of each test's runs")
    typed.add_argument("--seed", default=f"{SystemRandom().randrange(1_000_000)}")
    typed.add_argument("--run", type=int, default=-1, help="one run alone, by its number")
    typed.add_argument("--engine", default="", help="sqlite or postgresql")
    typed.add_argument("--cold", action="store_true", help="every worker imports its program by itself")
    given = typed.parse_args()
    signal.signal(signal.SIGTERM, leave)
    try:
        chosen(given.only)
    except ValueError as wrong:
        typed.error(str(wrong))
    return play(Console() if sys.stdout.isatty() else Console(width=WIDTH), given)


if __name__ == "__main__":
    raise SystemExit(main())
