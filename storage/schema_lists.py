"""The tables of what makes a gig's list: answers to its conditions, and a tour's own lines. Private to storage."""

import datetime as dt

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from checklists.items import Area, Evidence, Severity
from storage.tables import LONG_INTEGER, Base, Numbered, same_workspace


class AnswerRow(Numbered, Base):
    """Whether a condition of the lists holds: on one gig, or on every gig of the tour when `gig_id` is empty."""

    __tablename__ = "answers"
    __table_args__ = (
        same_workspace("tour_id", "tours"),
        same_workspace("gig_id", "gigs"),
        Index(None, "workspace_id", "tour_id", "gig_id"),
    )
    tour_id: Mapped[int] = mapped_column(LONG_INTEGER)
    gig_id: Mapped[int | None] = mapped_column(LONG_INTEGER)
    condition: Mapped[str] = mapped_column(String(32))
    holds: Mapped[bool]
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[dt.datetime]


class OwnItemRow(Numbered, Base):
    """A tour's own version of a line, a line of its own, or (`dropped`) one that it leaves out."""

    __tablename__ = "own_items"
    __table_args__ = (same_workspace("tour_id", "tours"), UniqueConstraint("workspace_id", "tour_id", "key"))
    tour_id: Mapped[int] = mapped_column(LONG_INTEGER)
    key: Mapped[str] = mapped_column(String(64))
    dropped: Mapped[bool]
    area: Mapped[Area]
    text: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(32))
    due: Mapped[str] = mapped_column(String(32))
    evidence: Mapped[Evidence]
    severity: Mapped[Severity]
    lite: Mapped[bool]
    waive_ep: Mapped[bool]
    applies: Mapped[str] = mapped_column(String(32))
