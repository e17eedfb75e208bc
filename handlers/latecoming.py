"""Somebody called says that he comes late: the tour manager hears it once, and sees what is left of the day."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from checklists.crew import Call, CallState
from checklists.cues import NEAR_THE_CALL
from checklists.letters import Letter
from handlers.cards.picture import Picture
from storage.book import Book
from storage.outbox import Room


def is_late(call: Call) -> bool:
    """True for a yes with minutes, or with minutes still to be told, from somebody who is not on site yet."""
    return (call.late > 0 or call.late_unknown) and call.is_yes and call.state is CallState.CONFIRMED


def is_unknown(calls: Iterable[Call]) -> bool:
    """True while somebody has not said by how many minutes."""
    return any(call.late_unknown for call in calls)


def tell_late(book: Book, seen: Picture, changed: Sequence[tuple[Call, Call]], now: datetime) -> None:
    """One DM to the tour manager for the calls whose lateness is new, with minutes or without; later answers edit it.

    In his night it waits until 08:00, unless the call is within 24 h.
    """
    late = [call for was, call in changed if is_late(call) and _minutes(call) != _minutes(was)]
    if not late or not seen.lead:
        return
    first, gig, lead = min(late, key=lambda call: call.id), seen.gig, seen.lead
    is_near = min(call.at for call in late) - now <= NEAR_THE_CALL
    at = now if is_near or not seen.is_quiet(lead, now) else seen.after_quiet(lead, now)
    key, subject = f"late:{first.id}:{first.version}", {"calls": [call.id for call in late]}
    book.outbox.say(
        Letter.LATE, Room.DM, key, now, tour_id=gig.tour_id, gig_id=gig.id, person=lead, subject=subject, not_before=at
    )


def _minutes(call: Call) -> tuple[int, bool]:
    return call.late, call.late_unknown
