"""A troupe of each test's own."""

from collections.abc import Iterator

import pytest

from tests.handlers.troupe import Actor, Troupe, on_tour


@pytest.fixture
def troupe(sqlite_url: str) -> Iterator[Troupe]:
    with on_tour(sqlite_url) as here:
        yield here


@pytest.fixture
def tess(troupe: Troupe) -> Actor:
    """The tour manager, once she has opened a tour."""
    return troupe.person("tess")


@pytest.fixture
def ana(troupe: Troupe) -> Actor:
    return troupe.person("ana")


@pytest.fixture
def bo(troupe: Troupe) -> Actor:
    return troupe.person("bo")
