"""What every repository writes with: one connection inside its transaction, and one workspace."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Any, TypeVar, cast

from sqlalchemy import Boolean, Column, ColumnElement, Connection, CursorResult, Table, and_, bindparam, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import Executable

from storage.among import among
from storage.news import News

T = TypeVar("T")
Values = Mapping[str, Any]
Write = Callable[["Pen", list[Any]], None]
WORKSPACE: ColumnElement[int] = bindparam("workspace")
"""The workspace in every WHERE; the pen fills it in."""


def here(table: Table, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """The rows of this workspace for which all these hold."""
    return and_(table.c.workspace_id == WORKSPACE, *conditions)


def by_id(table: Table) -> ColumnElement[bool]:
    """The one row of this workspace with `the_id`."""
    return here(table, table.c.id == bindparam("the_id"))


def by_ids(table: Table) -> ColumnElement[bool]:
    """The rows of this workspace with one of `ids`."""
    # The plus keeps SQLite from reading every row of the workspace to find these by an index on it.
    workspace = literal_column(f"+{table.name}.workspace_id", table.c.id.type)
    return and_(workspace == WORKSPACE, among(table.c.id, "ids"))


def one_of(column: Column[Any], values: Iterable[StrEnum]) -> ColumnElement[bool]:
    """The column has one of these values of an enum of ours.

    Written out as it is: an IN of parameters is put together anew at each call, and costs more than the query.
    """
    listed = ", ".join(f"'{value}'" for value in values)
    return literal_column(f"{column.table.name}.{column.name} IN ({listed})", Boolean())


def in_parts(things: Iterable[T], most: int) -> Iterator[list[T]]:
    """The things in their order, so many at once: one statement takes only so many parameters."""
    rest = iter(things)
    while part := list(islice(rest, most)):
        yield part


class Either:
    """A statement that needs the engine's own INSERT (for ON CONFLICT), built once for each engine."""

    def __init__(self, build: Callable[[Callable[[Table], Any]], Executable]) -> None:
        self.by_engine = {"sqlite": build(sqlite.insert), "postgresql": build(postgresql.insert)}


@dataclass(slots=True)
class Pen:
    """One transaction in one workspace. `news` is what the rounds must hear of when it is kept.

    While it gathers, what is written by `later` waits, and goes all at once before anything else is asked or
    written: nobody in this transaction can tell the difference.
    """

    connection: Connection
    workspace: int
    team: str
    is_reading: bool = False
    news: set[News] = field(default_factory=set)
    is_gathering: bool = False
    _held: dict[Write, list[Any]] = field(default_factory=dict)

    @property
    def shares(self) -> bool:
        """True when other writers are at work at the same time, so that rows must be locked."""
        return not self.is_reading and self.connection.dialect.name == "postgresql"

    def tell(self, news: News, changed: object = True) -> None:
        """There is such news, when anything has changed."""
        if changed:
            self.news.add(news)

    def later(self, write: Write, what: Any) -> None:
        """`write` takes a list of all that it is handed here; a list of one when nothing is being gathered."""
        if self.is_gathering:
            self._held.setdefault(write, []).append(what)
        else:
            write(self, [what])

    def write_held(self) -> None:
        """Writes what was gathered."""
        while self._held:
            held, self._held = self._held, {}
            for write, gathered in held.items():
                write(self, gathered)

    def rows(self, statement: Executable, **values: Any) -> Sequence[Any]:
        """All rows that a statement gives; each reads as a tuple or by name."""
        return self._execute(statement, {"workspace": self.workspace, **values}).all()

    def row(self, statement: Executable, **values: Any) -> Any:
        """The first row that a statement gives, or None."""
        return self._execute(statement, {"workspace": self.workspace, **values}).first()

    def value(self, statement: Executable, **values: Any) -> Any:
        """The first column of the first row, or None."""
        found = self.row(statement, **values)
        return None if found is None else found[0]

    def change(self, statement: Executable, **values: Any) -> int:
        """How many rows an UPDATE changed."""
        return self._execute(statement, {"workspace": self.workspace, **values}).rowcount

    def change_each(self, statement: Executable, rows: Iterable[Values]) -> None:
        """One UPDATE for each of these rows of values."""
        if many := [{"workspace": self.workspace, **row} for row in rows]:
            self._execute(statement, many)

    def add(self, statement: Executable | Either, **values: Any) -> Any:
        """Inserts one row; gives the first column of what it returns, None when nothing was inserted."""
        chosen = self._chosen(statement)
        found = self._execute(chosen, {"workspace_id": self.workspace, **values}).first()
        return None if found is None else found[0]

    def add_each(self, statement: Executable | Either, rows: Iterable[Values]) -> None:
        """Inserts these rows."""
        if many := [{"workspace_id": self.workspace, **row} for row in rows]:
            self._execute(self._chosen(statement), many)

    def copy(self, statement: Either, **values: Any) -> int:
        """Runs an INSERT from a SELECT; gives how many rows it inserted."""
        return self._execute(self._chosen(statement), {"workspace": self.workspace, **values}).rowcount

    def _execute(self, statement: Executable, values: Values | list[dict[str, Any]]) -> CursorResult[Any]:
        if self._held:
            self.write_held()
        return cast("CursorResult[Any]", self.connection.execute(statement, values))

    def _chosen(self, statement: Executable | Either) -> Executable:
        return statement.by_engine[self.connection.dialect.name] if isinstance(statement, Either) else statement
