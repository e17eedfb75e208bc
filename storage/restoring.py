"""Restoring: a backup back into a store of either engine, in one transaction, so that a no changes nothing.

After it the past is not said again: what the backup calls pending may have been posted since, so it is looked for
in Slack before it is said; what it calls sending or unknown is unknown.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from checklists.errors import Refusal
from storage import backups, upgrades
from storage.backups import Header
from storage.deliveries import DeliveryState, Op
from storage.engines import sqlite_path
from storage.schema import WorkspaceRow
from storage.schema_said import DeliveryRow
from storage.sending import SENDERS, FileSeat, Occupant
from storage.tables import Base, table

AT_ONCE = 2_000
WORKSPACES, OUT = table(WorkspaceRow), table(DeliveryRow)
S = DeliveryState
MARK_RESTORED = sa.update(WORKSPACES)
LOOK_FIRST = sa.update(OUT).where(OUT.c.state == S.PENDING, OUT.c.op == Op.POST).values(look_since=OUT.c.made_at)
NOT_CERTAIN = (
    sa.update(OUT).where(OUT.c.state.in_([S.SENDING, S.UNKNOWN]), OUT.c.op == Op.POST).values(state=S.UNKNOWN, looks=0)
)
"""An edit or a reaction that was on its way just goes out again: done twice it is done once."""
LOCK_WITHIN = "5s"
SET_PATIENCE = sa.text("SELECT set_config('lock_timeout', :within, true)")
TRY_SEAT = sa.text("SELECT pg_try_advisory_xact_lock(:senders, :workspace)")
SEQUENCE = sa.text("SELECT pg_get_serial_sequence(:name, 'id')")
SET_SEQUENCE = sa.text("SELECT setval(:sequence, :last)")
AT_WORK = "A sender is at work on this database. Stop it (`python -m bot serve`), then restore. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where the backup of what was there before is: None when nothing was."""

    header: Header
    before: Path | None


def restore(url: str, path: Path, aside: Path, now: datetime, *, replace: bool = False) -> Restored:
    """Makes a store what it was when the backup was taken, at this program's schema.

    With `replace` what is there is backed up to `aside` first. Raises Refusal, and then has changed nothing, for
    a file that is not whole, one of a newer version, a store that is not empty or that a sender works on.
    """
    header = backups.verify(path)
    if not upgrades.knows(header.revision):
        raise Refusal(f"{path} was made by a newer Buscall (schema {header.revision}). Update this one, then restore.")
    with backups.connected(url, writing=True) as connection, _seats(url, connection):
        before = _set_aside(connection, aside, now, replace=replace)
        _load(connection, path, header, now)
    return Restored(header, before)


@contextmanager
def _seats(url: str, connection: sa.Connection) -> Iterator[None]:
    """Every sender's seat, so that nobody sends meanwhile; those who write have to wait, or we are refused."""
    there = sa.inspect(connection).get_table_names()
    ids = list(connection.scalars(sa.select(WORKSPACES.c.id))) if "workspaces" in there else []
    with ExitStack() as held:
        for workspace in ids:
            if not _take_seat(url, connection, workspace, held.callback):
                raise Refusal(AT_WORK)
        if connection.dialect.name == "postgresql":
            _lock_tables(connection)
        yield


def _lock_tables(connection: sa.Connection) -> None:
    connection.execute(SET_PATIENCE, {"within": LOCK_WITHIN})
    names = [connection.dialect.identifier_preparer.quote(name) for name in backups.tables_of(connection)]
    if names:
        connection.execute(sa.text(f"LOCK TABLE {', '.join(names)} IN ACCESS EXCLUSIVE MODE"))


def _take_seat(url: str, connection: sa.Connection, workspace: int, at_end: Callable[..., object]) -> bool:
    if connection.dialect.name == "postgresql":
        return bool(connection.scalar(TRY_SEAT, {"senders": SENDERS, "workspace": workspace}))
    seat = FileSeat(seat_path(sqlite_path(sa.make_url(url)), workspace))
    at_end(seat.leave)
    return seat.take(Occupant("restore", "", os.getpid(), ""), datetime.min)  # noqa: DTZ901 - a file needs no time


def seat_path(path: Path, workspace: int) -> Path:
    """The file beside a SQLite store that its sender locks."""
    return path.with_name(f"{path.name}.{workspace}.sender")


def _set_aside(connection: sa.Connection, aside: Path, now: datetime, *, replace: bool) -> Path | None:
    held = sum(backups.count_rows(connection, name) for name in backups.tables_of(connection))
    if held == 0:
        return None
    if not replace:
        raise Refusal(
            f"The database is not empty ({held:,} rows). Type the same with --replace to put the backup in its place: "
            "what is there now is backed up first. Nothing was changed."
        )
    backups.write_from(connection, aside, now)
    return aside


def _load(connection: sa.Connection, path: Path, header: Header, now: datetime) -> None:
    _clear(connection)
    upgrades.upgrade(connection, header.revision)
    if connection.dialect.name == "sqlite":
        connection.execute(sa.text("PRAGMA defer_foreign_keys = ON"))
    _fill(connection, path)
    upgrades.upgrade(connection)
    _count_on(connection)
    _doubt_the_past(connection, now)


def _clear(connection: sa.Connection) -> None:
    names = [each.name for each in reversed(Base.metadata.sorted_tables)]
    for name in (*names, "alembic_version"):
        connection.execute(sa.text(f"DROP TABLE IF EXISTS {connection.dialect.identifier_preparer.quote(name)}"))
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("DROP FUNCTION IF EXISTS refuse_journal_change()"))


def _fill(connection: sa.Connection, path: Path) -> None:
    header, rows = backups.read(path)
    inspector = sa.inspect(connection)
    for name, lines in groupby(rows, key=lambda row: row[0]):
        columns = header.tables[name].columns
        known = {column["name"]: column for column in inspector.get_columns(name)}
        if set(columns) - set(known):
            raise Refusal(f"{path} has columns of {name} that this version does not know. Nothing was changed.")
        put = sa.insert(sa.table(name, *(sa.column(column) for column in columns)))
        writers = [_writer(known[column]) for column in columns]
        for some in _by_handfuls(lines):
            kept = [[write(value) for write, value in zip(writers, row, strict=True)] for _, row in some]
            connection.execute(put, [dict(zip(columns, row, strict=True)) for row in kept])


def _by_handfuls(rows: Iterator[tuple[str, list[Any]]]) -> Iterator[list[tuple[str, list[Any]]]]:
    some: list[tuple[str, list[Any]]] = []
    for row in rows:
        some.append(row)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _writer(column: Any) -> Callable[[Any], Any]:
    if isinstance(column["type"], sa.JSON):
        return lambda value: None if value is None and column["nullable"] else json.dumps(value)
    return lambda value: value


def _count_on(connection: sa.Connection) -> None:
    """PostgreSQL counts new ids on from the last; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for name in backups.tables_of(connection):
        if "id" not in Base.metadata.tables[name].c:
            continue
        sequence = connection.scalar(SEQUENCE, {"name": name})
        last = connection.scalar(sa.select(sa.func.max(sa.column("id"))).select_from(sa.table(name)))
        if sequence and last:
            connection.execute(SET_SEQUENCE, {"sequence": sequence, "last": last})


def _doubt_the_past(connection: sa.Connection, now: datetime) -> None:
    connection.execute(MARK_RESTORED, {"restored_at": now})
    connection.execute(LOOK_FIRST)
    connection.execute(NOT_CERTAIN, {"look_at": now})
