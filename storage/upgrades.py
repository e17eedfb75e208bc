"""Schema upgrades, in process. Private to storage."""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage import schema, schema_crew, schema_deal, schema_kit, schema_lists, schema_said
from storage.tables import Base

__all__ = ["schema", "schema_crew", "schema_deal", "schema_kit", "schema_lists", "schema_said"]
DECLARED = Base.metadata
"""Every table, for every file of the schema is imported here."""
MIGRATIONS = Path(__file__).with_name("migrations")
ONE_UPGRADE = 7_042_001
"""The number of the advisory lock under which a PostgreSQL store is upgraded."""


VERSIONS = MIGRATIONS / "versions"
KEPT_IN = "alembic_version"
KEPT = text("SELECT version_num FROM alembic_version")
KEEP_IN = text(
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
KEEP = text("INSERT INTO alembic_version (version_num) VALUES (:revision)")


def upgrade(connection: Connection, to: str = "head") -> None:
    """Brings the schema to a revision inside the caller's transaction, one program at a time."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ONE_UPGRADE})
    at = revision(connection)
    if at is None and to == "head" and connection.dialect.name == "sqlite":
        _lay_out(connection)
    elif to != "head" or at != head():
        migrate(connection, to)


def _lay_out(connection: Connection) -> None:
    """A new SQLite store as it is declared: what the migrations would come to, in a tenth of their time."""
    DECLARED.create_all(connection, checkfirst=False)
    connection.execute(KEEP_IN)
    connection.execute(KEEP, {"revision": head()})


def migrate(connection: Connection, to: str) -> None:
    """Runs the migrations up to a revision, from whatever is there."""
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
