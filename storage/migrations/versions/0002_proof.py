"""What proof of a delivery needs: when it was tried, when it is looked for, and who may send.

Written out in full, like every migration.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002_proof"
down_revision = "0001_first"
branch_labels = None
depends_on = None

LONG_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC_TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
LETTERS = (
    "card overview ask ask_again ask_dm silent_list declined day_sheet on_your_way not_here no_show doors curfew "
    "load_out times moved cancelled called_off drop digest held missed invite_me failed welcome reaction"
)
NEW_LETTERS = f"{LETTERS} did_it_arrive selftest"


def upgrade() -> None:
    op.add_column("workspaces", sa.Column("restored_at", UTC_TIME))
    for name in ("look_since", "first_tried_at", "tried_at", "look_at"):
        op.add_column("deliveries", sa.Column(name, UTC_TIME))
    op.add_column("deliveries", sa.Column("looks", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("deliveries", sa.Column("repeat", sa.Boolean(), nullable=False, server_default=sa.false()))
    _widen_letters()
    only = sa.text("look_at IS NOT NULL")
    op.create_index(
        "ix_deliveries_looks", "deliveries", ["workspace_id", "look_at"], sqlite_where=only, postgresql_where=only
    )
    unseen = sa.text("state = 'sent' AND op = 'post' AND look_at IS NULL")
    op.create_index(
        "ix_deliveries_unseen", "deliveries", ["workspace_id", "sent_at"], sqlite_where=unseen, postgresql_where=unseen
    )
    _attempts()
    _senders()


def _widen_letters() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # The table is copied; its references to itself hold again when the transaction ends.
        op.execute("PRAGMA defer_foreign_keys = ON")
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.alter_column("letter", existing_type=_letters(LETTERS), type_=_letters(NEW_LETTERS))


def _letters(words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name="letter", native_enum=False, create_constraint=True, length=24)


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", LONG_INTEGER, nullable=False),
        sa.Column("workspace_id", LONG_INTEGER, nullable=False),
        sa.Column("delivery_id", LONG_INTEGER, nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("boot", sa.String(64), nullable=False),
        sa.Column("started_at", UTC_TIME, nullable=False),
        sa.Column("ended_at", UTC_TIME),
        sa.Column("outcome", sa.String(24), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("ts", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_attempts_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "delivery_id"],
            ["deliveries.workspace_id", "deliveries.id"],
            name="fk_attempts_workspace_id_delivery_id",
        ),
        sa.UniqueConstraint("workspace_id", "delivery_id", "fence", name="uq_attempts_workspace_id_delivery_id_fence"),
    )


def _senders() -> None:
    op.create_table(
        "senders",
        sa.Column("workspace_id", LONG_INTEGER, nullable=False),
        sa.Column("boot", sa.String(64), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("born", sa.String(32), nullable=False),
        sa.Column("backend", sa.Integer(), nullable=False),
        sa.Column("beat", sa.Integer(), nullable=False),
        sa.Column("beat_at", UTC_TIME, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_senders_workspace_id"),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_senders"),
    )
