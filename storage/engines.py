"""The two engines, each set up so that a commit survives a power cut. Private to storage."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

BUSY_MS = 10_000
WAIT_S = 30


def sqlite_path(url: URL) -> Path:
    """The file of a SQLite store; raises ValueError for one that lives in memory only."""
    if not url.database or url.database == ":memory:":
        raise ValueError("a SQLite store needs a file: sqlite:////path/buscall.db")
    return Path(url.database).absolute()


def sqlite_writer(url: URL) -> Engine:
    """The one writer: each transaction takes the write lock at its beginning."""
    engine = create_engine(url, pool_size=1, max_overflow=0, pool_timeout=WAIT_S)
    _set_up(engine, "BEGIN IMMEDIATE", "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON")
    return engine


def sqlite_reader(url: URL) -> Engine:
    """Readers beside the writer; each transaction sees one state of the store."""
    engine = create_engine(url, pool_size=4, max_overflow=12, pool_timeout=WAIT_S)
    _set_up(engine, "BEGIN", "PRAGMA query_only=ON")
    return engine


def _set_up(engine: Engine, begin: str, *pragmas: str) -> None:
    def on_connect(connection: sqlite3.Connection, _: Any) -> None:
        # The driver must not open transactions by itself: it would defer the lock.
        connection.isolation_level = None
        for pragma in (f"PRAGMA busy_timeout={BUSY_MS}", *pragmas):
            connection.execute(pragma)

    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)


def postgres_writer(url: URL) -> Engine:
    """Many writers, READ COMMITTED."""
    return create_engine(
        url,
        isolation_level="READ COMMITTED",
        pool_size=5,
        max_overflow=15,
        pool_timeout=WAIT_S,
        pool_pre_ping=True,
    )


def postgres_reader(writer: Engine) -> Engine:
    """The same connections, reading one state of the store."""
    return writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
