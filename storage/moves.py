"""How a delivery goes from one state to the next. Private to storage.

Every move is an UPDATE guarded by the states it may come from, and for the result of a try by its fence too.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from checklists.letters import Letter
from storage.deliveries import COMES_FROM, Delivery, DeliveryState, Op, WrongMove
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
KEEP_CARD = update(GIGS).where(by_id(GIGS))


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


def keep_card(pen: Pen, said: Delivery, ts: str) -> None:
    """The gig keeps where its card is."""
    if said.letter is Letter.CARD and said.op is Op.POST and said.gig_id is not None:
        pen.change(KEEP_CARD, the_id=said.gig_id, card_channel=said.channel, card_ts=ts)


def begin_try(pen: Pen, delivery_id: int, fence: int, boot: str, now: datetime) -> None:
    """A try begins; its outcome is not known until it ends."""
    begun = {"delivery_id": delivery_id, "fence": fence, "boot": boot, "started_at": now}
    pen.add_each(TRY, [{**begun, "outcome": "", "error": "", "ts": ""}])
