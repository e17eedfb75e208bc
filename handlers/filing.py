"""A file dropped into a gig's thread closes an item: the one that its words name, or the one that is chosen."""

from collections.abc import Sequence

from checklists.errors import Refusal
from checklists.evidence import read_evidence
from checklists.items import Evidence, Item, ItemState
from handlers.asked import NOTHING, Asked, Reply
from handlers.cards.blocks import Button, card, shorten
from handlers.cards.gig import headline
from handlers.cards.ids import Action, number, pack, unpack
from handlers.cards.picture import Picture
from handlers.grammar import item_in
from handlers.ticking import Tick, by_id, mine_of, receipt, tick
from handlers.upkeep import picture
from storage.book import Book

MOST_ASKED = 5
BY_FILE = (Evidence.PHOTO, Evidence.DOC, Evidence.PAY)


def named(book: Book, asked: Asked) -> Reply | None:
    """A file with the name of an item: it closes that item. None for anything else."""
    seen = _gig_of(book, asked)
    key = item_in(asked.text) if seen else ""
    if seen is None or not key:
        return None
    item = next((each for each in seen.items if each.key == key), None)
    if item is None:
        shows = f"`/gig check #{seen.gig.number}` shows the list"
        raise Refusal(f"There is no item `{key}` on {headline(seen.gig)}. {shows}.")
    words = " ".join(word for word in asked.text.split() if key not in word.lower())
    return receipt(seen, tick(book, seen, item, Tick(ItemState.DONE, words, asked.files), asked))


def offered(book: Book, asked: Asked) -> Reply:
    """A file without a name: its sender is asked which of his open items it closes, where it can close any."""
    seen = _gig_of(book, asked)
    fitting = [item for item in mine_of(book, seen, asked.who) if closes(item, asked.files)] if seen else []
    if seen is None or not fitting or seen.gig.is_over(asked.now):
        return NOTHING
    return _which(seen, fitting, asked.files[0])


def _which(seen: Picture, fitting: Sequence[Item], link: str) -> Reply:
    buttons = [
        Button(shorten(f"{item.key}: {item.text}", 70), Action.FILED, pack(seen.gig.id, item.id, link))
        for item in fitting[:MOST_ASKED]
    ]
    more = len(fitting) - MOST_ASKED
    rest = f" {more} more could be it: drop it again with the item's name as its words." if more > 0 else ""
    said = card(
        f"Does that file close an item of {headline(seen.gig)}? If not, leave it.{rest}", *([each] for each in buttons)
    )
    return Reply(said.text, said.blocks)


def chosen(book: Book, asked: Asked) -> Reply:
    """The button of one of the items offered."""
    gig_id, item_id, link = unpack(asked.value, 3)
    gig = book.gigs.get(number(gig_id))
    if gig is None:
        raise Refusal("That file is of a gig I don't know any more. `/gig list` shows the gigs there are.")
    seen = picture(book, gig.id)
    item = by_id(seen.items, number(item_id))
    return receipt(seen, tick(book, seen, item, Tick(ItemState.DONE, files=(link,)), asked))


def _gig_of(book: Book, asked: Asked) -> Picture | None:
    """The gig in whose thread a file was dropped."""
    gig_id = book.outbox.gig_at(asked.where, asked.thread) if asked.files and asked.thread else None
    return picture(book, gig_id) if gig_id else None


def closes(item: Item, files: Sequence[str]) -> bool:
    """True when such a file is what closes this item."""
    if item.evidence not in BY_FILE:
        return False
    is_picture = _reads(Evidence.PHOTO, files)
    return is_picture if item.evidence is Evidence.PHOTO else not is_picture


def _reads(kind: Evidence, files: Sequence[str]) -> bool:
    try:
        read_evidence(kind, "", files)
    except Refusal:
        return False
    return True
