"""Checklists: shown, and closed from the card, by words, by a form, or by a file dropped into the thread."""

from dataclasses import replace

from checklists.errors import Refusal
from checklists.items import Item, ItemState
from handlers.asked import Asked, Reply
from handlers.cards import checklist as cards
from handlers.cards import gig as gig_cards
from handlers.cards.forms import item_form
from handlers.cards.ids import number, pack, unpack
from handlers.cards.picture import Picture
from handlers.cards.prose import escape
from handlers.cards.whole_list import Only, whole_list
from handlers.grammar import Check, near, read_check
from handlers.onlywords import split_only
from handlers.ticking import Tick, by_id, mine_of, receipt, refuse_over, refuse_stranger, set_state, tick
from handlers.typed import plain
from handlers.upkeep import keep, picture
from handlers.which import need_changer, need_reader, pressed_gig, the_gig, tour_here
from storage.book import Book
from storage.tours import Tour


def check(book: Book, asked: Asked) -> Reply:
    """`/gig check CITY [ITEM done EVIDENCE|sent|open|waive WHY|problem WHY]`; `ITEM done all` for the whole tour."""
    need_reader(book, asked)
    tour = tour_here(book, asked)
    typed = read_check(asked.text)
    if typed.everywhere:
        return _everywhere(book, tour, typed, asked)
    name, only = _narrowed(book, tour, typed)
    gig = the_gig(book, tour, name, asked, sure=bool(typed.action))
    seen = picture(book, gig.id)
    if not typed.item:
        return _shown(book, seen, asked, only)
    item = named_item(seen, typed.item)
    if typed.action is None:
        return Reply(f"{gig_cards.headline(gig)}\n{cards.whole_item(seen, item, asked.now)}")
    return receipt(seen, tick(book, seen, item, Tick(typed.action, typed.why), asked))


def _narrowed(book: Book, tour: Tour, typed: Check) -> tuple[str, Only | None]:
    """The gig, and what of its list is asked for; a gig that is called so goes before."""
    if typed.item or (typed.gig and book.gigs.named(tour.id, typed.gig)):
        return typed.gig, None
    return split_only(typed.gig)


def named_item(seen: Picture, typed: str) -> Item:
    """The item that was typed, by its key or the beginning of its name; raises Refusal for none or several."""
    short = {item.id: item.key.partition(".")[2] for item in seen.items}
    named = [item for item in seen.items if typed in (item.key, short[item.id])]
    named = named or [item for item in seen.items if short[item.id].startswith(typed)]
    if len(named) == 1:
        return named[0]
    if named:
        keys = ", ".join(f"`{item.key}`" for item in named)
        example = f"`/gig check #{seen.gig.number} {named[0].key} done`"
        raise Refusal(f"“{typed[:60]}” fits several items: {keys}. Which one? {example}.")
    meant = near(typed, [item.key for item in seen.items])
    hint = f" Did you mean `{meant}`?" if meant else ""
    raise Refusal(
        f"There is no item “{typed[:60]}” on #{seen.gig.number} {seen.gig.city}.{hint} "
        f"`/gig check #{seen.gig.number}` shows the list."
    )


def _everywhere(book: Book, tour: Tour, typed: Check, asked: Asked) -> Reply:
    need_changer(book, tour, asked)
    items = [item for item in book.items.of_tour(tour.id) if item.key == typed.item]
    if not items:
        raise Refusal(f"There is no item “{typed.item[:60]}” on this tour. `/gig check CITY` shows a gig's list.")
    if typed.action is None:
        still = sum(not item.state.is_closed for item in items)
        return Reply(f"`{typed.item}`: open on {still} of {len(items)} gigs. {escape(items[0].text)}")
    wanted = [item for item in items if item.state is not typed.action]
    for item in wanted:
        set_state(book, picture(book, item.gig_id), item, Tick(typed.action, typed.why, proven=False), asked)
    return Reply(f"`{typed.item}` is {typed.action} on {len(wanted)} gigs of the tour. {escape(items[0].text)}")


def _shown(book: Book, seen: Picture, asked: Asked, only: Only | None = None) -> Reply:
    only = only and replace(only, who=asked.who)
    shown = whole_list(seen, mine_of(book, seen, asked.who), asked.now, only)
    return Reply(shown.text, shown.blocks)


def open_list(book: Book, asked: Asked) -> Reply:
    """The Checklist button of a card."""
    return _shown(book, _pressed(book, asked), asked)


def tick_chosen(book: Book, asked: Asked) -> Reply:
    """An item chosen from the menu of a checklist: done by a word, or its form where more than a word closes it."""
    seen = picture(book, pressed_gig(book, asked).id)
    item = by_id(seen.items, number(unpack(asked.value, 2)[1]))
    refuse_over(seen.gig, asked.now)
    refuse_stranger(book, seen, item, asked.who)
    if item.state.is_closed:
        return Reply(f"`{item.key}` is {item.state} already, {cards.closed_how(seen, item)}.")
    if item.is_tick:
        return receipt(seen, tick(book, seen, item, Tick(ItemState.DONE), asked))
    return Reply(form=item_form(seen.gig, [item], _where(asked, seen)))


def open_form(book: Book, asked: Asked) -> Reply:
    """The button Tick an item of a gig that is shown: the items that are the presser's."""
    seen = _pressed(book, asked)
    refuse_over(seen.gig, asked.now)
    mine = mine_of(book, seen, asked.who, closed_too=True)
    if not mine:
        raise Refusal(f"No item of #{seen.gig.number} {seen.gig.city} is yours. The owner or the TM closes it.")
    return Reply(form=item_form(seen.gig, mine, _where(asked, seen)))


def _where(asked: Asked, seen: Picture) -> str:
    return pack(asked.where, asked.where_name or "-", seen.gig.id)


def item_sent(book: Book, asked: Asked) -> Reply:
    """The form of one item; what is wrong stands at its field."""
    gig = book.gigs.get(number(asked.value))
    seen = picture(book, gig.id) if gig else None
    if seen is None:
        raise Refusal("That item is of a list I don't know any more. Close this and type `/gig check CITY`.")
    item = by_id(seen.items, number(asked.fields.get("item", "")))
    state, why = ItemState(asked.fields["state"]), plain(asked.fields.get("why", ""))
    if state is ItemState.WAIVED and not why:
        return Reply(errors={"why": "Why is it waived? A waiver needs a reason."})
    refuse_over(seen.gig, asked.now)
    refuse_stranger(book, seen, item, asked.who)
    try:
        return receipt(seen, set_state(book, seen, item, Tick(state, why), asked))
    except Refusal as no:
        return Reply(errors={"why" if state is ItemState.DONE else "state": plain(str(no)).replace("`", "")})


def _pressed(book: Book, asked: Asked) -> Picture:
    need_reader(book, asked)
    gig = pressed_gig(book, asked)
    return picture(book, gig.id)


def settle_old_dues(book: Book, asked: Asked) -> Reply:
    """What had fallen due before an import: done already, or to be chased."""
    tour_id, choice = unpack(asked.value, 2)
    tour = book.tours.find(number(tour_id))
    if tour is None:
        raise Refusal("That question is of a tour I don't know any more.")
    need_changer(book, tour, asked)
    old = [item for item in book.items.of_tour(tour.id) if item.fell_due_before]
    if choice == "done":
        for gig_id in sorted({item.gig_id for item in old}):
            ids = [item.id for item in old if item.gig_id == gig_id]
            book.items.set_state(ids, ItemState.DONE, asked.who, asked.now)
            keep(book, gig_id, asked.now)
        book.journal.write(asked.now, asked.who, "old dues done", tour_id=tour.id, after=str(len(old)))
        return Reply(f"{len(old)} items are closed as already done.", replaces=True)
    return Reply(f"{len(old)} items are being chased, with compressed dues.", replaces=True)
