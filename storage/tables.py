"""What all tables share: their base, their keys, and how rows become dataclasses. Private to storage."""

from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from checklists.counts import Way
from checklists.crew import AnsweredBy, CallKind, CallStage, CallState, Position, Role
from checklists.cues import CueKind, CueState
from checklists.deal import DealKind
from checklists.gig import Anchor, CurfewKind, GigKind, GigState, Profile, ShowType
from checklists.items import Area, Evidence, ItemState, Severity
from checklists.ladder import OfferState
from checklists.letters import Letter
from checklists.rentals import RentalState
from checklists.replies import Meaning
from checklists.walls import Wall
from storage.columns import GivenTimes, Lines, UtcTime, WallText, Words
from storage.deliveries import DeliveryState, Op, Room

LONG_INTEGER = BigInteger().with_variant(Integer, "sqlite")
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
WORDS: tuple[type[StrEnum], ...] = (
    *(GigState, GigKind, CurfewKind, Position, Role, CallState, AnsweredBy, Area, Evidence),
    *(Severity, ItemState, CueKind, CueState, Letter, Op, Room, DeliveryState, Meaning),
    *(CallKind, CallStage, OfferState, ShowType, Profile),
    *(RentalState, Way, DealKind),
)
TYPES: dict[Any, Any] = {
    datetime: UtcTime,
    Wall: WallText,
    dict[Anchor, Wall]: GivenTimes,
    tuple[str, ...]: Lines,
    dict[str, Any]: JSON,
    **{kind: Words(kind) for kind in WORDS},
}


class Base(DeclarativeBase):
    """What all tables share: names for constraints, and our types."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = TYPES


def workspace_key() -> Mapped[int]:
    """The workspace as the first part of a table's own key."""
    return mapped_column(LONG_INTEGER, ForeignKey("workspaces.id"), primary_key=True)


class Numbered:
    """Of one workspace, by an id of its own."""

    id: Mapped[int] = mapped_column(LONG_INTEGER, primary_key=True, sort_order=-2)

    @declared_attr
    def workspace_id(cls) -> Mapped[int]:  # noqa: N805 - SQLAlchemy gives the class
        """The workspace this row belongs to."""
        return mapped_column(LONG_INTEGER, ForeignKey("workspaces.id"), sort_order=-1)


def same_workspace(column: str, table: str) -> ForeignKeyConstraint:
    """A reference that cannot leave the workspace."""
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"])


def only_where(name: str, condition: str, *columns: str, unique: bool = False) -> Index:
    """An index over the few rows that are still to be done."""
    where = text(condition)
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


def table(row: type[Base]) -> Table:
    """The Core table of a declared one."""
    return cast(Table, row.__table__)


def columns_of(row: type[Base], kind: type[Any]) -> list[Column[Any]]:
    """The columns that fill a dataclass, in the order of its fields: `kind(*row)` makes it."""
    return [table(row).c[field.name] for field in fields(kind)]
