"""Deals: each gig's paper, and what came in for its deposit."""

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from checklists.deal import Paper, Payment, Terms
from storage.kit import of
from storage.pen import Either, Pen, here
from storage.schema_deal import DealRow, PaymentRow
from storage.tables import columns_of, table

DEALS = table(DealRow)
PAYMENTS = table(PaymentRow)
OF_TERMS = [field.name for field in fields(Terms)]
OF_PAPER = [field.name for field in fields(Paper) if field.name != "terms"]
GET = select(*(DEALS.c[name] for name in (*OF_TERMS, *OF_PAPER))).where(here(DEALS, DEALS.c.gig_id == bindparam("of")))
HOLD = GET.with_for_update(key_share=True)
PAID = of("gig_id", PAYMENTS, select(*columns_of(PaymentRow, Payment)))
PAY = insert(PAYMENTS).returning(PAYMENTS.c.id)
BACK = update(PAYMENTS).where(here(PAYMENTS, PAYMENTS.c.gig_id == bindparam("of"), PAYMENTS.c.back_at.is_(None)))
NO_TERMS = {
    "kind": None,
    "cents": 0,
    "currency": "",
    "share": None,
    "withheld": None,
    "deposit": 0,
    "deposit_due": None,
}


def _open(insert_into: Any) -> Any:
    return insert_into(DEALS).on_conflict_do_nothing(index_elements=["workspace_id", "gig_id"])


def _keep(insert_into: Any) -> Any:
    new = insert_into(DEALS)
    said = {name: new.excluded[name] for name in (*OF_TERMS, *OF_PAPER)}
    return new.on_conflict_do_update(index_elements=["workspace_id", "gig_id"], set_=said)


OPEN, KEEP = Either(_open), Either(_keep)


class Deals:
    """The paper of one workspace's gigs."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def of_gig(self, gig_id: int) -> Paper:
        """What is written of a gig; an empty paper where nothing is."""
        return _paper(self._pen.row(GET, of=gig_id))

    def hold(self, gig_id: int) -> Paper:
        """As `of_gig`, and nobody else changes it until the end of this transaction."""
        if not self._pen.shares:
            return self.of_gig(gig_id)
        self._pen.add_each(OPEN, [_row(gig_id, Paper())])
        return _paper(self._pen.row(HOLD, of=gig_id))

    def keep(self, gig_id: int, paper: Paper) -> None:
        """The paper is so from now on."""
        self._pen.add_each(KEEP, [_row(gig_id, paper)])

    def payments(self, gig_id: int) -> list[Payment]:
        """What came in, the oldest first; what was taken back too."""
        return [Payment(*row) for row in self._pen.rows(PAID, owner=gig_id)]

    def pay(self, gig_id: int, cents: int, currency: str, reference: str, by: str, now: datetime) -> None:
        """So much came in, in hundredths of its currency."""
        money = {"gig_id": gig_id, "cents": cents, "currency": currency, "reference": reference}
        self._pen.add(PAY, **money, by=by, at=now, back_at=None)

    def take_back(self, gig_id: int, now: datetime) -> int:
        """What came in was noted by mistake; gives how many payments that were."""
        return self._pen.change(BACK, of=gig_id, back_at=now)


def _paper(row: Any) -> Paper:
    if row is None:
        return Paper()
    terms = Terms(*(getattr(row, name) for name in OF_TERMS)) if row.kind is not None else None
    return Paper(terms, *(getattr(row, name) for name in OF_PAPER))


def _row(gig_id: int, paper: Paper) -> dict[str, Any]:
    terms = asdict(paper.terms) if paper.terms else NO_TERMS
    return {"gig_id": gig_id, **terms, **{name: getattr(paper, name) for name in OF_PAPER}}
