"""The tables of the plan: tours, gigs, crew, items and cues. Private to storage.

Outside storage rows are the dataclasses of checklists and of storage. Every table but `workspaces` hangs on
one workspace, and refers to others inside it by (workspace, id), so that the database itself refuses a row
that reaches into another workspace.
"""

import datetime as dt
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from checklists.crew import AnsweredBy, CallKind, CallStage, CallState, Position, Role
from checklists.cues import CueKind, CueState
from checklists.gig import Anchor, CurfewKind, GigKind, GigState, Profile, ShowType
from checklists.items import Area, Evidence, ItemState, Severity
from checklists.walls import Wall
from storage.columns import Words
from storage.tables import LONG_INTEGER, Base, Numbered, only_where, same_workspace


class WorkspaceRow(Base):
    """`team_id` is empty for the one workspace that waits for the first team to connect.

    `restored_at`: what fell due before it may be in Slack already, said by the book that was lost.
    """

    __tablename__ = "workspaces"
    id: Mapped[int] = mapped_column(LONG_INTEGER, primary_key=True)
    team_id: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(Text)
    bot_user: Mapped[str] = mapped_column(String(32))
    gigs_made: Mapped[int]
    made_at: Mapped[dt.datetime]
    restored_at: Mapped[dt.datetime | None]


class TourRow(Numbered, Base):
    """`channel` and `lead` are empty until the tour is bound to a channel; `days_off` are ISO dates, in order."""

    __tablename__ = "tours"
    __table_args__ = (
        UniqueConstraint("workspace_id", "id"),
        only_where("uq_tours_channel", "channel <> ''", "workspace_id", "channel", unique=True),
    )
    name: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(String(32))
    lead: Mapped[str] = mapped_column(String(32))
    reachable: Mapped[bool]
    made_at: Mapped[dt.datetime]
    days_off: Mapped[tuple[str, ...]] = mapped_column(server_default="[]")


class HolderRow(Numbered, Base):
    """Who holds a role on a tour."""

    __tablename__ = "holders"
    __table_args__ = (
        same_workspace("tour_id", "tours"),
        UniqueConstraint("workspace_id", "tour_id", "person", "role"),
    )
    tour_id: Mapped[int] = mapped_column(LONG_INTEGER)
    person: Mapped[str] = mapped_column(String(32))
    role: Mapped[Role]
    made_at: Mapped[dt.datetime]


class GigRow(Numbered, Base):
    """`number` counts from 1 in its workspace; `card_channel` and `card_ts` are empty while not posted.

    `searched` holds city, name and venue as somebody types them, each behind a line break.
    """

    __tablename__ = "gigs"
    __table_args__ = (
        same_workspace("tour_id", "tours"),
        UniqueConstraint("workspace_id", "id"),
        UniqueConstraint("workspace_id", "number"),
        Index(None, "workspace_id", "tour_id", "date"),
    )
    number: Mapped[int]
    tour_id: Mapped[int] = mapped_column(LONG_INTEGER)
    name: Mapped[str] = mapped_column(Text)
    venue: Mapped[str] = mapped_column(Text)
    city: Mapped[str] = mapped_column(Text)
    searched: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(Text)
    zone: Mapped[str] = mapped_column(String(64))
    date: Mapped[dt.date]
    state: Mapped[GigState]
    kind: Mapped[GigKind]
    made_at: Mapped[dt.datetime]
    counted_from: Mapped[dt.datetime]
    given: Mapped[dict[Anchor, Wall]]
    curfew_kind: Mapped[CurfewKind]
    capacity: Mapped[int | None]
    lat: Mapped[float]
    lon: Mapped[float]
    verdict: Mapped[str] = mapped_column(String(16))
    reasons: Mapped[tuple[str, ...]]
    locked_pct: Mapped[float | None]
    on_time_pct: Mapped[float | None]
    judged_at: Mapped[dt.datetime | None]
    sheet_out_at: Mapped[dt.datetime | None]
    card_channel: Mapped[str] = mapped_column(String(32))
    card_ts: Mapped[str] = mapped_column(String(32))
    show_type: Mapped[ShowType | None]
    profile: Mapped[Profile] = mapped_column(server_default="lite")
    away: Mapped[bool] = mapped_column(server_default="1")
    headline: Mapped[bool] = mapped_column(server_default="1")
    more: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    doors_open_at: Mapped[dt.datetime | None]


class CallRow(Numbered, Base):
    """One person asked to be ready to work at a time."""

    __tablename__ = "calls"
    __table_args__ = (
        same_workspace("gig_id", "gigs"),
        UniqueConstraint("workspace_id", "gig_id", "person", "position", "kind"),
        Index(None, "workspace_id", "person", "at"),
    )
    gig_id: Mapped[int] = mapped_column(LONG_INTEGER)
    person: Mapped[str] = mapped_column(String(32))
    position: Mapped[Position]
    wall: Mapped[Wall]
    at: Mapped[dt.datetime]
    state: Mapped[CallState]
    state_at: Mapped[dt.datetime]
    late: Mapped[int]
    late_unknown: Mapped[bool]
    late_from: Mapped[dt.datetime | None]
    version: Mapped[int]
    asked_at: Mapped[dt.datetime | None]
    answered_at: Mapped[dt.datetime | None]
    answered_by: Mapped[AnsweredBy | None]
    answer_ref: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[dt.datetime | None]
    heard_at: Mapped[dt.datetime | None]
    kind: Mapped[CallKind] = mapped_column(server_default="crew")
    stage: Mapped[CallStage] = mapped_column(server_default="confirm")
    place: Mapped[str] = mapped_column(Text, server_default="")
    gate: Mapped[str] = mapped_column(Text, server_default="")
    report_to: Mapped[str] = mapped_column(Text, server_default="")
    meal: Mapped[str] = mapped_column(Text, server_default="")
    ppe: Mapped[str] = mapped_column(Text, server_default="")
    bring: Mapped[str] = mapped_column(Text, server_default="")
    told_wall: Mapped[Wall | None]
    told_place: Mapped[str] = mapped_column(Text, server_default="")
    told_state: Mapped[CallState | None] = mapped_column(Words(CallState, "told_state"))
    in_at: Mapped[dt.datetime | None]
    out_at: Mapped[dt.datetime | None]
    seen_at: Mapped[dt.datetime | None]


class ItemRow(Numbered, Base):
    """A line of a gig's checklist."""

    __tablename__ = "items"
    __table_args__ = (same_workspace("gig_id", "gigs"), UniqueConstraint("workspace_id", "gig_id", "key"))
    gig_id: Mapped[int] = mapped_column(LONG_INTEGER)
    key: Mapped[str] = mapped_column(String(64))
    area: Mapped[Area]
    text: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(32))
    due: Mapped[str] = mapped_column(String(32))
    due_at: Mapped[dt.datetime | None]
    evidence: Mapped[Evidence]
    severity: Mapped[Severity]
    state: Mapped[ItemState]
    compressed: Mapped[bool]
    closed_by: Mapped[str] = mapped_column(String(32))
    closed_at: Mapped[dt.datetime | None]
    waive_ep: Mapped[bool] = mapped_column(server_default="0")
    applies: Mapped[str] = mapped_column(String(32), server_default="")
    undecided: Mapped[bool] = mapped_column(server_default="0")
    why: Mapped[str] = mapped_column(Text, server_default="")
    proof: Mapped[str] = mapped_column(Text, server_default="")
    touched: Mapped[bool] = mapped_column(server_default="0")
    own: Mapped[bool] = mapped_column(server_default="0")
    added_at: Mapped[dt.datetime | None]


class CueRow(Numbered, Base):
    """`identity` is the gig (else the tour), kind, person, anchor and version as one text."""

    __tablename__ = "cues"
    __table_args__ = (
        same_workspace("gig_id", "gigs"),
        same_workspace("tour_id", "tours"),
        UniqueConstraint("workspace_id", "identity"),
        Index(None, "workspace_id", "gig_id"),
        only_where("ix_cues_due", "state = 'waiting'", "workspace_id", "at", "id"),
    )
    identity: Mapped[str] = mapped_column(Text)
    kind: Mapped[CueKind]
    at: Mapped[dt.datetime]
    gig_id: Mapped[int | None] = mapped_column(LONG_INTEGER)
    tour_id: Mapped[int | None] = mapped_column(LONG_INTEGER)
    person: Mapped[str] = mapped_column(String(32))
    anchor: Mapped[str] = mapped_column(String(32))
    version: Mapped[str] = mapped_column(String(64))
    state: Mapped[CueState]
    why: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[dt.datetime]
