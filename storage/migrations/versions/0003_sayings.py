"""What was said about each call and when, so that the order in which it came does not count; and how far we know.

Written out in full, like every migration.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_sayings"
down_revision = "0002_proof"
branch_labels = None
depends_on = None

LONG_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC_TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
MEANINGS = "confirm decline late arrived question maybe unrelated"
WAYS = "button words reaction lead"


def upgrade() -> None:
    op.add_column("calls", sa.Column("heard_at", UTC_TIME))
    op.create_table(
        "sayings",
        sa.Column("id", LONG_INTEGER, nullable=False),
        sa.Column("workspace_id", LONG_INTEGER, nullable=False),
        sa.Column("gig_id", LONG_INTEGER, nullable=False),
        sa.Column("call_id", LONG_INTEGER, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", UTC_TIME, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("meaning", _words(MEANINGS, "meaning"), nullable=False),
        sa.Column("by", _words(WAYS, "answeredby"), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("late_unknown", sa.Boolean(), nullable=False),
        sa.Column("edits", sa.Boolean(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sayings"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_sayings_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "gig_id"], ["gigs.workspace_id", "gigs.id"], name="fk_sayings_workspace_id_gig_id"
        ),
        sa.UniqueConstraint(
            "workspace_id", "call_id", "version", "key", name="uq_sayings_workspace_id_call_id_version_key"
        ),
    )
    op.create_table(
        "sweeps",
        sa.Column("workspace_id", LONG_INTEGER, nullable=False),
        sa.Column("gig_id", LONG_INTEGER, nullable=False),
        sa.Column("until", UTC_TIME, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", "gig_id", name="pk_sweeps"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_sweeps_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "gig_id"], ["gigs.workspace_id", "gigs.id"], name="fk_sweeps_workspace_id_gig_id"
        ),
    )


def _words(words: str, name: str) -> sa.Enum:
    return sa.Enum(*words.split(), name=name, native_enum=False, create_constraint=True, length=24)
