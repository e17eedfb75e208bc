"""A due cue is carried out: no Slack in it, one transaction."""

from datetime import datetime, timedelta

from checklists.cues import Cue, CueKind, CueState, concerned, is_too_late
from checklists.letters import Letter
from handlers.routes import CUES
from handlers.upkeep import put_digest
from storage.book import Book
from storage.outbox import Room

GATHERED = timedelta(seconds=20)
"""How long the news of missed cues waits for more of them."""
TO_THE_CALLED = frozenset(
    {CueKind.ASK_AGAIN, CueKind.ASK_DM, CueKind.SILENT_LIST, CueKind.ON_YOUR_WAY, CueKind.NOT_HERE, CueKind.NO_SHOW,
     CueKind.DAY_SHEET, CueKind.LOAD_OUT}
)  # fmt: skip


def ring(book: Book, now: datetime) -> bool:
    """Takes the earliest due cue and carries it out; False when none is due.

    A cue that is too late to be of use is missed, and the tour manager is told.
    """
    cue = book.cues.take_due(now)
    if cue is None:
        return False
    if is_too_late(cue, now):
        _miss(book, cue, now)
        return True
    state = CUES[cue.kind](book, cue, now)
    book.cues.settle(cue.id, state, now)
    return True


def _miss(book: Book, cue: Cue, now: datetime) -> None:
    """Too late: set aside, and told in one DM for all that were missed together. What concerned nobody is cut."""
    calls = book.crew.of_gig(cue.gig_id) if cue.gig_id else []
    if cue.kind in TO_THE_CALLED and not concerned(cue, calls):
        book.cues.settle(cue.id, CueState.CUT, now, "concerned nobody")
        return
    book.cues.settle(cue.id, CueState.MISSED, now, "too late to be of use")
    tour = book.tours.find(cue.tour_id or 0)
    if tour is None or not tour.lead:
        return
    if cue.kind is CueKind.DIGEST:
        put_digest(book, tour.id, cue.person, book.people.get(cue.person).zone or "UTC", now)
        return
    key = f"missed:{tour.id}:{now:%Y-%m-%dT%H:%M}"
    after = now + GATHERED
    book.outbox.say(Letter.MISSED, Room.DM, key, now, tour_id=tour.id, person=tour.lead, not_before=after)
