"""What the conditions of a gig's list are decided from, and the lines that hang on them made so."""

from collections.abc import Sequence
from datetime import datetime

from checklists.conditions import Condition, ShowFacts, applies
from checklists.crew import Position
from checklists.deal import PERCENT, Terms
from checklists.gig import Gig
from checklists.items import ITSELF, Item, ItemState
from checklists.profiles import type_of
from checklists.telling import told_of
from handlers.cards.picture import Picture
from storage.book import Book


def show_facts(book: Book, gig: Gig) -> ShowFacts:
    """What conditions are decided from, as far as the book knows it."""
    before = book.gigs.before(gig.tour_id, gig.date)
    told = told_of(type_of(gig), _things(book, gig), _called(book, gig), gig, before)
    terms = book.deals.of_gig(gig.id).terms
    return ShowFacts(
        country=gig.country,
        came_from=frozenset({before.country} if before else ()),
        deal=terms.kind.value if terms else "",
        withholding_pct=terms.withheld / PERCENT if terms and terms.withheld is not None else None,
        changes=int(gig.counted_from > gig.made_at),
        gear={condition: each.holds for condition, each in told.items()},
        answers=book.lists.answers(gig.tour_id, gig.id),
        because={condition: each.words for condition, each in told.items()} | _by_the_deal(terms),
    )


def _by_the_deal(terms: Terms | None) -> dict[Condition, str]:
    """What the deal decides, in words without its kind or rate: everybody reads the list."""
    said = {Condition.NET_DEAL: terms is not None, Condition.WITHHOLDING: terms and terms.withheld is not None}
    return {condition: "the deal says so" for condition, holds in said.items() if holds}


def _things(book: Book, gig: Gig) -> dict[str, Sequence[str]]:
    """By where they stand, the names of what the tour needs, carries and rents; not what a house has."""
    return {
        "on the rider": [line.name for line in book.kit.lines(gig.tour_id)],
        "carried": [each.name for each in book.kit.stock(gig.tour_id)],
        "rented": [each.name for each in book.rentals.of_gig(gig.id) if each.lives],
    }


def _called(book: Book, gig: Gig) -> set[Position]:
    needed = {need.position for need in book.needs.of_gig(gig.id) if need.heads}
    return needed | {call.position for call in book.crew.of_gig(gig.id) if call.stands}


def settle_conditions(book: Book, seen: Picture, now: datetime) -> bool:
    """Lines that hang on a condition apply, do not, or are to be asked about, as the facts are; True when any changed.

    What somebody has touched, or put on this list, stays as it is.
    """
    items = [item for item in seen.items if item.applies and not item.touched and not item.own]
    if not items:
        return False
    facts = show_facts(book, seen.gig)
    found = [(item, applies(item.applies, facts)) for item in items]
    idle = [item.id for item, holds in found if holds is False and item.state is ItemState.OPEN]
    again = [item.id for item, holds in found if holds is not False and is_idle(item)]
    book.items.set_state(idle, ItemState.NA, ITSELF, now, touched=False)
    book.items.set_state(again, ItemState.OPEN, "", now, touched=False)
    changed = [(item.id, holds is None) for item, holds in found if (holds is None) is not item.undecided]
    for undecided in (True, False):
        book.items.set_undecided([item for item, is_open in changed if is_open is undecided], undecided)
    return bool(idle or again or changed)


def is_idle(item: Item) -> bool:
    """True for what the facts say does not apply: since then, or since it is on the list."""
    return item.state is ItemState.NA and item.closed_by in ("", ITSELF)
