"""Which lines a gig's list has, and why: by its kind, its width, its facts, and what the tour has made its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from checklists.anchors import known
from checklists.conditions import ShowFacts
from checklists.dues import due_when
from checklists.gig import JUDGED, Gig, Profile
from checklists.items import ITSELF, Item, ItemState, StockItem
from checklists.profiles import Chosen, Own, items_for, listed_as, with_own
from handlers.showfacts import is_idle, show_facts
from handlers.upkeep import glance, keep, keep_soon
from storage.book import Book
from storage.items import NewItem


@dataclass(frozen=True, slots=True)
class Relisted:
    """What became of a gig's list: how many lines are new, gone, changed in their words, and do (not) apply now.

    `asked`: of how many it is decided now, or to be asked again, whether they apply.
    """

    added: int = 0
    dropped: int = 0
    reworded: int = 0
    settled: int = 0
    asked: int = 0

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.dropped or self.reworded or self.settled or self.asked)

    @property
    def words(self) -> str:
        """`84 lines came, 2 went, 3 read otherwise`."""
        otherwise = f", {self.reworded} read otherwise" if self.reworded else ""
        return f"{self.added} lines came, {self.dropped} went{otherwise}"


def list_of(book: Book, gig: Gig, own: Sequence[Own]) -> tuple[Chosen, ...]:
    """The lines that belong on this gig's list, each with whether it applies; `own` are the tour's."""
    if gig.profile is Profile.LITE:
        usual = _listed(gig, own, NOTHING)
        if all(one.applies is not None for one in usual):
            return usual
    return _listed(gig, own, show_facts(book, gig))


def _listed(gig: Gig, own: Sequence[Own], facts: ShowFacts) -> tuple[Chosen, ...]:
    chosen = items_for(gig.profile, listed_as(gig), facts, away=gig.away, headline=gig.headline)
    return with_own(chosen, own, facts, gig.profile)


NOTHING = ShowFacts()
"""A lite list of a club asks for no fact."""


def new_items(
    gig: Gig, chosen: Iterable[Chosen], added_at: datetime | None = None, *, own: bool = False
) -> list[NewItem]:
    """These lines on this gig's dates."""
    return [_new(gig, one, added_at, own) for one in chosen]


def _new(gig: Gig, one: Chosen, added_at: datetime | None, own: bool) -> NewItem:
    due = due_when(gig, one.item.due, known(gig), added_at)
    state = ItemState.NA if one.applies is False else ItemState.OPEN
    return NewItem(one.item, due.at, due.compressed, state, one.applies is None, own, added_at)


def relist(book: Book, gig: Gig, now: datetime) -> Relisted:
    """Makes the gig's list what it should be now; what somebody has touched, or put there, stays as it is.

    The caller ends with `keep`.
    """
    items = {item.key: item for item in book.items.of_gig(gig.id)}
    chosen = {one.item.key: one for one in list_of(book, gig, book.lists.own(gig.tour_id))}
    missing = [one for key, one in chosen.items() if key not in items]
    gone = [item.id for key, item in items.items() if key not in chosen and not item.touched and not item.own]
    both = [(items[key], one) for key, one in chosen.items() if key in items]
    book.items.add_many(gig.id, new_items(gig, missing, now))
    book.items.drop(gone)
    reworded, settled = _reword(book, both), _settle(book, both, now)
    return Relisted(len(missing), len(gone), reworded, settled, _ask(book, both))


def relist_and_keep(book: Book, gigs: Iterable[Gig], now: datetime) -> int:
    """As `relist` for each of these gigs that is not over, and `keep` after it; gives how many lists have changed."""
    ahead = [gig for gig in gigs if gig.is_judged and not gig.is_over(now)]
    held = (book.gigs.get(gig.id) or gig for gig in ahead)
    changed = [gig for gig in held if not relist(book, gig, now).is_nothing]
    for gig in changed[:KEPT_AT_ONCE]:
        keep(book, gig.id, now)
    for gig in changed[KEPT_AT_ONCE:]:
        keep_soon(book, glance(book, gig.id), now, replan=False)
    return len(changed)


KEPT_AT_ONCE = 25
"""Of so many gigs an ack can wait for the upkeep; the clock does that of the others right after it."""


def relist_next(book: Book, tour_id: int, days: Iterable[date], now: datetime) -> None:
    """What comes before has changed on these days: the wider lists of the shows that are next after them are made so.

    Whether a border is crossed hangs on it.
    """
    ahead = book.gigs.of_tour(tour_id, JUDGED)
    later = ([gig.date for gig in ahead if gig.date > day] for day in days)
    nexts = {min(dates) for dates in later if dates}
    relist_and_keep(book, [gig for gig in ahead if gig.date in nexts and gig.profile is Profile.WIDER], now)


def _reword(book: Book, both: Sequence[tuple[Item, Chosen]]) -> int:
    untouched = [(item, one.item) for item, one in both if not item.touched and not item.own]
    changed = [(item.id, stock) for item, stock in untouched if not says(item, stock)]
    book.items.reword(changed)
    return len(changed)


def says(item: Item, stock: StockItem) -> bool:
    """True when the item reads as this line does."""
    return all(getattr(item, name) == getattr(stock, name) for name in SAID)


SAID = ("area", "text", "owner", "due", "evidence", "severity", "waive_ep", "applies")


def _settle(book: Book, both: Sequence[tuple[Item, Chosen]], now: datetime) -> int:
    """By the facts, lines do not apply, or do again; what was said by hand stays said."""
    untouched = [(item, one.applies) for item, one in both if not item.touched and not item.own]
    idle = [item.id for item, applies in untouched if applies is False and item.state is ItemState.OPEN]
    again = [item.id for item, applies in untouched if applies is not False and is_idle(item)]
    book.items.set_state(idle, ItemState.NA, ITSELF, now, touched=False)
    book.items.set_state(again, ItemState.OPEN, "", now, touched=False)
    return len(idle) + len(again)


def _ask(book: Book, both: Sequence[tuple[Item, Chosen]]) -> int:
    """Whether it applies is decided of some lines, and not any more of others."""
    changed = [(item.id, one.applies is None) for item, one in both if (one.applies is None) is not item.undecided]
    for undecided in (True, False):
        book.items.set_undecided([item for item, open_now in changed if open_now is undecided], undecided)
    return len(changed)
