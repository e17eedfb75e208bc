"""The ledger as people see it in the end: each message once, with its last words and its reactions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.story.cast import name_of
from bot.story.stage import Line
from bot.story.wording import lines_of

MADE = frozenset({"posted", "ephemeral"})
CHANGED = frozenset({"edited", "ephemeral_edited"})


@dataclass
class Bubble:
    """One message, command or press as it stands in the end; `at` is UTC."""

    at: datetime
    channel: str
    ts: str
    thread_ts: str
    speaker: str
    lines: list[str]
    kind: str = ""
    only_for: str = ""
    is_edited: bool = False
    reactions: dict[str, list[str]] = field(default_factory=dict)


def blow(entries: Sequence[Line], bot: str) -> list[Bubble]:
    """The bubbles of a ledger, in order."""
    made: list[Bubble] = []
    by_place: dict[tuple[str, str], Bubble] = {}
    for line in entries:
        if line.kind in MADE:
            made.append(_said(line, bot))
            by_place[line.channel, line.ts] = made[-1]
        elif line.kind in DONE:
            made.append(_done(line))
        elif (line.channel, line.ts) in by_place:
            _change(by_place[line.channel, line.ts], line, bot)
    return [bubble for bubble in made if bubble.lines]


def _said(line: Line, bot: str) -> Bubble:
    hidden = line.kind == "ephemeral"
    speaker = "buscall" if hidden or line.user == bot else name_of(line.user)
    kind = str((line.metadata or {}).get("event_type", "")).removeprefix("buscall_")
    words = lines_of(line.text, line.blocks)
    only_for = name_of(line.user) if hidden else ""
    return Bubble(line.at, line.channel, line.ts, _thread(line), speaker, words, kind, only_for)


def _thread(line: Line) -> str:
    return line.thread_ts if line.thread_ts and line.thread_ts != line.ts else ""


def _done(line: Line) -> Bubble:
    """A command, a press or a dropped file."""
    words = DONE[line.kind].format(text=lines_of(line.text, ())[:1] or [""], label=_label(line))
    # Pressed in the thread's first message is pressed in the thread.
    thread = _thread(line) if line.kind != "commanded" else ""
    return Bubble(line.at, line.channel, "", thread, name_of(line.user), [_tidy(words)])


DONE: Mapping[str, str] = {"commanded": "{text[0]}", "pressed": "presses [{label}]", "file_shared": "drops {text[0]}"}


def _tidy(words: str) -> str:
    return " ".join(words.split())


def _label(line: Line) -> str:
    text = line.detail.get("text")
    return str(text.get("text", "")) if isinstance(text, Mapping) else line.name


def _change(bubble: Bubble, line: Line, bot: str) -> None:
    if line.kind in CHANGED:
        bubble.lines, bubble.is_edited = lines_of(line.text, line.blocks), True
    elif line.kind == "deleted":
        bubble.lines = []
    elif line.kind in ("reacted", "unreacted"):
        _react(bubble, line, "buscall" if line.user == bot else name_of(line.user))


def _react(bubble: Bubble, line: Line, who: str) -> None:
    people = bubble.reactions.setdefault(line.name, [])
    if line.kind == "reacted":
        people.append(who)
    elif who in people:
        people.remove(who)
