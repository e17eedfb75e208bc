"""Needs: how many of a position the tour manager asked for on a gig."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, delete, select

from checklists.crew import Position
from checklists.filling import Need
from storage.among import among
from storage.pen import Either, Pen, here
from storage.schema_crew import NeedRow
from storage.tables import columns_of, table

NEEDS = table(NeedRow)
OF_GIG = (
    select(*columns_of(NeedRow, Need))
    .where(here(NEEDS, NEEDS.c.gig_id == bindparam("of_gig")))
    .order_by(NEEDS.c.position, NEEDS.c.id)
)
FORGET = delete(NEEDS).where(here(NEEDS, NEEDS.c.gig_id == bindparam("of_gig"), among(NEEDS.c.position, "positions")))


def _ask(insert_into: Any) -> Any:
    new = insert_into(NEEDS)
    said = {name: new.excluded[name] for name in ("heads", "required")}
    return new.on_conflict_do_update(index_elements=["workspace_id", "gig_id", "position"], set_=said)


ASK = Either(_ask)


class Needs:
    """What was asked for on the gigs of one workspace; what nobody touched is not kept."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._known: dict[int, list[Need]] = {}

    def of_gig(self, gig_id: int) -> list[Need]:
        """What was asked for on a gig, by position; good until it changes in this transaction."""
        if gig_id not in self._known:
            self._known[gig_id] = [Need(*row) for row in self._pen.rows(OF_GIG, of_gig=gig_id)]
        return self._known[gig_id]

    def ask(self, gig_id: int, needs: Iterable[Need]) -> None:
        """These positions of the gig are needed so from now on."""
        self._known.pop(gig_id, None)
        rows = [
            {"gig_id": gig_id, "position": need.position, "heads": need.heads, "required": need.required}
            for need in needs
        ]
        self._pen.add_each(ASK, rows)

    def forget(self, gig_id: int, positions: Iterable[Position]) -> int:
        """These positions of the gig are as usual again; gives how many had been asked for."""
        self._known.pop(gig_id, None)
        return self._pen.change(FORGET, of_gig=gig_id, positions=list(positions))
