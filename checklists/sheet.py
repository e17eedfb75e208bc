"""One checklist as a YAML sheet: read whole or not at all, and every fault said with its line.

    checklist: club
    title: Club
    use: "What it is for."
    anchors: {get_out: load_out+30m}     # names of its own, for the dues below
    items:
    - {key: cl.paid, area: money, owner: TM, due: get_out-10m, evidence: pay, severity: critical, text: "Paid"}

`due`: `T-14d` (17:00 venue time), `T-1d@18:00`, `on_sale-7d`, `doors-30m`. More fields: `lite: true`,
`waive: ep` (not the tour manager's alone to waive), `applies: border` (see `conditions`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from checklists.conditions import Condition
from checklists.crew import FALLS_TO
from checklists.dues import ANCHORS, DATED, Due
from checklists.gig import TEXT_LIMIT
from checklists.items import Area, Evidence, Severity, StockItem

OWNERS = frozenset(FALLS_TO) | {"TM"}
"""Every role that an item may belong to; each falls back to the TM."""

WORDS = ("key", "area", "text", "owner", "due", "evidence", "severity")
EXTRAS = ("lite", "waive", "applies")
HEADS = ("checklist", "title", "use", "anchors", "items")
KEY = re.compile(r"[a-z][a-z0-9]*\.[a-z0-9_]+")
NAME = re.compile(r"[a-z_]+")
KEY_LIMIT = 60

Kind = TypeVar("Kind", bound=StrEnum)


class SheetFault(ValueError):  # noqa: N818 - the field's word for it
    """What is wrong with a sheet, with its file and line."""

    def __init__(self, file: str, line: int, wrong: str) -> None:
        super().__init__(f"{file}, line {line}: {wrong}")


@dataclass(frozen=True, slots=True)
class Field:
    """One plain value of a sheet and the line it stands in."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Row:
    """Named values that belong together, and the line they begin in."""

    line: int
    fields: Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was written, nothing of it looked at yet."""

    file: str
    heads: Mapping[str, Field] = field(default_factory=dict)
    anchors: Row | None = None
    rows: Sequence[Row] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """An item and the line of its sheet."""

    item: StockItem
    line: int


def read_items(sheet: Sheet, name: str = "") -> list[Placed]:
    """The items of a sheet. With `name` the sheet must say that it is this one.

    Raises SheetFault for anything that cannot be meant.
    """
    said = sheet.heads.get("checklist", Field("", 1))
    if not said.text or (name and said.text != name):
        raise SheetFault(sheet.file, said.line, f"the sheet must say `checklist: {name or 'NAME'}`")
    if not sheet.rows:
        raise SheetFault(sheet.file, said.line, "the sheet has no items")
    own = read_anchors(sheet)
    placed = [Placed(read_row(sheet.file, row, own), row.line) for row in sheet.rows]
    lines: dict[str, int] = {}
    for one in placed:
        if one.item.key in lines:
            raise SheetFault(sheet.file, one.line, f"{one.item.key}: the key is already in line {lines[one.item.key]}")
        lines[one.item.key] = one.line
    return placed


def read_anchors(sheet: Sheet) -> dict[str, Due]:
    """The sheet's own anchors, each counted from an anchor that gigs have.

    Raises SheetFault for one that comes down to none: an unknown name, or a circle.
    """
    fields = sheet.anchors.fields if sheet.anchors else {}
    own: dict[str, Due] = {}
    for name, said in fields.items():
        if not NAME.fullmatch(name) or name in ANCHORS:
            raise SheetFault(sheet.file, said.line, f"{name} cannot be an anchor of its own: take another name")
        try:
            own[name] = Due.parse(said.text)
        except ValueError as wrong:
            raise SheetFault(sheet.file, said.line, f"{name}: {wrong}") from wrong
    return {name: read_root(sheet.file, said.line, name, own) for name, said in fields.items()}


def read_root(file: str, line: int, name: str, own: Mapping[str, Due]) -> Due:
    """What an anchor of the sheet is counted from in the end."""
    try:
        return checked(rooted(own[name], own, (name,)))
    except ValueError as wrong:
        raise SheetFault(file, line, f"{name}: {wrong}") from wrong


def rooted(due: Due, own: Mapping[str, Due], way: tuple[str, ...] = ()) -> Due:
    """The due, counted from an anchor that is not the sheet's own; raises ValueError for a circle."""
    while due.anchor in own:
        if due.anchor in way:
            raise ValueError(f"circular anchor: {' > '.join((*way, due.anchor))}")
        way = (*way, due.anchor)
        due = onto(due, own[due.anchor])
    return due


def onto(due: Due, root: Due) -> Due:
    """The due, counted from where its anchor is itself counted from."""
    if due.clock is None and root.clock is None:
        return replace(root, minutes=root.minutes + due.minutes)
    if due.clock is None:
        raise ValueError(f"{due.anchor} is a day: no minutes can be counted from it")
    if root.clock is None:
        raise ValueError(f"{due.anchor} is a time of the day: no days can be counted from it")
    return replace(root, days=root.days + due.days, clock=due.clock)


def checked(due: Due) -> Due:
    """A due counted from an anchor that gigs have."""
    if due.anchor not in (ANCHORS if due.is_minute else DATED):
        usual = sorted(ANCHORS if due.is_minute else DATED)
        raise ValueError(
            f"unknown anchor {due.anchor}; {'minutes' if due.is_minute else 'days'} count from {', '.join(usual)}"
        )
    return due


def read_row(file: str, row: Row, own: Mapping[str, Due]) -> StockItem:
    """One line of a sheet; raises SheetFault saying what is wrong with it."""
    name = row.fields["key"].text if "key" in row.fields else "an item"
    try:
        return build_item(row.fields, own)
    except ValueError as wrong:
        raise SheetFault(file, row.line, f"{name}: {wrong}") from wrong


def build_item(fields: Mapping[str, Field], own: Mapping[str, Due]) -> StockItem:
    if unknown := [name for name in fields if name not in (*WORDS, *EXTRAS)]:
        raise ValueError(f"unknown field {', '.join(unknown)}")
    words = {name: read_words(fields, name) for name in WORDS}
    return StockItem(
        key=read_key(words["key"]),
        area=one_of(Area, "area", words["area"]),
        text=read_text(words["text"]),
        owner=read_owner(words["owner"]),
        due=read_due(words["due"], own),
        evidence=one_of(Evidence, "evidence", words["evidence"]),
        severity=one_of(Severity, "severity", words["severity"]),
        lite=read_flag(fields, "lite", on="true"),
        waive_ep=read_flag(fields, "waive", on="ep"),
        applies=read_condition(fields),
    )


def read_words(fields: Mapping[str, Field], name: str) -> str:
    """The text of a field; raises ValueError when there is none, or too much."""
    words = fields[name].text.strip() if name in fields else ""
    if not words:
        raise ValueError(f"{name} is missing")
    if len(words) > TEXT_LIMIT:
        raise ValueError(f"{name} has more than {TEXT_LIMIT} characters")
    return words


def read_key(words: str) -> str:
    """`va.power`: a list's letters, a dot, a name."""
    if not KEY.fullmatch(words) or len(words) > KEY_LIMIT:
        raise ValueError("a key is small letters, a dot, small letters: for example va.power")
    return words


def read_text(words: str) -> str:
    """Words that say something, on one line."""
    if not any(map(str.isalpha, words)):
        raise ValueError("text has no words")
    return " ".join(words.split())


def read_owner(words: str) -> str:
    """A role that exists."""
    if words not in OWNERS:
        raise ValueError(f"unknown owner {words}; there are {', '.join(sorted(OWNERS))}")
    return words


def read_due(words: str, own: Mapping[str, Due]) -> str:
    """A due that can be read, counted from an anchor that gigs have."""
    due = Due.parse(words)
    if due.anchor not in own:
        checked(due)
        return words
    return str(rooted(due, own))


def read_condition(fields: Mapping[str, Field]) -> str:
    """The condition's name, or "" for what applies always."""
    if "applies" not in fields:
        return ""
    return one_of(Condition, "condition", read_words(fields, "applies").removeprefix("if "))


def one_of(kinds: type[Kind], name: str, words: str) -> Kind:
    """The kind of that name; raises ValueError listing all."""
    try:
        return kinds(words)
    except ValueError as wrong:
        raise ValueError(f"unknown {name} {words}; there are {', '.join(kinds)}") from wrong


def read_flag(fields: Mapping[str, Field], name: str, *, on: str) -> bool:
    """True when the field is there; its only value is `on`."""
    if name not in fields:
        return False
    if fields[name].text != on:
        raise ValueError(f"{name} can only be {on}")
    return True
