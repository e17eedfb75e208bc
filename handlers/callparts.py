"""What a line of `/gig call` says besides who, as what and when: the kind of call, and its particulars."""

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from checklists.crew import CallKind, CallStage
from handlers.typed import EDGES, plain, quote, refusal

PARTICULAR_MOST = 200
EXAMPLE = "/gig call lisbon audio 11:00 gate 4 bring in-ears"
KINDS: Mapping[str, CallKind] = {
    "crew call": CallKind.CREW,
    "lobby call": CallKind.LOBBY,
    "lobby": CallKind.LOBBY,
    "bus call": CallKind.BUS,
    "bus": CallKind.BUS,
    "stage call": CallKind.STAGE,
    "stage": CallKind.STAGE,
    "show call": CallKind.SHOW,
    "show": CallKind.SHOW,
    "load-out call": CallKind.OUT,
    "out call": CallKind.OUT,
    "out": CallKind.OUT,
}
STAGES: Mapping[str, CallStage] = {
    "hold the date": CallStage.HOLD,
    "hold": CallStage.HOLD,
    "pencil": CallStage.HOLD,
    "confirm": CallStage.CONFIRM,
}
NAMES: Mapping[str, str] = {
    "place": "place",
    "gate": "gate",
    "report": "report_to",
    "report to": "report_to",
    "meal": "meal",
    "ppe": "ppe",
    "wear": "ppe",
    "bring": "bring",
}
WORDS: Mapping[str, str] = {
    "place": "Place",
    "gate": "Gate",
    "report_to": "Report to",
    "meal": "Meal",
    "ppe": "PPE",
    "bring": "Bring",
}
NOTHING = frozenset({"-", "none", "no", "nothing"})
PARTICULAR = re.compile(
    r"(?:(?<=\s)|(?<=[,;]))(report to|place|gate|report|meal|ppe|wear|bring)(?:[:\s]+|$)", re.IGNORECASE
)
CLOCK = re.compile(
    r"(?<!\S)(?:\d{1,2}[:.h]?\d{2}|\d{1,2}\s?[ap]\.?m\.?|noon|midday|midnight)(?![^\s,;])", re.IGNORECASE
)
T = TypeVar("T")
Said = tuple[tuple[str, str], ...]


def split_particulars(text: str, after: int) -> tuple[str, Said]:
    """The line without its particulars, and those by their names: `gate 4 bring in-ears` at its end.

    They begin behind `after`. Raises Refusal for one that is empty, too long or there twice.
    """
    found = [each for each in PARTICULAR.finditer(text) if each.start() >= after]
    if not found:
        return text, ()
    ends = [each.start() for each in found[1:]] + [len(text)]
    said: dict[str, str] = {}
    for each, end in zip(found, ends, strict=True):
        name = NAMES[" ".join(each[1].casefold().split())]
        if name in said:
            raise refusal(f"{WORDS[name]} is there twice.", EXAMPLE)
        said[name] = _value(each[1], text[each.end() : end])
    return text[: found[0].start()].rstrip(" ,;"), tuple(said.items())


def _value(word: str, typed: str) -> str:
    value = typed.strip(EDGES)
    if not value:
        raise refusal(f"{word} what? I found nothing behind it.", EXAMPLE)
    if len(value) > PARTICULAR_MOST:
        raise refusal(f"{quote(word)} may have {PARTICULAR_MOST} characters, it has {len(value)}.", EXAMPLE)
    if value.casefold() in NOTHING:
        return ""
    return value if value.startswith("<@") else plain(value)


def take_phrase(words: Sequence[str], known: Mapping[str, T], longest: int = 3) -> tuple[T | None, int]:
    """The longest phrase at the beginning of `words` that is known, and how many words it has."""
    for length in range(min(longest, len(words)), 0, -1):
        found = known.get(" ".join(words[:length]))
        if found is not None:
            return found, length
    return None, 0
