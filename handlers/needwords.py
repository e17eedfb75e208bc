"""How many of which position a gig needs: `lisbon 2 riggers, LD 0, MON optional`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checklists.crew import Position
from checklists.errors import Refusal
from checklists.filling import MOST_HEADS
from handlers.callwords import POSITIONS
from handlers.typed import EDGES, gig_of, near, plain, quote, refusal, split_gig, tidy

EXAMPLE = "/gig crew lisbon hands 8"
PARTED = re.compile(r",|(?<!&amp)(?<!&lt)(?<!&gt);")
NUMBER = re.compile(r"[x×+]?(-?[0-9]{1,9})[x×]?", re.ASCII)
NUMBERISH = re.compile(r"[x×+-]?[0-9]", re.ASCII)
NUMBERS = {
    "no": 0, "none": 0, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
OPTIONAL, REQUIRED = frozenset({"optional", "optionally"}), frozenset({"required", "needed", "must"})
USUAL = frozenset({"usual", "usually", "default"})
MODES = OPTIONAL | REQUIRED | USUAL
FILLERS = frozenset({"and", "&", "x", "×", "the", "a", "is", "are", "-", "–", "—", "+", ""})
LONGEST, LONGEST_GIG = 3, 30
"""Words of a position's name, and of a gig's."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is said of one position. None: nothing is said of that. `usual`: as if nobody had asked."""

    position: Position
    heads: int | None = None
    required: bool | None = None
    usual: bool = False


@dataclass(frozen=True, slots=True)
class CrewAsked:
    """What a gig needs from now on; no change and not `usual`: show. `gig` is "" when none was named."""

    gig: str
    changes: tuple[Change, ...] = ()
    usual: bool = False


def read_needs(rest: str) -> CrewAsked:
    """`gig [N] position [N] [optional|required|usual], ...`, `gig usual`, or a gig alone.

    Raises Refusal for a position that is not known, a number without one, one without a number, a number
    outside 0 to 499, the same position twice, and for people and times: those are called.
    """
    text = tidy(rest)
    if "<@" in text or re.search(r"(?<!\S)@?[0-9]{1,2}:[0-9]{2}\b", text, re.ASCII):
        raise refusal(
            "Do you want to call somebody? Here I take only how many are needed.", "/gig call lisbon @ana FOH 14:00"
        )
    gig, text = split_gig(text)
    first, *others = [part.split() for part in PARTED.split(text)]
    if not gig:
        at = len(first) if _is_lone_number(first, others) else _begins(_bare(first))
        gig, first = " ".join(first[:at]), first[at:]
    parts = [_bare(part) for part in (first, *others) if part]
    if len(parts) == 1 and len(parts[0]) == 1 and parts[0][0] in USUAL:
        return CrewAsked(gig_of(gig), usual=True)
    changes = [change for part in parts for change in _changes(part)]
    _refuse_wrong(changes)
    return CrewAsked(gig_of(gig), tuple(changes))


def _is_lone_number(first: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """True for `12` alone: that is a gig."""
    return len(first) == 1 and first[0].isdigit() and not others


def _bare(words: Sequence[str]) -> list[str]:
    return [plain(word).strip(EDGES + "=()").casefold() for word in words]


def _begins(words: Sequence[str]) -> int:
    """Where the gig's name ends and the needs begin."""
    for at in range(min(len(words), LONGEST_GIG)):
        if _reads(words[at:]):
            return at
    if words and words[-1] in USUAL:
        return len(words) - 1
    said = next((at for at, word in enumerate(words) if _is_number(word) or word in MODES), None)
    if said is not None:
        return _suspect(words, said)
    return next((at for at in range(1, len(words)) if _take_position(words[at:])[1] == len(words) - at), len(words))


def _suspect(words: Sequence[str], said: int) -> int:
    """Where the needs were meant to begin, when a number or a mode stands at `said` beside no position."""
    follows = said + 1 < len(words) and not _is_number(words[said + 1]) and words[said + 1] not in MODES
    return said if follows or said < 2 else said - 1


def _reads(words: Sequence[str]) -> bool:
    try:
        return bool(_changes(words))
    except Refusal:
        return False


def _changes(words: Sequence[str]) -> list[Change]:
    """Every need of these words, in order; raises Refusal for anything else among them."""
    found: list[Change] = []
    rest = [word for word in words if word not in FILLERS]
    while rest:
        change, took = _one(rest)
        found.append(change)
        rest = rest[took:]
    return found


def _one(words: Sequence[str]) -> tuple[Change, int]:
    """The first need, and how many words it takes: `8 hands optional` or `hands 8 optional`."""
    before = _is_number(words[0])
    position, length = _take_position(words[before:])
    if position is None:
        raise _unknown(words, before)
    at = before + length
    after = not before and at < len(words) and _is_number(words[at])
    heads = _number(words[at if after else 0]) if before or after else None
    at += after
    mode = words[at] if at < len(words) and words[at] in MODES else ""
    if heads is None and not mode:
        raise refusal(
            f"How many {position}? I found no number for it. If that word belongs to the gig's name, write `#12` for "
            "the gig.",
            EXAMPLE,
        )
    return Change(position, heads, _required(mode), mode in USUAL), at + bool(mode)


def _required(mode: str) -> bool | None:
    return None if mode not in OPTIONAL | REQUIRED else mode in REQUIRED


def _take_position(words: Sequence[str]) -> tuple[Position | None, int]:
    """The position that the words begin with, the longest name first, and how many words that is."""
    for length in range(min(LONGEST, len(words)), 0, -1):
        said = " ".join(words[:length]).replace("-", " ")
        for name in (said, said.removesuffix("s")):
            if name in POSITIONS:
                return POSITIONS[name], length
    return None, 0


def _is_number(word: str) -> bool:
    return bool(NUMBERISH.match(word)) or word in NUMBERS


def _number(word: str) -> int:
    """Raises Refusal for what is no whole number."""
    if word in NUMBERS:
        return NUMBERS[word]
    found = NUMBER.fullmatch(word)
    if not found:
        raise refusal(f"How many is {quote(word)}? I take whole numbers.", EXAMPLE)
    return int(found[1])


def _unknown(words: Sequence[str], at: int) -> Refusal:
    if at >= len(words):
        return refusal(f"{quote(words[0])} of which position? {KNOWN}", EXAMPLE)
    meant = near(words[at], POSITIONS)
    guess = f" Did you mean {POSITIONS[meant]}?" if meant else ""
    return refusal(f"I do not know the position {quote(words[at])}.{guess} {KNOWN}", EXAMPLE)


def _refuse_wrong(changes: Sequence[Change]) -> None:
    positions = [change.position for change in changes]
    for change in changes:
        if change.heads is not None and not 0 <= change.heads <= MOST_HEADS:
            raise refusal(
                f"{change.heads} {change.position}? A gig needs from 0 to {MOST_HEADS} of a position.", EXAMPLE
            )
        if positions.count(change.position) > 1:
            raise refusal(f"{change.position} is there twice. Name each position once.", EXAMPLE)


KNOWN = "Positions: " + ", ".join(Position) + "."
