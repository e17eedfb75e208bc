"""When the database does not let us write: "Not saved" within the time in which somebody still waits for it."""

import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from handlers.asked import Asked, Reply
from handlers.listener import Listener
from storage.book import Book
from storage.store import TROUBLE, Store
from tests.handlers.troupe import NEW, START, Actor, Troupe, on_tour
from tests.storage.built import NOW, TEAM, connect

IN_TIME = 2.5
ROOM = 2
"""Others may hold the machine; what waits without end waits much longer."""


def took(deed: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came of it."""
    began = time.monotonic()
    done = deed()
    return time.monotonic() - began, done


def nobody(_: str) -> None:
    return


def test_a_book_locked_by_another_program_is_told_in_time_and_what_was_typed_is_not_half_kept(
    troupe: Troupe, tess: Actor
) -> None:
    tess.types(NEW)
    before = troupe.dump()
    with closing(sqlite3.connect(troupe.book, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        hands, troupe.slack.ack_seconds = troupe.slack.hands, ROOM * IN_TIME
        command = partial(hands.command, tess.id, troupe.channel, "/gig times #1 doors 20:00")
        seconds, answer = took(command)
        other.rollback()
    assert answer.text.startswith("Not saved (ref ")
    assert seconds < ROOM * IN_TIME
    troupe.mover.settle()
    assert troupe.dump() == before
    assert "doors 20:00" in tess.types("/gig times #1 doors 20:00").text


def test_a_thread_that_waits_for_another_gives_up_in_time(sqlite_url: str) -> None:
    store = Store.open(sqlite_url)
    connect(store)
    begun, enough = threading.Event(), threading.Event()

    def hold_on() -> None:
        with store.begin(TEAM):
            begun.set()
            enough.wait(5)

    other = threading.Thread(target=hold_on)
    other.start()
    begun.wait(5)
    with pytest.raises(TimeoutError), store.begin(TEAM, within=0.2):
        pass
    enough.set()
    other.join(5)
    store.close()


@pytest.fixture
def hall(postgres_url: str) -> Iterator[Troupe]:
    """A troupe whose book is kept on PostgreSQL."""
    with on_tour(postgres_url, START) as here:
        yield here


def test_a_locked_row_on_postgresql_is_told_in_time(hall: Troupe, postgres_url: str) -> None:
    tess = hall.person("tess")
    tess.types(NEW)
    engine = create_engine(postgres_url)
    with engine.connect() as other:
        other.execute(text("SELECT id FROM gigs FOR UPDATE"))
        hall.slack.ack_seconds = ROOM * IN_TIME
        command = partial(hall.slack.hands.command, tess.id, hall.channel, "/gig times #1 doors 20:00")
        seconds, answer = took(command)
    engine.dispose()
    assert answer.text.startswith("Not saved (ref ")
    assert seconds < ROOM * IN_TIME
    assert "doors 20:00" in tess.types("/gig times #1 doors 20:00").text


def test_a_postgresql_that_is_down_or_silent_is_told_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        for port in (1, silent.getsockname()[1]):
            store = Store.open(f"postgresql://tess:x@127.0.0.1:{port}/book")
            seconds, _ = took(partial(_fails, store))
            store.close()
            assert seconds < ROOM * IN_TIME


def _fails(store: Store) -> None:
    with pytest.raises(TROUBLE), store.begin(TEAM, within=1.5):
        pass


def test_two_processes_that_get_the_same_envelope_at_once_give_the_same_answer(store: Store, store_url: str) -> None:
    connect(store)
    twin, at_it, told = Store.open(store_url), threading.Event(), []
    listeners = [Listener(each, lambda: NOW, lambda _: None, nobody) for each in (store, twin)]
    asked = Asked(NOW, "command:1", "U0TESS", "C1", text="x")

    def act(book: Book, it: Asked) -> Reply:
        at_it.set()
        book.journal.write(NOW, it.who, "was here")
        second.join(0.3)
        return Reply("Done once.")

    def answer() -> None:
        at_it.wait(5)
        told.append(listeners[1].take(TEAM, asked, act).text)

    second = threading.Thread(target=answer)
    second.start()
    told.append(listeners[0].take(TEAM, asked, act).text)
    second.join(5)
    twin.close()
    for listener in listeners:
        listener.close()
    assert told == ["Done once.", "Done once."]
