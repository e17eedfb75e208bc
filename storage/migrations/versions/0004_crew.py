"""Who is needed, who stands in, and what a gig's crew is told; calls of several kinds, with hours and a last answer.

Written out in full, like every migration.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004_crew"
down_revision = "0003_sayings"
branch_labels = None
depends_on = None

LONG_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC_TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
LETTERS = (
    "card overview ask ask_again ask_dm silent_list declined day_sheet on_your_way not_here no_show doors curfew "
    "load_out times moved cancelled called_off drop digest held missed invite_me failed welcome reaction "
    "did_it_arrive selftest"
)
NEW_LETTERS = f"{LETTERS} offer filled unfilled handover boss late shifted hours question answer seen_ask unseen"
CUES = (
    "card ask_again ask_dm silent_list day_sheet check_in on_your_way not_here no_show doors_60 doors_30 doors_10 "
    "curfew_15 load_out show_day played recheck upkeep digest held declined"
)
NEW_CUES = f"{CUES} offer handover hours seen_ask unseen confirm_now"
POSITIONS = "EP TM PM SM TA FOH MON LD BL ENG SYS RIG VID PB HAND MERCH DRIVER CATERING WARDROBE SECURITY ARTIST"
NEW_POSITIONS = f"{POSITIONS} MEDIC FX FORK SPOT CARP RUNNER"
STATES = "called confirmed declined maybe arrived no_show released called_off"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # Tables are copied; the references to them hold again when the transaction ends.
        op.execute("PRAGMA defer_foreign_keys = ON")
    _widen("deliveries", "letter", "letter", LETTERS, NEW_LETTERS)
    _widen("cues", "kind", "cuekind", CUES, NEW_CUES)
    _widen("holders", "role", "role", "EP TM PM SM TA crew", "EP TM PM SM TA deputy crew")
    op.add_column("tours", sa.Column("days_off", sa.JSON(), nullable=False, server_default="[]"))
    _calls()
    _needs()
    _standins()
    _offers()
    _loops()
    _licences()
    _facts()


def _widen(table: str, column: str, name: str, words: str, more: str) -> None:
    with op.batch_alter_table(table) as wider:
        wider.alter_column(column, existing_type=_words(words, name), type_=_words(more, name))


def _words(words: str, name: str) -> sa.Enum:
    return sa.Enum(*words.split(), name=name, native_enum=False, create_constraint=True, length=24)


def _calls() -> None:
    texts = ("place", "gate", "report_to", "meal", "ppe", "bring")
    with op.batch_alter_table("calls") as calls:
        calls.alter_column(
            "position", existing_type=_words(POSITIONS, "position"), type_=_words(NEW_POSITIONS, "position")
        )
        kinds, stages = _words("crew lobby bus stage show out", "callkind"), _words("hold confirm", "callstage")
        calls.add_column(sa.Column("kind", kinds, nullable=False, server_default="crew"))
        calls.add_column(sa.Column("stage", stages, nullable=False, server_default="confirm"))
        for name in texts:
            calls.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        calls.add_column(sa.Column("told_wall", sa.String(12)))
        calls.add_column(sa.Column("told_place", sa.Text(), nullable=False, server_default=""))
        calls.add_column(sa.Column("told_state", _words(STATES, "told_state")))
        for name in ("in_at", "out_at", "seen_at"):
            calls.add_column(sa.Column(name, UTC_TIME))
        calls.drop_constraint("uq_calls_workspace_id_gig_id_person_position", type_="unique")
        calls.create_unique_constraint(
            "uq_calls_workspace_id_gig_id_person_position_kind",
            ["workspace_id", "gig_id", "person", "position", "kind"],
        )


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


def _needs() -> None:
    op.create_table(
        "needs",
        *_numbered("needs"),
        sa.Column("gig_id", LONG_INTEGER, nullable=False),
        sa.Column("position", _words(NEW_POSITIONS, "position"), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        _of("needs", "gig_id", "gigs"),
        sa.UniqueConstraint("workspace_id", "gig_id", "position", name="uq_needs_workspace_id_gig_id_position"),
    )


def _standins() -> None:
    op.create_table(
        "standins",
        *_numbered("standins"),
        sa.Column("tour_id", LONG_INTEGER, nullable=False),
        sa.Column("gig_id", LONG_INTEGER),
        sa.Column("position", _words(NEW_POSITIONS, "position"), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        _of("standins", "tour_id", "tours"),
        _of("standins", "gig_id", "gigs"),
    )
    op.create_index("ix_standins_workspace_id_tour_id_gig_id", "standins", ["workspace_id", "tour_id", "gig_id"])


def _offers() -> None:
    op.create_table(
        "offers",
        *_numbered("offers"),
        sa.Column("gig_id", LONG_INTEGER, nullable=False),
        sa.Column("call_id", LONG_INTEGER, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", _words(NEW_POSITIONS, "position"), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("state", _words("asked taken refused filled lapsed", "offerstate"), nullable=False),
        sa.Column("asked_at", UTC_TIME, nullable=False),
        sa.Column("answered_at", UTC_TIME),
        _of("offers", "gig_id", "gigs"),
        sa.UniqueConstraint(
            "workspace_id", "call_id", "version", "person", name="uq_offers_workspace_id_call_id_version_person"
        ),
    )
    op.create_index("ix_offers_workspace_id_gig_id", "offers", ["workspace_id", "gig_id"])


def _loops() -> None:
    op.create_table(
        "loops",
        *_numbered("loops"),
        sa.Column("tour_id", LONG_INTEGER, nullable=False),
        sa.Column("gig_id", LONG_INTEGER, nullable=False),
        sa.Column("what", _words(NEW_LETTERS, "letter"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("opened_at", UTC_TIME, nullable=False),
        sa.Column("closed_at", UTC_TIME),
        sa.Column("handed_at", UTC_TIME),
        _of("loops", "tour_id", "tours"),
        _of("loops", "gig_id", "gigs"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_loops_workspace_id_key"),
    )
    still = sa.text("closed_at IS NULL")
    op.create_index("ix_loops_open", "loops", ["workspace_id", "tour_id"], sqlite_where=still, postgresql_where=still)


def _licences() -> None:
    op.create_table(
        "licences",
        *_numbered("licences"),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("expires", sa.Date(), nullable=False),
        sa.UniqueConstraint("workspace_id", "person", "kind", name="uq_licences_workspace_id_person_kind"),
    )


def _facts() -> None:
    op.create_table(
        "facts",
        *_numbered("facts"),
        sa.Column("gig_id", LONG_INTEGER, nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", UTC_TIME, nullable=False),
        _of("facts", "gig_id", "gigs"),
        sa.UniqueConstraint("workspace_id", "gig_id", "key", name="uq_facts_workspace_id_gig_id_key"),
    )
