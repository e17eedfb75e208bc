"""A gig's checklist at a glance: late first, then by area; or only what was asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from checklists.items import Area, Item, ItemState
from handlers.cards.blocks import PRIVATE_MOST, Card, Menu, card, fitting, shorten
from handlers.cards.checklist import TEXT_SHOWN, item_line
from handlers.cards.gig import headline
from handlers.cards.ids import Action, pack
from handlers.cards.picture import Picture

ALL_SHOWN = 45
"""So many open lines fit a card; of a longer list each part shows its first."""
LATE_SHOWN, AREA_SHOWN, CLOSED_SHOWN = 10, 4, 30
ONLY_ROOM = 6_600

LATE, MINE, WAITING = "late", "mine", "waiting"


@dataclass(frozen=True, slots=True)
class Only:
    """What is shown of a list: an area's lines, or the late, those of `who`, those that wait or ask."""

    word: str
    area: Area | None = None
    who: str = ""


def whole_list(seen: Picture, mine: Sequence[Item], now: datetime, only: Only | None = None) -> Card:
    """The list, what is open first; `mine` are the items the reader may tick."""
    lines = _only(seen, now, only) if only else _all(seen, now)
    shown = [item for item in mine if only is None or _fits(seen, only, now)(item)]
    options = tuple((shorten(f"{item.key}: {item.text}", TEXT_SHOWN), pack(seen.gig.id, item.id)) for item in shown)
    menu = [Menu("Tick an item that is yours", Action.TICK, options)] if options else []
    return card("\n".join(lines), menu, most=PRIVATE_MOST)


def _only(seen: Picture, now: datetime, only: Only) -> list[str]:
    fits = _fits(seen, only, now)
    found = [item for item in seen.items if fits(item)]
    opened = _by_due(found)
    what = only.area.words if only.area else only.word
    head = f"*Checklist, {what}* {headline(seen.gig)}: {_counts(found, now)}"
    lines = fitting([item_line(seen, item, now) for item in opened], ONLY_ROOM, "• and {} more, due after these")
    return [head, "", *lines, *_closed(found)] if found else [head, "", f"Nothing on this list is {what}."]


def _fits(seen: Picture, only: Only, now: datetime) -> Callable[[Item], bool]:
    if only.area is not None:
        return lambda item: item.area is only.area
    kinds: Mapping[str, Callable[[Item], bool]] = {
        LATE: lambda item: item.is_late(now),
        MINE: lambda item: seen.owner(item.owner) == only.who,
        WAITING: lambda item: not item.state.is_closed and (bool(item.waits) or item.undecided),
    }
    return kinds[only.word]


def _all(seen: Picture, now: datetime) -> list[str]:
    """What is late, then each area; of a long list the first of each, and how to see the others."""
    opened = _by_due(seen.items)
    late = [item for item in opened if item.is_late(now)]
    lines = [f"*Checklist* {headline(seen.gig)}: {_counts(seen.items, now)}"]
    is_long = len(opened) > ALL_SHOWN
    if late:
        lines += ["", f"*Late* {len(late)}", *_first(seen, late, now, LATE_SHOWN if is_long else len(late), LATE)]
    for area in Area:
        lines += _of_area(seen, area, [item for item in opened if item.area is area], now, is_long)
    return [*lines, *_closed(seen.items)]


def _of_area(seen: Picture, area: Area, opened: Sequence[Item], now: datetime, is_long: bool) -> list[str]:
    """`*Venue* 4 of 62 closed`, and the lines of it that are not late, by their due."""
    every = [item for item in seen.items if item.area is area]
    if not every:
        return []
    rest = [item for item in opened if not item.is_late(now)]
    head = f"*{area.words.capitalize()}* {sum(item.state.is_closed for item in every)} of {len(every)} closed"
    word = area.words.split()[0]
    return ["", head, *_first(seen, rest, now, AREA_SHOWN if is_long else len(rest), word)]


def _first(seen: Picture, items: Sequence[Item], now: datetime, most: int, word: str) -> list[str]:
    lines = [item_line(seen, item, now) for item in items[:most]]
    more = len(items) - most
    return [*lines, f"• {more} more: `/gig check #{seen.gig.number} {word}`"] if more > 0 else lines


def _closed(items: Sequence[Item]) -> list[str]:
    """What is closed, by its key; what does not apply is only counted."""
    closed = [item for item in items if item.state.is_closed and item.state is not ItemState.NA]
    idle = sum(item.state is ItemState.NA for item in items)
    if not closed and not idle:
        return []
    keys = [f"{item.key} ({item.state})" for item in closed[:CLOSED_SHOWN]]
    keys += [f"and {len(closed) - CLOSED_SHOWN} more"] if len(closed) > CLOSED_SHOWN else []
    keys += [f"{idle} not applicable"] if idle else []
    return ["", "*Closed:* " + ", ".join(keys)]


def _counts(items: Sequence[Item], now: datetime) -> str:
    """`12 of 286 closed, 9 late, 5 waiting for a time or date, 22 to be decided`."""
    opened = [item for item in items if not item.state.is_closed]
    counted = (
        (sum(item.is_late(now) for item in opened), "late"),
        (sum(bool(item.waits) for item in opened), "waiting for a time or date"),
        (sum(item.undecided for item in opened), "to be decided"),
    )
    closed = f"{len(items) - len(opened)} of {len(items)} closed" if items else "no lines"
    words = [closed, *(f"{n} {what}" for n, what in counted if n)]
    return ", ".join(words)


def _by_due(items: Sequence[Item]) -> list[Item]:
    return sorted((item for item in items if not item.state.is_closed), key=lambda item: item.falls_due)
