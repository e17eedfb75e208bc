"""What is the database's failure and what is the asker's, told from real errors of both engines."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from storage.outage import is_outage

ASKED_WRONGLY = [
    "SELECT nonsense FROM nowhere",
    "INSERT INTO one (id) VALUES (1), (1)",
    "INSERT INTO one VALUES (NULL)",
]


def failure(connection: Connection, statement: str) -> DBAPIError:
    with pytest.raises(DBAPIError) as failed:
        connection.execute(text(statement))
    connection.rollback()
    return failed.value


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{tmp_path / 'one.db'}", connect_args={"timeout": 0})
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE one (id INTEGER NOT NULL UNIQUE, words TEXT)"))
        connection.commit()
        yield connection
    engine.dispose()


@pytest.fixture
def postgres_one(postgres_url: str) -> Iterator[Connection]:
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        connection.execute(text("CREATE TEMPORARY TABLE one (id integer NOT NULL UNIQUE)"))
        connection.commit()
        yield connection
    engine.dispose()


@pytest.mark.parametrize("statement", ASKED_WRONGLY)
def test_what_was_asked_wrongly_is_no_outage_of_sqlite(sqlite: Connection, statement: str) -> None:
    assert not is_outage(failure(sqlite, statement))


@pytest.mark.parametrize("statement", [*ASKED_WRONGLY, "SELECT 1 / 0"])
def test_what_was_asked_wrongly_is_no_outage_of_postgresql(postgres_one: Connection, statement: str) -> None:
    assert not is_outage(failure(postgres_one, statement))


def test_a_full_disk_is_an_outage(sqlite: Connection) -> None:
    sqlite.execute(text("PRAGMA max_page_count = 3"))
    assert is_outage(failure(sqlite, "INSERT INTO one VALUES (1, hex(zeroblob(100000)))"))


def test_a_file_that_others_lock_is_an_outage(sqlite: Connection, tmp_path: Path) -> None:
    other = create_engine(f"sqlite:///{tmp_path / 'one.db'}")
    with other.connect() as connection:
        connection.execute(text("BEGIN EXCLUSIVE"))
        assert is_outage(failure(sqlite, "INSERT INTO one VALUES (1, 'a')"))
    other.dispose()


def test_a_file_that_cannot_be_opened_is_an_outage(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'no' / 'folder.db'}")
    with pytest.raises(DBAPIError) as failed:
        engine.connect()
    assert is_outage(failed.value)


def test_a_server_that_ends_the_connection_is_an_outage(postgres_one: Connection, postgres_url: str) -> None:
    pid = postgres_one.execute(text("SELECT pg_backend_pid()")).scalar()
    postgres_one.commit()
    other = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with other.connect() as connection:
        connection.execute(text(f"SELECT pg_terminate_backend({pid})"))
    other.dispose()
    assert is_outage(failure(postgres_one, "SELECT 1"))


def test_a_lock_waited_for_too_long_is_an_outage(postgres_one: Connection) -> None:
    assert is_outage(failure(postgres_one, "DO $$ BEGIN RAISE SQLSTATE '55P03'; END $$"))
    assert is_outage(failure(postgres_one, "DO $$ BEGIN RAISE SQLSTATE '53100'; END $$"))


def test_a_server_that_is_not_there_is_an_outage() -> None:
    engine = create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=2")
    with pytest.raises(DBAPIError) as failed:
        engine.connect()
    assert is_outage(failed.value)


@pytest.mark.parametrize(
    ("error", "is_one"),
    [(NoConnection("the pool is empty"), True), (TimeoutError("too long"), True), (RuntimeError("a handler"), False)],
)
def test_waiting_in_vain_is_an_outage_and_a_handlers_mistake_is_none(error: Exception, is_one: bool) -> None:
    assert is_outage(error) is is_one
