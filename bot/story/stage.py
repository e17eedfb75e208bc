"""What the story is played on: a running Slack and a running program, handed over by whoever started them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


class Line(Protocol):
    """One line of the ledger: who did what, where and when (`at` is UTC)."""

    @property
    def at(self) -> datetime: ...
    @property
    def kind(self) -> str: ...
    @property
    def user(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def ts(self) -> str: ...
    @property
    def thread_ts(self) -> str | None: ...
    @property
    def text(self) -> str: ...
    @property
    def blocks(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def metadata(self) -> Mapping[str, Any] | None: ...
    @property
    def name(self) -> str: ...
    @property
    def detail(self) -> Mapping[str, Any]: ...


class Ledger(Protocol):
    """Everything that happened in the workspace, in order."""

    def entries(self) -> Sequence[Line]: ...


class Answer(Protocol):
    """What came of a command or a press; `timeout` when the program did not answer in time."""

    @property
    def timeout(self) -> bool: ...


class Hands(Protocol):
    """What people do. People and channels by id or by name."""

    def command(self, user: str, channel: str, text: str, /) -> Answer: ...
    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None, /) -> str: ...
    def react(self, user: str, channel: str, ts: str, name: str, /) -> bool: ...
    def press(self, user: str, channel: str, ts: str, control: str, value: str | None = None, /) -> Answer: ...
    def drop_file(self, user: str, channel: str, name: str, content: bytes, /) -> str: ...
    def open_direct(self, user: str, /) -> str: ...


class Clock(Protocol):
    """The clock that both sides share."""

    def now(self) -> datetime: ...


class Program(Protocol):
    """The bot at work. `move` steps to each due instant in order and waits until the program is idle;
    `settle` lets the clock run until nothing is sendable within 60 s."""

    @property
    def clock(self) -> Clock: ...
    def move(self, to: datetime, /) -> object: ...
    def settle(self) -> object: ...


@dataclass(frozen=True)
class Stage:
    """All that `play` needs: `channel` is the id of the tour's channel, `bot` the user id of the bot."""

    hands: Hands
    ledger: Ledger
    program: Program
    channel: str
    bot: str
