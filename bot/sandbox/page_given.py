"""What the page shows of the program under trial: values and callables that its opener gives."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


def _nothing(*_: Any) -> None:
    return None


@dataclass(frozen=True)
class Given:
    """All of it may be left out; what is missing is not shown.

    `roles`: person to a line about him, in the order of the switcher. `hints`: (what to type, what it does).
    `suggestions`: (title, who, where, text), where a place is a channel or `channel/ts` for a thread.
    `status`: (label, text) lines. `next_due` and `move` are UTC; `move` returns when it is there, `stop`
    ends a move early, `settle` lets what an action started come to rest. All are called from worker threads.
    """

    title: str = "Sandbox"
    about: str = ""
    viewer: str = ""
    channel: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    hints: Sequence[tuple[str, str]] = ()
    suggestions: Sequence[tuple[str, str, str, str]] = ()
    status: Callable[[], Sequence[tuple[str, str]]] = tuple
    next_due: Callable[[], datetime | None] = _nothing
    move: Callable[[datetime], object] = _nothing
    stop: Callable[[], object] = _nothing
    settle: Callable[[], object] = _nothing
