"""Schema upgrades, in process. Private to storage."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

MIGRATIONS = Path(__file__).with_name("migrations")
ONE_UPGRADE = 7_042_001
"""The number of the advisory lock under which a PostgreSQL store is upgraded."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def upgrade(connection: Connection, to: str = "head") -> None:
    """Brings the schema to a revision inside the caller's transaction, one program at a time."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ONE_UPGRADE})
    if to == "head" and revision(connection) == head():
        return
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def revision(connection: Connection) -> str | None:
    """The revision the schema is at; None for an empty store."""
    return MigrationContext.configure(connection).get_current_revision()


@cache
def head() -> str:
    """The revision this program wants."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    assert newest is not None  # noqa: S101 - the folder has migrations
    return newest


def knows(wanted: str) -> bool:
    """True for a revision that this program can make."""
    return wanted in {each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()}
