"""The store: where the tour book is kept, and the only door to it."""

import time
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from datetime import datetime
from threading import Lock

from sqlalchemy import Connection, bindparam, insert, make_url, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from storage import upgrades
from storage.book import Book
from storage.engines import (
    AT_ONCE_MS,
    CALM_MS,
    PATIENCE,
    Engines,
    close_engines,
    open_engines,
    sqlite_path,
)
from storage.news import News
from storage.pen import Pen
from storage.schema import WorkspaceRow
from storage.sendable import EARLIEST_CUE
from storage.sending import FileSeat, Occupant, PostgresSeat, Seat
from storage.tables import table

TROUBLE = (SQLAlchemyError, TimeoutError)
"""What begin and read raise when the database itself refuses."""
NO_TEAM = ""
"""The key of the workspace that waits for the first team to connect."""
ONE_CONNECTS = 7_042_002
WORTH_SETTING_MS = 50

WORKSPACES = table(WorkspaceRow)
FIND = select(WORKSPACES.c.id).where(WORKSPACES.c.team_id == bindparam("team"))
TEAMS = select(WORKSPACES.c.team_id).order_by(WORKSPACES.c.id)
ADOPT = update(WORKSPACES).where(WORKSPACES.c.team_id == bindparam("known_as"))


class Store:
    """The tour book of every workspace, on SQLite or PostgreSQL. Safe to use from many threads."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._writer = engines.writer
        self._at_once = engines.at_once
        self._reader = engines.reader
        self._path = sqlite_path(engines.url) if engines.url.get_backend_name() == "sqlite" else None
        self._turn = Lock()
        self._known: dict[str, int] = {}
        self._listeners: list[Callable[[Set[News]], None]] = []

    @classmethod
    def open(cls, url: str) -> "Store":
        """The store at `sqlite:////path/file.db` or `postgresql+psycopg://...`; nothing is connected yet.

        Raises ValueError for any other address.
        """
        return cls(open_engines(make_url(url)))

    def upgrade(self) -> None:
        """Brings the schema up to what this program wants; does nothing when it is there."""
        with self._writing() as connection:
            upgrades.upgrade(connection)

    def revision(self) -> str | None:
        """The revision of the schema; None for an empty store."""
        with self._reader.begin() as connection:
            return upgrades.revision(connection)

    def head(self) -> str:
        """The revision of the schema that this program wants."""
        return upgrades.head()

    def connect(self, team: str, name: str, bot_user: str, now: datetime) -> None:
        """A team is connected, again or for the first time: then it takes over the workspace that waits."""
        with self._writing() as connection:
            _one_at_a_time(connection)
            known = [key for key in (team, NO_TEAM) if connection.scalar(FIND, {"team": key}) is not None]
            if known:
                says = {"team_id": team, "name": name, "bot_user": bot_user}
                connection.execute(ADOPT, {"known_as": known[0], **says})
            else:
                _add_workspace(connection, team, name, bot_user, now)

    def wait_for_team(self, now: datetime) -> str:
        """The key of the workspace that waits for the first team, made when it is missing."""
        with self._writing() as connection:
            _one_at_a_time(connection)
            if connection.scalar(FIND, {"team": NO_TEAM}) is None:
                _add_workspace(connection, NO_TEAM, "", "", now)
        return NO_TEAM

    def teams(self, with_waiting: bool = False) -> list[str]:
        """The connected teams, and on demand the one that waits (""), oldest first."""
        with self._reader.begin() as connection:
            return [team for team in connection.scalars(TEAMS) if team or with_waiting]

    @contextmanager
    def begin(self, team: str, within: float | None = None) -> Iterator[Book]:
        """One transaction of this workspace: kept at the end, undone on any exception.

        `within`: a person waits, so rather fail than wait longer than so many seconds for other writers (on
        PostgreSQL as long as its engine says). Raises LookupError for a team that never connected, one of TROUBLE
        when the database refuses or it took too long. Not to be nested in one thread.
        """
        with self._writing(within) as connection:
            pen = Pen(connection, self._workspace(connection, team), team)
            yield Book(pen)
        if pen.news:
            for listener in self._listeners:
                listener(pen.news)

    @contextmanager
    def read(self, team: str) -> Iterator[Book]:
        """One state of this workspace, to read only; waits for no writer. Raises LookupError like `begin`."""
        with self._reader.begin() as connection:
            yield Book(Pen(connection, self._workspace(connection, team), team, is_reading=True))

    def on_commit(self, call: Callable[[Set[News]], None]) -> None:
        """`call` runs after each commit that gave the clock, the courier or the errands something to do."""
        self._listeners.append(call)

    def next_cue(self) -> datetime | None:
        """The earliest waiting cue of all connected teams, UTC."""
        with self._reader.begin() as connection:
            due: datetime | None = connection.scalar(EARLIEST_CUE)
        return due

    def seat(self, team: str) -> Seat:
        """The seat of the one who may send for this workspace; not taken yet."""
        with self._reader.begin() as connection:
            workspace = self._workspace(connection, team)
        if self._path is None:
            return PostgresSeat(self._writer, workspace)
        return FileSeat(self._path.with_name(f"{self._path.name}.{workspace}.sender"))

    @contextmanager
    def sender(self, team: str, me: Occupant, now: datetime) -> Iterator[bool]:
        """True when nobody else may send for this workspace as long as the block lasts."""
        seat = self.seat(team)
        try:
            yield seat.take(me, now)
        finally:
            seat.leave()

    def close(self) -> None:
        """Closes every connection."""
        close_engines(self._engines)

    @contextmanager
    def _writing(self, within: float | None = None) -> Iterator[Connection]:
        if self._path is None:
            with (self._writer if within is None else self._at_once).begin() as connection:
                yield connection
            return
        began = time.monotonic()
        if not self._turn.acquire(timeout=-1 if within is None else within):
            raise TimeoutError("another transaction takes too long")
        try:
            with self._writer.connect() as connection:
                _be_patient(connection, None if within is None else within - (time.monotonic() - began))
                with connection.begin():
                    yield connection
        finally:
            self._turn.release()

    def _workspace(self, connection: Connection, team: str) -> int:
        if team in self._known:
            return self._known[team]
        found: int | None = connection.scalar(FIND, {"team": team})
        if found is None:
            raise LookupError(f"no workspace {team!r}")
        if team != NO_TEAM:
            self._known[team] = found
        return found


def _be_patient(connection: Connection, seconds: float | None) -> None:
    left = CALM_MS if seconds is None else max(0, int(seconds * 1000))
    if abs(left - AT_ONCE_MS) > WORTH_SETTING_MS:
        connection.execution_options(**{PATIENCE: left})


def _one_at_a_time(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ONE_CONNECTS})


def _add_workspace(connection: Connection, team: str, name: str, bot_user: str, now: datetime) -> None:
    says = {"team_id": team, "name": name, "bot_user": bot_user, "gigs_made": 0, "made_at": now}
    connection.execute(insert(WORKSPACES), says)
