"""A pen of which nothing remains, and which reads nothing twice. Private to storage."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import CursorResult, Select, Table, TextClause
from sqlalchemy.sql import Executable, visitors
from sqlalchemy.sql.dml import UpdateBase

from storage.pen import Pen, Values

WRITES_TO = re.compile(r"^\s*(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)")
NOT_KNOWN: frozenset[str] = frozenset()
Key = tuple[Any, ...]


@contextmanager
def pretending(pen: Pen) -> Iterator[Pen]:
    """A pen in the same transaction: what it writes is taken back at the end, and no news of it gets out."""
    pen.write_held()
    inner = pen.connection.begin_nested()
    try:
        yield PretendedPen(pen.connection, pen.workspace, pen.team)
    finally:
        inner.rollback()


@dataclass(slots=True)
class PretendedPen(Pen):
    """It remembers what it has read until it writes to one of the tables that this was read from.

    Whoever plays two days through asks the same again and again, and others wait meanwhile.
    """

    _known: dict[Key, Any] = field(default_factory=dict)
    _by_table: dict[str, list[Key]] = field(default_factory=dict)

    def rows(self, statement: Executable, **values: Any) -> Sequence[Any]:
        """As every pen."""
        found: Sequence[Any] = self._remembered("rows", statement, values, lambda: Pen.rows(self, statement, **values))
        return found

    def row(self, statement: Executable, **values: Any) -> Any:
        """As every pen."""
        return self._remembered("row", statement, values, lambda: Pen.row(self, statement, **values))

    def _remembered(self, what: str, statement: Executable, values: Values, read: Callable[[], Any]) -> Any:
        read_from = tables_of(statement)
        if not isinstance(statement, Select) or not read_from:
            return read()
        if self._held:
            self.write_held()
        key = (what, statement, *(_hashed(each) for pair in sorted(values.items()) for each in pair))
        if key not in self._known:
            self._known[key] = read()
            for name in read_from:
                self._by_table.setdefault(name, []).append(key)
        return self._known[key]

    def _execute(self, statement: Executable, values: Values | list[dict[str, Any]]) -> CursorResult[Any]:
        if not isinstance(statement, Select):
            self._forget(tables_of(statement))
        return Pen._execute(self, statement, values)

    def _forget(self, written: frozenset[str]) -> None:
        if not written:
            self._known, self._by_table = {}, {}
        for name in written:
            for key in self._by_table.pop(name, ()):
                self._known.pop(key, None)


def _hashed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@lru_cache(maxsize=1024)
def tables_of(statement: Executable) -> frozenset[str]:
    """The names of the tables that a query reads, or a statement writes to; NOT_KNOWN where nobody can tell."""
    if isinstance(statement, UpdateBase):
        return frozenset({str(statement.table)})
    if isinstance(statement, TextClause):
        found = WRITES_TO.match(statement.text)
        return frozenset({found[1]}) if found else NOT_KNOWN
    parts = visitors.iterate(statement) if isinstance(statement, Select) else ()
    return frozenset(each.name for each in parts if isinstance(each, Table)) or NOT_KNOWN
