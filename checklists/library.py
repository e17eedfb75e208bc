"""The stock checklists: what has to be true before a show, as the trade has learnt it.

One YAML file for each checklist lies in `sheets/`. They are read once, at first use.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from checklists.crew import FALLS_TO
from checklists.gig import DEFAULT_DAY, TEXT_LIMIT, Anchor
from checklists.items import Area, Due, Evidence, Severity, StockItem

SHEETS = Path(__file__).parent / "sheets"
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

OWNERS = frozenset(FALLS_TO) | {"TM"}
"""Every role that an item may belong to; each falls back to the TM."""

ANCHORS = frozenset(Anchor) | {"line_check", "depart", "flight_dep", "downbeat", "session_end"}
"""What a minute-anchored due may be counted from: the day's anchors, and five that only some gigs have."""

WORDS = ("key", "area", "text", "owner", "due", "evidence", "severity")
EXTRAS = ("lite", "waive", "applies")


@lru_cache(maxsize=1)
def stock() -> Mapping[str, tuple[StockItem, ...]]:
    """The items of each stock checklist, by its name, in the order of the sheet."""
    return read_sheets(SHEETS)


@lru_cache(maxsize=1)
def lite() -> tuple[StockItem, ...]:
    """The items a club show starts with, in the order in which they fall due on the default day."""
    return tuple(sorted((item for item in every_item(stock()) if item.lite), key=usual_due))


def find(key: str) -> StockItem | None:
    """The stock item of that key, or None."""
    return by_key().get(key)


@lru_cache(maxsize=1)
def by_key() -> Mapping[str, StockItem]:
    """Every stock item by its key."""
    return MappingProxyType({item.key: item for item in every_item(stock())})


def every_item(sheets: Mapping[str, tuple[StockItem, ...]]) -> Iterable[StockItem]:
    """All items, sheet after sheet."""
    return (item for items in sheets.values() for item in items)


def usual_due(item: StockItem) -> int:
    """Minutes from 00:00 of the show date to the item's due, on the default day.

    An anchor that the default day has not comes with the load-in.
    """
    due = Due.parse(item.due)
    if not due.is_minute:
        return due.days * 24 * 60 + due.clock.hour * 60 + due.clock.minute
    anchor = Anchor(due.anchor) if due.anchor in set(Anchor) else Anchor.LOAD_IN
    return DEFAULT_DAY[anchor].minutes + due.minutes


def read_sheets(folder: Path) -> Mapping[str, tuple[StockItem, ...]]:
    """The checklists of a folder of YAML sheets, by name.

    Raises ValueError naming the file, and the key where there is one, for anything that does not load.
    """
    sheets: dict[str, tuple[StockItem, ...]] = {}
    homes: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        sheets[path.stem] = read_sheet(path)
        for item in sheets[path.stem]:
            if item.key in homes:
                raise ValueError(f"{path.name}: {item.key}: the key is already in {homes[item.key]}")
            homes[item.key] = path.name
    return MappingProxyType(sheets)


def read_sheet(path: Path) -> tuple[StockItem, ...]:
    """The items of one sheet; raises ValueError as `read_sheets` does."""
    lines = lines_of(path)
    items = []
    for number, line in enumerate(lines, start=1):
        name = line.get("key", f"item {number}") if isinstance(line, dict) else f"item {number}"
        try:
            items.append(read_line(line))
        except ValueError as wrong:
            raise ValueError(f"{path.name}: {name}: {wrong}") from wrong
    return tuple(items)


def lines_of(path: Path) -> list[Any]:
    """The lines of a sheet, not looked at yet."""
    try:
        sheet = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        raise ValueError(f"{path.name}: not a YAML sheet: {wrong}") from wrong
    if not isinstance(sheet, dict) or sheet.get("checklist") != path.stem:
        raise ValueError(f"{path.name}: the sheet must say `checklist: {path.stem}`")
    lines = sheet.get("items")
    if not isinstance(lines, list) or not lines:
        raise ValueError(f"{path.name}: the sheet has no items")
    return lines


def read_line(line: object) -> StockItem:
    """One line of a sheet; raises ValueError saying what is wrong with it."""
    if not isinstance(line, dict):
        raise ValueError("not a list of fields")  # noqa: TRY004 - told as every other fault of a sheet
    if unknown := sorted(str(name) for name in line if name not in (*WORDS, *EXTRAS)):
        raise ValueError(f"unknown field {', '.join(unknown)}")
    words = {name: read_words(line, name) for name in WORDS}
    return StockItem(
        key=words["key"],
        area=Area(words["area"]),
        text=words["text"],
        owner=read_owner(words["owner"]),
        due=read_due(words["due"]),
        evidence=Evidence(words["evidence"]),
        severity=Severity(words["severity"]),
        lite=read_flag(line, "lite", on=True),
        waive_ep=read_flag(line, "waive", on="ep"),
        applies=read_words(line, "applies").removeprefix("if ") if "applies" in line else "",
    )


def read_words(line: Mapping[str, object], name: str) -> str:
    """The text of a field; raises ValueError when there is none, or too much."""
    words = line.get(name)
    if not isinstance(words, str) or not words.strip():
        raise ValueError(f"{name} is missing or not text")
    if len(words) > TEXT_LIMIT:
        raise ValueError(f"{name} has more than {TEXT_LIMIT} characters")
    return words.strip()


def read_owner(words: str) -> str:
    """A role that exists."""
    if words not in OWNERS:
        raise ValueError(f"unknown owner {words}")
    return words


def read_due(words: str) -> str:
    """A due that can be read, counted from an anchor that exists."""
    due = Due.parse(words)
    if due.is_minute and due.anchor not in ANCHORS:
        raise ValueError(f"unknown anchor {due.anchor}")
    return words


def read_flag(line: Mapping[str, object], name: str, *, on: object) -> bool:
    """True when the field is there; its only value is `on`."""
    if name not in line:
        return False
    if line[name] != on:
        raise ValueError(f"{name} can only be {on}")
    return True
