"""Somebody's own zone has become known: what is kept from his night is kept from the right one.

Until then it was the night of the venue.
"""

from collections.abc import Iterable, Set
from datetime import datetime

from checklists.crew import Call
from checklists.cues import Cue, CueKind, CueState, stamp
from checklists.letters import Letter
from handlers.cards.picture import Picture
from handlers.upkeep import glance
from storage.book import Book
from storage.outbox import DeliveryState, Op

HELD_BACK = (Letter.ASK, Letter.ASK_AGAIN, Letter.MOVED, Letter.TIMES)
"""What the thread says that somebody in his night gets at 08:00 by DM."""


def hold_anew(book: Book, gig_id: int, who: str, now: datetime) -> None:
    """The DMs that wait for his morning wait for that of his own zone; if he is awake there, they come now."""
    seen = glance(book, gig_id)
    his = [call for call in seen.standing if call.person == who]
    if not his:
        return
    held = [cue for cue in book.cues.waiting(gig_id) if (cue.kind, cue.person) == (CueKind.HELD, who)]
    letters, unsaid = {Letter(cue.anchor) for cue in held}, _unsaid(book, gig_id, his)
    is_night = seen.is_held(min(his, key=lambda call: call.at), now)
    # What the thread has still to say pings whoever is awake, and does not ping whoever sleeps.
    letters = letters | unsaid if is_night else letters - unsaid
    _move(book, seen, who, held, letters, seen.after_quiet(who, now) if is_night else now, now)
    if held:
        book.outbox.refresh_about(gig_id, [Letter.ASK], {call.id for call in his}, now)


def _unsaid(book: Book, gig_id: int, calls: Iterable[Call]) -> set[Letter]:
    """What the thread has still to say about one of these calls."""
    ids = {call.id for call in calls}
    waiting = (one for one in book.outbox.of_gig(gig_id) if (one.state, one.op) == (DeliveryState.PENDING, Op.POST))
    return {one.letter for one in waiting if one.letter in HELD_BACK and not ids.isdisjoint(one.subject["calls"])}


def _move(
    book: Book, seen: Picture, who: str, held: Iterable[Cue], letters: Set[Letter], at: datetime, now: datetime
) -> None:
    for cue in held:
        if cue.at != at or Letter(cue.anchor) not in letters:
            book.cues.settle(cue.id, CueState.CUT, now, "his own zone is known now")
    for letter in sorted(letters):
        gig = seen.gig
        book.cues.put(Cue(CueKind.HELD, at, gig.id, gig.tour_id, who, letter.value, stamp(at)), now)
