"""Drops: files that people dropped in a channel, by their id only."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from storage.pen import Either, Pen, here
from storage.schema_said import DropRow
from storage.tables import table

DROPS = table(DropRow)
PUT = Either(lambda insert_into: insert_into(DROPS).on_conflict_do_nothing())
NEWEST = (
    select(DROPS.c.file_id)
    .where(
        here(
            DROPS,
            DROPS.c.channel == bindparam("in_channel"),
            DROPS.c.person == bindparam("who"),
            DROPS.c.dropped_at >= bindparam("since"),
            ~DROPS.c.used,
        )
    )
    .order_by(DROPS.c.dropped_at.desc(), DROPS.c.file_id.desc())
    .limit(bindparam("most"))
)
USED = update(DROPS).where(here(DROPS, DROPS.c.file_id == bindparam("file")))


class Drops:
    """The dropped files of one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def put(self, file_id: str, channel: str, person: str, now: datetime) -> None:
        """Notes a file; noting it again changes nothing."""
        row = {"file_id": file_id, "channel": channel, "person": person, "dropped_at": now, "used": False}
        self._pen.add_each(PUT, [row])

    def newest(self, channel: str, person: str, since: datetime) -> str | None:
        """The id of the newest unused file that this person dropped there since an instant."""
        return next(iter(self.recent(channel, person, since, 1)), None)

    def recent(self, channel: str, person: str, since: datetime, most: int) -> list[str]:
        """The ids of the last unused files that this person dropped there since an instant, newest first."""
        rows = self._pen.rows(NEWEST, in_channel=channel, who=person, since=since, most=most)
        return [row.file_id for row in rows]

    def used(self, file_id: str) -> None:
        """The file was read."""
        self._pen.change(USED, file=file_id, used=True)
