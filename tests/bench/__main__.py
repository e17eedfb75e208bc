"""`make bench`: reads the figures that the bot must keep, and prints them with their targets.

`python -m tests.bench [--only NAME]... [--whole]`. Exit code 1 when something could not be measured, else 0.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from rich.console import Console

from tests.bench import board, commands, crew, cues, firing, flood, home, imports, pages, ready, replies, serve
from tests.bench.figures import FIGURES, PARTS, Reading, Say, Unmeasured, chosen
from tests.bench.table import figures_table, machine

WIDTH = 170
"""Of what is printed into a file."""
MEASURES: Mapping[str, Callable[[Say], list[Reading]]] = {
    "serve": serve.measure,
    "cues": cues.measure,
    "firing": firing.measure,
    "imports": imports.measure,
    "home": home.measure,
    "pages": pages.measure,
    "try": pages.measure_try,
    "flood": flood.measure,
    "replies": replies.measure,
    "crew": crew.measure,
    "readiness": ready.measure,
    "board": board.measure,
    "story": commands.measure_story,
    "whole": commands.measure_whole,
}


def run(names: Sequence[str], console: Console) -> int:
    """Reads these figures and prints them; gives the exit code."""
    began = time.monotonic()
    readings: dict[str, Reading] = {}
    unmeasured: dict[str, str] = {}
    before = machine()
    for part in dict.fromkeys(FIGURES[name].part for name in names):

        def say(words: str, part: str = part) -> None:
            console.print(f"[dim]{time.monotonic() - began:5.0f} s  {part}: {words}[/]", highlight=False)

        try:
            readings |= {reading.name: reading for reading in MEASURES[part](say)}
        except Unmeasured as why:
            unmeasured[part] = str(why)
    console.print(figures_table(names, readings))
    for part, reason in unmeasured.items():
        console.print(f"not measured, {part}: {reason}", highlight=False, markup=False)
    console.print(f"before: {before}\nafter:  {machine()}", highlight=False)
    return int(any(name not in readings for name in names))


def main() -> int:
    """Reads what was typed."""
    typed = argparse.ArgumentParser(prog="python -m tests.bench", description="Reads the bot's figures.")
    typed.add_argument("--only", action="append", default=[], metavar="NAME", help=", ".join((*PARTS, *FIGURES)))
    typed.add_argument("--whole", action="store_true", help="make test and a fresh clone too: minutes more")
    given = typed.parse_args()
    try:
        names = chosen(given.only, given.whole)
    except ValueError as wrong:
        typed.error(str(wrong))
    return run(names, Console() if sys.stdout.isatty() else Console(width=WIDTH))


if __name__ == "__main__":
    raise SystemExit(main())
