"""The hand-written tables beside this module: what must be said, what it must look like in the end, and the gigs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

from checklists.walls import at_clock, zone_rules

HERE = Path(__file__).parent
EXPECTED, FINAL, GIGS = HERE / "expected.tsv", HERE / "final.tsv", HERE / "gigs.tsv"
ON_TIME = timedelta(seconds=60)


class Where(StrEnum):
    """The channel itself, a gig's thread, or a person's conversation with the bot."""

    CHANNEL = "channel"
    THREAD = "thread"
    DM = "dm"


class Look(StrEnum):
    """What a row of final.tsv looks at."""

    CARD = "card"
    ASK = "ask"
    REACTION = "reaction"
    PLAIN = "plain"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Row:
    """One expected message, or a series of them: `instants` are UTC, at least one."""

    gig: str
    where: Where
    person: str
    kind: str
    instants: tuple[datetime, ...]
    facts: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """One message that a row asks for."""

    row: Row
    at: datetime

    def is_met_at(self, posted: datetime) -> bool:
        """True within 60 s after the instant."""
        return self.at <= posted <= self.at + ON_TIME

    def __str__(self) -> str:
        row = self.row
        place = f"{row.where} to {row.person}" if row.person else str(row.where)
        return f"{self.at:%Y-%m-%d %H:%MZ} {row.kind} {row.gig} {place}"


@dataclass(frozen=True, slots=True)
class FinalRow:
    """One expected look: of a card or ask as it stood at `at` (the end when None), of the bot's reaction to
    what somebody said, or of a private answer that somebody got at `at`."""

    look: Look
    gig: str
    person: str
    at: datetime | None
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Date:
    """One gig of the story: its number, how its card is known, and its zone."""

    gig: str
    day: date
    called: str
    zone: str

    @property
    def spoken(self) -> str:
        """The day as it is written to people: `27 Oct`."""
        return f"{self.day.day} {self.day:%b}"


def read_expected(path: Path = EXPECTED) -> list[Row]:
    """The rows of expected.tsv. Raises ValueError, with the line, for one that cannot be read."""
    return [_row(number, cells) for number, cells in _cells(path, 7)]


def read_final(path: Path = FINAL) -> list[FinalRow]:
    """The rows of final.tsv. Raises ValueError, with the line, for one that cannot be read."""
    return [_final(cells) for _, cells in _cells(path, 6)]


def read_gigs(path: Path = GIGS) -> list[Date]:
    """The gigs of the story."""
    return [Date(gig, date.fromisoformat(day), called, zone) for _, (gig, day, called, zone) in _cells(path, 4)]


def dues(rows: Sequence[Row]) -> list[Due]:
    """Every single message that the rows ask for, by time."""
    return sorted((Due(row, at) for row in rows for at in row.instants), key=lambda due: due.at)


def _cells(path: Path, width: int) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line under the heading; a line without a tab is a comment or empty."""
    lines = [(number, text) for number, text in enumerate(path.read_text("utf-8").splitlines(), 1) if "\t" in text]
    for number, text in lines[1:]:
        cells = [cell.strip() for cell in text.split("\t")]
        if len(cells) != width:
            raise ValueError(f"{path.name}, line {number}: {len(cells)} cells, not {width}")
        yield number, cells


def _row(number: int, cells: Sequence[str]) -> Row:
    gig, where, person, kind, at, *facts = cells
    try:
        return Row(gig, Where(where), person, kind, instants(at), _said(facts), number)
    except ValueError as error:
        raise ValueError(f"expected.tsv, line {number}: {error}") from error


def _final(cells: Sequence[str]) -> FinalRow:
    look, gig, person, at, *facts = cells
    return FinalRow(Look(look), gig, person, read_instant(at) if at else None, _said(facts))


def _said(facts: Sequence[str]) -> tuple[str, ...]:
    return tuple(fact for fact in facts if fact)


def read_instant(text: str) -> datetime:
    """A UTC instant written `2024-10-26T17:00Z`. Raises ValueError for anything else."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)


def instants(text: str) -> tuple[datetime, ...]:
    """One instant, or a series written `2024-08-10..2024-11-17 daily 09:00 Europe/London`."""
    if ".." not in text:
        return (read_instant(text),)
    days, _, rest = text.partition(" daily ")
    clock, _, zone = rest.partition(" ")
    first, _, last = days.partition("..")
    return tuple(_daily(date.fromisoformat(first), date.fromisoformat(last), time.fromisoformat(clock), zone))


def _daily(first: date, last: date, clock: time, zone: str) -> Iterator[datetime]:
    zone_rules(zone)
    for days in range((last - first).days + 1):
        yield at_clock(first + timedelta(days=days), clock, zone)
