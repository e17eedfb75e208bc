"""Sayings: what was said about each call, each thing once, with the instant at which it was said."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select

from checklists.crew import Call
from checklists.sayings import Saying
from storage.among import among
from storage.pen import Either, Pen, here
from storage.schema_said import InboxRow, SayingRow, SweepRow
from storage.tables import columns_of, table

SAYINGS, SWEEPS, INBOX = table(SayingRow), table(SweepRow), table(InboxRow)
KEEP = Either(lambda insert_into: insert_into(SAYINGS).on_conflict_do_nothing())
FIND = select(*columns_of(SayingRow, Saying))
OF_CALL = FIND.where(
    here(SAYINGS, SAYINGS.c.call_id == bindparam("of_call"), SAYINGS.c.version == bindparam("of_version"))
)
OF_CALLS = FIND.add_columns(SAYINGS.c.call_id).where(here(SAYINGS, among(SAYINGS.c.call_id, "call_ids")))
UNTIL = select(SWEEPS.c.gig_id, SWEEPS.c.until).where(here(SWEEPS))
LAST_CAME = select(func.max(INBOX.c.came_at)).where(here(INBOX))
SWEPT = Either(
    lambda insert_into: (new := insert_into(SWEEPS)).on_conflict_do_update(
        index_elements=["workspace_id", "gig_id"], set_={"until": new.excluded.until}
    )
)


class Sayings:
    """What was said in one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def keep(self, call: Call, sayings: Sequence[Saying]) -> None:
        """Keeps what was said about this call as it is asked now; what is kept already stays as it is."""
        about = {"gig_id": call.gig_id, "call_id": call.id, "version": call.version}
        self._pen.add_each(KEEP, [about | {name: getattr(one, name) for name in Saying.__slots__} for one in sayings])

    def of_call(self, call: Call) -> list[Saying]:
        """What was said about this call as it is asked now, in no order."""
        return [Saying(*row) for row in self._pen.rows(OF_CALL, of_call=call.id, of_version=call.version)]

    def of_calls(self, call_ids: Collection[int]) -> dict[int, list[Saying]]:
        """By call, all that was ever said about it, in no order."""
        found: dict[int, list[Saying]] = {call_id: [] for call_id in call_ids}
        for *saying, call_id in self._pen.rows(OF_CALLS, call_ids=list(call_ids)):
            found[call_id].append(Saying(*saying))
        return found

    def swept(self) -> dict[int, datetime]:
        """By gig, until when we know everything that was said about it, UTC."""
        return {row.gig_id: row.until for row in self._pen.rows(UNTIL)}

    def set_swept(self, gig_id: int, until: datetime) -> None:
        """We know everything that was said about this gig until then."""
        self._pen.add_each(SWEPT, [{"gig_id": gig_id, "until": until}])

    def last_came(self) -> datetime | None:
        """When the last thing of any kind came in, UTC. Walks the whole inbox."""
        found: datetime | None = self._pen.value(LAST_CAME)
        return found
