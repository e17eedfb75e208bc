"""The table of figures, and the machine they were read on."""

import os
import platform
import sqlite3
from collections.abc import Iterable, Mapping

from rich.table import Table

from tests.bench.figures import FIGURES, Reading, Verdict, figure_words, judge, target_words

SHADES = {Verdict.PASS: "green", Verdict.MISS: "bold red", Verdict.UNMEASURED: "bold yellow", Verdict.TOLD: ""}


def figures_table(names: Iterable[str], readings: Mapping[str, Reading]) -> Table:
    """One row for each of these figures, read or not."""
    table = Table("figure", "what", "target", "read", "", "note")
    for name in names:
        table.add_row(*_row(name, readings.get(name)))
    return table


def _row(name: str, reading: Reading | None) -> list[str]:
    figure = FIGURES[name]
    if reading is None or not reading.values:
        return [name, figure.what, target_words(figure), "", _shaded(Verdict.UNMEASURED), ""]
    verdict = judge(figure, reading.values)
    return [
        name,
        figure.what,
        target_words(figure),
        figure_words(figure, reading.values),
        _shaded(verdict),
        reading.note,
    ]


def _shaded(verdict: Verdict) -> str:
    shade = SHADES[verdict]
    return f"[{shade}]{verdict}[/]" if shade else str(verdict)


def machine() -> str:
    """The cores we may use, the versions, and how busy the machine is with other things."""
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    return (
        f"{len(os.sched_getaffinity(0))} cores · {platform.system()} {platform.machine()} · "
        f"Python {platform.python_version()} · SQLite {sqlite3.sqlite_version} · load {load}"
    )
