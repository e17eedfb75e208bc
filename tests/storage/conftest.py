"""A store with one connected team, and its book for one transaction."""

from collections.abc import Iterator

import pytest

from storage.book import Book
from storage.store import Store
from tests.storage.built import TEAM, connect


@pytest.fixture
def connected(store: Store) -> Store:
    """A store, on each engine, with one team."""
    connect(store)
    return store


@pytest.fixture
def book(connected: Store) -> Iterator[Book]:
    """One transaction of that team."""
    with connected.begin(TEAM) as opened:
        yield opened
