"""What crew ask about a gig: a time, a person, a place, their own call, or one of the facts that are kept for it.

Rules, no guess: a topic is given only where the way of asking and the thing asked for both are known words.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from checklists.questionwords import (
    AVAILABLE,
    BARE_BESIDE,
    DAYS,
    FACTS,
    OWN,
    OWN_WEAK,
    PERSONS,
    RHETORICAL,
    STILL,
    TIMES,
    VENUE,
    WHAT,
    WHEN,
    WHERE,
    WHERE_IT_STANDS,
    WHO,
    WHOLE_DAY,
    WHY_ME,
)

ASKED, TOLD = "asked", "told"
"""Lines of the journal: what somebody asked that nobody knew, and that it was told since."""
KEY_MOST = 32
TOGETHER = timedelta(minutes=10)
"""So long what one person asks is passed on in one message."""
MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
MARKUP = re.compile(r"<[^>]*>|&(?:amp|lt|gt);")
ACCENT = re.compile("([a-z])[\u0300-\u036f]+")
CLAUSE = re.compile(r"[?!;\n]+|\.(?!\d)|,|\b(?:and|und|et|y|e|en)\s+(?=(?:what|when|where|who|wann|wo|wer)\b)")


class Kind(StrEnum):
    """What sort of thing is asked for, and so where the answer is looked up."""

    TIME = "time"
    DAY = "day"
    PERSON = "person"
    VENUE = "venue"
    OWN = "own"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a gig, in the words of whoever keeps it (`by`); `at` is UTC."""

    key: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing asked for. `key`: the anchor, the position or the fact's name; "" where the kind says all."""

    kind: Kind
    key: str = ""


def _any(words: str) -> re.Pattern[str]:
    """Any of these, as whole words; signs that are written without spaces count anywhere."""
    listed = _parted(words)
    apart = [each for each in listed if each.isascii()]
    joined = [each for each in listed if not each.isascii()]
    alone = [rf"(?<![a-z0-9])(?:{'|'.join(apart)})(?![a-z0-9])"] if apart else []
    return re.compile("|".join(alone + joined))


def _parted(words: str) -> list[str]:
    """The alternatives of a pattern, those in brackets left together."""
    parts, depth = [""], 0
    for letter in words:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


FACT_SAID = {key: _any(words) for key, words in FACTS.items()}
TIME_SAID = {anchor: _any(words) for anchor, words in TIMES.items()}
PERSON_SAID = {position: _any(words) for position, words in PERSONS.items()}
ASKED_WHEN, ASKED_WHERE, ASKED_WHAT, ASKED_WHO = map(_any, (WHEN, WHERE, WHAT, WHO))
ASKED_IF_THERE, ASKED_STILL = _any(AVAILABLE), _any(STILL)
SAID_VENUE, SAID_DAY, SAID_OWN, SAID_OWN_WEAK = map(_any, (VENUE, WHOLE_DAY, OWN, OWN_WEAK))
SAID_RHETORICAL, SAID_WHY_ME = _any(RHETORICAL), _any(WHY_ME)
SAID_PLACE_OF = {key: _any(words) for key, words in WHERE_IT_STANDS.items()}
SAID_DAYS = {days: _any(words) for days, words in DAYS.items()}
ASKS = (ASKED_WHEN, ASKED_WHERE, ASKED_WHAT, ASKED_WHO, ASKED_IF_THERE)
BESIDE = frozenset(BARE_BESIDE.split())


def topic(text: str, known: Collection[str] = ()) -> Topic | None:
    """The first thing that a text asks for; None when that is not sure. `known`: facts kept beside the usual ones."""
    return next(iter(topics(text, known)), None)


def topics(text: str, known: Collection[str] = ()) -> list[Topic]:
    """Everything that a text surely asks for, in its order, each once."""
    found = [_of_clause(clause, known) for clause in CLAUSE.split(folded(text))]
    return list(dict.fromkeys(each for each in found if each is not None))


def folded(text: str) -> str:
    """The text in small letters without accents, apostrophes and Slack's markup."""
    plain = MARKUP.sub(" ", text).casefold().replace("'", "").replace("’", "")
    bare = ACCENT.sub(r"\1", unicodedata.normalize("NFKD", plain))
    return unicodedata.normalize("NFC", bare).replace("-", " ").strip()


def _of_clause(clause: str, known: Collection[str]) -> Topic | None:
    if SAID_OWN.search(clause):
        return Topic(Kind.OWN)
    return _fact(clause, known) or _time(clause) or _person(clause) or _place_or_day(clause)


def _fact(clause: str, known: Collection[str]) -> Topic | None:
    asked = any(asks.search(clause) for asks in (ASKED_WHEN, ASKED_WHERE, ASKED_WHAT, ASKED_IF_THERE))
    extra = {key: re.compile(rf"\b{re.escape(folded(key))}\b") for key in known if key not in FACT_SAID}
    for key, said in {**extra, **FACT_SAID}.items():
        if said.search(clause) and (asked or _is_bare(clause, said)):
            return Topic(Kind.FACT, key)
    for key, said in SAID_PLACE_OF.items():
        if said.search(clause) and ASKED_WHERE.search(clause):
            return Topic(Kind.FACT, key)
    return None


def _time(clause: str) -> Topic | None:
    for anchor, said in TIME_SAID.items():
        if not said.search(clause):
            continue
        if ASKED_WHEN.search(clause) or ASKED_STILL.search(clause) or _is_bare(clause, said):
            return Topic(Kind.TIME, anchor.value)
    return None


def _person(clause: str) -> Topic | None:
    if not (ASKED_WHO.search(clause) or ASKED_IF_THERE.search(clause)):
        return None
    return next((Topic(Kind.PERSON, key.value) for key, said in PERSON_SAID.items() if said.search(clause)), None)


def _place_or_day(clause: str) -> Topic | None:
    asked_what = ASKED_WHAT.search(clause) or ASKED_IF_THERE.search(clause)
    if SAID_VENUE.search(clause) and (ASKED_WHERE.search(clause) or asked_what or _is_bare(clause, SAID_VENUE)):
        return Topic(Kind.VENUE)
    if SAID_DAY.search(clause) and (asked_what or ASKED_WHEN.search(clause) or _is_bare(clause, SAID_DAY)):
        return Topic(Kind.DAY)
    return Topic(Kind.OWN) if SAID_OWN_WEAK.search(clause) else None


def _is_bare(clause: str, said: re.Pattern[str]) -> bool:
    """True when hardly more than the thing itself was said: "wifi password pls", "what's the curfew"."""
    return set(ASKED_WHAT.sub(" ", said.sub(" ", clause)).split()) <= BESIDE


def key_of(words: str) -> str:
    """The name under which a fact is kept: the usual one of its synonyms, else the words as they are typed."""
    plain = " ".join(folded(words).split())
    usual = next((key for key, said in FACT_SAID.items() if said.fullmatch(plain)), None)
    place = next((key for key, said in SAID_PLACE_OF.items() if said.fullmatch(plain)), None)
    return (usual or place or plain)[:KEY_MOST].strip()


def is_usual(words: str) -> bool:
    """True for the name, or a synonym, of something that crew always ask for."""
    return key_of(words) in FACT_SAID


def is_for_the_lead(text: str, lead: str) -> bool:
    """True for a real question that only the tour manager can answer; not for chatter that ends with a sign.

    A line that names somebody else is left to those two.
    """
    if any(who != lead for who in MENTION.findall(text)):
        return False
    plain = folded(text)
    if SAID_RHETORICAL.search(plain) or SAID_WHY_ME.search(plain):
        return False
    words = plain.replace("?", " ").split()
    return any(not word.isascii() for word in words) or (len(words) > 1 and _asks_something(plain))


def _asks_something(plain: str) -> bool:
    return "?" in plain or any(asks.search(plain) for asks in ASKS)


def is_begged(text: str) -> bool:
    """True when anybody at all is asked for it, with or without a question mark: "anyone got the wifi"."""
    return re.search(r"\b(?:anyone|anybody|someone|somebody) (?:got|know|knows|have|has|tell|send)\b", text) is not None


def asks_why(text: str) -> bool:
    """True for "why did I get this?" and its kin, and for nothing longer."""
    plain = re.sub(r"[^\w\s]", " ", folded(text))
    return SAID_WHY_ME.fullmatch(" ".join(plain.split())) is not None


def day_named(text: str, today: date) -> date | None:
    """The day that a question names, counted from today; None when it names none."""
    plain = folded(text)
    found = next((days for days, said in SAID_DAYS.items() if said.search(plain)), None)
    return None if found is None else today + timedelta(days=found)


def window_of(asked: Sequence[datetime]) -> datetime:
    """When the message began that passes on the last of these questions of one person (UTC, in order)."""
    start = asked[0]
    for _, at in pairwise(asked):
        if at - start >= TOGETHER:
            start = at
    return start


WORDS: Mapping[str, str] = {"wifi": "Wi-Fi", "first aid": "First aid"}


def label(key: str) -> str:
    """A fact's name as a heading: `Wi-Fi`, `Dressing room`."""
    return WORDS.get(key) or key[:1].upper() + key[1:]
