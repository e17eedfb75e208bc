"""The engines, each set up so that a commit survives a power cut, and nobody waits longer than he may.

Private to storage.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

CALM_MS = 10_000
"""How long the rounds wait for another program on SQLite."""
WAIT_S = 30
AT_ONCE_MS = 1_500
"""How long a statement may take, and wait for a lock, while a person waits for his answer."""
PATIENCE = "patience_ms"
LINE = {"connect_timeout": 2, "tcp_user_timeout": AT_ONCE_MS, "keepalives_idle": 10, "keepalives_interval": 5}
"""A PostgreSQL that is gone is noticed by its silence; nothing is ever waited for that long on one machine."""

ADDRESSES_KEPT = 4


@dataclass(frozen=True)
class Engines:
    """A store's, by what they are for; `at_once` writes while a person waits."""

    url: URL
    writer: Engine
    reader: Engine
    at_once: Engine


_rested: dict[URL, Engines] = {}
"""Of closed stores: what they have compiled serves the next store at that address."""


def open_engines(url: URL) -> Engines:
    """The engines of the store there; nothing is connected yet. Raises ValueError for an address of no such store."""
    return _rested.pop(url, None) or _made(url)


def close_engines(engines: Engines) -> None:
    """Closes every connection."""
    for engine in (engines.reader, engines.at_once, engines.writer):
        engine.dispose()
    _rested[engines.url] = engines
    for oldest in list(_rested)[:-ADDRESSES_KEPT]:
        _rested.pop(oldest, None)


def _made(url: URL) -> Engines:
    match url.get_backend_name():
        case "sqlite":
            sqlite_path(url)
            writer = sqlite_writer(url)
            return Engines(url, writer, sqlite_reader(url), writer)
        case "postgresql":
            address = url.set(drivername="postgresql+psycopg")
            writer = postgres_writer(address)
            return Engines(url, writer, postgres_reader(writer), postgres_at_once(address))
        case other:
            raise ValueError(f"a store is kept on sqlite or postgresql, not on {other}")


def sqlite_path(url: URL) -> Path:
    """The file of a SQLite store; raises ValueError for one that lives in memory only."""
    if not url.database or url.database == ":memory:":
        raise ValueError("a SQLite store needs a file: sqlite:////path/buscall.db")
    return Path(url.database).absolute()


def sqlite_writer(url: URL) -> Engine:
    """The one writer: each transaction takes the write lock at its beginning.

    A transaction waits for other programs as long as a person may wait, or with PATIENCE so many milliseconds.
    """
    engine = create_engine(url, pool_size=1, max_overflow=0, pool_timeout=WAIT_S, hide_parameters=True)
    _set_up(engine, "BEGIN IMMEDIATE", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON")
    return engine


def sqlite_reader(url: URL) -> Engine:
    """Readers beside the writer; each transaction sees one state of the store."""
    engine = create_engine(url, pool_size=4, max_overflow=12, pool_timeout=WAIT_S, hide_parameters=True)
    _set_up(engine, "BEGIN", "PRAGMA query_only=ON")
    return engine


def _set_up(engine: Engine, begin: str, *pragmas: str) -> None:
    def on_connect(connection: sqlite3.Connection, _: Any) -> None:
        # The driver must not open transactions by itself: it would defer the lock.
        connection.isolation_level = None
        for pragma in (f"PRAGMA busy_timeout={AT_ONCE_MS}", *pragmas):
            connection.execute(pragma)

    def on_begin(connection: Connection) -> None:
        patience = connection.get_execution_options().get(PATIENCE, AT_ONCE_MS)
        if connection.info.get(PATIENCE, AT_ONCE_MS) != patience:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
            connection.info[PATIENCE] = patience
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)


def postgres_writer(url: URL) -> Engine:
    """Many writers, READ COMMITTED."""
    return _postgres(url, 5, 15, WAIT_S)


def postgres_at_once(url: URL) -> Engine:
    """Writers for whom a person waits: they give up in time."""
    limits = f"-c lock_timeout={AT_ONCE_MS} -c statement_timeout={AT_ONCE_MS}"
    return _postgres(url, 5, 15, AT_ONCE_MS / 1000, options=limits)


def _postgres(url: URL, size: int, more: int, wait: float, **arguments: Any) -> Engine:
    return create_engine(
        url,
        isolation_level="READ COMMITTED",
        pool_size=size,
        max_overflow=more,
        pool_timeout=wait,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={**LINE, **arguments},
    )


def postgres_reader(writer: Engine) -> Engine:
    """The same connections, reading one state of the store."""
    return writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
