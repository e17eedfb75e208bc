"""Small ledgers to hold against the table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.story.cast import CURTAIN, member
from bot.story.posted import Posted
from bot.story.stage import Stage
from bot.story.table import Due, Row, Where, dues, read_instant

CHANNEL, BOT = "C0WILD", "U0BUSCALL"


def row(kind: str, *facts: str, at: str = "2024-10-26T17:00Z", where: Where = Where.THREAD, person: str = "") -> Row:
    return Row("#18", where, person, kind, (read_instant(at),), facts)


def answer_to(due: Due, late: timedelta = timedelta(0)) -> Posted:
    """The message that a due asks for, in the fewest words."""
    asked = due.row
    words = " ".join(_said(fact.split("|")[0]) for fact in asked.facts)
    return Posted(due.at + late, asked.where, "", "", asked.person, asked.kind, words, gig=asked.gig)


def answers_to(rows: Sequence[Row]) -> list[Posted]:
    return [answer_to(due) for due in dues(rows)]


def _said(fact: str) -> str:
    if fact.startswith("~@"):
        return fact[2:].title()
    return f"<@{member(fact[1:]).id}>" if fact.startswith("@") else fact


@dataclass(frozen=True)
class Line:
    """One line of a made-up ledger; the bot's words in the channel, unless said otherwise."""

    kind: str = "posted"
    text: str = ""
    ts: str = "1.0"
    at: datetime = CURTAIN
    user: str = BOT
    channel: str = CHANNEL
    thread_ts: str | None = None
    blocks: Sequence[Mapping[str, Any]] = ()
    metadata: Mapping[str, Any] | None = None
    name: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


def of_kind(kind: str, key: str = "") -> Mapping[str, Any]:
    return {"event_type": f"buscall_{kind}", "event_payload": {"key": key}}


@dataclass(frozen=True)
class Answer:
    timeout: bool = False


@dataclass
class Lines:
    """A ledger that its owner fills."""

    lines: list[Line] = field(default_factory=list)

    def entries(self) -> Sequence[Line]:
        return list(self.lines)


@dataclass
class Doings:
    """Hands that write down what they did and change nothing."""

    done: list[tuple[str, ...]] = field(default_factory=list)
    is_deaf: bool = False

    def command(self, user: str, channel: str, text: str, /) -> Answer:
        assert channel == CHANNEL
        self.done.append((user, text))
        return Answer(self.is_deaf)

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None, /) -> str:
        assert channel == CHANNEL
        self.done.append((user, text, thread_ts or ""))
        return "9.0"

    def react(self, user: str, channel: str, ts: str, name: str, /) -> bool:
        assert channel == CHANNEL
        self.done.append((user, name, ts))
        return True

    def press(self, user: str, channel: str, ts: str, control: str, value: str | None = None, /) -> Answer:
        assert channel == CHANNEL
        self.done.append((user, control, ts, value or ""))
        return Answer()

    def drop_file(self, user: str, channel: str, name: str, content: bytes, /) -> str:
        assert channel == CHANNEL
        self.done.append((user, name, content.decode()[:4]))
        return "F1"

    def open_direct(self, user: str, /) -> str:
        return user.replace("U0", "D0")


@dataclass
class Still:
    """A program that does nothing but let the time pass; it is its own clock."""

    at: datetime = CURTAIN

    @property
    def clock(self) -> "Still":
        return self

    def now(self) -> datetime:
        return self.at

    def move(self, to: datetime, /) -> None:
        self.at = to

    def settle(self) -> None:
        return


def stage_with(*lines: Line) -> tuple[Stage, Doings]:
    hands = Doings()
    return Stage(hands, Lines(list(lines)), Still(), CHANNEL, BOT), hands
