"""The vital signs of a store: its engine, its schema, whether its commits last, who sends for it. Changes nothing."""

import fcntl
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, text

from storage import upgrades
from storage.backups import connected
from storage.engines import sqlite_path, sqlite_writer
from storage.restoring import seat_path
from storage.sending import SENDERS, FileSeat

CONNECT_WITHIN = "5"
WAL_RESET = ((3, 7, 0), (3, 51, 3))
"""From this SQLite on, and before that one, a reset of the log can lose what was committed."""
MENDED = {(3, 44): 6, (3, 50): 7}
"""Older lines that were mended too, from this number on."""
DURABLE = frozenset({"on", "local", "remote_write", "remote_apply"})
WHO = text(
    "SELECT w.team_id, s.pid, EXISTS (SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.granted "
    "AND l.classid = :senders AND l.objid = w.id AND l.database = (SELECT oid FROM pg_database "
    "WHERE datname = current_database())) FROM workspaces w LEFT JOIN senders s ON s.workspace_id = w.id ORDER BY w.id"
)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends for a workspace; `is_there` while its seat is taken. `pid` is 0 when nobody has said it."""

    team: str
    pid: int
    is_there: bool


@dataclass(frozen=True, slots=True)
class Vitals:
    """`revision` is None for an empty store; `risk` says why a commit may not last, "" when it does."""

    engine: str
    revision: str | None
    head: str
    is_known: bool
    risk: str
    senders: tuple[Sender, ...]

    @property
    def loses_commits(self) -> bool:
        """True for a SQLite in which a reset of the log can lose commits."""
        name, _, number = self.engine.partition(" ")
        return name == "SQLite" and is_in_range(number)


def is_in_range(number: str) -> bool:
    """True for a SQLite release in which a reset of the log can lose commits; source: sqlite.org/wal.html."""
    major, minor, patch = (int(part) for part in number.split(".")[:3])
    first, mended = WAL_RESET
    return first <= (major, minor, patch) < mended and patch < MENDED.get((major, minor), patch + 1)


def file_of(url: str) -> Path | None:
    """The file of a SQLite store; None for a store on a server."""
    address = sa.make_url(url)
    return sqlite_path(address) if address.get_backend_name() == "sqlite" else None


def take(url: str) -> Vitals:
    """Raises Refusal when the store cannot be reached."""
    address = sa.make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.update_query_dict({"connect_timeout": CONNECT_WITHIN})
    with connected(address.render_as_string(hide_password=False)) as connection:
        revision = upgrades.revision(connection)
        is_sqlite = connection.dialect.name == "sqlite"
        engine = f"SQLite {sqlite3.sqlite_version}" if is_sqlite else f"PostgreSQL {_server(connection)}"
        risk = _sqlite_risk(address) if is_sqlite else _postgres_risk(connection)
        senders = tuple(_senders(connection, address)) if revision == upgrades.head() else ()
        is_known = revision is None or upgrades.knows(revision)
        return Vitals(engine, revision, upgrades.head(), is_known, risk, senders)


def _server(connection: Connection) -> str:
    return str(connection.scalar(text("SHOW server_version"))).split(" ")[0]


def _sqlite_risk(address: sa.URL) -> str:
    """As our own writer sets it up; no transaction is begun, so nobody has to wait."""
    engine = sqlite_writer(address)
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        told: dict[str, Any] = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
        }
    finally:
        raw.close()
        engine.dispose()
    if told["journal_mode"] != "wal":
        return f"journal_mode is {told['journal_mode']}, not wal"
    return "" if int(told["synchronous"]) >= 2 else "synchronous is not FULL"


def _postgres_risk(connection: Connection) -> str:
    commits, syncs = (str(connection.scalar(text(f"SHOW {name}"))) for name in ("synchronous_commit", "fsync"))
    if commits not in DURABLE:
        return f"synchronous_commit is {commits}"
    return "" if syncs == "on" else f"fsync is {syncs}"


def _senders(connection: Connection, address: sa.URL) -> Iterator[Sender]:
    if connection.dialect.name == "postgresql":
        for team, pid, is_there in connection.execute(WHO, {"senders": SENDERS}):
            yield Sender(team, pid or 0, is_there)
        return
    for workspace, team in connection.execute(text("SELECT id, team_id FROM workspaces ORDER BY id")):
        path = seat_path(sqlite_path(address), workspace)
        occupant = FileSeat(path).occupant()
        yield Sender(team, occupant.pid if occupant else 0, _is_locked(path))


def _is_locked(path: Path) -> bool:
    if not path.exists():
        return False
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
