"""The ids of one workspace mean nothing in another."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import IntegrityError

from checklists.clash import Licence, LicenceKind
from checklists.crew import AnsweredBy, Call, CallState, Person, Position, Role
from checklists.cues import Cue, CueKind, CueState
from checklists.gig import CurfewKind, GigState
from checklists.items import ItemState
from checklists.letters import Letter
from checklists.replies import Meaning
from checklists.sayings import Saying
from storage.book import Book
from storage.outbox import Room, WrongMove
from storage.store import Store
from tests.storage.built import (
    NOON,
    NOW,
    OTHER,
    SHOW,
    TEAM,
    a_call,
    a_card,
    a_cue,
    a_gig,
    a_tour,
    after,
    connect,
    new_gig,
    new_item,
    next_of,
    say_ask,
)

LATER = NOW.replace(month=4, day=11)
YES = Saying(NOW, "said:C1:1.1:", Meaning.CONFIRM, AnsweredBy.WORDS, "1.1")


def a_no(call_id: int, gig_id: int) -> Call:
    call = Call(call_id, gig_id, "UANA", Position.FOH, NOON, NOW)
    return call.answered(CallState.DECLINED, AnsweredBy.LEAD, "", NOW)


@dataclass(frozen=True)
class Theirs:
    """The ids of everything the first team has."""

    tour: int
    gig: int
    call: int
    item: int
    cue: int
    card: int
    ask: int
    question: int


@pytest.fixture
def theirs(connected: Store) -> Theirs:
    connect(connected, OTHER)
    with connected.begin(TEAM) as book:
        return filled(book)


def filled(book: Book) -> Theirs:
    """Something of everything."""
    gig = a_gig(book, a_tour(book))
    book.tours.give_role(gig.tour_id, "UTESS", Role.TM, NOW)
    book.items.add_many(gig.id, [new_item()])
    book.cues.put(a_cue(gig), NOW)
    card, ask = a_card(book, gig), say_ask(book, gig)
    book.journal.write(NOW, "UTESS", "opened", gig_id=gig.id)
    book.people.learn(Person("UANA", "Ana", "Europe/Lisbon", dm_channel="D1"), NOW)
    book.people.meet(["UBO"], NOW)
    said = book.outbox.say(Letter.DIGEST, Room.DM, "going", NOW, gig_id=gig.id, person="UANA")
    book.outbox.start(said or 0, "theirs", "D1", "{}", "h", NOW)
    book.inbox.claim("k", NOW)
    book.inbox.keep("k", "{}")
    book.drops.put("F1", "C1", "UTESS", NOW)
    call = a_call(book, gig)
    book.licences.put(Licence("UANA", LicenceKind.RIGGING, SHOW))
    book.sayings.keep(call, [YES])
    book.sayings.set_swept(gig.id, NOW)
    return Theirs(
        gig.tour_id, gig.id, call.id, book.items.of_gig(gig.id)[0].id,
        book.cues.waiting(gig.id)[0].id, card, ask, book.questions.ask("UTESS", "v", "t", "C1", {}, NOW),
    )  # fmt: skip


def everything(book: Book, of: Theirs) -> list[Any]:
    """All that can be read about these ids."""
    return [
        book.tours.find(of.tour), book.tours.holders(of.tour), book.tours.roles_of(of.tour, "UTESS"),
        book.tours.of_channel("C1"), book.tours.named("Wild Nights"), book.tours.all(),
        book.gigs.get(of.gig), book.gigs.by_number(1), book.gigs.of_tour(of.tour), book.gigs.identities(of.tour),
        [place for place in book.gigs.card(of.gig) if place],
        book.crew.get(of.call), book.crew.of_gig(of.gig), book.crew.gigs_of("UANA"),
        book.crew.earlier_calls("UANA", LATER), book.crew.around(["UANA"], NOW, LATER),
        book.licences.of_people(["UANA"]),
        book.items.get(of.item), book.items.of_gig(of.gig), book.items.of_tour(of.tour),
        book.cues.of_gig(of.gig), book.cues.waiting(of.gig), book.cues.take_due(after(99)),
        book.outbox.get(of.card), book.outbox.by_ts("C1", "100.1"), book.outbox.of_gig(of.gig),
        book.outbox.posted(of.gig, Letter.CARD), book.outbox.held_up(of.tour), book.outbox.last_hash(of.card),
        next_of(book, NOW),
        book.journal.of_gig(of.gig), book.questions.get(of.question), book.inbox.reply("k"),
        book.sayings.of_call(a_no(of.call, of.gig)), book.sayings.of_calls([of.call])[of.call], book.sayings.swept(),
        book.sayings.last_came(), [call for call in book.crew.hold([a_no(of.call, of.gig)]) if book.crew.get(call.id)],
        book.drops.newest("C1", "UTESS", NOW), book.people.unmet(9),
        [person for person in book.people.many(["UANA"]).values() if person.is_known],
    ]  # fmt: skip


CHANGES: list[Callable[[Book, Theirs], object]] = [
    lambda b, t: b.tours.bind(t.tour, "C9", "UEVIL"),
    lambda b, t: b.tours.set_reachable(t.tour, False),
    lambda b, t: b.gigs.set_times(t.gig, {}, CurfewKind.HARD),
    lambda b, t: b.gigs.move(t.gig, SHOW.replace(day=1), NOW),
    lambda b, t: b.gigs.set_state(t.gig, GigState.CANCELLED),
    lambda b, t: b.gigs.judge(t.gig, "green", ["ha"], 100, 100, NOW),
    lambda b, t: b.gigs.sheet_out(t.gig, NOW),
    lambda b, t: b.crew.set_answer(a_no(t.call, t.gig), NOW),
    lambda b, _: b.inbox.keep("k", "ha"),
    lambda b, _: b.inbox.forget("k"),
    lambda b, t: b.crew.set_state([t.call], CallState.NO_SHOW, NOW),
    lambda b, t: b.crew.call_off([t.call], NOW),
    lambda b, t: b.crew.set_at(t.call, NOW),
    lambda b, t: b.crew.release([t.call], NOW, NOW),
    lambda b, _: b.licences.drop("UANA", LicenceKind.RIGGING),
    lambda b, t: b.crew.ask_all_again(t.gig, {t.call: NOW}, NOW),
    lambda b, t: b.items.set_state([t.item], ItemState.DONE, "UEVIL", NOW),
    lambda b, t: b.items.set_due([(t.item, NOW, True)]),
    lambda b, t: b.cues.settle(t.cue, CueState.CUT, NOW),
    lambda b, t: b.cues.cut(t.gig, None, NOW),
    lambda b, t: b.cues.replan(t.gig, [], NOW),
    lambda b, t: b.outbox.refresh(t.card, NOW),
    lambda b, t: b.outbox.refresh_card(t.gig, NOW),
    lambda b, t: b.outbox.refresh_letters(t.gig, list(Letter), NOW),
    lambda b, _: b.looks.orphans("mine", NOW, NOW),
    lambda b, t: b.looks.again(t.card, NOW),
    lambda b, t: b.outbox.end_try(t.ask, 1, "done", "", "1.1", NOW),
    lambda b, t: b.outbox.drop_thread(t.gig, "", NOW),
    lambda b, t: b.questions.answered(t.question, NOW),
    lambda b, _: b.drops.used("F1"),
    lambda b, _: b.people.missed("UBO", NOW),
]
REFUSED: list[Callable[[Book, Theirs], object]] = [
    lambda b, t: b.outbox.start(t.ask, "boot", "C9", "{}", "h", NOW),
    lambda b, t: b.outbox.sent(t.ask, "1.1", NOW),
    lambda b, t: b.outbox.wait(t.ask, NOW, ""),
    lambda b, t: b.outbox.fail(t.ask, "", NOW),
    lambda b, t: b.outbox.unknown(t.ask, "", NOW, NOW),
    lambda b, t: b.outbox.expire(t.ask, "", NOW),
    lambda b, t: b.tours.get(t.tour),
    lambda b, t: b.tours.give_role(t.tour, "UEVIL", Role.TM, NOW),
    lambda b, t: b.gigs.open(t.tour, new_gig(), NOW),
    lambda b, t: b.crew.ask(t.gig, "UEVIL", Position.FOH, NOON, NOW, NOW),
    lambda b, t: b.sayings.keep(a_no(t.call, t.gig), [YES]),
    lambda b, t: b.sayings.set_swept(t.gig, NOW),
    lambda b, t: b.items.add_many(t.gig, [new_item()]),
    lambda b, t: b.cues.put(Cue(CueKind.HELD, NOW, t.gig), NOW),
    lambda b, t: b.cues.put_only(Cue(CueKind.DIGEST, NOW, None, t.tour), NOW),
    lambda b, t: b.cues.replan(t.gig, [Cue(CueKind.CARD, NOW, t.gig)], NOW),
    lambda b, t: b.outbox.say(Letter.CARD, Room.CHANNEL, "mine", NOW, tour_id=t.tour),
    lambda b, t: b.outbox.say(Letter.CARD, Room.CHANNEL, "mine", NOW, gig_id=t.gig),
    lambda b, t: b.journal.write(NOW, "UEVIL", "was here", gig_id=t.gig),
    lambda b, t: b.journal.write(NOW, "UEVIL", "was here", tour_id=t.tour),
]


def test_nothing_of_another_workspace_is_read(connected: Store, theirs: Theirs) -> None:
    with connected.begin(TEAM) as book:
        assert [found for found in everything(book, theirs) if not found] == [], "there is something of everything"
    for door in (connected.begin, connected.read):
        with door(OTHER) as book:
            assert [found for found in everything(book, theirs) if found] == []


def test_nothing_of_another_workspace_is_changed(connected: Store, theirs: Theirs) -> None:
    before = snapshot(connected, theirs)
    for change in CHANGES:
        with connected.begin(OTHER) as book:
            change(book, theirs)
    assert snapshot(connected, theirs) == before


def test_what_reaches_into_another_workspace_is_refused(connected: Store, theirs: Theirs) -> None:
    before = snapshot(connected, theirs)
    for reach in REFUSED:
        with pytest.raises((WrongMove, LookupError, IntegrityError)), connected.begin(OTHER) as book:
            reach(book, theirs)
    assert snapshot(connected, theirs) == before


def snapshot(store: Store, of: Theirs) -> list[Any]:
    with store.read(TEAM) as book:
        return everything(book, of)


def test_the_same_names_live_side_by_side(connected: Store, theirs: Theirs) -> None:
    with connected.begin(OTHER) as book:
        mine = filled(book)
        assert book.people.get("UANA").name == "Ana"
    assert mine.gig != theirs.gig


@pytest.fixture
def spoken() -> Iterator[list[str]]:
    """Every statement that any engine runs."""
    statements: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield statements
    event.remove(Engine, "before_cursor_execute", note)


def test_every_statement_of_a_book_names_the_workspace(connected: Store, theirs: Theirs, spoken: list[str]) -> None:
    with connected.begin(TEAM) as book:
        everything(book, theirs)
        for change in CHANGES:
            change(book, theirs)
        filled_again = a_gig(book, book.tours.get(theirs.tour))
        book.people.meet(["UBO"], NOW)
        book.outbox.react("C1", "1.1", "x", "r", NOW)
        book.cues.put(a_cue(filled_again), NOW)
    outside = ("BEGIN", "PRAGMA busy_timeout", "UPDATE workspaces SET gigs_made")
    loose = [said for said in spoken if "workspace_id" not in said and not said.startswith(outside)]
    assert loose == []
    assert len(spoken) > 50
