"""Open loops: what waits for the tour manager's word, and was handed to the deputy when he kept silent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update

from checklists.letters import Letter
from storage.pen import Either, Pen, by_id, by_ids, here
from storage.schema_crew import LoopRow
from storage.tables import columns_of, table


@dataclass(frozen=True, slots=True)
class Loop:
    """Something told to the tour manager that waits for his word. `key` is the message's."""

    id: int
    tour_id: int
    gig_id: int
    what: Letter
    key: str
    opened_at: datetime
    closed_at: datetime | None = None
    handed_at: datetime | None = None


LOOPS = table(LoopRow)
C = LOOPS.c
IS_OPEN = C.closed_at.is_(None)
FIND = select(*columns_of(LoopRow, Loop))
GET = FIND.where(by_id(LOOPS))
BY_KEY = FIND.where(here(LOOPS, C.key == bindparam("known_as")))
OF_TOUR = FIND.where(here(LOOPS, IS_OPEN, C.tour_id == bindparam("of_tour"))).order_by(C.opened_at, C.id)
OF_GIG = FIND.where(here(LOOPS, IS_OPEN, C.gig_id == bindparam("of_gig"))).order_by(C.opened_at, C.id)
OPEN = Either(lambda insert_into: insert_into(LOOPS).on_conflict_do_nothing().returning(C.id))
CLOSE = update(LOOPS).where(by_ids(LOOPS), IS_OPEN)
CLOSE_GIG = update(LOOPS).where(here(LOOPS, IS_OPEN, C.gig_id == bindparam("of_gig")))
HAND_OVER = update(LOOPS).where(by_ids(LOOPS))


class Loops:
    """The open loops of one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def open(self, tour_id: int, gig_id: int, what: Letter, key: str, now: datetime) -> int | None:
        """Something waits for the tour manager's word from now on; None when it did already, closed or not."""
        when = {"opened_at": now, "closed_at": None, "handed_at": None}
        made: int | None = self._pen.add(OPEN, tour_id=tour_id, gig_id=gig_id, what=what, key=key, **when)
        return made

    def get(self, loop_id: int) -> Loop | None:
        """The loop, or None."""
        found = self._pen.row(GET, the_id=loop_id)
        return None if found is None else Loop(*found)

    def by_key(self, key: str) -> Loop | None:
        """The loop that a message with this key opened, or None."""
        found = self._pen.row(BY_KEY, known_as=key)
        return None if found is None else Loop(*found)

    def of_tour(self, tour_id: int) -> list[Loop]:
        """The tour's open loops, oldest first."""
        return [Loop(*row) for row in self._pen.rows(OF_TOUR, of_tour=tour_id)]

    def of_gig(self, gig_id: int) -> list[Loop]:
        """The gig's open loops, oldest first."""
        return [Loop(*row) for row in self._pen.rows(OF_GIG, of_gig=gig_id)]

    def close(self, ids: Collection[int], now: datetime) -> int:
        """The word was given for these; gives how many were open."""
        return self._pen.change(CLOSE, ids=list(ids), closed_at=now) if ids else 0

    def close_gig(self, gig_id: int, now: datetime) -> int:
        """The word was given for all of a gig's; gives how many were open."""
        return self._pen.change(CLOSE_GIG, of_gig=gig_id, closed_at=now)

    def hand_over(self, ids: Collection[int], now: datetime) -> None:
        """These were put to the deputy."""
        if ids:
            self._pen.change(HAND_OVER, ids=list(ids), handed_at=now)
