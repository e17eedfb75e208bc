"""Who may send: one seat for each workspace, held for life. Private to storage but for Seat and Occupant.

A seat is a lock that the kernel or the database frees when its holder dies. Beside it stands who holds it and a
beat that counts on, so that another can tell a stuck holder from a busy one. SQLite: a lock on a file beside the
database. PostgreSQL: an advisory lock on a connection of its own, and a row that each claim checks.
"""

import fcntl
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

SENDERS = 7_042
"""The first half of the advisory locks of senders; the second is the workspace."""
TRY = text("SELECT pg_try_advisory_lock(:senders, :workspace)")
LEAVE = text("SELECT pg_advisory_unlock(:senders, :workspace)")
BACKEND = text("SELECT pg_backend_pid()")
SIT = text(
    "INSERT INTO senders (workspace_id, boot, host, pid, born, backend, beat, beat_at) "
    "VALUES (:workspace, :boot, :host, :pid, :born, :backend, 0, :now) ON CONFLICT (workspace_id) DO UPDATE SET "
    "boot = excluded.boot, host = excluded.host, pid = excluded.pid, born = excluded.born, "
    "backend = excluded.backend, beat = 0, beat_at = excluded.beat_at"
)
BEAT = text(
    "UPDATE senders SET beat = :beat, beat_at = :now "
    "WHERE workspace_id = :workspace AND boot = :boot AND backend = :backend"
)
WHO = text("SELECT boot, host, pid, born, backend, beat FROM senders WHERE workspace_id = :workspace")
END = text("SELECT pg_terminate_backend(:backend)")
LONGEST = 1024


@dataclass(frozen=True, slots=True)
class Occupant:
    """One run of the program: `host` is its kernel and its view of processes, `born` when its process began,
    `backend` its connection to PostgreSQL (0 on SQLite), `beat` how often it has beaten."""

    boot: str
    host: str
    pid: int
    born: str
    backend: int = 0
    beat: int = 0


class Seat(Protocol):
    """The one seat of a workspace. Not to be used by two threads at once."""

    def take(self, me: Occupant, now: datetime) -> bool:
        """True when it is ours, already or from now on."""

    def beat(self, me: Occupant, count: int, now: datetime) -> bool:
        """We live; False when the seat is not ours any more."""

    def occupant(self) -> Occupant | None:
        """Who sits there, as far as can be read."""

    def unseat(self, other: Occupant) -> None:
        """End the connection of a holder that is stuck; on SQLite only its death frees the seat."""

    def leave(self) -> None:
        """Free the seat."""


class FileSeat:
    """A lock on a file; its words say who holds it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: int | None = None

    def take(self, me: Occupant, now: datetime) -> bool:
        if self._held is not None:
            return True
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._held = file
        return self.beat(me, 0, now)

    def beat(self, me: Occupant, count: int, now: datetime) -> bool:  # noqa: ARG002 - a file needs no time
        if self._held is None:
            return False
        told = json.dumps(asdict(me) | {"beat": count}).encode()[:LONGEST].ljust(LONGEST)
        # A full disk must not silence the sender: the lock itself needs no words.
        with suppress(OSError):
            os.pwrite(self._held, told, 0)
        return True

    def occupant(self) -> Occupant | None:
        with suppress(OSError, ValueError, TypeError):
            return Occupant(**json.loads(self._path.read_bytes() or b"null"))
        return None

    def unseat(self, other: Occupant) -> None:  # noqa: ARG002 - see Seat
        return

    def leave(self) -> None:
        if self._held is not None:
            os.close(self._held)
            self._held = None


class PostgresSeat:
    """An advisory lock on a connection of its own; when that breaks, the seat is lost."""

    def __init__(self, engine: Engine, workspace: int) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._names = {"senders": SENDERS, "workspace": workspace}
        self._line: Connection | None = None
        self._backend = 0

    def take(self, me: Occupant, now: datetime) -> bool:
        if self._line is not None:
            return True
        line = self._engine.connect()
        try:
            mine = bool(line.scalar(TRY, self._names))
            if mine:
                self._backend = int(line.scalar(BACKEND) or 0)
                line.execute(SIT, self._names | self._told(me) | {"now": now})
        except DBAPIError:
            line.invalidate()
            raise
        if not mine:
            line.close()
            return False
        self._line = line
        return True

    def beat(self, me: Occupant, count: int, now: datetime) -> bool:
        if self._line is None:
            return False
        try:
            done = self._line.execute(BEAT, self._names | self._told(me) | {"beat": count, "now": now})
        except DBAPIError:
            self._drop()
            return False
        if done.rowcount != 1:
            self.leave()
        return done.rowcount == 1

    def occupant(self) -> Occupant | None:
        with self._engine.connect() as connection:
            found = connection.execute(WHO, self._names).first()
        return None if found is None else Occupant(*found)

    def unseat(self, other: Occupant) -> None:
        with self._engine.connect() as connection:
            connection.execute(END, {"backend": other.backend})

    def leave(self) -> None:
        if self._line is None:
            return
        line, self._line = self._line, None
        with suppress(DBAPIError):
            line.execute(LEAVE, self._names)
            line.close()
            return
        line.invalidate()

    def _drop(self) -> None:
        if self._line is not None:
            self._line.invalidate()
            self._line = None

    def _told(self, me: Occupant) -> dict[str, Any]:
        return {"boot": me.boot, "host": me.host, "pid": me.pid, "born": me.born, "backend": self._backend}
