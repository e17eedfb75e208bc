"""A due cue is carried out: no Slack in it, one transaction."""

from datetime import datetime

from checklists.cues import Cue, CueState, is_too_late
from checklists.letters import Letter
from handlers.reminders import cue_words
from handlers.routes import CUES
from storage.book import Book
from storage.outbox import Room


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
    book.cues.settle(cue.id, CueState.MISSED, now, "too late to be of use")
    tour = book.tours.find(cue.tour_id or 0)
    if tour is None or not tour.lead:
        return
    lines = [cue_words(book, cue)]
    key = f"missed:{cue.id}"
    book.outbox.say(Letter.MISSED, Room.DM, key, now, tour_id=tour.id, person=tour.lead, subject={"lines": lines})
