"""The store: where the tour book is kept, and the only door to it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, insert, make_url, select, text, update

from storage import upgrades
from storage.book import Book
from storage.engines import postgres_reader, postgres_writer, sqlite_path, sqlite_reader, sqlite_writer
from storage.pen import Pen
from storage.schema import WorkspaceRow
from storage.sendable import EARLIEST_CUE, EARLIEST_DELIVERY
from storage.sending import advisory_lock, file_lock
from storage.tables import table

NO_TEAM = ""
"""The key of the workspace that waits for the first team to connect."""
ONE_CONNECTS = 7_042_002

WORKSPACES = table(WorkspaceRow)
FIND = select(WORKSPACES.c.id).where(WORKSPACES.c.team_id == bindparam("team"))
TEAMS = select(WORKSPACES.c.team_id).order_by(WORKSPACES.c.id)
ADOPT = update(WORKSPACES).where(WORKSPACES.c.team_id == bindparam("known_as"))


class Store:
    """The tour book of every workspace, on SQLite or PostgreSQL. Safe to use from many threads."""

    def __init__(self, writer: Engine, reader: Engine, path: Path | None) -> None:
        self._writer = writer
        self._reader = reader
        self._path = path
        self._turn: AbstractContextManager[Any] = nullcontext() if path is None else Lock()
        self._known: dict[str, int] = {}
        self._listeners: list[Callable[[], None]] = []

    @classmethod
    def open(cls, url: str) -> "Store":
        """The store at `sqlite:////path/file.db` or `postgresql+psycopg://...`; nothing is connected yet.

        Raises ValueError for any other address.
        """
        address = make_url(url)
        match address.get_backend_name():
            case "sqlite":
                path = sqlite_path(address)
                return cls(sqlite_writer(address), sqlite_reader(address), path)
            case "postgresql":
                writer = postgres_writer(address.set(drivername="postgresql+psycopg"))
                return cls(writer, postgres_reader(writer), None)
            case other:
                raise ValueError(f"a store is kept on sqlite or postgresql, not on {other}")

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
    def begin(self, team: str) -> Iterator[Book]:
        """One transaction of this workspace: kept at the end, undone on any exception.

        Raises LookupError for a team that never connected. Not to be nested in one thread.
        """
        with self._writing() as connection:
            pen = Pen(connection, self._workspace(connection, team), team)
            yield Book(pen)
        if pen.news:
            for listener in self._listeners:
                listener()

    @contextmanager
    def read(self, team: str) -> Iterator[Book]:
        """One state of this workspace, to read only; waits for no writer. Raises LookupError like `begin`."""
        with self._reader.begin() as connection:
            yield Book(Pen(connection, self._workspace(connection, team), team, is_reading=True))

    def on_commit(self, call: Callable[[], None]) -> None:
        """`call` runs after each commit that gave the clock, the courier or the errands something to do."""
        self._listeners.append(call)

    def next_due(self) -> datetime | None:
        """The earliest waiting cue or sendable delivery of all connected teams, UTC."""
        with self._reader.begin() as connection:
            dues = [connection.scalar(EARLIEST_CUE), connection.scalar(EARLIEST_DELIVERY)]
        return min((due for due in dues if due is not None), default=None)

    @contextmanager
    def sender(self, team: str) -> Iterator[bool]:
        """True for the one who may send for this workspace, as long as the block lasts."""
        with self._reader.begin() as connection:
            workspace = self._workspace(connection, team)
        lock = (
            advisory_lock(self._writer, workspace)
            if self._path is None
            else file_lock(self._path.with_name(f"{self._path.name}.{workspace}.sender"))
        )
        with lock as mine:
            yield mine

    def close(self) -> None:
        """Closes every connection."""
        self._reader.dispose()
        self._writer.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._turn, self._writer.begin() as connection:
            yield connection

    def _workspace(self, connection: Connection, team: str) -> int:
        if team in self._known:
            return self._known[team]
        found: int | None = connection.scalar(FIND, {"team": team})
        if found is None:
            raise LookupError(f"no workspace {team!r}")
        if team != NO_TEAM:
            self._known[team] = found
        return found


def _one_at_a_time(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ONE_CONNECTS})


def _add_workspace(connection: Connection, team: str, name: str, bot_user: str, now: datetime) -> None:
    says = {"team_id": team, "name": name, "bot_user": bot_user, "gigs_made": 0, "made_at": now}
    connection.execute(insert(WORKSPACES), says)
