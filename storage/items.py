"""Checklist items: put on a gig, ticked, moved."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from checklists.gig import JUDGED
from checklists.items import Item, ItemState, StockItem
from storage.pen import Pen, by_id, by_ids, here, one_of
from storage.schema import GigRow, ItemRow
from storage.tables import columns_of, table


@dataclass(frozen=True, slots=True)
class NewItem:
    """A line of the stock checklist on one gig's dates; `due_at` is UTC."""

    stock: StockItem
    due_at: datetime
    compressed: bool = False


ITEMS, GIGS = table(ItemRow), table(GigRow)
FIND = select(*columns_of(ItemRow, Item))
GET = FIND.where(by_id(ITEMS))
OF_GIG = FIND.where(here(ITEMS, ITEMS.c.gig_id == bindparam("of_gig"))).order_by(ITEMS.c.id)
OF_TOUR = (
    FIND.join(GIGS, (GIGS.c.workspace_id == ITEMS.c.workspace_id) & (GIGS.c.id == ITEMS.c.gig_id))
    .where(here(ITEMS, GIGS.c.tour_id == bindparam("of_tour"), one_of(GIGS.c.state, sorted(JUDGED))))
    .order_by(GIGS.c.date, GIGS.c.number, ITEMS.c.id)
)
ADD = insert(ITEMS)
CHANGE = update(ITEMS).where(by_id(ITEMS))
CHANGE_MANY = update(ITEMS).where(by_ids(ITEMS))


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

    def get(self, item_id: int) -> Item | None:
        """The item, or None."""
        found = self._pen.row(GET, the_id=item_id)
        return None if found is None else Item(*found)

    def set_state(self, ids: Collection[int], state: ItemState, by: str, now: datetime) -> None:
        """The state of these items; who closed them and when is kept only while they are closed."""
        closed = {"closed_by": by, "closed_at": now} if state.is_closed else {"closed_by": "", "closed_at": None}
        if ids:
            self._pen.change(CHANGE_MANY, ids=list(ids), state=state, **closed)

    def set_due(self, dues: Iterable[tuple[int, datetime, bool]]) -> None:
        """By item: when it is due now, and whether that was compressed."""
        rows = [{"the_id": item, "due_at": due_at, "compressed": squeezed} for item, due_at, squeezed in dues]
        self._pen.change_each(CHANGE, rows)


def _row(gig_id: int, new: NewItem) -> dict[str, Any]:
    stock = new.stock
    return {
        "gig_id": gig_id,
        "key": stock.key,
        "area": stock.area,
        "text": stock.text,
        "owner": stock.owner,
        "due": stock.due,
        "due_at": new.due_at,
        "evidence": stock.evidence,
        "severity": stock.severity,
        "state": ItemState.OPEN,
        "compressed": new.compressed,
        "closed_by": "",
        "closed_at": None,
    }
