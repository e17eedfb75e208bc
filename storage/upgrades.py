"""Schema upgrades, in process. Private to storage."""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

MIGRATIONS = Path(__file__).with_name("migrations")
ONE_UPGRADE = 7_042_001
"""The number of the advisory lock under which a PostgreSQL store is upgraded."""


VERSIONS = MIGRATIONS / "versions"
KEPT_IN = "alembic_version"
KEPT = text("SELECT version_num FROM alembic_version")


def upgrade(connection: Connection, to: str = "head") -> None:
    """Brings the schema to a revision inside the caller's transaction, one program at a time."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ONE_UPGRADE})
    if to != "head" or revision(connection) != head():
        _migrate(connection, to)


def _migrate(connection: Connection, to: str) -> None:
    # Alembic is a tenth of the program's memory, and most starts find the schema as it should be.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def revision(connection: Connection) -> str | None:
    """The revision the schema is at; None for an empty store."""
    if not inspect(connection).has_table(KEPT_IN):
        return None
    at: str | None = connection.scalar(KEPT)
    return at


def head() -> str:
    """The revision this program wants."""
    return _revisions()[-1]


def knows(wanted: str) -> bool:
    """True for a revision that this program can make."""
    return wanted in _revisions()


@cache
def _revisions() -> list[str]:
    """In their order: each migration is a file of its revision's name."""
    return sorted(each.stem for each in VERSIONS.glob("[0-9]*.py"))
