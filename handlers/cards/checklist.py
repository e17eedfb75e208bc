"""A gig's checklist, and the digest of everything that waits for one person."""

from collections.abc import Sequence
from datetime import datetime

from checklists.gig import Gig
from checklists.items import Item, ItemState
from handlers.cards.blocks import PRIVATE_MOST, Card, Menu, card, shorten
from handlers.cards.gig import headline
from handlers.cards.ids import Action, pack
from handlers.cards.picture import Picture
from handlers.cards.prose import Spoken, escape, moment, say

TEXT_SHOWN = 48
DIGEST_LINES = 15


def checklist(seen: Picture, mine: Sequence[Item], now: datetime) -> Card:
    """The whole list, what is open first by its due; `mine` are the items the reader may tick."""
    gig = seen.gig
    opened = sorted((item for item in seen.items if not item.state.is_closed), key=lambda item: item.due_at)
    closed = [item for item in seen.items if item.state.is_closed]
    lines = [f"*Checklist* {headline(gig)}: {len(closed)} of {len(seen.items)} closed", ""]
    lines += [item_line(seen, item, now) for item in opened]
    if closed:
        lines += ["", "*Closed:* " + ", ".join(f"{item.key} ({item.state})" for item in closed)]
    options = tuple((shorten(f"{item.key}: {item.text}", TEXT_SHOWN), pack(gig.id, item.id)) for item in mine)
    menu = [Menu("Tick an item that is yours", Action.TICK, options)] if options else []
    return card("\n".join(lines), menu, most=PRIVATE_MOST)


def item_line(seen: Picture, item: Item, now: datetime) -> str:
    """`OVERDUE va.power · Power: amps, phases... · Sun 13 Oct 17:00 WEST · PM`."""
    late = "OVERDUE " if item.due_at <= now else ""
    state = "" if item.state is ItemState.OPEN else f" · {item.state}"
    squeezed = " · compressed" if item.compressed else ""
    words = escape(shorten(item.text, TEXT_SHOWN))
    return f"• {late}`{item.key}` {words} · {moment(item.due_at, seen.gig.zone)} · {item.owner}{state}{squeezed}"


def digest(tour: str, lines: Sequence[tuple[Gig, Item]], now: datetime) -> Card:
    """One person's open items: late first, then by due; 15 lines and how many more."""
    gig, item = lines[0]
    text = say(
        "digest",
        tour=tour,
        lines=[_digest_line(gig, item, now) for gig, item in lines[:DIGEST_LINES]],
        more=max(len(lines) - DIGEST_LINES, 0),
        number=gig.number,
        example=item.key,
    )
    return card(text)


def _digest_line(gig: Gig, item: Item, now: datetime) -> Spoken:
    word = "late since" if item.due_at <= now else "due"
    what = escape(shorten(item.text, 60))
    where = escape(gig.city)
    when = moment(item.due_at, gig.zone)
    return Spoken(f"#{gig.number} {where}: {what} (`{item.key}`, {item.severity.words}), {word} {when}")
