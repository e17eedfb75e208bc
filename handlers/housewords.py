"""A house as it is typed: `lisbon power 3x63 A, stage width 12 m`, `need power 3x63 A`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklists.house import HouseKey, example, read_value
from handlers.typed import EDGES, gig_of, near, plain, quote, refusal, split_gig, tidy

EXAMPLE = "/gig venue lisbon power 3x63 A"
PARTED = re.compile(r",(?![0-9])\s*|(?<!&amp)(?<!&lt)(?<!&gt);\s*")
OFF = frozenset({"off", "forget", "remove"})
NEED = frozenset({"need", "needs"})
SAID: Mapping[HouseKey, tuple[str, ...]] = {
    HouseKey.WIDTH: ("width",),
    HouseKey.DEPTH: ("depth",),
    HouseKey.TRIM: ("trim height", "height"),
    HouseKey.POWER: ("mains",),
    HouseKey.RIGGING: ("rigging points", "points"),
    HouseKey.PA: ("sound system",),
    HouseKey.DESK: ("foh desk", "console", "desks"),
    HouseKey.MONITORS: ("monitor", "mons"),
    HouseKey.LIGHTS: ("lighting", "lx"),
    HouseKey.LIMIT: ("limit", "db limit", "noise limit", "spl"),
    HouseKey.DOOR: ("door", "load-in door", "dock door"),
    HouseKey.PARKING: ("parking space",),
    HouseKey.ROOMS: ("rooms", "dressing room"),
    HouseKey.SHOWERS: ("shower",),
    HouseKey.CAPACITY: ("cap",),
    HouseKey.CURFEW: ("curfew time",),
}
KEYS = {said: key for key, ways in SAID.items() for said in (key.value.casefold(), *ways)}
LONGEST = 2
"""Words of a key."""


@dataclass(frozen=True, slots=True)
class HouseAsked:
    """What is said of a house, or (`is_need`) of what the tour needs of every house; no values: show.

    A value of "" takes it back.
    """

    gig: str = ""
    values: tuple[tuple[HouseKey, str], ...] = ()
    is_need: bool = False


def read_house(rest: str) -> HouseAsked:
    """`gig key value, key value`, `need key value`, `key off`, or a gig alone.

    Raises Refusal for a key that is not known, one without a value or twice, and for a wrong number or unit.
    """
    gig, text = split_gig(tidy(rest))
    words = text.split(" ")
    if not gig and words[0].strip(EDGES).casefold() in NEED:
        return HouseAsked("", _values(" ".join(words[1:])), is_need=True)
    at = _begins(words)
    if at is None:
        _refuse_slip(words)
        return HouseAsked(gig_of(gig or text))
    before = " ".join(words[:at])
    return HouseAsked(gig_of(f"{gig} {before}" if gig else before), _values(" ".join(words[at:])))


def _begins(words: Sequence[str]) -> int | None:
    """Where the first key stands."""
    return next((at for at in range(len(words)) if _take_key(words[at:])[0]), None)


def _take_key(words: Sequence[str]) -> tuple[HouseKey | None, int]:
    """The key that the words begin with, the longest first, and how many words that is."""
    for length in range(min(LONGEST, len(words)), 0, -1):
        said = " ".join(words[:length]).strip(EDGES + "=").casefold()
        if said in KEYS:
            return KEYS[said], length
    return None, 0


def _refuse_slip(words: Sequence[str]) -> None:
    """Raises Refusal when something is said after the gig that is no key."""
    if len(words) > 1 and (meant := next(filter(None, (near(word, KEYS) for word in words[1:])), None)):
        raise refusal(f"I do not know that of a house. Did you mean {KEYS[meant].value}? {KNOWN}", EXAMPLE)
    if len(words) > 1 and any(word[0].isdigit() for word in words[1:] if word):
        raise refusal(f"I do not know what {quote(' '.join(words[1:]))} is of. {KNOWN}", EXAMPLE)


def _values(text: str) -> tuple[tuple[HouseKey, str], ...]:
    found: list[tuple[HouseKey, str]] = []
    for part in _parts(text):
        words = part.split(" ")
        key, length = _take_key(words)
        if key is None:
            raise _unknown(words)
        if key in dict(found):
            raise refusal(f"{key.value} is there twice. Say each thing once.", EXAMPLE)
        found.append((key, _value(key, " ".join(words[length:]))))
    return tuple(found)


def _parts(text: str) -> list[str]:
    """The text parted at commas; what does not begin with a key belongs to the part before it."""
    parts: list[str] = []
    for part in (each.strip() for each in PARTED.split(text)):
        if parts and part and not _take_key(part.split(" "))[0]:
            parts[-1] = f"{parts[-1]}, {part}"
        elif part:
            parts.append(part)
    return parts


def _value(key: HouseKey, words: str) -> str:
    """The value as it is kept; "" takes it back."""
    said = plain(words).strip(" \t,;:=")
    if said.casefold() in OFF:
        return ""
    if not said:
        raise refusal(f"What of {key.value}? I found no value.", f"/gig venue lisbon {example(key)}")
    return read_value(key, said)


def _unknown(words: Sequence[str]) -> Exception:
    meant = near(" ".join(words[:LONGEST]), KEYS) or near(words[0], KEYS)
    guess = f" Did you mean {KEYS[meant].value}?" if meant else ""
    return refusal(f"I do not know {quote(words[0])} of a house.{guess} {KNOWN}", EXAMPLE)


KNOWN = "I know: " + ", ".join(key.value for key in HouseKey) + "."
