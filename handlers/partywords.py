"""Whom `/gig call` means without a name: a department, a position, everyone: `lisbon audio 11:00`."""

from collections.abc import Mapping
from dataclasses import dataclass

from checklists.crew import CallKind, CallStage, Position
from checklists.positions import department_said, positions_of
from handlers.callparts import CLOCK, KINDS, STAGES, Said, T, split_particulars
from handlers.callwords import FILLERS, OFF, POSITIONS, is_time, read_call_clock
from handlers.clockwords import Clock
from handlers.typed import EDGES, gig_of, plain, refusal, tidy

EVERYONE = frozenset({"all", "everyone", "everybody", "crew", "all crew", "whole crew", "the whole crew"})
ALL = frozenset(Position)
EXAMPLE = "/gig call lisbon audio 11:00"
LONGEST = 4


@dataclass(frozen=True, slots=True)
class PartyRequest:
    """Everybody of these positions, asked in one line; `gig` is "" when none was named, `who` as it was typed.

    Without a clock it is the usual time of each department before the day's times, or, with particulars, the time
    for which each is called already. `off` calls them off.
    """

    gig: str
    who: str
    positions: frozenset[Position]
    clock: Clock | None = None
    off: bool = False
    kind: CallKind = CallKind.CREW
    stage: CallStage = CallStage.CONFIRM
    confirms: bool = False
    said: Said = ()


def read_party(rest: str) -> PartyRequest | None:
    """`gig department [kind] [time]`; None when somebody is named, or no department, position nor `everyone` is.

    Particulars stand behind the time, or behind the department: a town called Place Bell stays a town. Raises Refusal
    for two times, and for `off` with a time.
    """
    text = tidy(rest)
    clock = CLOCK.search(text)
    return _party(text, 1) or (_party(text, clock.end()) if clock else None)


def _party(line: str, after: int) -> PartyRequest | None:
    text, said = split_particulars(line, after)
    if "@" in text:
        return None
    words = [word.strip(EDGES) for word in plain(text).split() if word.strip(EDGES)]
    end, clocks, off, kind, stage = _how(words)
    positions, begin = _who(words[:end])
    confirms = stage is CallStage.CONFIRM
    if not positions and confirms:
        positions, begin = ALL, end
    if not positions:
        return None
    if len(clocks) > 1 or (off and clocks):
        raise refusal("One call has one time, and nobody is called off at a time.", EXAMPLE)
    who = " ".join(words[begin:end]) or "everyone"
    clock = read_call_clock(clocks[0]) if clocks else None
    how = (clock, off, kind or CallKind.CREW, stage or CallStage.CONFIRM, confirms)
    return PartyRequest(gig_of(" ".join(words[:begin])), who, positions, *how, said)


def _how(words: list[str]) -> tuple[int, list[str], bool, CallKind | None, CallStage | None]:
    """Where the words of time, kind and stage begin at the end of the line, and what they say."""
    end, clocks, off = len(words), list[str](), False
    kind: CallKind | None = None
    stage: CallStage | None = None
    while end:
        word = words[end - 1].casefold()
        length = 1
        if is_time(word) and word != words[0].casefold():
            clocks.append(word)
        elif word in OFF:
            off = True
        elif found := _ends(words[:end], KINDS):
            kind, length = kind or found[0], found[1]
        elif hold := _ends(words[:end], STAGES):
            stage, length = stage or hold[0], hold[1]
        elif word not in FILLERS:
            break
        end -= length
    return end, clocks, off, kind, stage


def _who(words: list[str]) -> tuple[frozenset[Position], int]:
    """The positions named at the end of the words, and where they begin."""
    begin, found = len(words), frozenset[Position]()
    while begin:
        positions, length = _group(words[:begin])
        if not length and words[begin - 1].casefold() in (*FILLERS, "&", "+"):
            length = 1 if found else 0
        if not length:
            break
        found, begin = found | positions, begin - length
    return found, begin


def _group(words: list[str]) -> tuple[frozenset[Position], int]:
    for length in range(min(LONGEST, len(words)), 0, -1):
        phrase = " ".join(words[-length:]).casefold()
        if phrase in EVERYONE:
            return ALL, length
        if department := department_said(phrase):
            return frozenset(positions_of(department)), length
        if position := POSITIONS.get(phrase) or POSITIONS.get(phrase.removesuffix("s")):
            return frozenset({position}), length
    return frozenset(), 0


def _ends(words: list[str], known: Mapping[str, T]) -> tuple[T, int] | None:
    for length in range(min(LONGEST, len(words)), 0, -1):
        found = known.get(" ".join(words[-length:]).casefold())
        if found is not None:
            return found, length
    return None
