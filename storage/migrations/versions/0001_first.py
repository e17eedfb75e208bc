"""The first schema.

Written out in full, so that it stays as it is when the program's own words change.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001_first"
down_revision = None
branch_labels = None
depends_on = None

LONG_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC_TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    _workspaces()
    _drops()
    _inbox()
    _people()
    _questions()
    _tours()
    _gigs()
    _holders()
    _calls()
    _cues()
    _deliveries()
    _delivery_indexes()
    _items()
    _journal()
    _keep_journal()


def _of_workspace(table: str) -> list[Any]:
    return [
        sa.Column("id", LONG_INTEGER, nullable=False),
        sa.Column("workspace_id", LONG_INTEGER, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id"),
    ]


def _inside(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    """A reference that cannot leave the workspace."""
    there = [f"{other}.workspace_id", f"{other}.id"]
    return sa.ForeignKeyConstraint(["workspace_id", column], there, name=f"fk_{table}_workspace_id_{column}")


def _words(column: str, kind: str, words: str, nullable: bool = False) -> sa.Column[str]:
    allowed = sa.Enum(*words.split(), name=kind, native_enum=False, create_constraint=True, length=24)
    return sa.Column(column, allowed, nullable=nullable)


def _index(name: str, table: str, *columns: str, where: str = "", unique: bool = False) -> None:
    only = sa.text(where) if where else None
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=only, postgresql_where=only)


def _workspaces() -> None:
    op.create_table(
        "workspaces",
        sa.Column("id", LONG_INTEGER, nullable=False),
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("bot_user", sa.String(32), nullable=False),
        sa.Column("gigs_made", sa.Integer(), nullable=False),
        sa.Column("made_at", UTC_TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workspaces"),
        sa.UniqueConstraint("team_id", name="uq_workspaces_team_id"),
    )


def _drops() -> None:
    op.create_table(
        "drops",
        sa.Column("workspace_id", LONG_INTEGER, nullable=False),
        sa.Column("file_id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("dropped_at", UTC_TIME, nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_drops_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "file_id", name="pk_drops"),
    )
    _index("ix_drops_workspace_id_channel_person", "drops", "workspace_id", "channel", "person")


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("workspace_id", LONG_INTEGER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("came_at", UTC_TIME, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_inbox_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "key", name="pk_inbox"),
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("workspace_id", LONG_INTEGER, nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("is_known", sa.Boolean(), nullable=False),
        sa.Column("is_guest", sa.Boolean(), nullable=False),
        sa.Column("is_outsider", sa.Boolean(), nullable=False),
        sa.Column("dm_channel", sa.String(32), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("met_at", UTC_TIME),
        sa.Column("missed_at", UTC_TIME),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_people_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_people"),
    )
    _index("ix_people_unmet", "people", "workspace_id", "tries", where="NOT is_known")


def _questions() -> None:
    op.create_table(
        "questions",
        *_of_workspace("questions"),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("asked_at", UTC_TIME, nullable=False),
        sa.Column("answered_at", UTC_TIME),
    )
    _index("ix_questions_workspace_id_person", "questions", "workspace_id", "person")


def _tours() -> None:
    op.create_table(
        "tours",
        *_of_workspace("tours"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("lead", sa.String(32), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("made_at", UTC_TIME, nullable=False),
        sa.UniqueConstraint("workspace_id", "id", name="uq_tours_workspace_id_id"),
    )
    _index("uq_tours_channel", "tours", "workspace_id", "channel", where="channel <> ''", unique=True)


def _gigs() -> None:
    op.create_table(
        "gigs",
        *_of_workspace("gigs"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("tour_id", LONG_INTEGER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("venue", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("searched", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        _words(
            "state",
            "gigstate",
            "avail hold offer confirmed advancing advanced show_day played settled closed released passed cancelled postponed",
        ),
        _words("kind", "gigkind", "show festival support session rehearsal promo travel day_off"),
        sa.Column("made_at", UTC_TIME, nullable=False),
        sa.Column("counted_from", UTC_TIME, nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        _words("curfew_kind", "curfewkind", "soft hard"),
        sa.Column("capacity", sa.Integer()),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("locked_pct", sa.Double()),
        sa.Column("on_time_pct", sa.Double()),
        sa.Column("judged_at", UTC_TIME),
        sa.Column("sheet_out_at", UTC_TIME),
        sa.Column("card_channel", sa.String(32), nullable=False),
        sa.Column("card_ts", sa.String(32), nullable=False),
        _inside("gigs", "tour_id", "tours"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_gigs_workspace_id_id"),
        sa.UniqueConstraint("workspace_id", "number", name="uq_gigs_workspace_id_number"),
    )
    _index("ix_gigs_workspace_id_tour_id_date", "gigs", "workspace_id", "tour_id", "date")


def _holders() -> None:
    op.create_table(
        "holders",
        *_of_workspace("holders"),
        sa.Column("tour_id", LONG_INTEGER, nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        _words("role", "role", "EP TM PM SM TA crew"),
        sa.Column("made_at", UTC_TIME, nullable=False),
        _inside("holders", "tour_id", "tours"),
        sa.UniqueConstraint(
            "workspace_id", "tour_id", "person", "role", name="uq_holders_workspace_id_tour_id_person_role"
        ),
    )


def _calls() -> None:
    op.create_table(
        "calls",
        *_of_workspace("calls"),
        sa.Column("gig_id", LONG_INTEGER, nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        _words(
            "position",
            "position",
            "EP TM PM SM TA FOH MON LD BL ENG SYS RIG VID PB HAND MERCH DRIVER CATERING WARDROBE SECURITY ARTIST",
        ),
        sa.Column("wall", sa.String(12), nullable=False),
        sa.Column("at", UTC_TIME, nullable=False),
        _words("state", "callstate", "called confirmed declined maybe arrived no_show released called_off"),
        sa.Column("state_at", UTC_TIME, nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("late_unknown", sa.Boolean(), nullable=False),
        sa.Column("late_from", UTC_TIME),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked_at", UTC_TIME),
        sa.Column("answered_at", UTC_TIME),
        _words("answered_by", "answeredby", "button words reaction lead", nullable=True),
        sa.Column("answer_ref", sa.Text(), nullable=False),
        sa.Column("changed_at", UTC_TIME),
        _inside("calls", "gig_id", "gigs"),
        sa.UniqueConstraint(
            "workspace_id", "gig_id", "person", "position", name="uq_calls_workspace_id_gig_id_person_position"
        ),
    )
    _index("ix_calls_workspace_id_person_at", "calls", "workspace_id", "person", "at")


def _cues() -> None:
    op.create_table(
        "cues",
        *_of_workspace("cues"),
        sa.Column("identity", sa.Text(), nullable=False),
        _words(
            "kind",
            "cuekind",
            "card ask_again ask_dm silent_list day_sheet check_in on_your_way not_here no_show doors_60 doors_30 doors_10 curfew_15 load_out show_day played recheck upkeep digest held declined",
        ),
        sa.Column("at", UTC_TIME, nullable=False),
        sa.Column("gig_id", LONG_INTEGER),
        sa.Column("tour_id", LONG_INTEGER),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("anchor", sa.String(32), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        _words("state", "cuestate", "waiting gone cut missed"),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("changed_at", UTC_TIME, nullable=False),
        _inside("cues", "gig_id", "gigs"),
        _inside("cues", "tour_id", "tours"),
        sa.UniqueConstraint("workspace_id", "identity", name="uq_cues_workspace_id_identity"),
    )
    _index("ix_cues_due", "cues", "workspace_id", "at", "id", where="state = 'waiting'")
    _index("ix_cues_workspace_id_gig_id", "cues", "workspace_id", "gig_id")


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        *_of_workspace("deliveries"),
        _words(
            "letter",
            "letter",
            "card overview ask ask_again ask_dm silent_list declined day_sheet on_your_way not_here no_show doors curfew load_out times moved cancelled called_off drop digest held missed invite_me failed welcome reaction",
        ),
        _words("op", "op", "post update react"),
        _words("room", "room", "channel thread dm"),
        sa.Column("tour_id", LONG_INTEGER),
        sa.Column("gig_id", LONG_INTEGER),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("not_before", UTC_TIME, nullable=False),
        sa.Column("expires", UTC_TIME),
        _words("state", "deliverystate", "pending sending sent verified unknown failed expired asked"),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("thread_ts", sa.String(32), nullable=False),
        sa.Column("ts", sa.String(32), nullable=False),
        sa.Column("of_id", LONG_INTEGER),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("boot", sa.String(64), nullable=False),
        sa.Column("made_at", UTC_TIME, nullable=False),
        sa.Column("sent_at", UTC_TIME),
        sa.Column("changed_at", UTC_TIME, nullable=False),
        _inside("deliveries", "gig_id", "gigs"),
        _inside("deliveries", "of_id", "deliveries"),
        _inside("deliveries", "tour_id", "tours"),
        sa.UniqueConstraint("workspace_id", "id", name="uq_deliveries_workspace_id_id"),
    )


def _delivery_indexes() -> None:
    _index("ix_deliveries_pending", "deliveries", "workspace_id", "id", where="state = 'pending'")
    _index("ix_deliveries_sending", "deliveries", "workspace_id", "id", where="state = 'sending'")
    _index("ix_deliveries_workspace_id_channel_ts", "deliveries", "workspace_id", "channel", "ts")
    _index("ix_deliveries_posts", "deliveries", "workspace_id", "gig_id", where="op = 'post'")
    _index("ix_deliveries_workspace_id_gig_id_letter", "deliveries", "workspace_id", "gig_id", "letter")
    _index("ix_deliveries_workspace_id_of_id", "deliveries", "workspace_id", "of_id")
    _index("uq_deliveries_key", "deliveries", "workspace_id", "key", where="key <> ''", unique=True)
    _index(
        "uq_deliveries_refresh",
        "deliveries",
        "workspace_id",
        "of_id",
        where="state = 'pending' AND op = 'update'",
        unique=True,
    )


def _items() -> None:
    op.create_table(
        "items",
        *_of_workspace("items"),
        sa.Column("gig_id", LONG_INTEGER, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        _words("area", "area", "deal_legal venue equipment crew travel money schedule promo_guest"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("due", sa.String(32), nullable=False),
        sa.Column("due_at", UTC_TIME, nullable=False),
        _words("evidence", "evidence", "doc ack num name tick pay photo"),
        _words("severity", "severity", "stopper critical normal"),
        _words("state", "itemstate", "open sent done waived n/a problem"),
        sa.Column("compressed", sa.Boolean(), nullable=False),
        sa.Column("closed_by", sa.String(32), nullable=False),
        sa.Column("closed_at", UTC_TIME),
        _inside("items", "gig_id", "gigs"),
    )
    _index("ix_items_workspace_id_gig_id", "items", "workspace_id", "gig_id")


def _journal() -> None:
    op.create_table(
        "journal",
        *_of_workspace("journal"),
        sa.Column("at", UTC_TIME, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("tour_id", LONG_INTEGER),
        sa.Column("gig_id", LONG_INTEGER),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        _inside("journal", "gig_id", "gigs"),
        _inside("journal", "tour_id", "tours"),
    )
    _index("ix_journal_workspace_id_gig_id", "journal", "workspace_id", "gig_id")


def _keep_journal() -> None:
    """The journal only grows: the database refuses to change or drop a line."""
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER journal_no_{deed.lower()} BEFORE {deed} ON journal "
                "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER journal_grows_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_journal_change()"
    )
