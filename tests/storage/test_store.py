from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy.exc import DBAPIError

from checklists.crew import Person
from checklists.letters import Letter
from storage.book import Book
from storage.outbox import Room
from storage.sending import Occupant
from storage.store import Store
from tests.storage.built import (
    NOW,
    OTHER,
    TEAM,
    a_card,
    a_cue,
    a_gig,
    a_tour,
    after,
    connect,
    next_of,
    say_ask,
    say_card,
)


class StumbleError(Exception):
    """Something went wrong in the middle of a transaction."""


def write_and_stumble(book: Book) -> None:
    """Writes something everywhere, and fails."""
    gig = a_gig(book)
    say_card(book, gig)
    book.cues.put(a_cue(gig), NOW)
    book.inbox.claim("k", NOW)
    book.people.meet(["UKIT"], NOW)
    raise StumbleError


def test_only_sqlite_and_postgresql_keep_a_store() -> None:
    with pytest.raises(ValueError, match="mysql"):
        Store.open("mysql://somewhere/book")
    with pytest.raises(ValueError, match="needs a file"):
        Store.open("sqlite://")


def test_what_a_transaction_wrote_is_there_for_the_next(connected: Store) -> None:
    with connected.begin(TEAM) as book:
        gig = a_gig(book)
    with connected.read(TEAM) as book:
        assert book.gigs.get(gig.id) == gig


def test_a_transaction_that_stumbles_leaves_nothing(connected: Store) -> None:
    with pytest.raises(StumbleError), connected.begin(TEAM) as book:
        write_and_stumble(book)
    with connected.begin(TEAM) as book:
        assert book.tours.all() == []
        assert book.inbox.claim("k", NOW)
        assert book.people.unmet(10) == []
        assert a_gig(book).number == 1
    assert connected.next_cue() is None


def test_a_team_that_never_connected_has_no_book(store: Store) -> None:
    with pytest.raises(LookupError), store.begin("T9"):
        pass
    with pytest.raises(LookupError), store.read("T9"):
        pass


def test_reading_writes_nothing(connected: Store) -> None:
    with pytest.raises(DBAPIError), connected.read(TEAM) as book:
        a_tour(book)


def test_a_reader_waits_for_no_writer_and_sees_only_what_was_kept(connected: Store) -> None:
    with connected.begin(TEAM) as writing:
        a_tour(writing)
        with connected.read(TEAM) as reading:
            assert reading.tours.all() == []


def test_the_first_team_takes_over_the_workspace_that_waits(store: Store) -> None:
    assert store.wait_for_team(NOW) == store.wait_for_team(NOW) == ""
    with store.begin("") as book:
        tour = a_tour(book, channel="", lead="")
    assert store.teams() == []
    assert store.teams(with_waiting=True) == [""]
    connect(store, TEAM, OTHER)
    assert store.teams(with_waiting=True) == [TEAM, OTHER]
    with store.read(TEAM) as book:
        assert book.tours.all() == [tour]
    with store.read(OTHER) as book:
        assert book.tours.all() == []
    with pytest.raises(LookupError), store.begin(""):
        pass


def test_connecting_again_keeps_what_is_there(connected: Store) -> None:
    with connected.begin(TEAM) as book:
        tour = a_tour(book)
    connected.wait_for_team(NOW)
    connect(connected)
    assert connected.teams(with_waiting=True) == [TEAM, ""]
    with connected.read(TEAM) as book:
        assert book.tours.all() == [tour]


def test_commits_with_something_to_do_ring(connected: Store) -> None:
    rung: list[str] = []
    connected.on_commit(lambda _: rung.append("!"))
    with connected.begin(TEAM) as book:
        gig = a_gig(book)
        book.journal.write(NOW, "UTESS", "opened")
    assert rung == []
    with connected.begin(TEAM) as book:
        book.cues.put(a_cue(gig), NOW)
        assert rung == []
    assert len(rung) == 1
    with connected.begin(TEAM) as book:
        say_card(book, gig)
    assert len(rung) == 2
    with connected.begin(TEAM) as book:
        book.people.meet(["UANA"], NOW)
    assert len(rung) == 3
    with connected.begin(TEAM) as book:
        book.people.meet(["UANA"], NOW)
        book.people.learn(Person("UANA", "Ana"), NOW)
    assert len(rung) == 3
    with connected.begin(TEAM) as book:
        book.tours.bind(gig.tour_id, "C9", "UTESS")
    assert len(rung) == 4
    with pytest.raises(StumbleError), connected.begin(TEAM) as book:
        write_and_stumble(book)
    assert len(rung) == 4


def test_what_can_go_out_now_is_known_and_what_can_later(connected: Store) -> None:
    with connected.begin(TEAM) as book:
        gig = a_gig(book)
        ask = say_ask(book, gig)
        assert next_of(book, NOW) is None, "an ask waits for the card"
        a_card(book, gig)
        found = next_of(book, NOW)
        assert found is not None
        assert found.id == ask
        book.tours.set_reachable(gig.tour_id, False)
        assert next_of(book, NOW) is None
        book.outbox.say(Letter.DIGEST, Room.DM, "d", NOW, person="UANA", not_before=after(5))
        assert book.outbox.next_at(NOW) == after(5)
        assert book.outbox.next_at(after(5)) is None


def test_the_next_cue_is_looked_for_over_all_connected_teams_and_not_at_the_waiting_one(connected: Store) -> None:
    connect(connected, OTHER)
    connected.wait_for_team(NOW)
    for team, minutes in ((TEAM, 30), (OTHER, 20), ("", 10)):
        with connected.begin(team) as book:
            book.cues.put(a_cue(a_gig(book), minutes), NOW)
    assert connected.next_cue() == after(20)


def test_a_workspace_has_one_sender_at_a_time(connected: Store, store_url: str) -> None:
    connect(connected, OTHER)
    second = Store.open(store_url)
    me, other = Occupant("one", "here", 1, "1"), Occupant("two", "here", 2, "2")
    first, again = connected.sender(TEAM, me, NOW), connected.sender(TEAM, me, NOW)
    theirs, elsewhere = second.sender(TEAM, other, NOW), second.sender(OTHER, other, NOW)
    with first as mine, again as mine_again, theirs as seat, elsewhere as there:
        assert (mine, mine_again, seat, there) == (True, False, False, True)
        found = second.seat(TEAM).occupant()
        assert found is not None
        assert found.boot == "one"
    with second.sender(TEAM, other, NOW) as now_theirs:
        assert now_theirs
    second.close()


def test_many_threads_write_one_after_another(connected: Store) -> None:
    def open_ten() -> None:
        for _ in range(10):
            with connected.begin(TEAM) as book:
                a_gig(book, book.tours.get(tour.id))

    with connected.begin(TEAM) as book:
        tour = a_tour(book)
    threads = [Thread(target=open_ten) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with connected.read(TEAM) as book:
        assert sorted(gig.number for gig in book.gigs.of_tour(tour.id)) == list(range(1, 41))


def test_a_sqlite_store_syncs_every_commit(sqlite_url: str, tmp_path: Path) -> None:
    store = Store.open(sqlite_url)
    connect(store)
    with store._writing() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert pragmas == ["wal", 2, 1]
    store.close()
