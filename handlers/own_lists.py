"""Lines that a tour has made its own: added, left out, reworded; and a list of its own from a file."""

from collections.abc import Callable, Collection, Iterable, Mapping, Set
from dataclasses import replace
from pathlib import PurePath

from checklists.closing import OVERRIDERS, is_kept
from checklists.errors import Refusal
from checklists.gig import TEXT_LIMIT, Gig
from checklists.items import Item, ItemState, StockItem
from checklists.library import by_key, find, read_custom
from checklists.profiles import Chosen, Own
from handlers.asked import Asked, Dropped
from handlers.cards.prose import escape
from handlers.checklistwords import Amend, Amendment
from handlers.linewords import OWN, checked_due, checked_owner, read_line
from handlers.listing import new_items
from handlers.typed import near, quote
from storage.book import Book
from storage.tours import Tour

MOST_OWN = 400
"""Lines that a tour may have of its own."""


def amend(book: Book, tour: Tour, said: Amend, asked: Asked) -> str:
    """Does that to one line of the tour's lists; gives what it is now, for the receipt.

    Raises Refusal for a line that there is not, a gate, a due or an owner that cannot be read.
    """
    own = {line.item.key: line for line in book.lists.own(tour.id)}
    if said.kind is Amendment.ADD:
        item = read_line(said.words)
        refuse_same(item.text, (line.item for line in own.values() if not line.dropped))
        return _kept(book, tour, [Own(replace(item, key=free_key(item.key, own)))], own, asked)
    key = known_key(said.key, own)
    if said.kind is Amendment.RESET:
        return _reset(book, tour, own, key, asked)
    return _kept(book, tour, [_amended(own.get(key), key, said)], own, asked)


def _amended(own: Own | None, key: str, said: Amend) -> Own:
    before = own or Own(by_key()[key])
    if said.kind is Amendment.DROP:
        return replace(before, dropped=True)
    return Own(CHANGES[said.kind](before.item, said.words))


def _text(words: str) -> str:
    if len(words) > TEXT_LIMIT or not any(map(str.isalpha, words)):
        raise Refusal(
            f"A line has words, and at most {TEXT_LIMIT} characters, not {quote(words)}. Nothing was changed."
        )
    return words


CHANGES: Mapping[Amendment, Callable[[StockItem, str], StockItem]] = {
    Amendment.REWORD: lambda item, words: replace(item, text=_text(words)),
    Amendment.DUE: lambda item, words: replace(item, due=checked_due(words)),
    Amendment.OWNER: lambda item, words: replace(item, owner=checked_owner(words)),
}
"""What each amendment makes of a line."""


def _kept(book: Book, tour: Tour, lines: Collection[Own], own: Mapping[str, Own], asked: Asked) -> str:
    """Keeps these lines as the tour's; a line of its own that is dropped is forgotten."""
    roles = book.tours.roles_of(tour.id, asked.who)
    for line in lines:
        refuse_gate(own.get(line.item.key), line, roles)
    if len({*own, *(line.item.key for line in lines)}) > MOST_OWN:
        raise Refusal(f"A tour may have {MOST_OWN} lines of its own, and these would be more. Nothing was changed.")
    forgotten = [line.item.key for line in lines if line.dropped and find(line.item.key) is None]
    book.lists.keep(tour.id, (line for line in lines if line.item.key not in forgotten))
    for key in forgotten:
        book.lists.give_up(tour.id, key)
    for line in lines:
        before = own.get(line.item.key)
        _write(book, tour, asked, _after(before) if before else "", _after(line))
    return "\n".join(f"• {_after(line)}" for line in list(lines)[:SHOWN]) + _more(len(lines))


SHOWN = 12


def _more(count: int) -> str:
    return f"\n• and {count - SHOWN} more: `/gig checklist tour`" if count > SHOWN else ""


def _after(line: Own) -> str:
    return f"`{line.item.key}` is dropped" if line.dropped else line_words(line.item)


def _reset(book: Book, tour: Tour, own: Mapping[str, Own], key: str, asked: Asked) -> str:
    if key not in own:
        raise Refusal(f"`{key}` reads as everybody's list has it already. Nothing was changed.")
    if find(key) is None:
        raise Refusal(
            f"`{key}` is a line of the tour's own: there is nothing to go back to. To take it off type "
            f"`/gig checklist tour drop {key}`."
        )
    book.lists.give_up(tour.id, key)
    stock = line_words(by_key()[key])
    _write(book, tour, asked, _after(own[key]), stock)
    return f"• as in everybody's list: {stock}"


def _write(book: Book, tour: Tour, asked: Asked, before: str, after: str) -> None:
    book.journal.write(asked.now, asked.who, "own line", tour_id=tour.id, before=before, after=after)


def refuse_gate(before: Own | None, line: Own, roles: Set[str]) -> None:
    """Raises Refusal when a gate would be dropped or made weaker by anybody but the executive producer."""
    stock = find(line.item.key)
    was = stock or (before.item if before else None)
    if was is None or not is_kept(was) or roles & OVERRIDERS:
        return
    now = line.item
    if line.dropped or not now.waive_ep or (now.severity, now.applies) != (was.severity, was.applies):
        raise Refusal(
            f"{was.text} ({was.key}) is a gate: the tour manager alone may not drop it or make it weaker. Ask the "
            "executive producer to do it. Nothing was changed."
        )


def refuse_same(text: str, lines: Iterable[StockItem | Item]) -> None:
    """Raises Refusal when a line says that already."""
    same = next((line for line in lines if line.text.casefold() == text.casefold()), None)
    if same is not None:
        raise Refusal(f"That line is there already: `{same.key}`. Nothing was doubled.")


def free_key(key: str, taken: Collection[str]) -> str:
    """The key, numbered where there is one like it."""
    names = (key if n == 1 else f"{key}_{n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def known_key(typed: str, own: Collection[str]) -> str:
    """The key of a line, typed in full or by what follows its dot; raises Refusal for none or several."""
    keys = {*by_key(), *own}
    fits = [typed] if typed in keys else sorted(key for key in keys if key.partition(".")[2] == typed)
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise Refusal(f"{quote(typed)} is the name of several lines: {', '.join(fits)}. Which one?")
    meant = near(typed, keys)
    hint = f" Did you mean {meant}?" if meant else ""
    raise Refusal(
        f"No list has a line {quote(typed)}.{hint} `/gig check CITY` shows a gig's list. Nothing was changed."
    )


def line_words(item: StockItem | Item) -> str:
    """`own.pyro_plan Pyro plan signed · PM · T-10d · critical · equipment · doc`, harmless."""
    small = f"{item.owner} · {item.due} · {item.severity.words} · {item.area.words} · closed by {item.evidence}"
    return f"`{item.key}` {escape(item.text)} · {small}"


def import_list(book: Book, tour: Tour, dropped: Dropped, asked: Asked) -> str:
    """The lines of a dropped file as the tour's own, all or none. Raises Refusal with file and line of a fault."""
    name = PurePath(dropped.name).name[:60]
    try:
        text = dropped.content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Refusal(f"{name} is no text in UTF-8. Save it as UTF-8 and drop it again.") from wrong
    items = read_custom(name, text)
    own = {line.item.key: line for line in book.lists.own(tour.id)}
    told = _kept(book, tour, [Own(item) for item in items], own, asked)
    book.drops.used(dropped.id)
    changed = sum(find(item.key) is not None for item in items)
    return f"{len(items)} lines of {escape(name)}, {changed} in place of everybody's\n{told}"


def add_here(book: Book, gig: Gig, words: str, asked: Asked) -> StockItem:
    """Puts a line on this gig alone. Raises Refusal for one that is there, or cannot be read."""
    items = book.items.of_gig(gig.id)
    refuse_same((item := read_line(words)).text, items)
    item = replace(item, key=free_key(item.key, {each.key for each in items}))
    book.items.add_many(gig.id, new_items(gig, [Chosen(item)], asked.now, own=True))
    book.journal.write(asked.now, asked.who, "own line", gig_id=gig.id, after=line_words(item))
    return item


def drop_here(book: Book, gig: Gig, key: str, asked: Asked) -> Item:
    """Takes a line of this gig alone off it. Raises Refusal for one of a list, and for one that was touched."""
    item = next((each for each in book.items.of_gig(gig.id) if key in (each.key, each.key.removeprefix(OWN))), None)
    if item is None or not item.own:
        raise Refusal(
            f"{quote(key)} is no line that was put on #{gig.number} alone. To leave out a line of a list type "
            f"`/gig check #{gig.number} ITEM waive WHY`; for every gig `/gig checklist tour drop ITEM`."
        )
    if item.touched or item.state is not ItemState.OPEN:
        raise Refusal(f"`{item.key}` is {item.state}: somebody has worked on it, so it stays. Nothing was changed.")
    book.items.drop([item.id])
    book.journal.write(asked.now, asked.who, "own line", gig_id=gig.id, before=line_words(item), after="dropped")
    return item
