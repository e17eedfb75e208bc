"""What a whole tour is judged by has changed: every gig ahead is judged anew, in the same transaction."""

from collections.abc import Sequence
from datetime import datetime

from checklists.cues import Cue, CueKind
from checklists.gig import JUDGED, Gig
from checklists.venue import fold
from handlers.cards.blocks import fitting
from handlers.cards.gig import escape_line
from handlers.upkeep import Kept, judge_again
from storage.book import Book

AT_ONCE = 40
"""Of so many gigs an ack can wait for it, the next ones first; the clock does the others right after it."""
ROOM = 1_500


def judge_ahead(book: Book, tour_id: int, now: datetime) -> str:
    """Items that facts tick, verdict and card of every gig ahead of the tour are made true.

    Gives the words of those that stand otherwise than before, for the receipt: their threads are not told.
    """
    return _judged(book, _ahead(book, tour_id, now), now)


def judge_beside(book: Book, gig: Gig, now: datetime) -> str:
    """The same for the other gigs ahead on that day, which share what is carried, and for those in the same house."""
    ahead = [each for each in _ahead(book, gig.tour_id, now) if each.id != gig.id]
    shares = [each for each in ahead if each.date == gig.date or (gig.venue and _house(each) == _house(gig))]
    return _judged(book, shares, now)


def _ahead(book: Book, tour_id: int, now: datetime) -> list[Gig]:
    return [gig for gig in book.gigs.of_tour(tour_id, JUDGED) if not gig.is_over(now)]


def _house(gig: Gig) -> tuple[str, ...]:
    return tuple(map(fold, (gig.venue, gig.city, gig.country)))


def _judged(book: Book, gigs: Sequence[Gig], now: datetime) -> str:
    # Gigs are held in the order of their ids, as everywhere, so that nobody waits for one who waits for him.
    kept = [judge_again(book, gig_id, now) for gig_id in sorted(gig.id for gig in gigs[:AT_ONCE])]
    for gig in gigs[AT_ONCE:]:
        book.cues.add(Cue(CueKind.UPKEEP, now, gig.id, gig.tour_id, version=now.isoformat()), now)
    return _otherwise([each for each in kept if each.before and each.before != each.now.verdict])


def _otherwise(changed: Sequence[Kept]) -> str:
    """` #1 Lisbon is red now, was amber.`, of each."""
    told = [
        f"#{each.picture.gig.number} {escape_line(each.picture.gig.city)} is {each.now.verdict} now, was {each.before}"
        for each in changed
    ]
    return f" {'; '.join(fitting(told, ROOM, '{} more are otherwise'))}." if told else ""
