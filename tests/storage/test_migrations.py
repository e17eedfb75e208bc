import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Inspector, create_engine, inspect, text
from sqlalchemy.exc import DatabaseError

from storage import upgrades
from storage.store import Store
from storage.tables import Base
from tests.storage.built import NOW, TEAM, a_gig, connect

TABLES = sorted(Base.metadata.tables)


@contextmanager
def connection_to(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_the_migrated_schema_is_the_declared_one(store_url: str) -> None:
    with connection_to(store_url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_files_of_migrations_are_their_order() -> None:
    config = Config()
    config.set_main_option("script_location", str(upgrades.MIGRATIONS))
    chain = [each.revision for each in ScriptDirectory.from_config(config).walk_revisions()][::-1]
    assert chain[-1] == upgrades.head()
    assert all(map(upgrades.knows, chain))
    assert sorted(chain) == chain
    assert not upgrades.knows("9999_none")


def test_a_migrated_postgresql_has_the_declared_constraints_and_indexes(postgres_url: str) -> None:
    with connection_to(postgres_url) as connection:
        migrated = shape(connection)
        connection.execute(text("CREATE SCHEMA declared"))
        connection.execute(text("SET search_path TO declared"))
        Base.metadata.create_all(connection)
        assert migrated == shape(connection)


def test_a_new_sqlite_book_is_what_the_migrations_come_to(tmp_path: Path) -> None:
    with new_book(tmp_path, "new", upgrades.upgrade) as new, new_book(tmp_path, "old", upgrades.migrate) as old:
        assert shape(new) == shape(old)
        assert triggers(new) == triggers(old) != []
        assert upgrades.revision(new) == upgrades.revision(old) == upgrades.head()
        assert sorted(inspect(new).get_table_names()) == sorted(inspect(old).get_table_names())


@contextmanager
def new_book(folder: Path, name: str, make: Callable[[Connection, str], None]) -> Iterator[Connection]:
    with connection_to(f"sqlite:///{folder / name}.db") as connection:
        make(connection, "head")
        yield connection


def triggers(connection: Connection) -> list[str]:
    found = connection.scalars(text("SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"))
    return list(map(squeezed, found))


def shape(connection: Connection) -> dict[str, Any]:
    """Checks, indexes, keys and columns of every table."""
    inspector = inspect(connection)
    return {table: table_shape(inspector, table) for table in TABLES}


def table_shape(inspector: Inspector, table: str) -> dict[str, Any]:
    return {
        "columns": {c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in inspector.get_columns(table)},
        "checks": sorted((c["name"], squeezed(c["sqltext"])) for c in inspector.get_check_constraints(table)),
        "indexes": sorted(squeezed(str({**i, "dialect_options": where(i)})) for i in inspector.get_indexes(table)),
        "keys": sorted((k["name"] or "", k["referred_table"]) for k in inspector.get_foreign_keys(table)),
        "unique": sorted((u["name"] or "", *u["column_names"]) for u in inspector.get_unique_constraints(table)),
    }


def where(index: Any) -> str:
    options = index.get("dialect_options", {})
    return str(options.get("sqlite_where", options.get("postgresql_where", "")))


def squeezed(sql: str) -> str:
    return " ".join(sql.split())


def test_upgrading_twice_changes_nothing(store: Store) -> None:
    before = store.revision()
    store.upgrade()
    assert store.revision() == before == store.head()


def test_an_empty_store_is_upgraded_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store.open(f"sqlite:///{tmp_path / 'new.db'}")
    assert store.revision() is None
    store.upgrade()
    assert store.revision() == store.head() == "0007_deal"
    store.close()


def test_an_empty_postgresql_database_is_upgraded(postgres: URL) -> None:
    name = f"empty_{os.getpid()}"
    admin = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        store = Store.open(postgres.set(database=name).render_as_string(hide_password=False))
        assert store.revision() is None
        store.upgrade()
        assert store.revision() == store.head()
        store.close()
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.mark.parametrize("deed", ["UPDATE journal SET who = 'someone else'", "DELETE FROM journal"])
def test_the_database_refuses_to_change_the_journal(store: Store, store_url: str, deed: str) -> None:
    connect(store)
    with store.begin(TEAM) as book:
        gig = a_gig(book)
        book.journal.write(NOW, "UTESS", "opened", gig_id=gig.id)
    with connection_to(store_url) as connection, pytest.raises(DatabaseError, match="append-only"):
        connection.execute(text(deed))
    with store.read(TEAM) as book:
        assert [entry.who for entry in book.journal.of_gig(gig.id)] == ["UTESS"]


@pytest.mark.parametrize(
    ("table", "column"), [("gigs", "state"), ("cues", "state"), ("deliveries", "state"), ("calls", "position")]
)
def test_the_database_refuses_a_state_that_is_none(store_url: str, table: str, column: str) -> None:
    with connection_to(store_url) as connection:
        checks = inspect(connection).get_check_constraints(table)
    assert any(column in check["sqltext"] for check in checks)
