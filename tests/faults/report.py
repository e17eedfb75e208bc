"""The tables that `make faults` prints."""

from collections.abc import Sequence

from rich.table import Table

from tests.faults.lane import Row

EDGES = (
    "pending>sending", "sending>sent", "sending>pending", "sending>unknown", "sending>failed", "unknown>unknown",
    "unknown>sent", "unknown>pending", "unknown>asked", "sent>sent", "sent>verified", "pending>expired",
)  # fmt: skip
NUMBERS = ("runs", "calls", "lost", "doubled", "told", "repeats", "healed", "worst late", "longest unknown", "exit")


def results_table(rows: Sequence[Row]) -> Table:
    """A line for each test and engine."""
    table = Table(title="What was broken, and what it came to")
    for name in ("test", "database"):
        table.add_column(name)
    for name in NUMBERS:
        table.add_column(name, justify="right")
    table.add_column("came out")
    for row in rows:
        table.add_row(row.test.name, row.engine, *_figures(row), _word(row))
    return table


def _figures(row: Row) -> list[str]:
    counts = [str(row.total(name)) for name in ("calls", "lost", "doubled", "told", "repeats", "healed")]
    waits = [row.worst("worst_lateness"), row.worst("longest_unknown"), row.slowest_exit()]
    return [str(len(row.played)), *counts, *(f"{seconds:.1f} s" for seconds in waits)]


def _word(row: Row) -> str:
    if row.test.must_bite:
        return f"bitten, {len(row.wrong)} wrong" if row.wrong else "NOT BITTEN"
    return "clean" if not row.wrong else f"{len(row.wrong)} WRONG: {', '.join(each.seed for each in row.wrong[:3])}"


def edges_table(rows: Sequence[Row]) -> Table:
    """In how many runs each edge of the state machine was gone."""
    table = Table(title="Runs that hit each edge")
    table.add_column("edge")
    for row in rows:
        table.add_column(f"{row.test.name}\n{row.engine[:6]}", justify="right")
    table.add_column("all", justify="right")
    counts = [row.runs_by_edge() for row in rows]
    every = (*EDGES, *sorted({edge for count in counts for edge in count} - set(EDGES)))
    for edge in every:
        hits = [count[edge] for count in counts]
        table.add_row(edge, *(str(hit or "") for hit in hits), str(sum(hits)))
    return table
