"""The tables of a gig's paper: the deal with its contract, and what came in. Private to storage."""

import datetime as dt

from sqlalchemy import BigInteger, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from checklists.deal import DealKind
from storage.tables import LONG_INTEGER, Base, Numbered, same_workspace


class DealRow(Numbered, Base):
    """The paper of a gig, as `checklists.deal` keeps it; without a `kind` no terms are typed."""

    __tablename__ = "deals"
    __table_args__ = (same_workspace("gig_id", "gigs"), UniqueConstraint("workspace_id", "gig_id"))
    gig_id: Mapped[int] = mapped_column(LONG_INTEGER)
    kind: Mapped[DealKind | None]
    cents: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    share: Mapped[int | None]
    withheld: Mapped[int | None]
    deposit: Mapped[int] = mapped_column(BigInteger)
    deposit_due: Mapped[dt.date | None]
    typed_by: Mapped[str] = mapped_column(String(32))
    checked_by: Mapped[str] = mapped_column(String(32))
    sent_to: Mapped[str] = mapped_column(Text)
    ours: Mapped[str] = mapped_column(Text)
    theirs: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)
    waived: Mapped[str] = mapped_column(Text)
    terms_note: Mapped[str] = mapped_column(Text)
    contract_note: Mapped[str] = mapped_column(Text)
    deposit_note: Mapped[str] = mapped_column(Text)


class PaymentRow(Numbered, Base):
    """Money that came in for a gig's deposit; with `back_at` it was noted by mistake."""

    __tablename__ = "payments"
    __table_args__ = (same_workspace("gig_id", "gigs"), Index(None, "workspace_id", "gig_id"))
    gig_id: Mapped[int] = mapped_column(LONG_INTEGER)
    cents: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    reference: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[dt.datetime]
    back_at: Mapped[dt.datetime | None]
