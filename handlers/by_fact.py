"""Which items the facts close, and whether they do now."""

from collections.abc import Mapping
from datetime import timedelta

from checklists.crewing import open_positions
from checklists.judging import USUAL
from handlers.cards.picture import Picture
from handlers.kitseen import sourced
from storage.book import Book


def by_fact(book: Book, seen: Picture) -> Mapping[str, bool | None]:
    """By the key of its item: so it is, so it is not; None while no fact tells."""
    return {
        "cr.calls_posted": any(call.stands for call in seen.calls),
        "cr.confirm_24": bool(seen.standing) and not list(open_positions(seen.crew_facts())),
        "cr.rest_check": rest_is_legal(seen),
        "ds.sheet_out": seen.gig.sheet_out_at is not None,
        "eq.source_must": sourced(book, seen.gig),
    }


def rest_is_legal(seen: Picture, enough: timedelta = USUAL.rest_amber) -> bool:
    """True when somebody is called to work, and nobody's work before ends less than ten hours ahead of his call."""
    calls = [call for call in seen.standing if call.is_work]
    short = (call.id in seen.worked_until and call.at - seen.worked_until[call.id] < enough for call in calls)
    return bool(calls) and not any(short)
