"""What crew ask for on a gig, as the tour manager keeps it."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select

from checklists.questions import Fact
from storage.pen import Either, Pen, here
from storage.schema_crew import FactRow
from storage.tables import columns_of, table

FACTS = table(FactRow)
OF_GIG = (
    select(*columns_of(FactRow, Fact)).where(here(FACTS, FACTS.c.gig_id == bindparam("of_gig"))).order_by(FACTS.c.key)
)
DROP = delete(FACTS).where(here(FACTS, FACTS.c.gig_id == bindparam("of_gig"), FACTS.c.key == bindparam("named")))


def _keep(insert_into: Any) -> Any:
    new = insert_into(FACTS)
    again = {name: new.excluded[name] for name in ("text", "by", "at")}
    return new.on_conflict_do_update(index_elements=["workspace_id", "gig_id", "key"], set_=again)


KEEP = Either(_keep)


class Facts:
    """The facts of one workspace's gigs."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def of_gig(self, gig_id: int) -> dict[str, Fact]:
        """By name, what is kept for a gig."""
        return {row.key: Fact(*row) for row in self._pen.rows(OF_GIG, of_gig=gig_id)}

    def keep(self, gig_id: int, key: str, text: str, by: str, now: datetime) -> None:
        """Keeps a fact; one of that name gives way."""
        self._pen.add_each(KEEP, [{"gig_id": gig_id, "key": key, "text": text, "by": by, "at": now}])

    def drop(self, gig_id: int, key: str) -> bool:
        """Forgets a fact; False when there is none of that name."""
        return bool(self._pen.change(DROP, of_gig=gig_id, named=key))
