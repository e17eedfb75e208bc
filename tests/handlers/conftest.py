"""A troupe of each test's own."""

from collections.abc import Iterator

import pytest

from tests.handlers.backstage import Backstage, backstage
from tests.handlers.troupe import START, Actor, Troupe, on_tour


@pytest.fixture
def troupe(request: pytest.FixtureRequest, sqlite_url: str) -> Iterator[Troupe]:
    """Noon (UTC) on 1 September 2026, or where `starts` says."""
    with on_tour(sqlite_url, getattr(request, "param", START)) as here:
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


@pytest.fixture
def house(request: pytest.FixtureRequest, sqlite_url: str) -> Iterator[Backstage]:
    """A book without Slack, from noon (UTC) on 1 September 2026 or where `begins` says."""
    with backstage(sqlite_url, getattr(request, "param", START)) as opened:
        yield opened
