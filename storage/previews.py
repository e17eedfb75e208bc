"""What lies ahead of a tour: the next cue, and what waits to be said. To play it through before it happens."""

from sqlalchemy import bindparam, select

from checklists.cues import Cue, CueKind, CueState
from storage.deliveries import Delivery, Op
from storage.pen import Pen, here, one_of
from storage.schema import CueRow
from storage.schema_said import DeliveryRow
from storage.sendable import FIND, IS_PENDING
from storage.tables import columns_of, table

CUES, OUT = table(CueRow), table(DeliveryRow)
UNHEARD = (CueKind.RECHECK,)
"""What says nothing to anybody."""
NEXT = (
    select(*columns_of(CueRow, Cue))
    .where(
        here(CUES, one_of(CUES.c.state, (CueState.WAITING,)), CUES.c.tour_id == bindparam("of_tour")),
        one_of(CUES.c.kind, sorted(set(CueKind) - set(UNHEARD))),
    )
    .order_by(CUES.c.at, CUES.c.id)
    .limit(1)
)
NEXT_OF_GIG = NEXT.where((CUES.c.gig_id == bindparam("of_gig")) | one_of(CUES.c.kind, (CueKind.HANDOVER,)))
SAID = FIND.where(
    here(OUT, IS_PENDING, OUT.c.id > bindparam("after"), OUT.c.op == Op.POST, OUT.c.tour_id == bindparam("of_tour"))
).order_by(OUT.c.id)


class Previews:
    """What lies ahead in one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def next_cue(self, tour_id: int, gig_id: int | None = None) -> Cue | None:
        """The tour's earliest waiting cue that may say something; with a gig, its own and what is handed over."""
        if gig_id is None:
            found = self._pen.row(NEXT, of_tour=tour_id)
        else:
            found = self._pen.row(NEXT_OF_GIG, of_tour=tour_id, of_gig=gig_id)
        return None if found is None else Cue(*found)

    def unsaid(self, tour_id: int, after: int = 0) -> list[Delivery]:
        """The tour's messages that wait to be posted, in the order written, after the one with this id."""
        return [Delivery(*row) for row in self._pen.rows(SAID, of_tour=tour_id, after=after)]
