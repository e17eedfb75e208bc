"""Messages that are written many at once, and when one of a kind was last written. Private to storage."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal_column, select

from checklists.letters import Letter
from storage.at_once import AtOnce
from storage.deliveries import IN_SLACK, Op
from storage.pen import Pen, here, one_of
from storage.schema_said import DeliveryRow
from storage.tables import table

OUT = table(DeliveryRow)
GIVEN = (
    *("letter", "room", "key", "tour_id", "gig_id", "person", "subject"),
    *("not_before", "expires", "look_since", "made_at", "changed_at"),
)
EMPTY = dict.fromkeys(("channel", "thread_ts", "ts", "body", "body_hash", "error", "boot"), "''")
SAY_ALL = AtOnce(OUT, GIVEN, {**EMPTY, "op": f"'{Op.POST}'", "state": "'pending'", "tries": "0"})
LAST_MADE = select(func.max(OUT.c.made_at)).where(
    here(OUT, OUT.c.tour_id == bindparam("of_tour"), OUT.c.letter == bindparam("kind"), OUT.c.gig_id.is_(None))
)

LAST_SAID = (
    select(OUT.c.id)
    .where(
        here(
            OUT,
            OUT.c.op == literal_column("'post'"),
            OUT.c.channel == bindparam("in_channel"),
            OUT.c.ts < bindparam("before"),
            OUT.c.thread_ts == bindparam("under"),
            one_of(OUT.c.state, sorted(IN_SLACK)),
        )
    )
    .order_by(OUT.c.ts.desc())
    .limit(1)
)


def say_all(pen: Pen, rows: Sequence[dict[str, Any]]) -> None:
    """Writes these messages; one whose key was said before is left out."""
    SAY_ALL.write(pen, rows)


def last_made(pen: Pen, tour_id: int, letter: Letter) -> datetime | None:
    """When the tour's newest message of this kind, of no gig, was written (UTC)."""
    made: datetime | None = pen.value(LAST_MADE, of_tour=tour_id, kind=letter)
    return made


def last_said(pen: Pen, channel: str, thread: str, before: str) -> int | None:
    """Our newest message in a channel, or in one of its threads, that stands above a ts."""
    said: int | None = pen.value(LAST_SAID, in_channel=channel, under=thread, before=before)
    return said
