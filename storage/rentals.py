"""Rentals: what is rented for a gig, from asking to giving back."""

from dataclasses import fields
from typing import Any

from sqlalchemy import insert, select, update

from checklists.rentals import Rental
from storage.kit import of
from storage.pen import Pen, by_id
from storage.schema_kit import RentalRow
from storage.tables import columns_of, table

RENTALS = table(RentalRow)
FIND = select(*columns_of(RentalRow, Rental))
GET = FIND.where(by_id(RENTALS))
HOLD = GET.with_for_update(key_share=True)
OF_GIG = of("gig_id", RENTALS, FIND)
ASK = insert(RENTALS).returning(RENTALS.c.id)
CHANGE = update(RENTALS).where(by_id(RENTALS))


class Rentals:
    """The rentals of one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def of_gig(self, gig_id: int) -> list[Rental]:
        """Every rental of a gig, the oldest first; those that came to nothing too."""
        return [Rental(*row) for row in self._pen.rows(OF_GIG, owner=gig_id)]

    def get(self, rental_id: int) -> Rental | None:
        """The rental, or None; in a writing transaction nobody else changes it until the end."""
        found = self._pen.row(HOLD if self._pen.shares else GET, the_id=rental_id)
        return None if found is None else Rental(*found)

    def ask(self, rental: Rental) -> Rental:
        """A new rental; gives it with its id."""
        made = self._pen.add(ASK, **_row(rental))
        return Rental(*self._pen.rows(GET, the_id=made)[0])

    def change(self, rental: Rental) -> None:
        """The rental is so from now on."""
        self._pen.change(CHANGE, the_id=rental.id, **_row(rental))


def _row(rental: Rental) -> dict[str, Any]:
    return {each.name: getattr(rental, each.name) for each in fields(Rental) if each.name != "id"}
