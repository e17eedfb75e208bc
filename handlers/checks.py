"""What speaks against the calls of a gig: clashes, short rest, licences, from the facts of the moment."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from checklists.clash import NEEDS_LICENCE, Finding, Licence, clashes, is_judged
from checklists.crew import Call
from checklists.gig import Gig
from handlers.cards.picture import Picture
from storage.book import Book

NEAR = timedelta(hours=72)
"""Work so far from a call says nothing about it."""


def checked(book: Book, seen: Picture, calls: Sequence[Call], now: datetime) -> dict[int, list[Finding]]:
    """By call of this gig, what speaks against it, the worst first; nothing for what is over.

    What is the same for several calls of one person is found for the first of them. Calls without findings are
    not in it. Two reads at most, however many calls.
    """
    judged = [call for call in calls if is_judged(call)]
    if not judged or not seen.gig.takes_answers or seen.gig.is_over(now):
        return {}
    worked = _worked(book, seen, judged)
    licences = _licences(book, judged)
    return dict(_found(seen, judged, worked, licences))


def _found(
    seen: Picture, calls: Iterable[Call], worked: Sequence[tuple[Call, Gig]], licences: Sequence[Licence]
) -> Iterable[tuple[int, list[Finding]]]:
    said: set[tuple[str, str]] = set()
    for call in calls:
        his = [(each, where) for each, where in worked if each.person == call.person]
        against = clashes(call, seen.gig, his, licences, seen.rules)
        found = [one for one in against if (call.person, one.text) not in said]
        said |= {(call.person, one.text) for one in found}
        if found:
            yield call.id, found


def _worked(book: Book, seen: Picture, calls: Sequence[Call]) -> list[tuple[Call, Gig]]:
    """All work of these people near the gig; that on another tour says no place, for it may not be known here."""
    gig = seen.gig
    since, before = min(call.at for call in calls) - NEAR, max(gig.release(), *(call.at for call in calls)) + NEAR
    mine = [(call, gig) for call in seen.calls]
    found = book.crew.around({call.person for call in calls}, since, before)
    return [*mine, *((call, _told(where, gig)) for call, where in found if where.id != gig.id)]


def _told(where: Gig, gig: Gig) -> Gig:
    return where if where.tour_id == gig.tour_id else replace(where, city="a gig of another tour")


def _licences(book: Book, calls: Sequence[Call]) -> list[Licence]:
    return book.licences.of_people({call.person for call in calls if call.position in NEEDS_LICENCE})
