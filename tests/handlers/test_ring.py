"""Due cues are rung many at once, and nobody can tell: on each engine, straight from the store."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, event, text

from checklists.crew import CallState, Person, Position
from checklists.cues import Cue, CueKind, CueState
from checklists.gig import Gig
from checklists.letters import Letter
from checklists.walls import Wall
from handlers import ring, routes
from handlers.upkeep import glance
from storage.book import Book
from storage.gigs import NewGig
from storage.outbox import Delivery
from storage.store import Store

TEAM, LEAD = "T1", "UTESS"
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
NIGHT = datetime(2026, 9, 1, 2, tzinfo=UTC)
CALL = Wall(time(14))
CREW = ("UANA", "UBO", "ULOU")
KINDS = (CueKind.ASK_DM, CueKind.ASK_AGAIN, CueKind.CARD, CueKind.DOORS_60, CueKind.DOORS_30, CueKind.HELD,
         CueKind.CHECK_IN, CueKind.RECHECK, CueKind.LOAD_OUT, CueKind.DAY_SHEET)  # fmt: skip


def set_up(store: Store, gigs: int = 2, crew: tuple[str, ...] = CREW) -> list[Gig]:
    store.connect(TEAM, "Team", "UBOT", NOW)
    with store.begin(TEAM) as book:
        tour = book.tours.open("Wild Nights", "C1", LEAD, NOW)
        for who in (LEAD, *crew):
            book.people.learn(Person(who, who, "Europe/Lisbon", is_known=True, is_outsider=False), NOW)
        opened = book.gigs.open_many(tour.id, [_night(n) for n in range(gigs)], NOW)
        for gig in opened:
            for who in crew:
                book.crew.ask(gig.id, who, Position.HAND, CALL, gig.when(CALL), NOW)
    return opened


def _night(n: int) -> NewGig:
    return NewGig("The Lanterns", f"Hall {n}", f"Town {n}", "PT", "Europe/Lisbon", 38.7, -9.1, date(2026, 10, 1))


def plan(store: Store, *cues: Cue) -> None:
    with store.begin(TEAM) as book:
        for cue in cues:
            book.cues.add(cue, NOW - timedelta(days=1))


def cue(gig: Gig, kind: CueKind = CueKind.ASK_DM, who: str = "", version: str = "1", at: datetime = NOW) -> Cue:
    anchor = Letter.ASK_AGAIN.value if kind is CueKind.HELD else "T-2d"
    return Cue(kind, at, gig.id, gig.tour_id, who, anchor, version)


def ring_all(store: Store, now: datetime, most: int) -> list[int]:
    """How many were rung each time."""
    sizes = []
    while True:
        with store.begin(TEAM) as book:
            sizes.append(ring.ring(book, now, most))
        if not sizes[-1]:
            return sizes[:-1]


def said(book: Book, gigs: list[Gig]) -> list[Any]:
    rows = [one for gig in gigs for one in book.outbox.of_gig(gig.id)]
    return [(one.letter, one.room, one.person, one.subject, one.expires, one.not_before, one.state) for one in rows]


def outcome(store: Store, gigs: list[Gig]) -> tuple[list[Any], list[Any]]:
    with store.read(TEAM) as book:
        states = [(one.kind, one.person, state) for gig in gigs for one, state in book.cues.of_gig(gig.id)]
        return sorted(states), sorted(said(book, gigs), key=repr)


@contextmanager
def fresh(store: Store) -> Iterator[Store]:
    """The same store with nothing in it, again and again."""
    engine = create_engine(str(store._writer.url.render_as_string(hide_password=False)))
    with engine.begin() as connection:
        for name in ("deliveries", "cues", "calls", "items", "gigs", "holders", "tours", "people"):
            connection.execute(text(f"DELETE FROM {name}"))
    engine.dispose()
    yield store


CASES = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 1), st.sampled_from(CREW), st.integers(-400, 0)),
    min_size=2,
    max_size=12,
    unique_by=lambda case: (case[0], case[1], case[2]),
)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=CASES, confirmed=st.sampled_from(["", *CREW]), now=st.sampled_from([NOW, NIGHT]))
def test_many_at_once_end_just_as_one_by_one(
    store: Store, cases: list[tuple[CueKind, int, str, int]], confirmed: str, now: datetime
) -> None:
    found = []
    for most in (1, 100):
        with fresh(store):
            gigs = set_up(store)
            with store.begin(TEAM) as book:
                for call in book.crew.of_gig(gigs[0].id):
                    if call.person == confirmed:
                        book.crew.set_state([call.id], CallState.CONFIRMED, NOW)
            at = [now + timedelta(minutes=minutes) for *_, minutes in cases]
            plan(store, *(cue(gigs[n], kind, who, "1", at[k]) for k, (kind, n, who, _) in enumerate(cases)))
            ring_all(store, now, most)
            states, words = outcome(store, gigs)
            places = {gig.id: place for place, gig in enumerate(gigs)}
            found.append((states, [(letter, person, room, state) for letter, room, person, *_, state in words], places))
    assert found[0][0] == found[1][0]
    assert found[0][1] == found[1][1]


def test_a_hundred_reminders_take_as_many_queries_as_twenty(store: Store) -> None:
    counts = []
    for people in (4, 20):
        with fresh(store):
            crew = tuple(f"U{n:02d}" for n in range(people))
            gigs = set_up(store, 5, crew)
            plan(store, *(cue(gig, CueKind.ASK_DM, who) for gig in gigs for who in crew))
            asked: list[str] = []

            def note(*told: Any, asked: list[str] = asked) -> None:
                asked.append(told[2])

            event.listen(store._writer, "before_cursor_execute", note)
            assert ring_all(store, NOW, 1000) == [5 * people]
            event.remove(store._writer, "before_cursor_execute", note)
            counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_weighs_more_is_rung_alone_in_its_turn(store: Store) -> None:
    gigs = set_up(store)
    soon = [NOW + timedelta(seconds=n) for n in range(4)]
    plan(
        store,
        cue(gigs[0], CueKind.ASK_DM, "UANA", at=soon[0]),
        cue(gigs[0], CueKind.ASK_DM, "UBO", at=soon[1]),
        cue(gigs[1], CueKind.RECHECK, at=soon[2]),
        cue(gigs[1], CueKind.ASK_DM, "UANA", at=soon[3]),
    )
    assert ring_all(store, soon[3], 100)[:3] == [2, 1, 1]


def test_it_stops_when_it_is_enough_and_the_rest_waits(store: Store) -> None:
    gigs = set_up(store, 1)
    plan(store, *(cue(gigs[0], CueKind.ASK_DM, who) for who in CREW))
    with store.begin(TEAM) as book:
        assert ring.ring(book, NOW, 100, lambda: True) == 1
    with store.read(TEAM) as book:
        assert [state for _, state in book.cues.of_gig(gigs[0].id)].count(CueState.WAITING) == 2
        assert len(book.outbox.of_gig(gigs[0].id)) == 1


def test_a_reminder_of_a_restored_book_is_to_be_looked_for_first(store: Store) -> None:
    gigs = set_up(store, 1)
    later = NOW + timedelta(minutes=1)
    plan(store, cue(gigs[0], CueKind.ASK_DM, "UANA"), cue(gigs[0], CueKind.ASK_DM, "UBO", at=later))
    _restored_at(store, NOW)
    ring_all(store, later, 100)
    with store.read(TEAM) as book:
        assert {one.person: one.look_since for one in _of(book, gigs[0])} == {"UANA": NOW, "UBO": None}


def _of(book: Book, gig: Gig) -> list[Delivery]:
    return [one for one in book.outbox.of_gig(gig.id) if one.letter is Letter.ASK_DM]


def _restored_at(store: Store, at: datetime) -> None:
    engine = create_engine(str(store._writer.url.render_as_string(hide_password=False)))
    kept = at if engine.dialect.name == "postgresql" else f"{at:%Y-%m-%dT%H:%M:%S}.000000Z"
    with engine.begin() as connection:
        connection.execute(text("UPDATE workspaces SET restored_at = :at"), {"at": kept})
    engine.dispose()


def test_a_cue_that_was_set_aside_is_told_to_the_tour_manager(store: Store) -> None:
    gigs = set_up(store, 1)
    plan(store, cue(gigs[0], CueKind.ASK_DM, "UANA"))
    with store.begin(TEAM) as book:
        taken = book.cues.take_due(NOW)
        assert taken is not None
        ring.set_aside(book, taken, "4F2A", NOW)
    with store.begin(TEAM) as book:
        letter = book.outbox.sendable(NOW + timedelta(minutes=1), 10)[0]
        card = routes.write(book, letter, NOW + timedelta(minutes=1))
    assert (letter.letter, letter.person) == (Letter.MISSED, LEAD)
    assert card is not None
    assert "*1 reminder could not be sent*" in card.text
    assert "ask dm, due Tue 1 Sep 13:00 WEST: could not be sent (ref 4F2A)" in card.text


@pytest.mark.parametrize("change", ["answer", "state"])
def test_what_was_read_ahead_is_read_again_after_a_change(store: Store, change: str) -> None:
    gigs = set_up(store, 2)
    plan(store, *(cue(gig, CueKind.ASK_DM, "UANA") for gig in gigs))
    with store.begin(TEAM) as book:
        book.load(book.cues.take_many(NOW, 10, ring.TOGETHER))
        first = glance(book, gigs[0].id)
        assert glance(book, gigs[0].id) is first
        if change == "answer":
            book.crew.set_state([first.calls[0].id], CallState.DECLINED, NOW)
            assert glance(book, gigs[0].id).calls[0].state is CallState.DECLINED
        else:
            book.gigs.sheet_out(gigs[0].id, NOW)
            assert glance(book, gigs[0].id).gig.sheet_out_at == NOW
