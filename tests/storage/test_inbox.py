import threading

from storage.store import Store
from tests.storage.built import NOW, OTHER, TEAM, connect


def test_the_same_envelope_gets_the_same_reply(connected: Store) -> None:
    with connected.begin(TEAM) as book:
        assert book.inbox.claim("k1", NOW)
        assert book.inbox.reply("k1") == ""
        book.inbox.keep("k1", '{"text": "Opened."}')
    with connected.begin(TEAM) as book:
        assert not book.inbox.claim("k1", NOW)
        assert book.inbox.reply("k1") == '{"text": "Opened."}'


def test_an_envelope_that_may_come_again_is_answered_anew(connected: Store) -> None:
    with connected.begin(TEAM) as book:
        book.inbox.claim("k1", NOW)
        book.inbox.forget("k1")
    with connected.begin(TEAM) as book:
        assert book.inbox.claim("k1", NOW)


def test_another_teams_envelope_is_another_one(connected: Store) -> None:
    connect(connected, OTHER)
    for team in (TEAM, OTHER):
        with connected.begin(team) as book:
            assert book.inbox.claim("k1", NOW)
            book.inbox.keep("k1", team)
    with connected.begin(TEAM) as book:
        book.inbox.forget("k1")
    with connected.read(OTHER) as book:
        assert book.inbox.reply("k1") == OTHER


def test_who_gets_an_envelope_that_another_is_just_answering_waits_for_that_answer(
    connected: Store, store_url: str
) -> None:
    second, heard, told = Store.open(store_url), threading.Event(), []

    def answer() -> None:
        heard.wait(5)
        with second.begin(TEAM, within=5) as book:
            told.append((book.inbox.claim("k1", NOW), book.inbox.reply("k1")))

    other = threading.Thread(target=answer)
    other.start()
    with connected.begin(TEAM) as book:
        assert book.inbox.claim("k1", NOW)
        heard.set()
        other.join(0.2)
        assert told == []
        book.inbox.keep("k1", "Opened.")
    other.join(5)
    second.close()
    assert told == [(False, "Opened.")]
