"""Which items the facts close, by what, and whether they do now: ticked and opened again in the same transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from checklists.counts import all_came, all_left
from checklists.crewing import open_positions
from checklists.deal import Paper, contract_is_signed, deposit_is_in, terms_are_checked
from checklists.items import ITSELF, Item, ItemState
from checklists.kit import is_sourced
from checklists.stock import cases_here
from handlers.cards.picture import Picture
from handlers.kitseen import kit_seen
from handlers.showfacts import settle_conditions
from storage.book import Book


@dataclass(frozen=True, slots=True)
class Told:
    """What the facts tell of an item: so it is, so it is not, None while they tell nothing; and in which words."""

    holds: bool | None
    words: str = ""


def by_fact(book: Book, seen: Picture) -> Mapping[str, Told]:
    """By the key of its item, what the facts tell of it."""
    return {
        "cr.calls_posted": Told(any(call.stands for call in seen.calls)),
        "cr.confirm_24": Told(bool(seen.standing) and not list(open_positions(seen.crew_facts()))),
        "cr.rest_check": Told(rest_is_legal(seen)),
        "ds.sheet_out": Told(seen.gig.sheet_out_at is not None),
        **_by_kit(book, seen),
        **_by_paper(book, seen),
    }


def rest_is_legal(seen: Picture) -> bool:
    """True when somebody is called to work, and nobody's work before ends too close to his call."""
    calls = [call for call in seen.standing if call.is_work]
    enough = seen.rules.rest_amber
    short = (call.id in seen.worked_until and call.at - seen.worked_until[call.id] < enough for call in calls)
    return bool(calls) and not any(short)


def _by_kit(book: Book, seen: Picture) -> Mapping[str, Told]:
    """What is sourced, once the rider has lines, and what was counted, once somebody has counted."""
    counted, lines = book.kit.counted(seen.gig.id), book.kit.lines(seen.gig.tour_id)
    if not counted and not lines:
        return {}
    kit = kit_seen(book, seen.gig)
    carried = cases_here(kit.carried)
    return {
        "eq.source_must": Told(is_sourced(kit.gaps) if lines else None),
        "eq.case_count": Told(*all_came(counted, carried)),
        "lo.case_count": Told(*all_left(counted, carried)),
    }


def _by_paper(book: Book, seen: Picture) -> Mapping[str, Told]:
    """The deal, the contract and the deposit, in words without a sum: everybody reads the list."""
    paper = book.deals.of_gig(seen.gig.id)
    if paper == Paper():
        return {}
    return {
        "mn.terms_loaded": Told(*terms_are_checked(paper)),
        "lg.contract": Told(*contract_is_signed(paper)),
        "mn.deposit": Told(*deposit_is_in(paper, book.deals.payments(seen.gig.id))),
    }


def tick_by_fact(book: Book, seen: Picture, now: datetime) -> bool:
    """Ticks and opens again the items that facts close, and settles what applies; True when anything changed."""
    facts = by_fact(book, seen)
    told = [(item, fact) for item in seen.items if (fact := facts.get(item.key)) is not None]
    moves = [(item, ItemState.DONE, fact) for item, fact in told if fact.holds and _waits(item)]
    moves += [(item, ItemState.OPEN, fact) for item, fact in told if fact.holds is False and _ticked(item)]
    for item, state, fact in moves:
        _set(book, item, state, fact, now)
    return settle_conditions(book, seen, now) or bool(moves)


def _waits(item: Item) -> bool:
    """True for what nobody has closed, and nobody has set by hand."""
    return not item.state.is_closed and not item.touched


def _ticked(item: Item) -> bool:
    return item.state is ItemState.DONE and item.closed_by == ITSELF


def _set(book: Book, item: Item, state: ItemState, fact: Told, now: datetime) -> None:
    """Closed with what tells it as its evidence, or open again with that as the reason."""
    kept = {"proof": fact.words} if state is ItemState.DONE else {"why": fact.words}
    book.items.set_state([item.id], state, ITSELF, now, touched=False, **kept)
    if fact.words:
        before, after = f"{item.key} {item.state}", f"{item.key} {state} {fact.words}"
        book.journal.write(now, ITSELF, "item", gig_id=item.gig_id, before=before, after=after)
