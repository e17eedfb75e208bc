"""Due cues are carried out: no Slack in it, one transaction."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from checklists.catch_up import REMINDERS, chain, is_late, is_outdone
from checklists.cues import Cue, CueKind, CueState, concerned, is_too_late
from checklists.letters import Letter
from handlers.notices import FAILED, GATHERED
from handlers.routes import CUES
from handlers.upkeep import put_digest
from storage.book import Book
from storage.outbox import Room

TO_THE_CALLED = frozenset(
    {CueKind.ASK_AGAIN, CueKind.ASK_DM, CueKind.SILENT_LIST, CueKind.ON_YOUR_WAY, CueKind.NOT_HERE, CueKind.NO_SHOW,
     CueKind.DAY_SHEET, CueKind.LOAD_OUT}
)  # fmt: skip
TOGETHER = frozenset(
    {CueKind.CARD, CueKind.ASK_AGAIN, CueKind.ASK_DM, CueKind.SILENT_LIST, CueKind.CHECK_IN, CueKind.ON_YOUR_WAY,
     CueKind.NOT_HERE, CueKind.DOORS_60, CueKind.DOORS_30, CueKind.DOORS_10, CueKind.CURFEW_15, CueKind.LOAD_OUT,
     CueKind.HELD, CueKind.DECLINED}
)  # fmt: skip
"""What changes no fact that another cue hangs on; each of the others is rung alone."""


def not_yet() -> bool:
    """There is time."""
    return False


def ring(book: Book, now: datetime, most: int = 1, is_enough: Callable[[], bool] = not_yet) -> int:
    """Takes the earliest due cues, at most so many, and carries them out until it is enough.

    Gives how many it took; 0 when none is due. A cue that is too late to be of use is missed; the tour manager
    hears of all that was late.
    """
    cues = book.cues.take_many(now, most, TOGETHER)
    if len(cues) > 1:
        book.load(cues)
    due = _due_beside(book, cues, now)
    rung, late = 0, set()
    with book.gathering():
        while rung < len(cues) and not (rung and is_enough()):
            if _ring_one(book, cues[rung], due, now):
                late.add(cues[rung].tour_id)
            rung += 1
    tell_late(book, late, now)
    return rung


def set_aside(book: Book, cue: Cue, reference: str, now: datetime) -> None:
    """A cue that cannot be carried out is missed, and the tour manager hears it."""
    book.cues.settle(cue.id, CueState.MISSED, now, f"{FAILED} (ref {reference})")
    tell_late(book, {cue.tour_id}, now)


def _due_beside(book: Book, cues: Sequence[Cue], now: datetime) -> Sequence[Cue]:
    """What else is due on the gigs whose reminders are late."""
    late = {cue.gig_id for cue in cues if cue.gig_id is not None and is_late(cue.at, now) and chain(cue)}
    return book.cues.due_of(late, now)


def _ring_one(book: Book, cue: Cue, due: Sequence[Cue], now: datetime) -> bool:
    """True when the tour manager is to hear that it was late."""
    if not book.cues.still_waits(cue):
        return False
    restored = book.restored_at
    book.outbox.look_since = cue.at if restored is not None and cue.at <= restored else None
    if is_too_late(cue, now):
        return _miss(book, cue, now)
    if _is_outdone(book, cue, due, now):
        book.cues.settle(cue.id, CueState.CUT, now, "a newer one goes out instead")
        return False
    state = CUES[cue.kind](book, cue, now)
    book.cues.settle(cue.id, state, now)
    return state is CueState.GONE and cue.kind in REMINDERS and is_late(cue.at, now)


def _is_outdone(book: Book, cue: Cue, due: Sequence[Cue], now: datetime) -> bool:
    beside = [one for one in due if one.gig_id == cue.gig_id]
    return bool(beside) and is_outdone(cue, beside, book.crew.of_gig(cue.gig_id or 0), now)


def _miss(book: Book, cue: Cue, now: datetime) -> bool:
    """Too late: set aside, and told but for a digest, which comes again. What concerned nobody is cut."""
    calls = book.crew.of_gig(cue.gig_id) if cue.gig_id else []
    if cue.kind in TO_THE_CALLED and not concerned(cue, calls):
        book.cues.settle(cue.id, CueState.CUT, now, "concerned nobody")
        return False
    book.cues.settle(cue.id, CueState.MISSED, now, "too late to be of use")
    if cue.kind is not CueKind.DIGEST:
        return True
    tour = book.tours.find(cue.tour_id or 0)
    if tour is not None and tour.lead:
        put_digest(book, tour.id, cue.person, book.people.get(cue.person).zone or "UTC", now)
    return False


def tell_late(book: Book, tours: Collection[int | None], now: datetime) -> None:
    """One message to each tour's manager tells all that was late or failed within a few seconds."""
    book.outbox.look_since = None
    for tour in (book.tours.find(tour_id or 0) for tour_id in tours):
        told = book.outbox.last_made(tour.id, Letter.MISSED) if tour else None
        if tour and tour.lead and (told is None or now - told >= GATHERED):
            # Two workers that come back together say the same key.
            key = f"missed:{tour.id}:{now.timestamp() // GATHERED.total_seconds():.0f}"
            after = now + GATHERED
            book.outbox.say(Letter.MISSED, Room.DM, key, now, tour_id=tour.id, person=tour.lead, not_before=after)
