"""The stock checklists: what has to be true before a show, as the trade has learnt it.

One YAML file for each checklist lies in `sheets/`. They are read once, at first use.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import yaml

from checklists.dues import DAY_ANCHORS, Due
from checklists.errors import Refusal
from checklists.gig import DEFAULT_DAY, Anchor
from checklists.items import StockItem
from checklists.sheet import HEADS, Field, Placed, Row, Sheet, SheetFault, read_items

SHEETS = Path(__file__).parent / "sheets"
SHEET_LIMIT = 200_000
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ITEM_FIELDS, PART_FIELDS = "{key: va.power, area: venue, …}", "{rest_red: 8 h, …}"
"""How fields are written."""

Read = TypeVar("Read")


@lru_cache(maxsize=1)
def stock() -> Mapping[str, tuple[StockItem, ...]]:
    """The items of each stock checklist, by its name, in the order of the sheet."""
    return read_sheets(SHEETS)


def load_stock() -> None:
    """Reads the stock now, at start. Raises Refusal naming the file and the line of what does not load."""
    try:
        stock()
    except SheetFault as wrong:
        raise Refusal(f"A stock checklist does not load: {wrong}. Correct that line, then start again.") from wrong


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
    if due.clock is not None:
        return due.days * 24 * 60 + due.clock.hour * 60 + due.clock.minute
    anchor = Anchor(due.anchor) if due.anchor in DAY_ANCHORS else Anchor.LOAD_IN
    return DEFAULT_DAY[anchor].minutes + due.minutes


def read_sheets(folder: Path) -> Mapping[str, tuple[StockItem, ...]]:
    """The checklists of a folder of YAML sheets, by name.

    Raises SheetFault naming the file and the line for anything that does not load.
    """
    sheets: dict[str, tuple[StockItem, ...]] = {}
    homes: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        placed = read_file(path)
        for one in placed:
            if one.item.key in homes:
                raise SheetFault(path.name, one.line, f"{one.item.key}: the key is already in {homes[one.item.key]}")
            homes[one.item.key] = f"{path.name}, line {one.line}"
        sheets[path.stem] = tuple(one.item for one in placed)
    return MappingProxyType(sheets)


def read_file(path: Path) -> list[Placed]:
    """The items of one sheet of the stock; raises SheetFault as `read_sheets` does."""
    return read_items(read_sheet(path.name, text_of(path)), path.stem)


def text_of(path: Path) -> str:
    """The words of a file; raises SheetFault for one that is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as wrong:
        raise SheetFault(path.name, 1, f"not a text: {wrong}") from wrong


def read_custom(file: str, text: str) -> tuple[StockItem, ...]:
    """The items of a list of somebody's own. Raises Refusal saying which line to correct."""
    try:
        return tuple(one.item for one in read_items(read_sheet(file, text)))
    except SheetFault as wrong:
        raise Refusal(f"{wrong}. Nothing was taken over. Correct that line and send the file again.") from wrong


def read_sheet(file: str, text: str) -> Sheet:
    """The sheet as it is written; raises SheetFault for what is no sheet."""
    return read_events(file, text, read_heads)


def read_parts(file: str, text: str) -> Mapping[str, Row]:
    """A file of parts by name, each of them named plain values; raises SheetFault for anything else."""
    return read_events(file, text, read_named)


def read_events(file: str, text: str, read: Callable[["Events"], Read]) -> Read:
    """What `read` makes of a YAML file. Raises SheetFault with the line of what cannot be read.

    It is read event by event: nodes are built by recursion in C, which a file of brackets takes down with
    the whole bot.
    """
    if len(text) > SHEET_LIMIT:
        raise SheetFault(file, 1, f"more than {SHEET_LIMIT:,} characters")
    events = Events(file, yaml.parse(text, Loader=LOADER))
    try:
        return read(events)
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        said = getattr(wrong, "problem", None) or str(wrong).partition("\n")[0]
        raise SheetFault(file, mark.line + 1 if mark else 1, f"not a YAML sheet: {said}") from wrong


class Events:
    """The events of a YAML file, one after the other."""

    def __init__(self, file: str, events: Iterator[yaml.Event]) -> None:
        self.file = file
        self._events = (e for e in events if not isinstance(e, (yaml.StreamStartEvent, yaml.DocumentStartEvent)))

    def next(self) -> yaml.Event:
        return next(self._events)

    def fault(self, event: yaml.Event, wrong: str) -> SheetFault:
        return SheetFault(self.file, line_of(event), wrong)

    def names(self) -> Iterator[yaml.ScalarEvent]:
        """The names of a mapping that has begun; what follows each must be taken before the next."""
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self.fault(event, "a name is missing: write `name: value`")
            yield event

    def row(self, begin: yaml.Event, like: str = ITEM_FIELDS) -> Row:
        """Named plain values; `begin` is the event they begin with, `like` how they are written."""
        if not isinstance(begin, yaml.MappingStartEvent):
            raise self.fault(begin, f"not a list of fields: write `{like}`")
        fields: dict[str, Field] = {}
        for name in self.names():
            if name.value in fields:
                raise self.fault(name, f"{name.value} is there twice")
            fields[name.value] = self.field(name)
        return Row(line_of(begin), fields)

    def field(self, name: yaml.ScalarEvent) -> Field:
        """The plain value that comes next."""
        event = self.next()
        if not isinstance(event, yaml.ScalarEvent):
            raise self.fault(event, f"{name.value}: not one plain value")
        return Field(event.value, line_of(event))

    def rows(self) -> list[Row]:
        """The list of rows that comes next."""
        begin, found = self.next(), []
        if not isinstance(begin, yaml.SequenceStartEvent):
            raise self.fault(begin, "the sheet has no items: write them below, each after `- `")
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            found.append(self.row(event))
        return found


def line_of(event: yaml.Event) -> int:
    """The line an event stands in, from 1."""
    return event.start_mark.line + 1 if event.start_mark else 1


def read_heads(events: Events) -> Sheet:
    """The parts of a sheet."""
    begin = events.next()
    if not isinstance(begin, yaml.MappingStartEvent):
        raise events.fault(begin, "a sheet begins with `checklist: NAME`")
    heads: dict[str, Field] = {}
    anchors, rows = None, []
    for name in events.names():
        if name.value not in HEADS or name.value in heads:
            raise events.fault(name, f"{name.value}: a sheet has {', '.join(HEADS)}, each once")
        heads[name.value] = Field("", line_of(name))
        if name.value == "items":
            rows = events.rows()
        elif name.value == "anchors":
            anchors = events.row(events.next())
        else:
            heads[name.value] = events.field(name)
    return Sheet(events.file, heads, anchors, rows)


def read_named(events: Events) -> Mapping[str, Row]:
    """The parts of a file that has no items."""
    begin = events.next()
    if not isinstance(begin, yaml.MappingStartEvent):
        raise events.fault(begin, f"write parts by name: `limits: {PART_FIELDS}`")
    parts: dict[str, Row] = {}
    for name in events.names():
        if name.value in parts:
            raise events.fault(name, f"{name.value} is there twice")
        parts[name.value] = events.row(events.next(), PART_FIELDS)
    return parts
