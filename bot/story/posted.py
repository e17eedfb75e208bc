"""What the ledger says, as small frozen records: what was posted, and the words of a message."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.story.cast import CAST
from bot.story.facts import lacks
from bot.story.stage import Line, Stage
from bot.story.table import Date, Row, Where

EVENT = "buscall_"
NOWHERE = "-"


@dataclass(frozen=True, slots=True)
class Posted:
    """One message of the bot as it was first posted; `at` is UTC, `gig` is known for cards and their threads."""

    at: datetime
    where: str
    ts: str
    thread_ts: str
    person: str
    kind: str
    text: str
    key: str = ""
    gig: str = NOWHERE

    def __str__(self) -> str:
        place = f"{self.where} to {self.person}" if self.person else self.where
        return f"{self.at:%Y-%m-%d %H:%MZ} {self.kind or 'a message of no kind'} {self.gig} {place}"


class Readings:
    """Everything that the bot posted, each message read once, in the gig whose card or thread it is.

    `directs`: see directs_of.
    """

    def __init__(self, stage: Stage, gigs: Sequence[Date], directs: Mapping[str, str]) -> None:
        self._stage = stage
        self._gigs = gigs
        self._directs = directs
        self._seen = 0
        self._cards: dict[str, str] = {}
        self._posted: list[Posted] = []

    def read(self) -> list[Posted]:
        """What stands in the ledger by now."""
        lines = self._stage.ledger.entries()[self._seen :]
        self._seen += len(lines)
        self._posted += [self._placed(line) for line in lines if line.kind == "posted" and line.user == self._stage.bot]
        return self._posted

    def _placed(self, line: Line) -> Posted:
        posted = _posted(line, self._stage.channel, self._directs)
        if gig := _gig_of_card(posted, self._gigs):
            self._cards[posted.ts] = gig
        return replace(posted, gig=self._cards.get(posted.thread_ts or posted.ts, NOWHERE))


def directs_of(stage: Stage) -> dict[str, str]:
    """Whose each conversation with the bot is: channel ids to names."""
    return {stage.hands.open_direct(one.id): one.name for one in CAST if not one.is_outsider}


def _posted(line: Line, channel: str, directs: Mapping[str, str]) -> Posted:
    thread = line.thread_ts if line.thread_ts and line.thread_ts != line.ts else ""
    kind, key = _metadata(line)
    where = _where(line.channel, thread, channel, directs)
    person = directs.get(line.channel, "")
    return Posted(line.at, where, line.ts, thread, person, kind, words_of(line), key)


def _where(here: str, thread: str, channel: str, directs: Mapping[str, str]) -> str:
    if here in directs:
        return Where.DM
    if here != channel:
        return "elsewhere"
    return Where.THREAD if thread else Where.CHANNEL


def _metadata(line: Line) -> tuple[str, str]:
    metadata = line.metadata or {}
    kind = str(metadata.get("event_type", "")).removeprefix(EVENT)
    return kind, str((metadata.get("event_payload") or {}).get("key", ""))


def words_of(line: Line) -> str:
    """All that can be read in a message: its text and everything its blocks say."""
    return "\n".join([line.text, *texts(line.blocks)])


def texts(part: Any) -> Iterator[str]:
    """Every string under a `text` key, in reading order."""
    if isinstance(part, Mapping):
        for key, value in part.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from texts(value)


def _gig_of_card(posted: Posted, gigs: Sequence[Date]) -> str:
    if posted.kind != "card" or posted.where != Where.CHANNEL:
        return ""
    fitting = (gig.gig for gig in gigs if not lacks(posted.text, (gig.called, gig.spoken)))
    return next(fitting, "")


def fits(posted: Posted, row: Row) -> bool:
    """Same place, person and kind; a thread's message also in the row's gig."""
    same_gig = row.where is Where.DM or row.gig in (posted.gig, NOWHERE)
    same_place = posted.where == row.where and posted.person == row.person
    return same_gig and same_place and posted.kind == row.kind
