"""Which items of the stock a gig gets: by what kind of show it is, how wide its list is, and its facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from checklists.conditions import Condition, ShowFacts, applies
from checklists.dues import Due
from checklists.gig import Gig, GigKind, Profile, ShowType
from checklists.items import Severity, StockItem
from checklists.library import find, lite, stock


@dataclass(frozen=True, slots=True)
class Chosen:
    """An item of the stock on a gig. `applies`: True, False (n/a), or None: its condition must be asked."""

    item: StockItem
    applies: bool | None = True


@dataclass(frozen=True, slots=True)
class Own:
    """A tour's own version of a line, a line of its own, or (`dropped`) one that it leaves out."""

    item: StockItem
    dropped: bool = False


BASE = ("venue_advance", "equipment", "crew", "legal", "money", "day_of_show", "load_out")
"""The lists of every show."""

OVERLAYS: Mapping[ShowType, tuple[str, ...]] = {
    ShowType.CLUB: ("club",),
    ShowType.THEATRE: (),
    ShowType.ARENA: ("arena",),
    ShowType.FESTIVAL_SLOT: ("festival_slot",),
    ShowType.FLY_DATE: ("fly_date",),
}

SESSION = ("recording_session", "travel_hotel")
SESSION_EXTRAS = frozenset({"lg.contract", "mn.deposit", "mn.pay_method", "mn.balance", "mn.crew_paid"})
"""A session has its own lists, and the lines of the show lists about contract and pay."""

LINE_CHECK_ONLY = frozenset({"ds.soundcheck", "ds.line_check"})
"""What a festival slot has in its own words: there is no soundcheck, and the line check is in the changeover."""

ARENA_FROM, CLUB_TO = 5000, 800


def type_of(gig: Gig) -> ShowType:
    """The kind of show: as somebody said, else a session or a festival by its kind, else by capacity; else a club."""
    if gig.show_type is not None:
        return gig.show_type
    if gig.kind is GigKind.SESSION:
        return ShowType.RECORDING_SESSION
    if gig.kind is GigKind.FESTIVAL:
        return ShowType.FESTIVAL_SLOT
    capacity = gig.capacity or 0
    if capacity >= ARENA_FROM:
        return ShowType.ARENA
    return ShowType.THEATRE if capacity > CLUB_TO else ShowType.CLUB


def listed_as(gig: Gig) -> ShowType:
    """The kind of show its list is made for: until somebody says more or wants it wider, a show starts as a club's."""
    is_guessed = gig.show_type is None and gig.profile is Profile.LITE
    return ShowType.CLUB if is_guessed and gig.kind is GigKind.SHOW else type_of(gig)


def items_for(
    profile: Profile, show: ShowType, facts: ShowFacts, *, away: bool = True, headline: bool = True
) -> tuple[Chosen, ...]:
    """The items of a gig, each with whether it applies. Lite: those that a list cannot do without, and no n/a.

    `away`: far from home, so that travel and hotel matter. `headline`: our own show, which we promote.
    """
    if profile is Profile.LITE:
        chosen = (Chosen(item, decided(item, facts)) for item in lite_items(show))
        return tuple(one for one in chosen if one.applies is not False)
    return tuple(Chosen(item, decided(item, facts)) for item in wide_items(show, away=away, headline=headline))


def with_own(chosen: Iterable[Chosen], own: Iterable[Own], facts: ShowFacts, profile: Profile) -> tuple[Chosen, ...]:
    """The items as the tour has made them its own: reworded, left out, or added at the end.

    A line of its own is on every gig's list; a lite list has only those that say so.
    """
    lines = {one.item.key: one for one in own}
    kept = [_own_version(one, lines.pop(one.item.key, None), facts) for one in chosen]
    added = (Chosen(one.item, decided(one.item, facts)) for one in lines.values() if is_added(one, profile))
    return (*(one for one in kept if one is not None), *added)


def _own_version(one: Chosen, own: Own | None, facts: ShowFacts) -> Chosen | None:
    if own is None:
        return one
    return None if own.dropped else Chosen(own.item, decided(own.item, facts))


def is_added(own: Own, profile: Profile) -> bool:
    """True for a line that the stock has not: what the stock has comes with the list it is on."""
    return not own.dropped and find(own.item.key) is None and (own.item.lite or profile is Profile.WIDER)


def decided(item: StockItem, facts: ShowFacts) -> bool | None:
    return applies(item.applies, facts) if item.applies else True


def questions_of(chosen: Iterable[Chosen]) -> tuple[Condition, ...]:
    """The conditions that must be asked for these items, each once, in the order of the list."""
    return tuple(dict.fromkeys(Condition(one.item.applies) for one in chosen if one.applies is None))


def lite_items(show: ShowType) -> tuple[StockItem, ...]:
    """The lite profile: for a club show its 36 items; elsewhere the overlay's show-stoppers with them."""
    if show is ShowType.RECORDING_SESSION:
        return tuple(item for item in wide_items(show) if item.severity is not Severity.NORMAL and is_own(item))
    if show in (ShowType.CLUB, ShowType.THEATRE):
        return lite()
    overlay = (item for name in OVERLAYS[show] for item in stock()[name])
    return fitted(show, (*lite(), *(item for item in overlay if item.severity is Severity.STOPPER)))


def is_own(item: StockItem) -> bool:
    return item.key.startswith("rs.") or item.key in SESSION_EXTRAS


def wide_items(show: ShowType, *, away: bool = True, headline: bool = True) -> tuple[StockItem, ...]:
    """Every item of the lists that this kind of show has."""
    if show is ShowType.RECORDING_SESSION:
        extras = (item for name in ("legal", "money") for item in stock()[name] if item.key in SESSION_EXTRAS)
        own = (item for name in SESSION if away or name != "travel_hotel" for item in stock()[name])
        return (*own, *extras)
    names = (*BASE, *(("travel_hotel",) if away else ()), *(("promotion",) if headline else ()), *OVERLAYS[show])
    return fitted(show, (item for name in names for item in stock()[name]))


def fitted(show: ShowType, items: Iterable[StockItem]) -> tuple[StockItem, ...]:
    """The items as this kind of show has them: at a festival the line check stands for the soundcheck."""
    if show is not ShowType.FESTIVAL_SLOT:
        return tuple(items)
    return tuple(by_line_check(item) for item in items if item.key not in LINE_CHECK_ONLY)


def by_line_check(item: StockItem) -> StockItem:
    due = Due.parse(item.due)
    return replace(item, due=str(replace(due, anchor="line_check"))) if due.anchor == "soundcheck" else item
