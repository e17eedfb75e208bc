"""What waits for the tour manager's word: opened when he is told, closed by his word, handed on when he is silent."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from checklists.crew import Call, CallState, Role
from checklists.cues import Cue, CueKind
from checklists.deadlines import handover_at
from checklists.gig import Gig
from checklists.letters import Letter
from handlers.cards.picture import Picture
from storage.book import Book
from storage.loops import Loop
from storage.outbox import Delivery

WAIT = frozenset({Letter.DECLINED, Letter.NO_SHOW, Letter.SILENT_LIST, Letter.UNFILLED, Letter.BOSS})
"""What the tour manager is told and must say something to."""
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


def plan_handover(book: Book, gig: Gig, loop_id: int, calls: Iterable[Call], opened: datetime) -> None:
    """The deputy, if there is one, is asked when the tour manager's time is over."""
    if deputy := deputy_of(book, gig.tour_id):
        first = min((call.at for call in calls), default=gig.show_day_begins())
        at = handover_at(opened, first, book.people.get(deputy).zone or gig.zone)
        cue = Cue(CueKind.HANDOVER, at, None, gig.tour_id, anchor="loop", version=str(loop_id))
        book.cues.put(cue, opened)


def give_word(book: Book, gig: Gig, who: str, now: datetime) -> None:
    """The tour manager, or the deputy, does something about a gig: nothing of it waits for a word any more."""
    if not book.loops.of_gig(gig.id):
        return
    tour = book.tours.get(gig.tour_id)
    if who == tour.lead or Role.DEPUTY in book.tours.roles_of(tour.id, who):
        book.loops.close_gig(gig.id, now)


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
