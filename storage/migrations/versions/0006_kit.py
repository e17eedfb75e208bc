"""Equipment: riders, stock, what houses hold, what promoters provide, rentals, case counts.

Written out in full, like every migration.
"""

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = "0006_kit"
down_revision = "0005_lists"
branch_labels = None
depends_on = None

LONG_INTEGER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC_TIME = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
RENTAL_STATES = "requested approved ordered delivered returned refused cancelled"


def upgrade() -> None:
    _rider()
    _stock()
    _given()
    _rentals()
    _houses()
    _house_needs()


def _words(words: str, name: str) -> sa.Enum:
    return sa.Enum(*words.split(), name=name, native_enum=False, create_constraint=True, length=24)


def _numbered(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("id", LONG_INTEGER, nullable=False),
        sa.Column("workspace_id", LONG_INTEGER, nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=f"fk_{table}_workspace_id"),
    ]


def _of(table: str, owner: str) -> list[sa.schema.SchemaItem]:
    """A row of a tour, a gig or a house."""
    column = f"{owner.removesuffix('s')}_id"
    return [
        *_numbered(table),
        sa.Column(column, LONG_INTEGER, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", column],
            [f"{owner}.workspace_id", f"{owner}.id"],
            name=f"fk_{table}_workspace_id_{column}",
        ),
    ]


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _number(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _short(name: str, length: int = 32) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _at(name: str) -> sa.Column[dt.datetime]:
    return sa.Column(name, UTC_TIME, nullable=False)


def _once(table: str, *columns: str) -> sa.UniqueConstraint:
    every = ("workspace_id", *columns)
    return sa.UniqueConstraint(*every, name=f"uq_{table}_{'_'.join(every)}")


def _rider() -> None:
    op.create_table(
        "rider_lines",
        *_of("rider_lines", "tours"),
        *_text("key", "name"),
        *_number("count"),
        sa.Column("must", sa.Boolean(), nullable=False),
        sa.Column("subs", sa.JSON(), nullable=False),
        _short("by"),
        _once("rider_lines", "tour_id", "key"),
    )


def _stock() -> None:
    op.create_table(
        "stock",
        *_of("stock", "tours"),
        *_text("key", "name"),
        *_number("count", "cases", "in_repair"),
        _once("stock", "tour_id", "key"),
    )
    op.create_table(
        "stock_shares",
        *_of("stock_shares", "gigs"),
        *_text("key"),
        *_number("count"),
        _once("stock_shares", "gig_id", "key"),
    )


def _given() -> None:
    op.create_table(
        "promised",
        *_of("promised", "gigs"),
        *_text("key", "name"),
        *_number("count"),
        *_text("stands_for"),
        _short("by"),
        _at("at"),
        _once("promised", "gig_id", "key"),
    )
    op.create_table(
        "accepted",
        *_of("accepted", "gigs"),
        *_text("line", "sub"),
        _short("by"),
        _once("accepted", "gig_id", "line", "sub"),
    )
    op.create_table(
        "case_counts",
        *_of("case_counts", "gigs"),
        sa.Column("way", _words("in out", "way"), nullable=False),
        *_number("count"),
        _short("by"),
        _at("at"),
        _once("case_counts", "gig_id", "way"),
    )


def _rentals() -> None:
    op.create_table(
        "rentals",
        *_of("rentals", "gigs"),
        *_text("line", "name"),
        *_number("count"),
        *_text("supplier"),
        *_number("days"),
        sa.Column("cents", sa.BigInteger()),
        _short("currency", 3),
        sa.Column("state", _words(RENTAL_STATES, "rentalstate"), nullable=False),
        *_text("order_number"),
        _short("asked_by"),
        _at("asked_at"),
        _short("settled_by"),
    )
    op.create_index("ix_rentals_workspace_id_gig_id", "rentals", ["workspace_id", "gig_id"])


def _houses() -> None:
    op.create_table(
        "houses",
        *_numbered("houses"),
        *_text("key", "venue", "city"),
        _short("country", 2),
        _once("houses", "id"),
        _once("houses", "key"),
    )
    op.create_table(
        "house_kit",
        *_of("house_kit", "houses"),
        *_text("key", "name"),
        *_number("count"),
        *_text("stands_for"),
        _short("by"),
        _at("at"),
        _once("house_kit", "house_id", "key"),
    )
    op.create_table(
        "house_facts",
        *_of("house_facts", "houses"),
        _short("key"),
        *_text("text"),
        _short("by"),
        _at("at"),
        _once("house_facts", "house_id", "key"),
    )


def _house_needs() -> None:
    op.create_table(
        "house_needs",
        *_of("house_needs", "tours"),
        _short("key"),
        *_text("text"),
        _once("house_needs", "tour_id", "key"),
    )
