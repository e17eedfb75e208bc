import pytest
from sqlalchemy.exc import IntegrityError

from storage.store import Store
from tests.storage.built import NOW, OTHER, TEAM, connect


def test_the_same_envelope_gets_the_same_reply(connected: Store) -> None:
    with connected.begin(TEAM) as book:
        assert book.inbox.seen("k1") is None
        book.inbox.keep("k1", '{"text": "Opened."}', NOW)
    with connected.begin(TEAM) as book:
        assert book.inbox.seen("k1") == '{"text": "Opened."}'


def test_the_database_refuses_the_same_envelope_twice(connected: Store) -> None:
    with connected.begin(TEAM) as book:
        book.inbox.keep("k1", "{}", NOW)
    with pytest.raises(IntegrityError), connected.begin(TEAM) as book:
        book.inbox.keep("k1", "{}", NOW)


def test_another_teams_envelope_is_another_one(connected: Store) -> None:
    connect(connected, OTHER)
    for team in (TEAM, OTHER):
        with connected.begin(team) as book:
            assert book.inbox.seen("k1") is None
            book.inbox.keep("k1", team, NOW)
