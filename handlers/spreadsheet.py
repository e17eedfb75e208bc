"""A tour's spreadsheet, saved as CSV -> rows. Any column order, separator and common encoding."""

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from checklists.errors import Refusal
from checklists.routing import Row
from checklists.venue import fold
from handlers.asked import Dropped
from handlers.typed import visible

COLUMNS: Mapping[str, frozenset[str]] = {
    "date": frozenset({"date", "day", "show date", "gig date", "dates", "datum", "fecha", "data"}),
    "city": frozenset({"city", "town", "place", "location", "market", "stadt", "ort", "ville", "ciudad"}),
    "country": frozenset({"country", "land", "nation", "country code", "pays", "pais"}),
    "region": frozenset({"region", "state", "province", "state province"}),
    "venue": frozenset({"venue", "room", "hall", "club", "venue name", "house", "site", "spielstatte"}),
    "capacity": frozenset({"capacity", "cap", "venue capacity", "kapazitat"}),
    "note": frozenset({"note", "notes", "status", "comment", "comments", "remarks", "info"}),
}
NEEDED = ("date", "city")
SEPARATORS = ",;\t"
PICTURES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
LISTS = (".yaml", ".yml")
NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", *PICTURES)
SHOWN = 12

Cells = Sequence[str]


class FileKind(StrEnum):
    """What sort of file a line asks for."""

    SHEET = "sheet"
    LIST = "list"


def newest_file(kind: FileKind, files: Iterable[str], fetch: Callable[[str], Dropped | None]) -> Dropped | None:
    """Of files by id, newest first, the newest list, or the newest that is neither a picture nor a list.

    Without a spreadsheet the newest file stands for it, so that it is said what is wrong with that. Raises the
    Refusal of `fetch`: an older file never stands in for one that could not be fetched.
    """
    fetched: list[Dropped] = []
    for file in filter(None, map(fetch, files)):
        is_list = file.name.casefold().endswith(LISTS)
        if is_list if kind is FileKind.LIST else not is_list and not file.content.startswith(PICTURES):
            return file
        fetched.append(file)
    return next(iter(fetched), None) if kind is FileKind.SHEET else None


def read_rows(content: bytes, name: str) -> list[Row]:
    """The shows of a file, in its order, as raw strings; blank lines are skipped.

    name: the file's name, for the words of a refusal. Raises Refusal when it is no CSV, is empty, or has no
    columns for date and city.
    """
    lines = _lines(_text(content, name), name)
    first = next(lines, None)
    if first is None:
        raise Refusal(f"“{_short(name)}” is empty. Its first line names the columns: date, city, country, venue")
    places = _columns(first[1])
    return [_row(line, cells, places) for line, cells in lines]


def _text(content: bytes, name: str) -> str:
    if content.startswith(NO_TEXT):
        raise Refusal(f"“{_short(name)}” is not a CSV file. In your spreadsheet, save it as CSV and send that")
    text = _decoded(content, name)
    if any(char < " " and char not in "\t\r\n\f\v" for char in text):
        raise Refusal(f"“{_short(name)}” holds bytes that are no text. Save it as CSV (UTF-8) and send that")
    return text


def _decoded(content: bytes, name: str) -> str:
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8)):
            raise Refusal(f"“{_short(name)}” breaks off or is damaged. Save it as CSV (UTF-8) again") from None
        return _western(content)


def _western(content: bytes) -> str:
    """What Excel writes on Windows; the five bytes it leaves undefined are read as Latin-1."""
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _lines(text: str, name: str) -> Iterator[tuple[int, Cells]]:
    """Line number, counted from 1, and cells of every line that holds something."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), skipinitialspace=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not _names_separator(cells, begins):
                yield begins, [visible(cell) for cell in cells]
            begins = reader.line_num + 1
    except csv.Error:
        raise Refusal(f"“{_short(name)}” cannot be read at line {begins}: is a quote missing there?") from None


def _separator(text: str) -> str:
    """The one seen most in the first line that holds something; Excel may name it: "sep=;"."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.lower().startswith("sep=") and first[4:5] in SEPARATORS:
        return first[4:5] or ","
    return max(SEPARATORS, key=first.count)


def _names_separator(cells: Cells, line: int) -> bool:
    return line == 1 and cells[0].lower().startswith("sep=")


def _columns(header: Cells) -> dict[str, int]:
    """Where each column is. Raises Refusal, with the columns seen, when date or city is missing."""
    seen = [fold(cell) for cell in header]
    places = {
        column: next(n for n, cell in enumerate(seen) if cell in names)
        for column, names in COLUMNS.items()
        if not names.isdisjoint(seen)
    }
    if not places:
        raise Refusal("The first line does not name the columns. Put this line on top: date,city,country,venue")
    missing = [column for column in NEEDED if column not in places]
    if missing:
        wanted = " and ".join(f"“{column}”" for column in missing)
        raise Refusal(f"No column for {wanted}. I see: {_listed(header)}. Name the right one {wanted}")
    return places


def _listed(header: Cells) -> str:
    names = [_short(cell) for cell in header if cell]
    return ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


def _row(line: int, cells: Cells, places: Mapping[str, int]) -> Row:
    def cell(column: str) -> str:
        n = places.get(column, len(cells))
        return cells[n] if n < len(cells) else ""

    country = ", ".join(filter(None, (cell("region"), cell("country"))))
    return Row(line, cell("date"), cell("city"), country, cell("venue"), cell("capacity"), cell("note"))
