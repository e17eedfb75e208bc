"""An item is closed, opened again or called a problem: by whom, with what, and both versions in the journal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from checklists.access import may_tick
from checklists.closing import PROOFS, is_kept, refuse_move, refuse_waiver
from checklists.errors import Refusal
from checklists.evidence import read_evidence
from checklists.gates import Phase, holds, refuse_clear
from checklists.gig import JUDGED, Gig
from checklists.items import SELF_TICKING, Item, ItemState
from checklists.letters import Letter
from handlers.asked import Asked, Reply
from handlers.cards import checklist
from handlers.cards import gig as cards
from handlers.cards.picture import Picture
from handlers.cards.prose import escape
from handlers.typed import plain
from handlers.upkeep import Kept, keep
from storage.book import Book


@dataclass(frozen=True, slots=True)
class Tick:
    """What somebody says of an item: its state now, in his words, with the links of what he dropped beside them.

    Not `proven`: it is said of many gigs at once, so that the words alone stand for the evidence.
    """

    state: ItemState
    words: str = ""
    files: tuple[str, ...] = ()
    proven: bool = True


@dataclass(frozen=True, slots=True)
class Ticked:
    """The item as it was, as it is, and the gig after upkeep; `kept` is None where nothing was changed."""

    before: Item
    after: Item
    kept: Kept | None = None


def tick(book: Book, seen: Picture, item: Item, said: Tick, asked: Asked) -> Ticked:
    """Sets the item so. Raises Refusal, which says what to type, for whoever or whatever may not close it.

    One that is closed so already stays as it is: the second word is kept in the journal beside the first.
    """
    refuse_over(seen.gig, asked.now)
    refuse_stranger(book, seen, item, asked.who)
    return set_state(book, seen, item, said, asked)


def set_state(book: Book, seen: Picture, item: Item, said: Tick, asked: Asked) -> Ticked:
    """As `tick`, for somebody who may."""
    after = _judged(book, seen, item, said, asked)
    before = _version(item)
    if item.state.is_closed and item.state is said.state:
        book.journal.write(asked.now, asked.who, "item again", gig_id=seen.gig.id, before=before, after=_version(after))
        return Ticked(item, item)
    book.items.set_state(
        [item.id], after.state, asked.who, asked.now, why=after.why, proof=after.proof, touched=after.touched
    )
    book.journal.write(asked.now, asked.who, "item", gig_id=seen.gig.id, before=before, after=_version(after))
    letters = [Letter.DOORS] if holds(Phase.DOORS, item) else []
    return Ticked(item, after, keep(book, seen.gig.id, asked.now, letters=letters))


def _judged(book: Book, seen: Picture, item: Item, said: Tick, asked: Asked) -> Item:
    """The item as it would be; raises Refusal for what cannot be said of it."""
    roles = book.tours.roles_of(seen.gig.tour_id, asked.who)
    _refuse_self_ticking(item, said.state)
    if said.state is ItemState.WAIVED or (said.state is ItemState.NA and is_kept(item)):
        refuse_waiver(item, roles, said.words)
    refuse_move(item, item.state, said.state, said.words)
    refuse_clear(item, said.state, seen.items)
    proof = _proof(seen.gig, item, said)
    why = "" if proof else said.words
    back_to_facts = item.key in SELF_TICKING and item.state is ItemState.PROBLEM and said.state is ItemState.OPEN
    return replace(item, state=said.state, why=why, proof=proof, touched=not back_to_facts, closed_by=asked.who)


def _proof(gig: Gig, item: Item, said: Tick) -> str:
    """The evidence in the words, where the state needs one; raises Refusal for none, or of the wrong kind."""
    if said.state is not ItemState.DONE:
        return ""
    words = " ".join((plain(said.words), *said.files)).strip()
    if not said.proven:
        return words
    if not words and not item.is_tick:
        what, example = PROOFS[item.evidence]
        raise Refusal(
            f"`{item.key}` is closed by {what}: type `/gig check #{gig.number} {item.key} done {example}`. "
            "Nothing was changed."
        )
    read_evidence(item.evidence, said.words, said.files)
    return words


def _version(item: Item) -> str:
    return f"{item.key} {item.state} {item.proof or item.why}".strip()


def _refuse_self_ticking(item: Item, to: ItemState) -> None:
    if item.key in SELF_TICKING and to not in (ItemState.OPEN, ItemState.PROBLEM):
        raise Refusal(
            f"`{item.key}` ticks itself when it is so: {item.text}. Nothing was changed. "
            f"If it is wrong, say why: `/gig check {item.key} problem WHY`."
        )


def receipt(seen: Picture, ticked: Ticked) -> Reply:
    """The receipt: what it is now and by what, or that somebody was there first."""
    item = ticked.after
    if ticked.kept is None:
        first = f"{checklist.closed_how(seen, item)}. What you said is kept in the journal"
        return Reply(f"{cards.headline(seen.gig)}: `{item.key}` is {item.state} already, {first}.")
    words = item.proof or item.why
    told = f": {escape(words)}" if words else ""
    return Reply(
        f"{cards.headline(seen.gig)}: `{item.key}` is *{item.state}*{told}. "
        f"Readiness: {cards.verdict_words(ticked.kept.now)}."
    )


def refuse_over(gig: Gig, now: datetime) -> None:
    """Raises Refusal for a gig whose list is closed."""
    if gig.state not in JUDGED or gig.is_over(now):
        raise Refusal(f"#{gig.number} {gig.title} is {gig.state.words} or over: its list is closed.")


def refuse_stranger(book: Book, seen: Picture, item: Item, who: str) -> None:
    """Raises Refusal for everybody but the item's owner and those who may change the gig."""
    owner = seen.owner(item.owner)
    if not may_tick(book.tours.roles_of(seen.gig.tour_id, who), book.people.get(who), owner):
        name = seen.name(owner) if owner else "nobody yet"
        raise Refusal(f"`{item.key}` belongs to {item.owner}, that is {name}: only the owner or the TM may close it.")


def mine_of(book: Book, seen: Picture, who: str, *, closed_too: bool = False) -> list[Item]:
    """The items that this person may tick, by their due."""
    roles, person = book.tours.roles_of(seen.gig.tour_id, who), book.people.get(who)
    opened = [i for i in seen.items if (closed_too or not i.state.is_closed) and i.key not in SELF_TICKING]
    mine = [item for item in opened if may_tick(roles, person, seen.owner(item.owner))]
    return sorted(mine, key=lambda item: item.falls_due)


def by_id(items: Sequence[Item], item_id: int) -> Item:
    """The item of a button or a form; raises Refusal for one that is on the list no more."""
    found = next((item for item in items if item.id == item_id), None)
    if found is None:
        raise Refusal("That item is of a list I don't know any more. `/gig check CITY` shows the list as it is.")
    return found
