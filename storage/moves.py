"""How a delivery goes from one state to the next. Private to storage.

Every move is an UPDATE guarded by the states it may come from, and for the result of a try by its fence too.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, literal_column, select, update

from storage.deliveries import COMES_FROM, DeliveryState, WrongMove
from storage.pen import Either, Pen, Values, by_id, here, one_of
from storage.schema import GigRow
from storage.schema_said import AttemptRow, DeliveryRow
from storage.tables import table

OUT, GIGS, ATTEMPTS = table(DeliveryRow), table(GigRow), table(AttemptRow)
MOVES = {to: update(OUT).where(by_id(OUT), one_of(OUT.c.state, sorted(sources))) for to, sources in COMES_FROM.items()}
FENCED = {to: move.where(OUT.c.tries == bindparam("the_fence")) for to, move in MOVES.items()}
TRY = Either(lambda insert_into: insert_into(ATTEMPTS).on_conflict_do_nothing())
TRIED = update(ATTEMPTS).where(
    here(ATTEMPTS, ATTEMPTS.c.delivery_id == bindparam("of"), ATTEMPTS.c.fence == bindparam("the_fence"))
)
TRIES = (
    select(ATTEMPTS.c.fence, ATTEMPTS.c.outcome, ATTEMPTS.c.started_at, ATTEMPTS.c.ended_at, ATTEMPTS.c.ts)
    .where(here(ATTEMPTS, ATTEMPTS.c.delivery_id == bindparam("of")))
    .order_by(ATTEMPTS.c.fence)
)
CARD = select(OUT.c.gig_id, OUT.c.channel).where(
    by_id(OUT), OUT.c.letter == literal_column("'card'"), OUT.c.op == literal_column("'post'")
)
KEEP_CARD = (
    update(GIGS)
    .where(here(GIGS, GIGS.c.id == CARD.with_only_columns(OUT.c.gig_id).scalar_subquery()))
    .values(card_channel=CARD.with_only_columns(OUT.c.channel).scalar_subquery())
)


def move(
    pen: Pen,
    delivery_id: int,
    to: DeliveryState,
    fence: int | None = None,
    *,
    more: Values | None = None,
    **values: Any,
) -> None:
    """Raises WrongMove when its state does not let it go there, or it was claimed again since this fence."""
    told = {"the_id": delivery_id, "state": to, **(more or {}), **values}
    moved = pen.change(MOVES[to], **told) if fence is None else pen.change(FENCED[to], the_fence=fence, **told)
    if not moved:
        raise WrongMove(f"delivery {delivery_id} cannot become {to}")


def keep_card(pen: Pen, delivery_id: int, ts: str) -> None:
    """When this is the post of a card, its gig keeps where it is."""
    pen.change(KEEP_CARD, the_id=delivery_id, card_ts=ts)


def begin_try(pen: Pen, delivery_id: int, fence: int, boot: str, now: datetime) -> None:
    """A try begins; its outcome is not known until it ends."""
    begun = {"delivery_id": delivery_id, "fence": fence, "boot": boot, "started_at": now}
    pen.add_each(TRY, [{**begun, "outcome": "", "error": "", "ts": ""}])
