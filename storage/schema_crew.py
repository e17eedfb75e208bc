"""The tables of who is needed, who stands in, and what a gig's crew is told. Private to storage."""

import datetime as dt

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from checklists.crew import Position
from checklists.ladder import OfferState
from checklists.letters import Letter
from storage.tables import LONG_INTEGER, Base, Numbered, only_where, same_workspace


class NeedRow(Numbered, Base):
    """How many of a position a gig needs; none when the tour manager said so."""

    __tablename__ = "needs"
    __table_args__ = (same_workspace("gig_id", "gigs"), UniqueConstraint("workspace_id", "gig_id", "position"))
    gig_id: Mapped[int] = mapped_column(LONG_INTEGER)
    position: Mapped[Position]
    heads: Mapped[int]
    required: Mapped[bool]


class StandinRow(Numbered, Base):
    """Who stands in for a position, in which order; on every gig of the tour when `gig_id` is empty."""

    __tablename__ = "standins"
    __table_args__ = (
        same_workspace("tour_id", "tours"),
        same_workspace("gig_id", "gigs"),
        Index(None, "workspace_id", "tour_id", "gig_id"),
    )
    tour_id: Mapped[int] = mapped_column(LONG_INTEGER)
    gig_id: Mapped[int | None] = mapped_column(LONG_INTEGER)
    position: Mapped[Position]
    person: Mapped[str] = mapped_column(String(32))
    rank: Mapped[int]
    wave: Mapped[int]


class OfferRow(Numbered, Base):
    """One stand-in asked to take the place of a call, in that version of the call."""

    __tablename__ = "offers"
    __table_args__ = (
        same_workspace("gig_id", "gigs"),
        UniqueConstraint("workspace_id", "call_id", "version", "person"),
        Index(None, "workspace_id", "gig_id"),
    )
    gig_id: Mapped[int] = mapped_column(LONG_INTEGER)
    call_id: Mapped[int] = mapped_column(LONG_INTEGER)
    version: Mapped[int]
    position: Mapped[Position]
    person: Mapped[str] = mapped_column(String(32))
    wave: Mapped[int]
    state: Mapped[OfferState]
    asked_at: Mapped[dt.datetime]
    answered_at: Mapped[dt.datetime | None]


class LoopRow(Numbered, Base):
    """Something that waits for the tour manager's word. `handed_at`: the deputy was asked instead."""

    __tablename__ = "loops"
    __table_args__ = (
        same_workspace("tour_id", "tours"),
        same_workspace("gig_id", "gigs"),
        UniqueConstraint("workspace_id", "key"),
        only_where("ix_loops_open", "closed_at IS NULL", "workspace_id", "tour_id"),
    )
    tour_id: Mapped[int] = mapped_column(LONG_INTEGER)
    gig_id: Mapped[int] = mapped_column(LONG_INTEGER)
    what: Mapped[Letter]
    key: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[dt.datetime]
    closed_at: Mapped[dt.datetime | None]
    handed_at: Mapped[dt.datetime | None]


class LicenceRow(Numbered, Base):
    """What somebody may operate, and until when."""

    __tablename__ = "licences"
    __table_args__ = (UniqueConstraint("workspace_id", "person", "kind"),)
    person: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(32))
    expires: Mapped[dt.date]


class FactRow(Numbered, Base):
    """What crew ask for on a gig, in the tour manager's words."""

    __tablename__ = "facts"
    __table_args__ = (same_workspace("gig_id", "gigs"), UniqueConstraint("workspace_id", "gig_id", "key"))
    gig_id: Mapped[int] = mapped_column(LONG_INTEGER)
    key: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[dt.datetime]
