"""What is tried in a pretence leaves nothing behind, on each engine."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from pkgutil import iter_modules

import pytest
from sqlalchemy import Select, select, text
from sqlalchemy.exc import DBAPIError

import storage
from checklists.crew import CallState, Person, Position, Role
from checklists.cues import CueState
from checklists.gig import Gig
from checklists.items import ItemState
from checklists.letters import Letter
from storage.book import Book
from storage.outbox import Room
from storage.pretence import tables_of
from storage.store import Store
from storage.tables import Base
from tests.storage.built import NOON, NOW, SHOW, TEAM, a_call, a_card, a_cue, a_gig, after, new_item, say_ask

LATER = date(2026, 4, 12)


class StumbleError(Exception):
    """Something went wrong in the middle of a pretence."""


def whole(store: Store) -> dict[str, list[str]]:
    """Every row of every table."""
    with store.read(TEAM) as book:
        rows = book._pen.connection.execute
        return {each.name: sorted(map(repr, rows(select(each)).all())) for each in Base.metadata.sorted_tables}


@pytest.fixture
def gig(connected: Store) -> Gig:
    """A gig with a card, a call, an item, a cue and an ask."""
    with connected.begin(TEAM) as book:
        gig = a_gig(book)
        a_card(book, gig)
        a_call(book, gig)
        book.items.add_many(gig.id, [new_item()])
        book.cues.put(a_cue(gig), NOW)
        book.people.learn(Person("UANA", "Ana", "Europe/Lisbon", is_known=True), NOW)
        say_ask(book, gig)
    return gig


def do_much(book: Book, gig: Gig) -> None:
    """Changes something in most tables."""
    book.gigs.move(gig.id, LATER, NOW)
    a_gig(book, book.tours.get(gig.tour_id), LATER)
    calls = book.crew.of_gig(gig.id)
    book.crew.set_state([call.id for call in calls], CallState.NO_SHOW, NOW)
    book.crew.ask(gig.id, "UBO", Position.MON, NOON, gig.when(NOON), NOW)
    book.items.set_state([item.id for item in book.items.of_gig(gig.id)], ItemState.DONE, "UTESS", NOW)
    book.cues.cut(gig.id, None, NOW)
    book.cues.put(a_cue(gig, version="2"), NOW)
    book.outbox.refresh_card(gig.id, NOW)
    book.outbox.say(Letter.DIGEST, Room.DM, "digest", NOW, person="UANA")
    book.people.meet(["UKIT"], NOW)
    book.people.learn(Person("UANA", "Anna", "Europe/Madrid", is_known=True), NOW)
    book.tours.give_role(gig.tour_id, "UBO", Role.PM, NOW)
    book.tours.set_days_off(gig.tour_id, [SHOW])
    book.tours.set_reachable(gig.tour_id, False)
    book.journal.write(NOW, "UTESS", "moved", gig_id=gig.id)
    book.inbox.claim("pretended", NOW)
    with book.gathering():
        say_ask_gathered(book, gig)


def say_ask_gathered(book: Book, gig: Gig) -> None:
    book.outbox.say(Letter.ASK, Room.THREAD, "ask:9", NOW, tour_id=gig.tour_id, gig_id=gig.id)


def test_what_is_pretended_has_never_happened(connected: Store, gig: Gig) -> None:
    before, rung = whole(connected), list[str]()
    connected.on_commit(lambda _: rung.append("!"))
    with connected.begin(TEAM) as book:
        with book.pretending() as pretence:
            do_much(pretence, gig)
            moved = pretence.gigs.get(gig.id)
            assert moved is not None
            assert moved.date == LATER
        assert book.gigs.get(gig.id) == gig
    assert (whole(connected), rung) == (before, [])


def test_what_the_book_had_read_stays_true(connected: Store, gig: Gig) -> None:
    with connected.begin(TEAM) as book:
        book.load(book.cues.take_many(after(60), 9, []))
        known = (book.gigs.get(gig.id), book.crew.of_gig(gig.id), book.tours.get(gig.tour_id), book.people.get("UANA"))
        with book.pretending() as pretence:
            do_much(pretence, gig)
        assert known == (
            book.gigs.get(gig.id), book.crew.of_gig(gig.id), book.tours.get(gig.tour_id), book.people.get("UANA")
        )  # fmt: skip
        assert not book.people.get("UKIT").is_known


def test_the_next_real_change_works(connected: Store, gig: Gig) -> None:
    with connected.begin(TEAM) as book:
        with book.pretending() as pretence:
            do_much(pretence, gig)
        do_much(book, gig)
    with connected.begin(TEAM) as book:
        moved = book.gigs.by_number(gig.number)
        assert moved is not None
        assert moved.date == LATER
        assert book.gigs.by_number(gig.number + 1) is not None
        assert book.gigs.by_number(gig.number + 2) is None


def test_what_was_written_before_is_kept_gathered_or_not(connected: Store, gig: Gig) -> None:
    with connected.begin(TEAM) as book:
        book.journal.write(NOW, "UTESS", "before", gig_id=gig.id)
        with book.gathering():
            say_ask_gathered(book, gig)
            with book.pretending() as pretence:
                assert pretence.outbox.by_key("ask:9") is not None
                do_much(pretence, gig)
    with connected.read(TEAM) as book:
        assert [entry.what for entry in book.journal.of_gig(gig.id)] == ["before"]
        assert book.outbox.by_key("ask:9") is not None


def stumble(book: Book, gig: Gig) -> None:
    do_much(book, gig)
    raise StumbleError


def break_a_rule(book: Book, gig: Gig) -> None:
    """The database refuses a call of a gig that is not there."""
    do_much(book, gig)
    book.crew.ask(987_654, "UBO", Position.MON, NOON, NOW, NOW)


@pytest.mark.parametrize(("wrong", "error"), [(stumble, StumbleError), (break_a_rule, DBAPIError)])
def test_a_pretence_that_fails_is_taken_back_and_the_book_goes_on(
    connected: Store, gig: Gig, wrong: Callable[[Book, Gig], None], error: type[Exception]
) -> None:
    before = whole(connected)
    with connected.begin(TEAM) as book:
        with pytest.raises(error), book.pretending() as pretence:
            wrong(pretence, gig)
        assert book.gigs.get(gig.id) == gig
    assert whole(connected) == before


def test_a_pretence_within_a_pretence_is_undone_alone(connected: Store, gig: Gig) -> None:
    before = whole(connected)
    with connected.begin(TEAM) as book, book.pretending() as outer:
        outer.journal.write(NOW, "UTESS", "outer", gig_id=gig.id)
        with outer.pretending() as inner:
            inner.journal.write(NOW, "UTESS", "inner", gig_id=gig.id)
        assert [entry.what for entry in outer.journal.of_gig(gig.id)] == ["outer"]
    assert whole(connected) == before


def test_a_book_opened_anew_sees_what_was_pretended_and_takes_nothing_for_granted(connected: Store, gig: Gig) -> None:
    with connected.begin(TEAM) as book, book.pretending() as pretence:
        pretence.tours.get(gig.tour_id)
        pretence.reopened().tours.set_days_off(gig.tour_id, [SHOW])
        assert pretence.reopened().tours.get(gig.tour_id).days_off == (SHOW.isoformat(),)


def test_what_lies_ahead_of_a_tour_is_told_in_its_order(connected: Store, gig: Gig) -> None:
    with connected.begin(TEAM) as book:
        other = a_gig(book, book.tours.get(gig.tour_id), LATER)
        book.cues.put(a_cue(other, minutes=5), NOW)
        first = book.previews.next_cue(gig.tour_id)
        assert first is not None
        assert first.gig_id == other.id
        mine = book.previews.next_cue(gig.tour_id, gig.id)
        assert mine is not None
        assert mine.gig_id == gig.id
        book.cues.settle(mine.id, CueState.GONE, NOW)
        assert book.previews.next_cue(gig.tour_id, gig.id) is None
        said = book.previews.unsaid(gig.tour_id)
        assert [each.letter for each in said] == [Letter.ASK]
        assert book.previews.unsaid(gig.tour_id, said[-1].id) == []


def test_every_query_tells_which_tables_it_reads() -> None:
    modules = [import_module(f"storage.{each.name}") for each in iter_modules(storage.__path__)]
    queries = {id(each): each for module in modules for each in vars(module).values() if isinstance(each, Select)}
    assert len(queries) > 100
    assert [str(each) for each in queries.values() if not tables_of(each)] == []


def test_what_a_statement_writes_to_is_read_anew_and_the_rest_is_remembered() -> None:
    assert tables_of(text("UPDATE cues SET at = 1")) == {"cues"}
    assert tables_of(text("INSERT INTO items (id) SELECT 1")) == {"items"}
    assert tables_of(text("VACUUM")) == frozenset()


def test_a_pretence_reads_what_it_wrote(connected: Store, gig: Gig) -> None:
    with connected.begin(TEAM) as book, book.pretending() as pretence:
        for number in range(3):
            assert len(pretence.journal.of_gig(gig.id)) == number
            assert len(pretence.reopened().crew.of_gig(gig.id)) == number + 1
            pretence.journal.write(NOW, "UTESS", "again", gig_id=gig.id)
            pretence.crew.ask(gig.id, f"U{number}", Position.HAND, NOON, gig.when(NOON), NOW)
        pretence._pen.change(text("UPDATE gigs SET city = 'Porto' WHERE workspace_id = :workspace"))
        porto = pretence.gigs.by_number(gig.number)
        assert porto is not None
        assert porto.city == "Porto"
