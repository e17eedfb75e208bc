"""What is typed about a gig's list: `lisbon wider arena`, `tour in-ears yes`, `tour add PM T-10d Pyro plan signed`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from checklists.asked_once import CONDITION_WORDS
from checklists.conditions import Condition
from checklists.errors import Refusal
from checklists.gig import Profile, ShowType
from handlers.typed import EDGES, gig_of, near, plain, quote, refusal, split_gig, tidy

EXAMPLE = "/gig checklist lisbon wider"
ANSWER = "/gig checklist lisbon border yes"
LONGEST = 3
"""Words of a condition's name."""
YES = MappingProxyType({
    "yes": True, "y": True, "yeah": True, "true": True, "no": False, "n": False, "false": False, "none": False,
    "unknown": None, "forget": None, "ask": None,
})  # fmt: skip
TOUR = "tour"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a list is made by from now on; None: that stays as it is."""

    profile: Profile | None = None
    show_type: ShowType | None = None
    away: bool | None = None
    headline: bool | None = None


class Amendment(StrEnum):
    """What is done to one line."""

    ADD = "add"
    DROP = "drop"
    REWORD = "reword"
    DUE = "due"
    OWNER = "owner"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class Amend:
    """A line that is made somebody's own; `words` as typed, of ADD everything that follows."""

    kind: Amendment
    key: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ListAsked:
    """What is asked about a list; nothing: to see what it is made by. `gig` is "" when none was named."""

    gig: str = ""
    of_tour: bool = False
    shape: Shape | None = None
    answers: tuple[tuple[Condition, bool | None], ...] = ()
    amend: Amend | None = None
    takes_file: bool = False


SHAPES: Mapping[str, Shape] = {
    "wider": Shape(Profile.WIDER), "wide": Shape(Profile.WIDER), "full": Shape(Profile.WIDER),
    "lite": Shape(Profile.LITE), "light": Shape(Profile.LITE), "short": Shape(Profile.LITE),
    "club": Shape(show_type=ShowType.CLUB), "theatre": Shape(show_type=ShowType.THEATRE),
    "theater": Shape(show_type=ShowType.THEATRE), "arena": Shape(show_type=ShowType.ARENA),
    "festival": Shape(show_type=ShowType.FESTIVAL_SLOT), "festival slot": Shape(show_type=ShowType.FESTIVAL_SLOT),
    "fly date": Shape(show_type=ShowType.FLY_DATE), "fly": Shape(show_type=ShowType.FLY_DATE),
    "session": Shape(show_type=ShowType.RECORDING_SESSION),
    "recording session": Shape(show_type=ShowType.RECORDING_SESSION),
    "away": Shape(away=True), "home": Shape(away=False), "headline": Shape(headline=True),
    "own show": Shape(headline=True), "support": Shape(headline=False),
}  # fmt: skip
KNOWN = (
    "wider", "lite", "club", "theatre", "arena", "festival", "fly date", "session", "away", "home", "headline",
    "support", *Amendment,
)  # fmt: skip

Taken = TypeVar("Taken")


def read_checklist(rest: str) -> ListAsked:
    """`gig`, `gig wider arena`, `gig border yes`, `gig add ...`; in place of a gig the word tour; or import.

    Raises Refusal for a condition or a line that cannot be read.
    """
    gig, text = split_gig(tidy(rest))
    words = text.split()
    if not gig and _bare(words) == ["import"]:
        return ListAsked(takes_file=True)
    of_tour = not gig and _bare(words[:1]) == [TOUR]
    words = words[1:] if of_tour else words
    at = 0 if gig or of_tour else _begins(words)
    asked = ListAsked(gig_of(gig or " ".join(words[:at])), of_tour)
    return _with_deed(asked, words[at:]) if words[at:] else asked


def _begins(words: Sequence[str]) -> int:
    """Where the gig's name ends and what is said of its list begins."""
    for at in range(len(words)):
        tail = words[at:]
        if (_is_amendment(tail) and len(tail) > 1) or _reads(tail):
            return at
    if len(words) > 1 and _bare(words)[-1] in YES:
        raise _unknown_condition(words)
    return len(words)


def _reads(words: Sequence[str]) -> bool:
    return bool(_all_answers(words) or _all_shapes(words))


def _is_amendment(words: Sequence[str]) -> bool:
    return bool(words) and _bare(words[:1])[0] in set(Amendment)


def _with_deed(asked: ListAsked, words: Sequence[str]) -> ListAsked:
    if _is_amendment(words):
        return replace(asked, amend=_amend(words))
    if answers := _all_answers(words):
        return replace(asked, answers=tuple(answers))
    if shapes := _all_shapes(words):
        return replace(asked, shape=_joined(shapes))
    if len(words) > 1 and _bare(words)[-1] in YES:
        raise _unknown_condition(words)
    raise refusal(f"I do not know {quote(' '.join(words))}.{guess(words)} I know: {', '.join(KNOWN)}.", EXAMPLE)


def guess(words: Sequence[str]) -> str:
    """` Did you mean wider?` for words of which the last was meant for one of ours, else ""."""
    last = (" ".join(_bare(words)[-count:]) for count in (1, 2) if count <= len(words))
    meant = next(filter(None, (near(each, KNOWN) for each in last)), None)
    return f" Did you mean {meant}?" if meant else ""


def _all_answers(words: Sequence[str]) -> list[tuple[Condition, bool | None]]:
    """`border yes union no` in pairs; empty for anything else."""
    found: list[tuple[Condition, bool | None]] = []
    rest = [word for word in _bare(words) if word not in ("and", "")]
    while rest:
        condition, took = _longest(rest, CONDITION_WORDS)
        if condition is None or took >= len(rest) or rest[took] not in YES:
            return []
        found.append((condition, YES[rest[took]]))
        rest = rest[took + 1 :]
    return found


def _all_shapes(words: Sequence[str]) -> list[Shape]:
    """`wider arena away` in order; empty for anything else."""
    found: list[Shape] = []
    rest = [word for word in _bare(words) if word not in ("and", "")]
    while rest:
        shape, took = _longest(rest, SHAPES)
        if shape is None:
            return []
        found.append(shape)
        rest = rest[took:]
    return found


def _longest(words: Sequence[str], known: Mapping[str, Taken]) -> tuple[Taken | None, int]:
    """What the words begin with, the longest name first, and how many words that is."""
    for count in range(min(LONGEST, len(words)), 0, -1):
        name = " ".join(words[:count]).replace("-", " ")
        if name in known:
            return known[name], count
    return None, 0


def _joined(shapes: Sequence[Shape]) -> Shape:
    """All of them at once; raises Refusal for two that cannot both be."""
    whole = Shape()
    for shape in shapes:
        said = {name: value for name in Shape.__slots__ if (value := getattr(shape, name)) is not None}
        if any(getattr(whole, name) not in (None, value) for name, value in said.items()):
            raise refusal("Those cannot both be: say one of them.", EXAMPLE)
        whole = replace(whole, **said)
    return whole


def _amend(words: Sequence[str]) -> Amend:
    """`drop va.power`, `reword va.power New words`; of `add` everything that follows."""
    kind = Amendment(_bare(words[:1])[0])
    said = [plain(word) for word in words[1:]]
    if kind is Amendment.ADD:
        return Amend(kind, words=" ".join(said))
    key, text = (said[0].strip(EDGES).casefold() if said else ""), " ".join(said[1:])
    if not key or (not text and kind in NEEDS_WORDS):
        raise refusal(f"{kind}: {'to what?' if key else 'which line?'}", _example(kind))
    if text and kind not in NEEDS_WORDS:
        raise refusal(f"After {kind} I read one line, not {quote(text)} too.", _example(kind))
    return Amend(kind, key, text)


NEEDS_WORDS = frozenset({Amendment.REWORD, Amendment.DUE, Amendment.OWNER})
"""What needs words behind the line's name."""


def _example(kind: Amendment) -> str:
    tail = {Amendment.REWORD: " Power: 63 A, 5 wires", Amendment.DUE: " T-21d", Amendment.OWNER: " SM"}
    return f"/gig checklist tour {kind} va.power{tail.get(kind, '')}"


def _unknown_condition(words: Sequence[str]) -> Refusal:
    said = _bare(words)[:-1]
    names = (" ".join(said[-count:]).replace("-", " ") for count in (1, 2, 3) if count <= len(said))
    meant = next(filter(None, (near(name, CONDITION_WORDS) for name in names)), None)
    hint = f" Did you mean {CONDITION_WORDS[meant]}?" if meant else ""
    return refusal(
        f"I know no condition {quote(said[-1])}.{hint} There are: {', '.join(Condition)}. Each is answered by yes, no "
        "or unknown.",
        ANSWER,
    )


def _bare(words: Sequence[str]) -> list[str]:
    return [plain(word).strip(EDGES + "?!=()").casefold() for word in words]
