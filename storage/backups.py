"""Backups: the whole tour book in one file, taken from one state of the store, the same for either engine.

The file is gzip of lines of JSON: a header (format, revision of the schema, when, the columns and rows of each
table), one line for each row, and a trailer with the number of rows and the SHA-256 of all lines before it.
Times are UTC as text, dates are ISO, the rest is as JSON has it.
"""

import gzip
import hashlib
import json
import os
import secrets
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from checklists.errors import Refusal
from storage import schema, schema_crew, schema_kit, schema_lists, schema_said, upgrades
from storage.columns import as_text
from storage.engines import postgres_reader, postgres_writer, sqlite_path, sqlite_reader, sqlite_writer
from storage.tables import Base

__all__ = ["schema", "schema_crew", "schema_kit", "schema_lists", "schema_said"]

FORMAT = 1
AT_ONCE = 2_000
LONGEST_LINE = 16 * 1024 * 1024
NOT_OF_THE_BOOK = frozenset({"senders"})
"""Who is at work this minute is no part of the book."""
DAMAGED = "{} is not a whole backup of Buscall: {}. Nothing was changed; take another file."


@dataclass(frozen=True, slots=True)
class Kept:
    """One table in a backup."""

    columns: list[str]
    rows: int


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup says of itself; `made_at` is UTC."""

    revision: str
    made_at: datetime
    engine: str
    tables: dict[str, Kept]

    @property
    def rows(self) -> int:
        """How many rows it holds in all."""
        return sum(each.rows for each in self.tables.values())

    def encode(self) -> bytes:
        """As the first line of the file."""
        tables = {name: {"columns": kept.columns, "rows": kept.rows} for name, kept in self.tables.items()}
        told = {"buscall_backup": FORMAT, "revision": self.revision, "made_at": as_text(self.made_at)}
        return _line({**told, "engine": self.engine, "tables": tables})


@contextmanager
def connected(url: str, *, writing: bool = False) -> Iterator[sa.Connection]:
    """One transaction on a store, seeing one state of it. Raises Refusal when it cannot be had or is refused."""
    address = sa.make_url(url)
    engine = _sqlite(address, writing=writing) if address.get_backend_name() == "sqlite" else _postgres(address)
    chosen = engine if writing or engine.dialect.name == "sqlite" else postgres_reader(engine)
    try:
        with chosen.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise Refusal(f"The database says: {_first_line(error)}. Nothing was changed.") from error
    finally:
        engine.dispose()


def _sqlite(address: sa.URL, *, writing: bool) -> sa.Engine:
    path = sqlite_path(address)
    if not path.parent.is_dir():
        raise Refusal(f"There is no folder {path.parent}: DATABASE_URL must name a file in a folder that is there.")
    if not writing and not path.exists():
        raise Refusal(f"There is no database at {path}. `python -m bot db upgrade` makes one.")
    return sqlite_writer(address) if writing else sqlite_reader(address)


def _postgres(address: sa.URL) -> sa.Engine:
    return postgres_writer(address.set(drivername="postgresql+psycopg"))


def _first_line(error: DBAPIError) -> str:
    return (str(error.orig).strip().splitlines() or ["nothing"])[0].rstrip(".")


def write(url: str, path: Path, now: datetime) -> Header:
    """Backs up a store while it is at work, into a file that only its owner can read.

    Raises Refusal when the file is there already or cannot be written, or the store cannot be read.
    """
    with connected(url) as connection:
        return write_from(connection, path, now)


def write_from(connection: sa.Connection, path: Path, now: datetime) -> Header:
    """The same, from an open transaction."""
    if path.exists():
        raise Refusal(f"{path} is there already. Give the backup another name.")
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        header = _describe(connection, now)
        _fill(connection, part, header)
        part.rename(path)
    except OSError as error:
        raise Refusal(f"The backup cannot be written to {path}: {error.strerror or error}.") from error
    finally:
        with suppress(OSError):
            part.unlink()
    return header


def tables_of(connection: sa.Connection) -> list[str]:
    """The tables of the book that are there, each behind those it refers to."""
    there = set(sa.inspect(connection).get_table_names())
    return [table.name for table in Base.metadata.sorted_tables if table.name in there - NOT_OF_THE_BOOK]


def _describe(connection: sa.Connection, now: datetime) -> Header:
    revision = upgrades.revision(connection)
    if revision is None:
        raise Refusal("The database is empty: there is nothing to back up. `python -m bot db upgrade` makes it ready.")
    inspector = sa.inspect(connection)
    tables = {
        name: Kept([column["name"] for column in inspector.get_columns(name)], count_rows(connection, name))
        for name in tables_of(connection)
    }
    return Header(revision, now, connection.dialect.name, tables)


def count_rows(connection: sa.Connection, table: str) -> int:
    """How many rows a table has."""
    return connection.scalar(sa.select(sa.func.count()).select_from(sa.table(table))) or 0


def _fill(connection: sa.Connection, part: Path, header: Header) -> None:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with gzip.GzipFile("", "wb", compresslevel=5, fileobj=file, mtime=0) as squeezed:
            _write_lines(squeezed.write, header, _rows_of(connection, header))
        file.flush()
        os.fsync(file.fileno())


def _write_lines(write_line: Callable[[bytes], object], header: Header, rows: Iterator[bytes]) -> None:
    seal, count = hashlib.sha256(), 0
    first = header.encode()
    seal.update(first)
    write_line(first)
    for count, line in enumerate(rows, start=1):  # noqa: B007 - the last number is told below
        seal.update(line)
        write_line(line)
    write_line(_line({"rows": count, "sha256": seal.hexdigest()}))


def _rows_of(connection: sa.Connection, header: Header) -> Iterator[bytes]:
    for name, kept in header.tables.items():
        plain = sa.table(name, *(sa.column(column) for column in kept.columns))
        order = sa.inspect(connection).get_pk_constraint(name)["constrained_columns"]
        readers = [_reader(column) for column in sa.inspect(connection).get_columns(name)]
        query = sa.select(plain).order_by(*(plain.c[column] for column in order))
        for row in connection.execute(query, execution_options={"yield_per": AT_ONCE}):
            yield _line([name, *(read(value) for read, value in zip(readers, row, strict=True))])


def _reader(column: Any) -> Callable[[Any], Any]:
    """From what the driver gives to what JSON has."""
    if isinstance(column["type"], sa.Boolean):
        return lambda value: None if value is None else bool(value)
    if isinstance(column["type"], sa.JSON):
        return lambda value: json.loads(value) if isinstance(value, str) else value
    return _plain


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return as_text(value.astimezone(UTC))
    return value.isoformat() if isinstance(value, date) else value


def _line(told: Any) -> bytes:
    return json.dumps(told, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def verify(path: Path) -> Header:
    """What a backup says of itself, once every line of it was read and found whole. Raises Refusal."""
    header, rows = read(path)
    for _ in rows:
        pass
    return header


def read(path: Path) -> tuple[Header, Iterator[tuple[str, list[Any]]]]:
    """The header of a backup, and its rows: table and values, in the order in which they can be kept.

    Raises Refusal, while the rows are taken too, for a file that is cut, changed, or of somebody else's.
    """
    lines = _lines(path)
    first = next(lines, b"")
    header = _read_header(path, first)
    return header, _read_rows(path, header, lines, first)


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path, "rb") as file:
            while line := file.readline(LONGEST_LINE):
                yield line
    except FileNotFoundError:
        raise Refusal(f"There is no file {path}.") from None
    except gzip.BadGzipFile as error:
        raise Refusal(DAMAGED.format(path, "it is another kind of file, or was changed")) from error
    except (EOFError, zlib.error) as error:
        raise Refusal(DAMAGED.format(path, "it was cut short or changed")) from error
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror or error}.") from error


def _read_header(path: Path, line: bytes) -> Header:
    told = _parsed(path, line)
    if not isinstance(told, dict) or "buscall_backup" not in told:
        raise Refusal(DAMAGED.format(path, "it is another kind of file"))
    if told["buscall_backup"] != FORMAT:
        raise Refusal(f"{path} was made by another version of Buscall. Restore it with that version.")
    try:
        tables = {name: Kept(list(kept["columns"]), int(kept["rows"])) for name, kept in told["tables"].items()}
        return Header(told["revision"], datetime.fromisoformat(told["made_at"]), told["engine"], tables)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refusal(DAMAGED.format(path, "its first line was changed")) from error


def _read_rows(path: Path, header: Header, lines: Iterator[bytes], first: bytes) -> Iterator[tuple[str, list[Any]]]:
    seal, counted = hashlib.sha256(first), dict.fromkeys(header.tables, 0)
    for line in lines:
        told = _parsed(path, line)
        if isinstance(told, dict):
            _check_seal(path, header, counted, told, seal.hexdigest(), next(lines, b""))
            return
        seal.update(line)
        yield _checked(path, header, counted, told)
    raise Refusal(DAMAGED.format(path, "its end is missing"))


def _checked(path: Path, header: Header, counted: dict[str, int], told: Any) -> tuple[str, list[Any]]:
    is_row = isinstance(told, list) and bool(told) and isinstance(told[0], str)
    kept = header.tables.get(told[0]) if is_row else None
    if kept is None or len(told) != len(kept.columns) + 1:
        raise Refusal(DAMAGED.format(path, "a line of it was changed"))
    counted[told[0]] += 1
    return told[0], told[1:]


def _check_seal(
    path: Path, header: Header, counted: dict[str, int], told: dict[str, Any], seal: str, more: bytes
) -> None:
    if counted != {name: kept.rows for name, kept in header.tables.items()} or told.get("rows") != header.rows:
        raise Refusal(DAMAGED.format(path, "rows are missing or were added"))
    if told.get("sha256") != seal or more:
        raise Refusal(DAMAGED.format(path, "it was changed after it was made"))


def _parsed(path: Path, line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Refusal(DAMAGED.format(path, "a line of it cannot be read")) from error
