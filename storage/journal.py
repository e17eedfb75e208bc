"""The journal: what happened, who did it. Rows are only ever added; the database refuses the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from storage.among import among
from storage.pen import Pen, here
from storage.schema_said import JournalRow
from storage.tables import columns_of, table


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal; `at` is UTC."""

    at: datetime
    who: str
    what: str
    tour_id: int | None
    gig_id: int | None
    before: str
    after: str


JOURNAL = table(JournalRow)
WRITE = insert(JOURNAL)
OF_GIG = (
    select(*columns_of(JournalRow, Entry))
    .where(here(JOURNAL, JOURNAL.c.gig_id == bindparam("of_gig")))
    .order_by(JOURNAL.c.id)
)
OF_TOUR = (
    select(*columns_of(JournalRow, Entry))
    .where(
        here(
            JOURNAL,
            JOURNAL.c.gig_id.is_(None),
            JOURNAL.c.tour_id == bindparam("of_tour"),
            JOURNAL.c.what == bindparam("kind"),
        )
    )
    .order_by(JOURNAL.c.id)
)
OF_KINDS = OF_GIG.where(among(JOURNAL.c.what, "kinds"))


class Journal:
    """The journal of one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def write(
        self,
        now: datetime,
        who: str,
        what: str,
        *,
        tour_id: int | None = None,
        gig_id: int | None = None,
        before: str = "",
        after: str = "",
    ) -> None:
        """One line: who did what, and how it was before and after."""
        about = {"tour_id": tour_id, "gig_id": gig_id, "before": before, "after": after}
        self._pen.add_each(WRITE, [{"at": now, "who": who, "what": what, **about}])

    def write_each(self, now: datetime, who: str, what: str, gig_id: int, after: Sequence[str]) -> None:
        """One line for each of these, all done to a gig at once."""
        about = {"tour_id": None, "gig_id": gig_id, "before": ""}
        self._pen.add_each(WRITE, [{"at": now, "who": who, "what": what, **about, "after": one} for one in after])

    def of_gig(self, gig_id: int, *kinds: str) -> list[Entry]:
        """What happened to a gig, oldest first; only that of these kinds, when some are named."""
        if kinds:
            return [Entry(*row) for row in self._pen.rows(OF_KINDS, of_gig=gig_id, kinds=list(kinds))]
        return [Entry(*row) for row in self._pen.rows(OF_GIG, of_gig=gig_id)]

    def of_tour(self, tour_id: int, kind: str) -> list[Entry]:
        """What of this kind happened to a tour as a whole, oldest first."""
        return [Entry(*row) for row in self._pen.rows(OF_TOUR, of_tour=tour_id, kind=kind)]
