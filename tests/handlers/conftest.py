"""A troupe of each test's own."""

from collections.abc import Iterator

import pytest

from tests.handlers.backstage import Backstage, backstage
from tests.handlers.stage import Anyone, Stage
from tests.handlers.troupe import START, on_tour


@pytest.fixture
def troupe(request: pytest.FixtureRequest, sqlite_url: str) -> Iterator[Stage]:
    """Noon (UTC) on 1 September 2026, or where `starts` says; in Slack, but where a mark says BACKSTAGE."""
    marked = request.node.get_closest_marker("played")
    opens = marked.kwargs["by"] if marked else on_tour
    with opens(sqlite_url, getattr(request, "param", START)) as here:
        yield here


@pytest.fixture
def tess(troupe: Stage) -> Anyone:
    """The tour manager, once she has opened a tour."""
    return troupe.person("tess")


@pytest.fixture
def ana(troupe: Stage) -> Anyone:
    return troupe.person("ana")


@pytest.fixture
def bo(troupe: Stage) -> Anyone:
    return troupe.person("bo")


@pytest.fixture
def house(request: pytest.FixtureRequest, sqlite_url: str) -> Iterator[Backstage]:
    """A book without Slack, from noon (UTC) on 1 September 2026 or where `begins` says."""
    with backstage(sqlite_url, getattr(request, "param", START)) as opened:
        yield opened
