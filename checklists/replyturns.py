"""Replies that turn round what they said: `I said no but I'm in`, `thought I was booked, I'm not, so yes`.

Each line of `words/turns.txt` is a frame of the field's talk and what it is read as. A frame is tried only when one of
the words in front of it is in the reply: `said told: (frame) -> (what is read)`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from checklists.replyclocks import calls, told_in_words

TURNS = Path(__file__).parent / "words" / "turns.txt"
WORDS_OF = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: its pattern on lower case text without accents, and what stands in its place."""

    pattern: str
    becomes: str


@cache
def _frames() -> tuple[Sequence[Frame], Mapping[str, Sequence[int]]]:
    """The frames in their order, and under each word the frames that it calls for; read with the first reply."""
    families: dict[str, str] = {}
    frames: list[Frame] = []
    called: dict[str, list[int]] = {}
    for line in TURNS.read_text(encoding="utf-8").splitlines():
        name, is_family, family = line.partition(" = ")
        if is_family:
            families[name] = _filled(family, families)
            continue
        words, _, turn = line.partition(": ")
        pattern, _, becomes = turn.partition(" -> ")
        for word in _filled(words, families).split():
            called.setdefault(word, []).append(len(frames))
        frames.append(Frame(_filled(pattern, families), f" {becomes} "))
    return frames, called


def _filled(text: str, families: Mapping[str, str]) -> str:
    """The text with each `<NAME>` as its family."""
    return re.sub(r"<([A-Z]+)>", lambda found: families[found[1]], text)


def turned_round(plain: str) -> str:
    """The text with each frame as what it means; `plain` is lower case without accents, its short forms apart."""
    frames, called = _frames()
    said = frozenset(WORDS_OF.findall(plain))
    calling = called.keys() & said
    for at in sorted({at for word in calling for at in called[word]}):
        plain = _compiled(frames[at].pattern).sub(frames[at].becomes, plain)
    return plain if calls().isdisjoint(said) else told_in_words(plain)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled with the first reply that calls for it."""
    return re.compile(pattern)
