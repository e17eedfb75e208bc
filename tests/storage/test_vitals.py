"""The vital signs of a store, on each engine."""

import pytest

from checklists.errors import Refusal
from storage import vitals
from storage.sending import Occupant
from storage.store import Store
from tests.storage.built import NOW, TEAM, connect


def test_they_tell_engine_schema_and_that_commits_last(store_url: str) -> None:
    seen = vitals.take(store_url)
    assert seen.engine.startswith(("SQLite 3.", "PostgreSQL 1"))
    assert seen.revision == seen.head
    assert seen.is_known
    # The tests' own PostgreSQL runs without fsync, for speed.
    assert seen.risk in ("", "fsync is off")


def test_they_tell_who_sends(store_url: str) -> None:
    store = Store.open(store_url)
    connect(store)
    assert [each.is_there for each in vitals.take(store_url).senders] == [False]
    with store.sender(TEAM, Occupant("boot", "host", 4711, "born"), NOW):
        told = vitals.take(store_url).senders
        assert [(each.team, each.pid, each.is_there) for each in told] == [(TEAM, 4711, True)]
    assert [each.is_there for each in vitals.take(store_url).senders] == [False]
    store.close()


@pytest.mark.parametrize(
    ("number", "loses"),
    [
        *(("3.6.23", False), ("3.7.0", True), ("3.40.1", True), ("3.44.5", True), ("3.44.6", False)),
        *(("3.50.6", True), ("3.50.7", False), ("3.51.2", True), ("3.51.3", False), ("3.52.0", False)),
    ],
)
def test_the_releases_that_lose_commits(number: str, loses: bool) -> None:
    assert vitals.is_in_range(number) is loses


def test_a_server_that_is_not_there_is_a_plain_no() -> None:
    with pytest.raises(Refusal, match="The database says") as no:
        vitals.take("postgresql://someone:secret@127.0.0.1:9/none")
    assert "secret" not in str(no.value)
