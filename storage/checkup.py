"""The check-up: is the store whole, and does everything in it make sense? Reads only.

Each line is one question; its findings say what is wrong, in plain words, with the first few rows by id.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Table, and_, exists, func, or_, select, text

from checklists.cues import CueKind, CueState
from checklists.gig import GigState
from storage import upgrades
from storage.backups import connected
from storage.deliveries import IN_SLACK, DeliveryState, Op
from storage.schema import CueRow, GigRow
from storage.schema_said import DeliveryRow
from storage.tables import Base, table

SHOWN = 5
OUT, CUES, GIGS = table(DeliveryRow), table(CueRow), table(GigRow)
S, G = DeliveryState, GigState
OVER = (G.PLAYED, G.SETTLED, G.CLOSED, G.RELEASED, G.PASSED, G.CANCELLED)
OF_ANY_GIG = (CueKind.UPKEEP, CueKind.RECHECK)
"""Cues that do nothing for a gig that is over."""
IN = OUT.c.state.in_(sorted(IN_SLACK))
OF_CLOSED = exists().where(
    GIGS.c.workspace_id == CUES.c.workspace_id, GIGS.c.id == CUES.c.gig_id, GIGS.c.state.in_(OVER)
)
CARD_IS_KNOWN = exists().where(
    OUT.c.workspace_id == GIGS.c.workspace_id, OUT.c.gig_id == GIGS.c.id, OUT.c.ts == GIGS.c.card_ts
)
IMPOSSIBLE: tuple[tuple[str, ColumnElement[bool]], ...] = (
    ("in Slack, but without a stamp", and_(IN, OUT.c.ts == "")),
    ("in Slack, but nobody knows since when", and_(IN, OUT.c.sent_at.is_(None))),
    ("in Slack or on the way, but to no channel", and_(or_(IN, OUT.c.state == S.SENDING), OUT.c.channel == "")),
    ("being sent, but by nobody", and_(OUT.c.state == S.SENDING, or_(OUT.c.boot == "", OUT.c.tries == 0))),
    ("pending, but sent already", and_(OUT.c.state == S.PENDING, OUT.c.op == Op.POST, OUT.c.sent_at.is_not(None))),
    ("unknown, and never looked for", and_(OUT.c.state == S.UNKNOWN, OUT.c.op == Op.POST, OUT.c.look_at.is_(None))),
    ("an edit of no message", and_(OUT.c.op == Op.UPDATE, OUT.c.of_id.is_(None))),
    ("a post without its key", and_(OUT.c.op == Op.POST, OUT.c.key == "")),
)
TRIGGERS = {
    "sqlite": text("SELECT count(*) = 2 FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"),
    "postgresql": text(
        "SELECT count(*) = 1 FROM pg_trigger WHERE tgrelid = 'journal'::regclass AND tgname = 'journal_grows_only' "
        "AND tgenabled <> 'D'"
    ),
}
NOT_VALID = text(
    "SELECT conname FROM pg_constraint WHERE NOT convalidated AND connamespace = current_schema()::regnamespace "
    "UNION ALL SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
    "WHERE NOT indisvalid AND relnamespace = current_schema()::regnamespace"
)
LAST_GIVEN = text("SELECT last_value FROM pg_sequences WHERE schemaname || '.' || sequencename = :sequence")
SEQUENCE = text("SELECT pg_get_serial_sequence(:name, 'id')")


@dataclass(frozen=True, slots=True)
class Answer:
    """One question about the store; no findings: all is well."""

    about: str
    findings: tuple[str, ...] = ()


def check(url: str) -> list[Answer]:
    """Every question, answered from one state of the store. Raises Refusal when it cannot be read at all."""
    with connected(url) as connection:
        file = _whole(connection)
        if file.findings:
            return [file]
        schema = _schema(connection)
        return [file, schema] if schema.findings else [file, schema, *_contents(connection)]


def _contents(connection: Connection) -> Iterator[Answer]:
    yield Answer("every reference leads somewhere", tuple(_orphans(connection)))
    yield Answer("every word is one of ours", tuple(_strange_words(connection)))
    yield Answer("the journal can only grow", _journal(connection))
    yield Answer("new rows get new numbers", tuple(_sequences_behind(connection)))
    strange = [_found(connection, OUT, words, condition) for words, condition in IMPOSSIBLE]
    yield Answer("every delivery is in a possible state", tuple(words for words in strange if words))
    waits = and_(CUES.c.state == CueState.WAITING, CUES.c.kind.not_in(OF_ANY_GIG), OF_CLOSED)
    yield _answer(connection, "nothing waits for a gig that is over", CUES, "waiting for a gig that is over", waits)
    unknown = and_(GIGS.c.card_ts != "", ~CARD_IS_KNOWN)
    yield _answer(connection, "every card is one we posted", GIGS, "with a card that nobody posted", unknown)


def _answer(connection: Connection, about: str, rows: Table, words: str, condition: ColumnElement[bool]) -> Answer:
    found = _found(connection, rows, words, condition)
    return Answer(about, (found,) if found else ())


def _found(connection: Connection, rows: Table, words: str, condition: ColumnElement[bool]) -> str:
    count = connection.scalar(select(func.count()).select_from(rows).where(condition)) or 0
    if not count:
        return ""
    key = next(iter(rows.primary_key.columns)) if "id" not in rows.c else rows.c.id
    first = connection.scalars(select(key).where(condition).order_by(key).limit(SHOWN))
    more = ", ..." if count > SHOWN else ""
    return f"{count} of {rows.name} {words} (ids {', '.join(str(each) for each in first)}{more})"


def _whole(connection: Connection) -> Answer:
    if connection.dialect.name == "sqlite":
        told = list(connection.scalars(text(f"PRAGMA integrity_check({SHOWN})")))
        return Answer("the file is whole", () if told == ["ok"] else tuple(str(each) for each in told))
    weak = tuple(f"{name} is not enforced" for name in connection.scalars(NOT_VALID))
    return Answer("constraints and indexes are in force", weak)


def _schema(connection: Connection) -> Answer:
    now, head = upgrades.revision(connection), upgrades.head()
    if now == head:
        missing = set(Base.metadata.tables) - set(sa.inspect(connection).get_table_names())
        return Answer(f"the schema is at {head}", tuple(f"the table {name} is missing" for name in sorted(missing)))
    if now is None:
        told = "the database is empty: `python -m bot db upgrade` makes it ready"
    elif upgrades.knows(now):
        told = f"it is at {now}: `python -m bot db upgrade` brings it to {head}; the rest is checked then"
    else:
        told = f"it is at {now}, which is newer than this program: update the program"
    return Answer(f"the schema is at {head}", (told,))


def _orphans(connection: Connection) -> Iterator[str]:
    for rows in Base.metadata.sorted_tables:
        for key in rows.foreign_key_constraints:
            there = key.referred_table.alias("there")
            pairs = [(each.parent, there.c[each.column.name]) for each in key.elements]
            lost = and_(
                *(ours.is_not(None) for ours, _ in pairs), ~exists().where(*(ours == other for ours, other in pairs))
            )
            if found := _found(connection, rows, f"point to no row of {key.referred_table.name}", lost):
                yield found


def _strange_words(connection: Connection) -> Iterator[str]:
    for rows in Base.metadata.sorted_tables:
        for column in rows.c:
            if isinstance(column.type, sa.Enum):
                plain = sa.cast(column, sa.String)
                if found := _found(connection, rows, f"with a strange {column.name}", plain.not_in(column.type.enums)):
                    yield found


def _journal(connection: Connection) -> tuple[str, ...]:
    held = connection.scalar(TRIGGERS[connection.dialect.name])
    return () if held else ("the triggers that keep its lines are missing",)


def _sequences_behind(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "postgresql":
        return
    for rows in Base.metadata.sorted_tables:
        sequence = connection.scalar(SEQUENCE, {"name": rows.name}) if "id" in rows.c else None
        if sequence is None:
            continue
        last = connection.scalar(select(func.max(rows.c.id))) or 0
        given: Any = connection.scalar(LAST_GIVEN, {"sequence": sequence}) or 0
        if int(given) < int(last):
            yield f"{rows.name} counts on from {given}, but has {last} already"
