"""The tables of what is said, heard and known: deliveries, people, inbox, journal, questions, drops.

Private to storage.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Index, String, Table, Text, UniqueConstraint, event, false
from sqlalchemy.orm import Mapped, mapped_column

from checklists.crew import AnsweredBy
from checklists.letters import Letter
from checklists.replies import Meaning
from storage.deliveries import DeliveryState, Op, Room
from storage.tables import LONG_INTEGER, Base, Numbered, only_where, same_workspace, table, workspace_key


class DeliveryRow(Numbered, Base):
    """What must be said. `key` is empty for refreshes, of which one waits per message.

    `tries` counts the claims and so is the fence of each. `look_since`: it may be in Slack from then on, and is
    looked for before it is sent. `look_at` is when it is looked for next. `repeat`: its first copy was not proven.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        same_workspace("gig_id", "gigs"),
        same_workspace("tour_id", "tours"),
        same_workspace("of_id", "deliveries"),
        UniqueConstraint("workspace_id", "id"),
        only_where("uq_deliveries_key", "key <> ''", "workspace_id", "key", unique=True),
        only_where(
            "uq_deliveries_refresh", "state = 'pending' AND op = 'update'", "workspace_id", "of_id", unique=True
        ),
        only_where("ix_deliveries_pending", "state = 'pending'", "workspace_id", "id"),
        only_where("ix_deliveries_sending", "state = 'sending'", "workspace_id", "id"),
        only_where(
            "ix_deliveries_unseen",
            "state = 'sent' AND op = 'post' AND look_at IS NULL",
            "workspace_id",
            "sent_at",
        ),
        only_where("ix_deliveries_posts", "op = 'post'", "workspace_id", "gig_id"),
        only_where("ix_deliveries_looks", "look_at IS NOT NULL", "workspace_id", "look_at"),
        Index(None, "workspace_id", "gig_id", "letter"),
        Index(None, "workspace_id", "channel", "ts"),
        Index(None, "workspace_id", "of_id"),
    )
    letter: Mapped[Letter]
    op: Mapped[Op]
    room: Mapped[Room]
    tour_id: Mapped[int | None] = mapped_column(LONG_INTEGER)
    gig_id: Mapped[int | None] = mapped_column(LONG_INTEGER)
    person: Mapped[str] = mapped_column(String(32))
    subject: Mapped[dict[str, Any]]
    key: Mapped[str] = mapped_column(Text)
    not_before: Mapped[datetime]
    expires: Mapped[datetime | None]
    state: Mapped[DeliveryState]
    channel: Mapped[str] = mapped_column(String(32))
    thread_ts: Mapped[str] = mapped_column(String(32))
    ts: Mapped[str] = mapped_column(String(32))
    of_id: Mapped[int | None] = mapped_column(LONG_INTEGER)
    body: Mapped[str] = mapped_column(Text)
    body_hash: Mapped[str] = mapped_column(String(64))
    tries: Mapped[int]
    error: Mapped[str] = mapped_column(Text)
    boot: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    look_since: Mapped[datetime | None]
    first_tried_at: Mapped[datetime | None]
    tried_at: Mapped[datetime | None]
    look_at: Mapped[datetime | None]
    looks: Mapped[int] = mapped_column(server_default="0")
    repeat: Mapped[bool] = mapped_column(server_default=false())


class AttemptRow(Numbered, Base):
    """One try to say a delivery, and what Slack answered. `fence` is the number of the claim."""

    __tablename__ = "attempts"
    __table_args__ = (
        same_workspace("delivery_id", "deliveries"),
        UniqueConstraint("workspace_id", "delivery_id", "fence"),
    )
    delivery_id: Mapped[int] = mapped_column(LONG_INTEGER)
    fence: Mapped[int]
    boot: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(24))
    error: Mapped[str] = mapped_column(Text)
    ts: Mapped[str] = mapped_column(String(32))


class SenderRow(Base):
    """Who sends for a workspace now: `boot` names one run of the program, `born` when its process began,
    `backend` its connection that holds the lock, and `beat` counts on while it lives."""

    __tablename__ = "senders"
    workspace_id: Mapped[int] = workspace_key()
    boot: Mapped[str] = mapped_column(String(64))
    host: Mapped[str] = mapped_column(Text)
    pid: Mapped[int]
    born: Mapped[str] = mapped_column(String(32))
    backend: Mapped[int]
    beat: Mapped[int]
    beat_at: Mapped[datetime]


class PersonRow(Base):
    """Who somebody is; `tries` counts the look-ups that failed."""

    __tablename__ = "people"
    __table_args__ = (only_where("ix_people_unmet", "NOT is_known", "workspace_id", "tries"),)
    workspace_id: Mapped[int] = workspace_key()
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    zone: Mapped[str] = mapped_column(String(64))
    is_known: Mapped[bool]
    is_guest: Mapped[bool]
    is_outsider: Mapped[bool]
    dm_channel: Mapped[str] = mapped_column(String(32))
    tries: Mapped[int]
    met_at: Mapped[datetime | None]
    missed_at: Mapped[datetime | None]


class InboxRow(Base):
    """What came in, by the key of its envelope, and what was answered."""

    __tablename__ = "inbox"
    workspace_id: Mapped[int] = workspace_key()
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    reply: Mapped[str] = mapped_column(Text)
    came_at: Mapped[datetime]


class SayingRow(Numbered, Base):
    """What was said about a call, in that version of it, and when it was said in Slack."""

    __tablename__ = "sayings"
    __table_args__ = (
        same_workspace("gig_id", "gigs"),
        UniqueConstraint("workspace_id", "call_id", "version", "key"),
    )
    gig_id: Mapped[int] = mapped_column(LONG_INTEGER)
    call_id: Mapped[int] = mapped_column(LONG_INTEGER)
    version: Mapped[int]
    at: Mapped[datetime]
    key: Mapped[str] = mapped_column(Text)
    meaning: Mapped[Meaning]
    by: Mapped[AnsweredBy]
    ref: Mapped[str] = mapped_column(Text)
    late: Mapped[int]
    late_unknown: Mapped[bool]
    edits: Mapped[bool]
    gone: Mapped[bool]
    name: Mapped[str] = mapped_column(Text)


class SweepRow(Base):
    """Until when everything that was said about a gig is known, however it was heard."""

    __tablename__ = "sweeps"
    __table_args__ = (same_workspace("gig_id", "gigs"),)
    workspace_id: Mapped[int] = workspace_key()
    gig_id: Mapped[int] = mapped_column(LONG_INTEGER, primary_key=True)
    until: Mapped[datetime]


class JournalRow(Numbered, Base):
    """What happened. Rows are only ever added: triggers refuse the rest."""

    __tablename__ = "journal"
    __table_args__ = (
        same_workspace("gig_id", "gigs"),
        same_workspace("tour_id", "tours"),
        Index(None, "workspace_id", "gig_id"),
    )
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    tour_id: Mapped[int | None] = mapped_column(LONG_INTEGER)
    gig_id: Mapped[int | None] = mapped_column(LONG_INTEGER)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)


@event.listens_for(table(JournalRow), "after_create")
def _keep_journal(_: Table, connection: Connection, **__: Any) -> None:
    """As the first migration does on either engine; only a SQLite store is laid out as declared."""
    if connection.dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER journal_no_{deed.lower()} BEFORE {deed} ON journal "
                "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
            )


class QuestionRow(Numbered, Base):
    """What somebody was asked privately before his request went on."""

    __tablename__ = "questions"
    __table_args__ = (Index(None, "workspace_id", "person"),)
    person: Mapped[str] = mapped_column(String(32))
    verb: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(String(32))
    choices: Mapped[dict[str, Any]]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class DropRow(Base):
    """A file that somebody dropped in a channel."""

    __tablename__ = "drops"
    __table_args__ = (Index(None, "workspace_id", "channel", "person"),)
    workspace_id: Mapped[int] = workspace_key()
    file_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(32))
    person: Mapped[str] = mapped_column(String(32))
    dropped_at: Mapped[datetime]
    used: Mapped[bool]
