"""Checklists: shown, ticked from the card or by words, and each owner's digest in the morning."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from checklists.access import may_tick
from checklists.crew import owner_of
from checklists.cues import Cue, CueState, expires, stamp
from checklists.errors import Refusal
from checklists.gig import JUDGED, Gig
from checklists.items import SELF_TICKING, Item, ItemState
from checklists.letters import Letter
from checklists.walls import local
from handlers.asked import Asked, Reply
from handlers.cards import checklist as cards
from handlers.cards import gig as gig_cards
from handlers.cards.blocks import Card
from handlers.cards.forms import item_form
from handlers.cards.ids import number, pack, unpack
from handlers.cards.picture import Picture
from handlers.cards.prose import escape
from handlers.grammar import Check, near, read_check
from handlers.typed import plain
from handlers.upkeep import keep, picture, put_digest
from handlers.which import need_changer, need_reader, pressed_gig, the_gig, tour_here
from storage.book import Book
from storage.outbox import Delivery, Room
from storage.tours import Tour

A_DAY = timedelta(days=1)
KEEPS_OPEN = (ItemState.OPEN, ItemState.SENT, ItemState.PROBLEM)


def check(book: Book, asked: Asked) -> Reply:
    """`/gig check CITY [ITEM done|sent|open|waive WHY|problem WHY]`; `/gig check ITEM done all` for the whole tour."""
    need_reader(book, asked)
    tour = tour_here(book, asked)
    typed = read_check(asked.text)
    if typed.everywhere:
        return _everywhere(book, tour, typed, asked)
    gig = the_gig(book, tour, typed.gig, asked, sure=bool(typed.action))
    seen = picture(book, gig.id)
    if not typed.item:
        return _shown(book, seen, asked)
    item = _item(seen, typed.item)
    if typed.action is None:
        return Reply(f"{gig_cards.headline(gig)}\n{cards.item_line(seen, item, asked.now)}\n{escape(item.text)}")
    _refuse_stranger(book, seen, item, asked)
    return _set(book, seen, [item], typed.action, typed.why, asked)


def _item(seen: Picture, typed: str) -> Item:
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
    _refuse_self_ticking(items[0])
    wanted = [item for item in items if item.state is not typed.action]
    for gig_id in sorted({item.gig_id for item in wanted}):
        _set(book, picture(book, gig_id), [i for i in wanted if i.gig_id == gig_id], typed.action, typed.why, asked)
    return Reply(f"`{typed.item}` is {typed.action} on {len(wanted)} gigs of the tour. {escape(items[0].text)}")


def _shown(book: Book, seen: Picture, asked: Asked) -> Reply:
    shown = cards.checklist(seen, _mine(book, seen, asked.who), asked.now)
    return Reply(shown.text, shown.blocks)


def _mine(book: Book, seen: Picture, who: str, closed_too: bool = False) -> list[Item]:
    roles = book.tours.roles_of(seen.gig.tour_id, who)
    person = book.people.get(who)
    opened = [i for i in seen.items if (closed_too or not i.state.is_closed) and i.key not in SELF_TICKING]
    mine = [item for item in opened if may_tick(roles, person, seen.owner(item.owner))]
    return sorted(mine, key=lambda item: item.due_at)


def _set(book: Book, seen: Picture, items: Sequence[Item], state: ItemState, why: str, asked: Asked) -> Reply:
    _refuse_over(seen.gig, asked.now)
    book.items.set_state([item.id for item in items], state, asked.who, asked.now)
    for item in items:
        before, after = f"{item.key} {item.state}", f"{item.key} {state} {why}".strip()
        book.journal.write(asked.now, asked.who, "item", gig_id=seen.gig.id, before=before, after=after)
    kept = keep(book, seen.gig.id, asked.now)
    words = f": {escape(why)}" if why else ""
    return Reply(
        f"{gig_cards.headline(seen.gig)}: `{items[0].key}` is *{state}*{words}. "
        f"Readiness: {gig_cards.verdict_words(kept.now)}."
    )


def _refuse_over(gig: Gig, now: datetime) -> None:
    if gig.state not in JUDGED or gig.is_over(now):
        raise Refusal(f"#{gig.number} {gig.title} is {gig.state.words} or over: its list is closed.")


def _refuse_stranger(book: Book, seen: Picture, item: Item, asked: Asked) -> None:
    roles = book.tours.roles_of(seen.gig.tour_id, asked.who)
    owner = seen.owner(item.owner)
    if not may_tick(roles, book.people.get(asked.who), owner):
        name = seen.name(owner) if owner else "nobody yet"
        raise Refusal(f"`{item.key}` belongs to {item.owner}, that is {name}: only the owner or the TM may close it.")
    _refuse_self_ticking(item)


def _refuse_self_ticking(item: Item) -> None:
    if item.key in SELF_TICKING:
        raise Refusal(f"`{item.key}` ticks itself when it is so: {item.text}. Nothing was changed.")


def open_list(book: Book, asked: Asked) -> Reply:
    """The Checklist button of a card."""
    return _shown(book, _pressed(book, asked), asked)


def open_ready(book: Book, asked: Asked) -> Reply:
    """The Why this verdict button of a card."""
    return Reply(gig_cards.why(_pressed(book, asked), asked.now))


def tick(book: Book, asked: Asked) -> Reply:
    """An item chosen from the menu of a checklist: done, and the list is shown anew."""
    seen = picture(book, pressed_gig(book, asked).id)
    items = [item for item in seen.items if item.id == number(unpack(asked.value, 2)[1])]
    if not items:
        raise Refusal("That item is of a list I don't know any more. `/gig check CITY` shows the list as it is.")
    _refuse_stranger(book, seen, items[0], asked)
    if items[0].state.is_closed:
        return Reply(f"`{items[0].key}` is {items[0].state} already.")
    return _set(book, seen, items[:1], ItemState.DONE, "", asked)


def open_form(book: Book, asked: Asked) -> Reply:
    """The Checklist item button of a gig that is shown: the items that are the presser's."""
    seen = _pressed(book, asked)
    _refuse_over(seen.gig, asked.now)
    mine = _mine(book, seen, asked.who, closed_too=True)
    if not mine:
        raise Refusal(f"No item of #{seen.gig.number} {seen.gig.city} is yours. The owner or the TM closes it.")
    return Reply(form=item_form(seen.gig, mine, pack(asked.where, asked.where_name or "-", seen.gig.id)))


def item_sent(book: Book, asked: Asked) -> Reply:
    """The form of one item; what is wrong stands at its field."""
    gig = book.gigs.get(number(asked.value))
    seen = picture(book, gig.id) if gig else None
    items = [item for item in seen.items if str(item.id) == asked.fields.get("item")] if seen else []
    if seen is None or not items:
        raise Refusal("That item is of a list I don't know any more. Close this and type `/gig check CITY`.")
    _refuse_stranger(book, seen, items[0], asked)
    state, why = ItemState(asked.fields["state"]), plain(asked.fields.get("why", ""))
    if state is ItemState.WAIVED and not why:
        return Reply(errors={"why": "Why is it waived? A waiver needs a reason."})
    return _set(book, seen, items, state, why, asked)


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


def ring_digest(book: Book, cue: Cue, now: datetime) -> CueState:
    """09:00 of somebody's day: one DM with what is late or falls due before the next; nothing: no DM."""
    tour = book.tours.find(cue.tour_id or 0)
    if tour is None or not tour.lead:
        return CueState.CUT
    owned = _owned(book, tour, cue.person)
    zone = book.people.get(cue.person).zone or (owned[0][0].zone if owned else "UTC")
    if owned:
        put_digest(book, tour.id, cue.person, zone, now)
    if not _pressing(owned, now) or local(now, zone).date().isoformat() in tour.days_off:
        return CueState.CUT
    key = f"digest:{tour.id}:{cue.person}:{cue.version}"
    due = {"due": stamp(cue.at)}
    book.outbox.say(
        Letter.DIGEST, Room.DM, key, now, tour_id=tour.id, person=cue.person, subject=due, expires=expires(cue)
    )
    return CueState.GONE


def digest_letter(book: Book, letter: Delivery, now: datetime) -> Card | None:
    tour = book.tours.get(letter.tour_id or 0)
    lines = _pressing(_owned(book, tour, letter.person), now)
    return cards.digest(tour.name, lines, now) if lines else None


def _owned(book: Book, tour: Tour, who: str) -> list[tuple[Gig, Item]]:
    """Every open item of this person on gigs that count, but those of the day itself, by due."""
    items = [item for item in book.items.of_tour(tour.id) if not item.state.is_closed and not item.is_minute]
    gigs = {gig.id: gig for gig in book.gigs.of_tour(tour.id, JUDGED)}
    calls = book.crew.of_gigs(list(gigs))
    holders = book.tours.holders(tour.id)
    whose = {
        (gig_id, role): owner_of(role, calls[gig_id], holders, tour.lead)
        for gig_id, role in {(item.gig_id, item.owner) for item in items}
    }
    found = [(gigs[item.gig_id], item) for item in items if whose[item.gig_id, item.owner] == who]
    return sorted(found, key=lambda pair: (pair[1].due_at, pair[0].date))


def _pressing(owned: Sequence[tuple[Gig, Item]], now: datetime) -> list[tuple[Gig, Item]]:
    return [(gig, item) for gig, item in owned if item.due_at < now + A_DAY]
