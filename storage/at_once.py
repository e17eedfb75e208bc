"""Many rows written in one statement, on each engine in the way that costs it least. Private to storage."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import Table, literal_column, make_url, text
from sqlalchemy.dialects import sqlite

from storage.pen import Pen

SHARED = make_url("postgresql+psycopg://").get_dialect()()


def as_json(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as one text for PostgreSQL's `json_to_recordset`; instants must be aware."""
    return orjson.dumps(rows).decode()


class AtOnce:
    """An INSERT of many rows into one table; those that are there already are left out.

    `given` names the columns that each row gives, `fixed` the SQL of those that are alike in all. SQLite runs it
    row by row. PostgreSQL takes all of them as one JSON text, which spares it a message for each.
    """

    def __init__(self, table: Table, given: Sequence[str], fixed: Mapping[str, str]) -> None:
        alike: dict[str, Any] = {name: literal_column(sql) for name, sql in fixed.items()}
        self._by_row = sqlite.insert(table).values(**alike).on_conflict_do_nothing()
        typed = ", ".join(f"{name} {table.c[name].type.compile(SHARED)}" for name in given)
        self._by_text = text(  # all of it is ours: the names of columns, and words of the schema
            f"INSERT INTO {table.name} (workspace_id, {', '.join([*given, *fixed])})"  # noqa: S608
            f" SELECT CAST(:workspace AS BIGINT), {', '.join([*given, *fixed.values()])}"
            f" FROM json_to_recordset(CAST(:rows AS JSON)) AS told({typed}) ON CONFLICT DO NOTHING"
        )

    def write(self, pen: Pen, rows: Sequence[dict[str, Any]]) -> None:
        """Writes these rows, of the columns `given`."""
        if not rows:
            return
        if pen.shares:
            pen.change(self._by_text, rows=as_json(rows))
        else:
            pen.add_each(self._by_row, rows)
