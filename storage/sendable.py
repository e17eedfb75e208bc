"""Which deliveries can go out, where each would go, and what is the next to do. Private to storage."""

from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, case, func, literal_column, or_, select

from storage.among import among
from storage.deliveries import Delivery, Op, Room
from storage.pen import here
from storage.schema import CueRow, GigRow, TourRow, WorkspaceRow
from storage.schema_said import DeliveryRow, PersonRow
from storage.tables import columns_of, table

OUT, CUES, TOURS, GIGS = table(DeliveryRow), table(CueRow), table(TourRow), table(GigRow)
PEOPLE, WORKSPACES = table(PersonRow), table(WorkspaceRow)
FIRST = OUT.alias("first")
"""The posted message that an update edits."""
# Literal, or PostgreSQL's generic plan would not see that the small index of what is pending will do.
IS_PENDING: ColumnElement[bool] = literal_column("deliveries.state = 'pending'")

FROM = (
    OUT.outerjoin(TOURS, and_(TOURS.c.workspace_id == OUT.c.workspace_id, TOURS.c.id == OUT.c.tour_id))
    .outerjoin(GIGS, and_(GIGS.c.workspace_id == OUT.c.workspace_id, GIGS.c.id == OUT.c.gig_id))
    .outerjoin(FIRST, and_(FIRST.c.workspace_id == OUT.c.workspace_id, FIRST.c.id == OUT.c.of_id))
    .outerjoin(PEOPLE, and_(PEOPLE.c.workspace_id == OUT.c.workspace_id, PEOPLE.c.id == OUT.c.person))
)
IS_REACTION, IS_UPDATE, IS_POST = (OUT.c.op == literal_column(f"'{op}'") for op in (Op.REACT, Op.UPDATE, Op.POST))
IN_CHANNEL, IN_THREAD, BY_DM = (
    OUT.c.room == literal_column(f"'{room}'") for room in (Room.CHANNEL, Room.THREAD, Room.DM)
)
EMPTY: ColumnElement[str] = literal_column("''", String())
AS_KEPT = or_(~IS_PENDING, IS_REACTION)
WHERE_TO: dict[str, Any] = {
    "channel": case(
        (AS_KEPT, OUT.c.channel),
        (IS_UPDATE, FIRST.c.channel),
        (IN_CHANNEL, TOURS.c.channel),
        (IN_THREAD, GIGS.c.card_channel),
        else_=PEOPLE.c.dm_channel,
    ),
    "thread_ts": case(
        (AS_KEPT, OUT.c.thread_ts),
        (IS_UPDATE, FIRST.c.thread_ts),
        (IN_THREAD, GIGS.c.card_ts),
        else_=EMPTY,
    ),
    "ts": case((AS_KEPT, OUT.c.ts), (IS_UPDATE, FIRST.c.ts), else_=EMPTY),
}
FIND = select(
    *(
        func.coalesce(WHERE_TO[column.name], EMPTY).label(column.name) if column.name in WHERE_TO else column
        for column in columns_of(DeliveryRow, Delivery)
    )
).select_from(FROM)
HAS_A_PLACE = or_(
    IS_REACTION,
    and_(IS_UPDATE, FIRST.c.ts != EMPTY, or_(BY_DM, TOURS.c.reachable)),
    and_(
        IS_POST,
        or_(
            BY_DM,
            and_(IN_CHANNEL, TOURS.c.channel != EMPTY, TOURS.c.reachable),
            and_(IN_THREAD, GIGS.c.card_ts != EMPTY, TOURS.c.reachable),
        ),
    ),
)
GOES_NOW = and_(IS_PENDING, OUT.c.not_before <= bindparam("now"), HAS_A_PLACE)
SENDABLE = FIND.where(here(OUT, GOES_NOW)).order_by(OUT.c.id).limit(bindparam("most"))
PLACE = func.coalesce(func.nullif(func.coalesce(WHERE_TO["channel"], EMPTY), EMPTY), OUT.c.person)
"""The channel it goes to; the person, while that conversation was never opened."""
SENDABLE_ELSEWHERE = SENDABLE.where(~among(PLACE, "held"), ~among(OUT.c.op, "ops"))
TAKE_ALONE = FIND.where(here(OUT, OUT.c.id == bindparam("the_id"), GOES_NOW))
TAKE = {False: TAKE_ALONE, True: TAKE_ALONE.with_for_update(of=OUT, skip_locked=True)}
"""By whether others are at work at the same time."""
LATER = select(
    select(func.min(OUT.c.not_before))
    .select_from(FROM)
    .where(here(OUT, IS_PENDING, OUT.c.not_before > bindparam("now"), HAS_A_PLACE))
    .scalar_subquery(),
    select(func.min(OUT.c.look_at)).where(here(OUT, OUT.c.look_at.is_not(None))).scalar_subquery(),
)
"""When the next of the pending can go, and when the next is looked for."""
_FIRST_OF_EACH = (
    select(func.min(CUES.c.at).label("at"))
    .where(CUES.c.workspace_id == WORKSPACES.c.id, literal_column("cues.state = 'waiting'"))
    .scalar_subquery()
)
EARLIEST_CUE = select(func.min(_FIRST_OF_EACH)).select_from(WORKSPACES).where(WORKSPACES.c.team_id != EMPTY)
