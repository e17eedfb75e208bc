"""Lists of every kind of show: what a gig's list is made by, evidence, answers to conditions, a tour's own lines.

Written out in full, like every migration.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005_lists"
down_revision = "0004_crew"
branch_labels = None
depends_on = None

LONG_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC_TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
LETTERS = (
    "card overview ask ask_again ask_dm silent_list declined day_sheet on_your_way not_here no_show doors curfew "
    "load_out times moved cancelled called_off drop digest held missed invite_me failed welcome reaction "
    "did_it_arrive selftest offer filled unfilled handover boss late shifted hours question answer seen_ask unseen"
)
NEW_LETTERS = f"{LETTERS} weekly doors_open rental"
CUES = (
    "card ask_again ask_dm silent_list day_sheet check_in on_your_way not_here no_show doors_60 doors_30 doors_10 "
    "curfew_15 load_out show_day played recheck upkeep digest held declined offer handover hours seen_ask unseen "
    "confirm_now"
)
NEW_CUES = f"{CUES} weekly off_hire"
AREAS = "deal_legal venue equipment crew travel money schedule promo_guest"
EVIDENCE = "doc ack num name tick pay photo"
SEVERITIES = "stopper critical normal"
SHOW_TYPES = "club theatre arena festival_slot fly_date recording_session"
NOT_THE_LEADS = ("ds.power_on", "ds.rig_ok", "ds.medics_in", "ds.exits", "lg.work_permits", "lo.driver_fit")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # Tables are copied; the references to them hold again when the transaction ends.
        op.execute("PRAGMA defer_foreign_keys = ON")
    _widen("deliveries", "letter", "letter", LETTERS, NEW_LETTERS)
    _widen("loops", "what", "letter", LETTERS, NEW_LETTERS)
    _widen("cues", "kind", "cuekind", CUES, NEW_CUES)
    _gigs()
    _items()
    _answers()
    _own_items()


def _widen(table: str, column: str, name: str, words: str, more: str) -> None:
    with op.batch_alter_table(table) as wider:
        wider.alter_column(column, existing_type=_words(words, name), type_=_words(more, name))


def _words(words: str, name: str) -> sa.Enum:
    return sa.Enum(*words.split(), name=name, native_enum=False, create_constraint=True, length=24)


def _flag(name: str, usual: str = "0") -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=usual)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _gigs() -> None:
    with op.batch_alter_table("gigs") as gigs:
        gigs.add_column(sa.Column("show_type", _words(SHOW_TYPES, "showtype")))
        gigs.add_column(sa.Column("profile", _words("lite wider", "profile"), nullable=False, server_default="lite"))
        gigs.add_column(_flag("away", "1"))
        gigs.add_column(_flag("headline", "1"))
        gigs.add_column(sa.Column("more", sa.JSON(), nullable=False, server_default="{}"))
        gigs.add_column(sa.Column("doors_open_at", UTC_TIME))


def _items() -> None:
    with op.batch_alter_table("items") as items:
        items.alter_column("due_at", existing_type=UTC_TIME, nullable=True)
        items.add_column(_flag("waive_ep"))
        items.add_column(sa.Column("applies", sa.String(32), nullable=False, server_default=""))
        items.add_column(_flag("undecided"))
        items.add_column(_text("why"))
        items.add_column(_text("proof"))
        items.add_column(_flag("touched"))
        items.add_column(_flag("own"))
        items.add_column(sa.Column("added_at", UTC_TIME))
        items.drop_index("ix_items_workspace_id_gig_id")
        items.create_unique_constraint("uq_items_workspace_id_gig_id_key", ["workspace_id", "gig_id", "key"])
    kept = sa.table("items", *(sa.column(name) for name in ("key", "waive_ep", "touched", "state", "closed_by")))
    op.execute(kept.update().where(kept.c.key.in_(NOT_THE_LEADS)).values(waive_ep=sa.true()))
    by_hand = (kept.c.state != "open") & (kept.c.closed_by != "itself")
    op.execute(kept.update().where(by_hand).values(touched=sa.true()))


def _numbered(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", LONG_INTEGER, nullable=False),
        sa.Column("workspace_id", LONG_INTEGER, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id"),
    ]


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column], [f"{other}.workspace_id", f"{other}.id"], name=f"fk_{table}_workspace_id_{column}"
    )


def _answers() -> None:
    op.create_table(
        "answers",
        *_numbered("answers"),
        sa.Column("tour_id", LONG_INTEGER, nullable=False),
        sa.Column("gig_id", LONG_INTEGER),
        sa.Column("condition", sa.String(32), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", UTC_TIME, nullable=False),
        _of("answers", "tour_id", "tours"),
        _of("answers", "gig_id", "gigs"),
    )
    op.create_index("ix_answers_workspace_id_tour_id_gig_id", "answers", ["workspace_id", "tour_id", "gig_id"])


def _own_items() -> None:
    op.create_table(
        "own_items",
        *_numbered("own_items"),
        sa.Column("tour_id", LONG_INTEGER, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("area", _words(AREAS, "area"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("due", sa.String(32), nullable=False),
        sa.Column("evidence", _words(EVIDENCE, "evidence"), nullable=False),
        sa.Column("severity", _words(SEVERITIES, "severity"), nullable=False),
        sa.Column("lite", sa.Boolean(), nullable=False),
        sa.Column("waive_ep", sa.Boolean(), nullable=False),
        sa.Column("applies", sa.String(32), nullable=False),
        _of("own_items", "tour_id", "tours"),
        sa.UniqueConstraint("workspace_id", "tour_id", "key", name="uq_own_items_workspace_id_tour_id_key"),
    )
