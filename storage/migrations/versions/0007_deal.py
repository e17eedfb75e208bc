"""Deals with their contracts and deposits, and what came in.

Written out in full, like every migration.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007_deal"
down_revision = "0006_kit"
branch_labels = None
depends_on = None

LONG_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC_TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
DEAL_KINDS = "flat versus_net versus_gross plus door bonus"


def upgrade() -> None:
    op.create_table(
        "deals",
        *_of_gig("deals"),
        sa.Column("kind", sa.Enum(*DEAL_KINDS.split(), name="dealkind", **_CHECKED)),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("share", sa.Integer()),
        sa.Column("withheld", sa.Integer()),
        sa.Column("deposit", sa.BigInteger(), nullable=False),
        sa.Column("deposit_due", sa.Date()),
        sa.Column("typed_by", sa.String(32), nullable=False),
        sa.Column("checked_by", sa.String(32), nullable=False),
        *_text("sent_to", "ours", "theirs", "document", "waived", "terms_note", "contract_note", "deposit_note"),
        sa.UniqueConstraint("workspace_id", "gig_id", name="uq_deals_workspace_id_gig_id"),
    )
    op.create_table(
        "payments",
        *_of_gig("payments"),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        *_text("reference"),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("at", UTC_TIME, nullable=False),
        sa.Column("back_at", UTC_TIME),
    )
    op.create_index("ix_payments_workspace_id_gig_id", "payments", ["workspace_id", "gig_id"])


_CHECKED = {"native_enum": False, "create_constraint": True, "length": 24}


def _of_gig(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", LONG_INTEGER, nullable=False),
        sa.Column("workspace_id", LONG_INTEGER, nullable=False),
        sa.Column("gig_id", LONG_INTEGER, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "gig_id"], ["gigs.workspace_id", "gigs.id"], name=f"fk_{table}_workspace_id_gig_id"
        ),
    ]


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
