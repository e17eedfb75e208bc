"""What a gig's list is made by: the answers to its conditions, and the tour's own lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, or_, select

from checklists.conditions import Condition
from checklists.items import StockItem
from checklists.profiles import Own
from storage.pen import Pen, here
from storage.schema_lists import AnswerRow, OwnItemRow
from storage.tables import columns_of, table

ANSWERS, OWN = table(AnswerRow), table(OwnItemRow)
ANSWERED = (
    select(ANSWERS.c.condition, ANSWERS.c.holds, ANSWERS.c.by, ANSWERS.c.at, ANSWERS.c.gig_id.is_(None))
    .where(
        here(
            ANSWERS,
            ANSWERS.c.tour_id == bindparam("of_tour"),
            or_(ANSWERS.c.gig_id.is_(None), ANSWERS.c.gig_id == bindparam("of_gig")),
        )
    )
    .order_by(ANSWERS.c.gig_id.is_not(None), ANSWERS.c.id)
)
SAME = here(ANSWERS, ANSWERS.c.tour_id == bindparam("of_tour"), ANSWERS.c.condition == bindparam("named"))
FORGET = delete(ANSWERS).where(SAME, ANSWERS.c.gig_id == bindparam("of_gig"))
FORGET_ALL = delete(ANSWERS).where(SAME)
FORGET_TOURS = delete(ANSWERS).where(SAME, ANSWERS.c.gig_id.is_(None))
ANSWER = insert(ANSWERS)
OF_TOUR = (
    select(OWN.c.dropped, *columns_of(OwnItemRow, StockItem))
    .where(here(OWN, OWN.c.tour_id == bindparam("of_tour")))
    .order_by(OWN.c.id)
)
KEEP = insert(OWN)
GIVE_UP = delete(OWN).where(here(OWN, OWN.c.tour_id == bindparam("of_tour"), OWN.c.key == bindparam("named")))


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: whether the condition holds, who said so and when (UTC), of every gig of the tour or of one."""

    condition: Condition
    holds: bool
    by: str
    at: datetime
    everywhere: bool


class Lists:
    """What the lists of one workspace's gigs are made by."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def answers(self, tour_id: int, gig_id: int) -> dict[Condition, bool]:
        """What was said of each condition for this gig; what was said of it alone goes before the tour's word."""
        return {said.condition: said.holds for said in self.said(tour_id, gig_id)}

    def said(self, tour_id: int, gig_id: int | None = None) -> list[Said]:
        """Who said what of each condition: of the tour, and after that of this gig alone."""
        rows = self._pen.rows(ANSWERED, of_tour=tour_id, of_gig=gig_id)
        return [Said(Condition(row[0]), *row[1:]) for row in rows]

    def answer(
        self, tour_id: int, gig_id: int | None, condition: Condition, holds: bool | None, by: str, now: datetime
    ) -> None:
        """Keeps an answer for one gig, or without one for the whole tour; None forgets it.

        The tour's word goes before what was said of its gigs one by one until now.
        """
        if gig_id is not None:
            self._pen.change(FORGET, of_tour=tour_id, of_gig=gig_id, named=condition.value)
        else:
            self._pen.change(FORGET_TOURS if holds is None else FORGET_ALL, of_tour=tour_id, named=condition.value)
        if holds is not None:
            row = {"tour_id": tour_id, "gig_id": gig_id, "condition": condition.value, "holds": holds}
            self._pen.add_each(ANSWER, [{**row, "by": by, "at": now}])

    def own(self, tour_id: int) -> list[Own]:
        """The tour's own lines, in the order in which they were made."""
        return [Own(StockItem(*row[1:]), dropped=row.dropped) for row in self._pen.rows(OF_TOUR, of_tour=tour_id)]

    def keep(self, tour_id: int, lines: Iterable[Own]) -> None:
        """Keeps these lines; one of the same key gives way."""
        for line in lines:
            self.give_up(tour_id, line.item.key)
            item = {name: getattr(line.item, name) for name in StockItem.__slots__}
            self._pen.add_each(KEEP, [{"tour_id": tour_id, "dropped": line.dropped, **item}])

    def give_up(self, tour_id: int, key: str) -> bool:
        """The tour has this line as the stock has it; False when it had no version of its own."""
        return bool(self._pen.change(GIVE_UP, of_tour=tour_id, named=key))
