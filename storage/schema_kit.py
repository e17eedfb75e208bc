"""The tables of equipment: riders, stock, what a house holds, and what is rented. Private to storage."""

import datetime as dt

from sqlalchemy import BigInteger, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from checklists.counts import Way
from checklists.rentals import RentalState
from storage.tables import LONG_INTEGER, Base, Numbered, same_workspace


class LineRow(Numbered, Base):
    """A line of a tour's rider; `key` is its name as compared, here and in every table below."""

    __tablename__ = "rider_lines"
    __table_args__ = (same_workspace("tour_id", "tours"), UniqueConstraint("workspace_id", "tour_id", "key"))
    tour_id: Mapped[int] = mapped_column(LONG_INTEGER)
    key: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    count: Mapped[int]
    must: Mapped[bool]
    subs: Mapped[tuple[str, ...]]
    by: Mapped[str] = mapped_column(String(32))


class StockRow(Numbered, Base):
    """What a tour carries."""

    __tablename__ = "stock"
    __table_args__ = (same_workspace("tour_id", "tours"), UniqueConstraint("workspace_id", "tour_id", "key"))
    tour_id: Mapped[int] = mapped_column(LONG_INTEGER)
    key: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    count: Mapped[int]
    cases: Mapped[int]
    in_repair: Mapped[int]


class ShareRow(Numbered, Base):
    """How many of a thing in stock a gig was given, where gigs share a day."""

    __tablename__ = "stock_shares"
    __table_args__ = (same_workspace("gig_id", "gigs"), UniqueConstraint("workspace_id", "gig_id", "key"))
    gig_id: Mapped[int] = mapped_column(LONG_INTEGER)
    key: Mapped[str] = mapped_column(Text)
    count: Mapped[int]


class PromisedRow(Numbered, Base):
    """What the promoter provides for a gig; none when he said so. `stands_for`: the line he offers it for."""

    __tablename__ = "promised"
    __table_args__ = (same_workspace("gig_id", "gigs"), UniqueConstraint("workspace_id", "gig_id", "key"))
    gig_id: Mapped[int] = mapped_column(LONG_INTEGER)
    key: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    count: Mapped[int]
    stands_for: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[dt.datetime]


class AcceptedRow(Numbered, Base):
    """A substitute that somebody took for a line on a gig."""

    __tablename__ = "accepted"
    __table_args__ = (same_workspace("gig_id", "gigs"), UniqueConstraint("workspace_id", "gig_id", "line", "sub"))
    gig_id: Mapped[int] = mapped_column(LONG_INTEGER)
    line: Mapped[str] = mapped_column(Text)
    sub: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(32))


class RentalRow(Numbered, Base):
    """Something rented for a gig; `cents` are hundredths of `currency`, empty while there is no price."""

    __tablename__ = "rentals"
    __table_args__ = (same_workspace("gig_id", "gigs"), Index(None, "workspace_id", "gig_id"))
    gig_id: Mapped[int] = mapped_column(LONG_INTEGER)
    line: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    count: Mapped[int]
    supplier: Mapped[str] = mapped_column(Text)
    days: Mapped[int]
    cents: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    state: Mapped[RentalState]
    order_number: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[str] = mapped_column(String(32))
    asked_at: Mapped[dt.datetime]
    settled_by: Mapped[str] = mapped_column(String(32))


class CaseCountRow(Numbered, Base):
    """The last count of a gig's cases, in and out."""

    __tablename__ = "case_counts"
    __table_args__ = (same_workspace("gig_id", "gigs"), UniqueConstraint("workspace_id", "gig_id", "way"))
    gig_id: Mapped[int] = mapped_column(LONG_INTEGER)
    way: Mapped[Way]
    count: Mapped[int]
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[dt.datetime]


class HouseRow(Numbered, Base):
    """A venue in its city, whatever gigs were there; `key` is both, and the country, as compared."""

    __tablename__ = "houses"
    __table_args__ = (UniqueConstraint("workspace_id", "id"), UniqueConstraint("workspace_id", "key"))
    key: Mapped[str] = mapped_column(Text)
    venue: Mapped[str] = mapped_column(Text)
    city: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(String(2))


class HouseKitRow(Numbered, Base):
    """What a house holds; none when it said so. `stands_for`: the line it offers it for."""

    __tablename__ = "house_kit"
    __table_args__ = (same_workspace("house_id", "houses"), UniqueConstraint("workspace_id", "house_id", "key"))
    house_id: Mapped[int] = mapped_column(LONG_INTEGER)
    key: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    count: Mapped[int]
    stands_for: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[dt.datetime]


class HouseFactRow(Numbered, Base):
    """What is known of a house, as `checklists.house` keeps it."""

    __tablename__ = "house_facts"
    __table_args__ = (same_workspace("house_id", "houses"), UniqueConstraint("workspace_id", "house_id", "key"))
    house_id: Mapped[int] = mapped_column(LONG_INTEGER)
    key: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(32))
    at: Mapped[dt.datetime]


class HouseNeedRow(Numbered, Base):
    """What a tour needs of every house, as `checklists.house` keeps it."""

    __tablename__ = "house_needs"
    __table_args__ = (same_workspace("tour_id", "tours"), UniqueConstraint("workspace_id", "tour_id", "key"))
    tour_id: Mapped[int] = mapped_column(LONG_INTEGER)
    key: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
