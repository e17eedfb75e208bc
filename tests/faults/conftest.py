"""A town, and books on both engines, for the short lane."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from tests.faults.books import Books, Postgres, Sqlite
from tests.faults.lane import Lane
from tests.faults.nursery import Nursery
from tests.faults.town import Town

Shelf = dict[str, Books]


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A fake Slack in a process of its own."""
    with Town(tmp_path_factory.mktemp("town")) as opened:
        yield opened


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory, postgres: URL) -> Iterator[Shelf]:
    """Books by the name of their engine."""
    server = Postgres(postgres, f"{os.getpid()}")
    yield {"sqlite": Sqlite(tmp_path_factory.mktemp("books")), "postgresql": server}
    server.close()


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Workers that begin warm."""
    with Nursery() as opened:
        yield opened


@pytest.fixture
def lane(town: Town, nursery: Nursery, tmp_path: Path) -> Lane:
    """A lane in that town."""
    return Lane(town, nursery, tmp_path, tmp_path / "evidence")
