"""One line of a list as people type it: `PM T-10d critical doc equipment Pyro plan signed`."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from checklists.errors import Refusal
from checklists.items import Area, Evidence, Severity, StockItem
from checklists.sheet import OWNERS, read_due, read_owner
from handlers.typed import EDGES, name_of, near, quote, refusal

EXAMPLE = "/gig checklist tour add PM T-10d critical doc equipment Pyro plan signed"
DUE = re.compile(r"(t|[a-z][a-z_-]*)([+-])([0-9]{1,4})([dm]?)(?:@([0-9]{1,2}:[0-9]{2}))?", re.ASCII | re.IGNORECASE)
ANCHOR_NAMES = {"t": "T", "onsale": "on_sale", "flight": "flight_dep", "departure": "depart"}
SMALL_WORDS = frozenset("the a an of to for and is are all in on at our".split())  # noqa: SIM905
KEY_WORDS = 2
SHORT_ROLE = 2
"""Letters of a role that may be typed small: `pm` is no word of a text, `travel` is."""
OWN = "own."

AREAS: Mapping[str, Area] = {
    **{area.value: area for area in Area}, "deal": Area.DEAL_LEGAL, "legal": Area.DEAL_LEGAL,
    "house": Area.VENUE, "gear": Area.EQUIPMENT, "kit": Area.EQUIPMENT, "hotel": Area.TRAVEL,
    "promotion": Area.PROMO_GUEST, "promo": Area.PROMO_GUEST, "guests": Area.PROMO_GUEST, "guest": Area.PROMO_GUEST,
    "day": Area.SCHEDULE, "deal_and_legal": Area.DEAL_LEGAL, "promotion_and_guests": Area.PROMO_GUEST,
}  # fmt: skip
EVIDENCE: Mapping[str, Evidence] = {
    **{each.value: each for each in Evidence}, "document": Evidence.DOC, "number": Evidence.NUM,
    "payment": Evidence.PAY,
}  # fmt: skip
SEVERITIES: Mapping[str, Severity] = {**{each.value: each for each in Severity}, "show-stopper": Severity.STOPPER}


@dataclass
class Line:
    """What was read of a line so far; each kind of small word at most once."""

    said: dict[str, str] = field(default_factory=dict)

    def take(self, word: str) -> bool:
        """Takes a small word; False for one that is none, or whose kind is there already."""
        kind, value = _small(word)
        if not kind or kind in self.said:
            return False
        self.said[kind] = value
        return True


def read_line(words: str) -> StockItem:
    """A line of somebody's own; its key is `own.` and its first words. It is on lite lists too.

    Owner, due, severity, evidence and area stand before the text in any order, or after the due behind it.
    Raises Refusal without a due or a text, and for what cannot be read.
    """
    line, rest = Line(), words.split()
    while rest and line.take(rest[0].strip(EDGES)):
        rest = rest[1:]
    text = _text(rest if "due" in line.said else _due_behind(line, rest))
    if "due" not in line.said:
        raise refusal(f"By when is {quote(text)} due? I found no day such as T-10d, and no doors-30m.", EXAMPLE)
    return StockItem(
        key=OWN + slug(text),
        area=Area(line.said.get("area", Area.SCHEDULE)),
        text=text,
        owner=line.said.get("owner", "TM"),
        due=checked_due(line.said["due"]),
        evidence=Evidence(line.said.get("evidence", Evidence.TICK)),
        severity=Severity(line.said.get("severity", Severity.NORMAL)),
        lite=True,
    )


def _due_behind(line: Line, words: Sequence[str]) -> Sequence[str]:
    """The text before a due that stands behind it, with small words only after that; else all the words."""
    at = next((at for at, word in enumerate(words) if _small(word.strip(EDGES))[0] == "due"), len(words))
    tail = Line(dict(line.said))
    if at < len(words) and all(tail.take(word.strip(EDGES)) for word in words[at:]):
        line.said = tail.said
        return words[:at]
    return words


def _text(words: Sequence[str]) -> str:
    text = name_of(" ".join(words).strip().strip('"').strip(), "line", EXAMPLE)
    if not any(map(str.isalpha, text)):
        raise refusal("What is to be done? I found no words for it.", EXAMPLE)
    return text


def _small(word: str) -> tuple[str, str]:
    """What kind of small word it is, and its value; two "" for a word of the text, as one that begins in a capital."""
    low = word.casefold()
    if DUE.fullmatch(word):
        return "due", word
    if word not in (low, word.upper()):
        return "", ""
    if word.upper() in OWNERS and (word.isupper() or len(word) <= SHORT_ROLE):
        return "owner", word.upper()
    for kind, known in (("severity", SEVERITIES), ("evidence", EVIDENCE), ("area", AREAS)):
        if low in known:
            return kind, known[low]
    return "", ""


def checked_due(typed: str) -> str:
    """`T-10d` and `on-sale-7d` as lists have them; raises Refusal for another anchor, or for no due."""
    found = DUE.fullmatch(typed.strip(EDGES))
    if found is None:
        raise refusal(f"I cannot read {quote(typed)} as a due.", "/gig checklist tour due va.power T-21d")
    anchor, sign, count, unit, clock = found.groups()
    name = anchor.casefold().replace("-", "_")
    at = f"@{clock:0>5}" if clock else ""
    due = f"{ANCHOR_NAMES.get(name, name)}{sign}{count}{unit.lower() or 'd'}{at}"
    try:
        return read_due(due, {})
    except ValueError as wrong:
        raise refusal(f"{str(wrong)[:1].upper()}{str(wrong)[1:]}.", "/gig checklist tour due va.power T-21d") from wrong


def checked_owner(typed: str) -> str:
    """A role; raises Refusal for one that lists do not have, with the one that was probably meant."""
    try:
        return read_owner(typed.strip(EDGES).upper())
    except ValueError as wrong:
        meant = near(typed, OWNERS)
        hint = f" Did you mean {meant}?" if meant else ""
        raise Refusal(
            f"There is no role {quote(typed)} that a line may belong to.{hint} There are: {', '.join(sorted(OWNERS))}."
        ) from wrong


def slug(text: str) -> str:
    """`pyro_plan` of `Pyro plan signed`: the first words that mean something, in plain letters."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z0-9]+", bare)
    meant = [word for word in words if word not in SMALL_WORDS] or words
    return "_".join(word[:16] for word in meant[:KEY_WORDS]) or "line"
