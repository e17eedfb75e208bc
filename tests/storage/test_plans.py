"""SQLite finds what a list names by an index: a list that it must hold every row against costs as much as all rows."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from sqlalchemy import ClauseElement
from sqlalchemy.dialects import sqlite

import storage
from storage.pen import Either

BY_NAME = sqlite.dialect(paramstyle="named")
PICKED_OUT = re.compile(r"SEARCH (?:\w+) USING .*\((?:rowid=\?|workspace_id=\? AND \w+=\?)")
FEW = re.compile(r"SEARCH (?:cues|deliveries) USING INDEX ix_(?:cues_due|deliveries_pending)")
"""Found among the few that wait."""


def statements() -> Iterator[tuple[str, str]]:
    """Every statement of the store that takes a list, by its name."""
    for module in iter_modules(storage.__path__, "storage."):
        for name, made in vars(import_module(module.name)).items():
            one = made.by_engine["sqlite"] if isinstance(made, Either) else made
            if isinstance(one, ClauseElement) and (getattr(one, "is_dml", False) or getattr(one, "is_select", False)):
                said = str(one.compile(dialect=BY_NAME))
                if "json_each" in said:
                    yield f"{module.name}.{name}", said


LISTS = dict(statements())


@pytest.mark.parametrize("name", sorted(LISTS))
def test_what_a_list_names_is_looked_up(sqlite_template: Path, name: str) -> None:
    values = dict.fromkeys(re.findall(r":(\w+)", LISTS[name]))
    with closing(sqlite3.connect(sqlite_template)) as book:
        plan = [row[3] for row in book.execute(f"EXPLAIN QUERY PLAN {LISTS[name]}", values)]
    first = next(step for step in plan if "json_each" not in step and "SUBQUERY" not in step)
    assert PICKED_OUT.match(first) or FEW.match(first), plan


def test_there_are_such_statements() -> None:
    assert len(LISTS) > 25
