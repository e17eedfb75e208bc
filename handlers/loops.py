"""What waits for the tour manager's word: opened when he is told, closed by his word, handed on when he is silent."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from checklists.crew import Call, CallState, Role
from checklists.cues import Cue, CueKind
from checklists.deadlines import handover_at
from checklists.gig import Gig
from checklists.letters import Letter
from handlers.cards.ids import pack
from handlers.cards.picture import Picture
from storage.book import Book
from storage.journal import Entry
from storage.loops import Loop
from storage.outbox import Delivery

WAIT = frozenset({Letter.DECLINED, Letter.NO_SHOW, Letter.SILENT_LIST, Letter.UNFILLED, Letter.BOSS, Letter.RENTAL})
"""What the tour manager is told and must say something to; of what is said of rentals only the question."""
GOT_IT = "got it"
"""What the journal calls it when somebody takes loops in hand; `before` holds which."""
SILENT = frozenset({Letter.SILENT_LIST, Letter.BOSS})


def deputy_of(book: Book, tour_id: int) -> str:
    """Who takes over when the tour manager is silent; "" when nobody does."""
    return next((each.person for each in book.tours.holders(tour_id) if each.role == Role.DEPUTY), "")


def open_loop(book: Book, seen: Picture, letter: Letter, key: str, calls: Sequence[Call], now: datetime) -> None:
    """The message with this key waits for the tour manager's word about these calls, if it is one that does."""
    if letter not in WAIT or not calls or not seen.lead:
        return
    gig = seen.gig
    made = book.loops.open(gig.tour_id, gig.id, letter, key, now)
    if made is not None:
        plan_handover(book, gig, made, calls, now)


def await_yes(book: Book, gig: Gig, key: str, now: datetime) -> None:
    """The question with this key, whether something may be rented, waits for the tour manager's yes."""
    made = book.loops.open(gig.tour_id, gig.id, Letter.RENTAL, key, now)
    if made is not None:
        plan_handover(book, gig, made, (), now)


def close_rental(book: Book, gig: Gig, rental_id: int, now: datetime) -> None:
    """It was decided whether that may be rented, by whomever: nothing of it waits any more."""
    mine = [loop for loop in book.loops.of_gig(gig.id) if loop.what is Letter.RENTAL]
    asked = [(loop, book.outbox.by_key(loop.key)) for loop in mine]
    book.loops.close([loop.id for loop, letter in asked if rental_of(letter) == rental_id], now)


def rental_of(letter: Delivery | None) -> int:
    """The rental that a message asks about; 0 when it asks about none."""
    return int(letter.subject.get("rental", 0)) if letter else 0


def plan_handover(book: Book, gig: Gig, loop_id: int, calls: Iterable[Call], opened: datetime) -> None:
    """The deputy, if there is one, is asked when the tour manager's time is over."""
    if deputy := deputy_of(book, gig.tour_id):
        first = min((call.at for call in calls), default=gig.show_day_begins())
        at = handover_at(opened, first, book.people.get(deputy).zone or gig.zone)
        cue = Cue(CueKind.HANDOVER, at, None, gig.tour_id, anchor="loop", version=str(loop_id))
        book.cues.put(cue, opened)


def give_word(book: Book, gig: Gig, who: str, now: datetime) -> None:
    """The tour manager, or the deputy, does something about a gig: nothing of it waits for a word any more."""
    waiting = book.loops.of_gig(gig.id)
    if not waiting:
        return
    tour = book.tours.get(gig.tour_id)
    if who == tour.lead or Role.DEPUTY in book.tours.roles_of(tour.id, who):
        book.loops.close_gig(gig.id, now)
        note_taken(book, waiting, who, now, gig_id=gig.id)
        refresh_handover(book, waiting, now)


def note_taken(book: Book, closed: Sequence[Loop], who: str, now: datetime, *, gig_id: int | None) -> None:
    """Somebody has these in hand from now on."""
    ids, what = pack(*(loop.id for loop in closed)), ", ".join(dict.fromkeys(loop.what for loop in closed))
    book.journal.write(now, who, GOT_IT, tour_id=closed[0].tour_id, gig_id=gig_id, before=ids, after=what)


def refresh_handover(book: Book, closed: Sequence[Loop], now: datetime) -> None:
    """What the deputy was asked shows that these wait no longer."""
    handed = next((loop for loop in closed if loop.handed_at is not None), None)
    if handed is None:
        return
    asked = book.outbox.last_to(handed.tour_id, Letter.HANDOVER, deputy_of(book, handed.tour_id))
    if asked is not None:
        book.outbox.refresh(asked.id, now)


def taken_by(book: Book, loops: Iterable[Loop]) -> Entry | None:
    """Who has taken one of these in hand, and when; None when they were settled in another way."""
    for loop in loops:
        told = [*book.journal.of_tour(loop.tour_id, GOT_IT), *book.journal.of_gig(loop.gig_id, GOT_IT)]
        if found := next((entry for entry in told if str(loop.id) in entry.before.split()), None):
            return found
    return None


def calls_named(subject: Mapping[str, Any], seen: Picture) -> list[Call]:
    """The calls that a message with this subject speaks about."""
    named = {*subject.get("calls", ()), subject.get("call")}
    return [call for call in seen.calls if call.id in named]


def still_waits(loop: Loop, letter: Delivery | None, seen: Picture, open_calls: Iterable[int]) -> list[Call]:
    """What a loop still waits for: the silent who are silent yet, the places that nobody fills yet."""
    if letter is None or not seen.gig.is_judged:
        return []
    named = calls_named(letter.subject, seen)
    if loop.what in SILENT:
        return [call for call in named if call.is_unconfirmed]
    left = set(open_calls)
    return [call for call in named if call.id in left and call.state is not CallState.CALLED_OFF]
