"""Checklist items: put on a gig, ticked, moved."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from checklists.gig import JUDGED
from checklists.items import Item, ItemState, StockItem
from storage.pen import Pen, by_id, by_ids, here, one_of
from storage.schema import GigRow, ItemRow
from storage.tables import columns_of, table


@dataclass(frozen=True, slots=True)
class NewItem:
    """A line of a checklist on one gig's dates; `due_at` is UTC, None while it waits for its anchor.

    `state` is n/a for what does not apply here. `added_at`: when it came onto the list of a gig that was there
    already.
    """

    stock: StockItem
    due_at: datetime | None
    compressed: bool = False
    state: ItemState = ItemState.OPEN
    undecided: bool = False
    own: bool = False
    added_at: datetime | None = None


ITEMS, GIGS = table(ItemRow), table(GigRow)
FIND = select(*columns_of(ItemRow, Item))
GET = FIND.where(by_id(ITEMS))
OF_GIG = FIND.where(here(ITEMS, ITEMS.c.gig_id == bindparam("of_gig"))).order_by(ITEMS.c.id)
OF_TOUR = (
    FIND.join(GIGS, (GIGS.c.workspace_id == ITEMS.c.workspace_id) & (GIGS.c.id == ITEMS.c.gig_id))
    .where(here(ITEMS, GIGS.c.tour_id == bindparam("of_tour"), one_of(GIGS.c.state, sorted(JUDGED))))
    .order_by(GIGS.c.date, GIGS.c.number, ITEMS.c.id)
)
IS_OPEN = one_of(ITEMS.c.state, sorted(state for state in ItemState if not state.is_closed))
OPEN_BY = OF_TOUR.where(IS_OPEN, ITEMS.c.due_at < bindparam("until", type_=ITEMS.c.due_at.type))
OWED = (
    select(ITEMS.c.gig_id, ITEMS.c.owner)
    .where(
        here(
            ITEMS,
            IS_OPEN,
            ITEMS.c.due.not_like("%m"),
            ITEMS.c.gig_id.in_(
                select(GIGS.c.id)
                .where(here(GIGS, GIGS.c.tour_id == bindparam("of_tour"), one_of(GIGS.c.state, sorted(JUDGED))))
                .correlate(None)
            ),
        )
    )
    .distinct()
)
ADD = insert(ITEMS)
CHANGE = update(ITEMS).where(by_id(ITEMS))
CHANGE_MANY = update(ITEMS).where(by_ids(ITEMS))
DROP = delete(ITEMS).where(by_ids(ITEMS))


class Items:
    """The checklist items of one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def add_many(self, gig_id: int, rows: Sequence[NewItem]) -> None:
        """Puts these items on a gig, open."""
        self.add_for_gigs([(gig_id, rows)])

    def add_for_gigs(self, lists: Iterable[tuple[int, Sequence[NewItem]]]) -> None:
        """Puts items on many gigs at once."""
        self._pen.add_each(ADD, [_row(gig_id, new) for gig_id, rows in lists for new in rows])

    def of_gig(self, gig_id: int) -> list[Item]:
        """The items of a gig, in the order of its checklist."""
        return [Item(*row) for row in self._pen.rows(OF_GIG, of_gig=gig_id)]

    def of_tour(self, tour_id: int) -> list[Item]:
        """The items of every judged gig of a tour, by show date."""
        return [Item(*row) for row in self._pen.rows(OF_TOUR, of_tour=tour_id)]

    def open_by(self, tour_id: int, until: datetime) -> list[Item]:
        """What is open on the judged gigs of a tour and falls due before an instant (UTC), by show date."""
        return [Item(*row) for row in self._pen.rows(OPEN_BY, of_tour=tour_id, until=until)]

    def owed(self, tour_id: int) -> set[tuple[int, str]]:
        """Gig and role of whatever is open on the judged gigs of a tour; what is due by the minute is left out."""
        return {(row.gig_id, row.owner) for row in self._pen.rows(OWED, of_tour=tour_id)}

    def get(self, item_id: int) -> Item | None:
        """The item, or None."""
        found = self._pen.row(GET, the_id=item_id)
        return None if found is None else Item(*found)

    def set_state(
        self,
        ids: Collection[int],
        state: ItemState,
        by: str,
        now: datetime,
        *,
        why: str = "",
        proof: str = "",
        touched: bool = True,
    ) -> None:
        """The state of these items, with its reason or its evidence.

        Who closed them and when is kept only while they are closed. Not `touched`: nobody did it by hand.
        """
        closed = {"closed_by": by, "closed_at": now} if state.is_closed else {"closed_by": "", "closed_at": None}
        if ids:
            kept = {"why": why, "proof": proof, "touched": touched}
            self._pen.change(CHANGE_MANY, ids=list(ids), state=state, **closed, **kept)

    def set_undecided(self, ids: Collection[int], undecided: bool) -> None:
        """Whether anybody has said yet that the condition of these items holds."""
        if ids:
            self._pen.change(CHANGE_MANY, ids=list(ids), undecided=undecided)

    def reword(self, lines: Iterable[tuple[int, StockItem]]) -> None:
        """By item: the line as it reads now. Its state stays."""
        self._pen.change_each(CHANGE, [{"the_id": item, **_words(stock)} for item, stock in lines])

    def drop(self, ids: Collection[int]) -> None:
        """Takes these items off their gigs."""
        if ids:
            self._pen.change(DROP, ids=list(ids))

    def set_due(self, dues: Iterable[tuple[int, datetime | None, bool]]) -> None:
        """By item: when it is due now, None while its anchor is not known, and whether that was compressed."""
        rows = [{"the_id": item, "due_at": due_at, "compressed": squeezed} for item, due_at, squeezed in dues]
        self._pen.change_each(CHANGE, rows)


def _row(gig_id: int, new: NewItem) -> dict[str, Any]:
    return {
        "gig_id": gig_id,
        "key": new.stock.key,
        **_words(new.stock),
        "due_at": new.due_at,
        "compressed": new.compressed,
        "state": new.state,
        "undecided": new.undecided,
        "own": new.own,
        "added_at": new.added_at,
        "closed_by": "",
        "closed_at": None,
    }


def _words(stock: StockItem) -> dict[str, Any]:
    """What a line says, as its item keeps it."""
    return {
        "area": stock.area,
        "text": stock.text,
        "owner": stock.owner,
        "due": stock.due,
        "evidence": stock.evidence,
        "severity": stock.severity,
        "waive_ep": stock.waive_ep,
        "applies": stock.applies,
    }
