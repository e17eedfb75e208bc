"""What a reply says, as a row of letters: one letter for each kind of word (see `yeswords.KINDS`), `|` between clauses.

The letters make the rules short and fast: "sorry mate, I really can't make it" is `|icNa`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from checklists.replynos import refused
from checklists.replyphrases import Phrases, listed
from checklists.replysigns import by_sign, worded
from checklists.replyspelling import TOKEN, apart, plain
from checklists.replytimes import NUMBERED, numbers
from checklists.replyturns import turned_round
from checklists.yeswords import (
    AGREES,
    ASKS_FIRST,
    BROKEN,
    BY_SIGN,
    EMOJI,
    EXCLAIMED,
    KISSES,
    LETTERED,
    NOT_ADVERBS,
    OFTEN_MISSPELT,
    OFTEN_TURNED,
    PLAIN_YES,
    SO_THEN,
    SWORN,
    TO_WHOM,
    WHOLE,
    near_spellings,
    phrases,
    turned,
)

MOST_READ = 500
SHORT = 30
SLACK = re.compile(
    r"(?<!\w)@[a-z]\w*|<[^<>\n]{0,300}>|^\s*(?:>|&gt;)(?:[^\n]*\?(?= *[^\s?][^\n]*\Z)|[^\n]*$)", re.MULTILINE
)
STRUCK = re.compile(r"~[^~\n]{1,200}~")
EMOJI_NAME = re.compile(r":([a-z0-9_+'-]{1,40}):(?::?skin-tone-[2-6]:)?")
HAS_LETTER = re.compile(r"[0-9]| [b-h]\b")
DOUBLE = re.compile(r"(.)\1+")
LONG = re.compile(r"(.)\1{2,}")
DAY = re.compile(r"(?:mon|tue|tues|wednes|wed|thurs|thu|thur|fri|satur|sat|sun)(?:day)?s?$")
LINES: Mapping[str, str] = {"#": "#", "@": "@", "a": "@"}
SPLITS = frozenset('.,!;:()"\n|-')


@dataclass(frozen=True, slots=True)
class Word:
    """One piece of a reply: its letter, and for a number or time its value in minutes.

    `is_open`: a time said without am or pm.
    """

    kind: str
    value: int = 0
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every word that is known: phrases by their first word, near spellings, and what signs say."""

    phrases: Phrases
    known: frozenset[str]
    near: Mapping[str, str]
    spelt_right: frozenset[str]
    turned: Mapping[str, str]
    sworn: frozenset[str]
    plain_yes: frozenset[str]
    not_adverbs: frozenset[str]
    shouts: Mapping[str, str]
    shouted: re.Pattern[str]
    whole: Mapping[str, str]


@cache
def _lexicon() -> Lexicon:
    """Read from the files with the first reply, so that a program that reads none starts faster."""
    phrases_listed, known = listed()
    shouts = {plain(phrase): f" {BROKEN.get(said, said)} " for phrase, said in phrases(BY_SIGN)}
    return Lexicon(
        phrases=phrases_listed,
        known=known,
        near=near_spellings(OFTEN_MISSPELT),
        spelt_right=frozenset(OFTEN_MISSPELT.split()),
        turned=turned(OFTEN_TURNED),
        sworn=frozenset(SWORN.split()),
        plain_yes=frozenset(PLAIN_YES.split()),
        not_adverbs=frozenset(NOT_ADVERBS.split()),
        shouts=shouts,
        shouted=by_sign(shouts),
        whole={plain(phrase): said for phrase, said in phrases(WHOLE)},
    )


def hear(text: str) -> list[Word]:
    """The words of a reply, clause breaks and question marks among them; only its first 500 characters."""
    spelt = _spelt(text[:MOST_READ])
    if NUMBERED.search(spelt):
        spelt = numbers(spelt)
    known = _lexicon().known
    tokens = [one if one in known or not one.isalpha() else _respelt(one) for one in TOKEN.findall(spelt)]
    return _said(_unsworn(_from_yes(tokens, known)))


def _from_yes(tokens: list[str], known: frozenset[str]) -> list[str]:
    """The tokens without an unknown word in front of a plain yes: `ooft yes please`."""
    named = len(tokens) > 3 and tokens[0].isalpha() and tokens[0] not in known
    if named and tokens[1] == "here" and tokens[2] in ",.-:":
        tokens = tokens[3:]
    while len(tokens) > 1 and tokens[0].isalpha() and tokens[0] not in known and tokens[1] in _lexicon().plain_yes:
        tokens = tokens[1:]
    return tokens


def _unsworn(tokens: list[str]) -> list[str]:
    """The tokens without those that only add weight, unless there is nothing else."""
    if _lexicon().sworn.isdisjoint(tokens):
        return tokens
    left = [token for token in tokens if token not in _lexicon().sworn]
    return left if any(token.isalnum() for token in left) else tokens


def _spelt(text: str) -> str:
    """One spelling: no quoted lines, no links, emoji as words."""
    if ">" in text or "&" in text or "@" in text:
        text = SLACK.sub(" ", text).replace("&amp;", "&").replace("&lt;", " ").replace("&gt;", " ")
        text = text.replace("&", " and ")
    if text.count(":") > 1:
        text = EMOJI_NAME.sub(lambda found: f" | {EMOJI.get(found[1], '')} | ", text)
    if not text.isascii():
        text = worded(text)
    if "~" in text:
        text = STRUCK.sub(" ", text)
    bare = plain(text)
    if not bare.isascii():
        words = _lexicon()
        bare = words.shouted.sub(lambda found: words.shouts.get(found[0], " | unavailable "), bare)
    bare = ASKS_FIRST.sub("is there", bare) if "is " in bare or "does " in bare else bare
    bare = LETTERED.sub(r"\1", bare) if HAS_LETTER.search(bare) else bare
    bare = EXCLAIMED.sub("what a ", bare) if "quel" in bare and "!" in bare else bare
    bare = SO_THEN.sub(", ", bare) if " so " in bare else bare
    return refused(turned_round(apart(_whole(KISSES.sub("", bare) if " x" in bare else bare))))


def _whole(bare: str) -> str:
    """What a short reply says in place of itself, whoever it is said to: `dude obviously` is a yes."""
    alone = bare.strip(" .!|\n")
    whole = _lexicon().whole if len(alone) < SHORT else {}
    return whole.get(alone) or whole.get(TO_WHOM.sub("", alone), bare) if whole else bare


def _said(tokens: Sequence[str]) -> list[Word]:
    listed = _lexicon().phrases
    words: list[Word] = []
    at = 0
    while at < len(tokens):
        letters, taken = _phrase(listed, tokens, at)
        if letters is None:
            words.append(_other(tokens[at]))
        else:
            words += [Word(letter) for letter in letters]
        at += taken
    return words


def _phrase(listed: Phrases, tokens: Sequence[str], at: int) -> tuple[str | None, int]:
    """The letters of the longest phrase that begins here, and how many tokens it takes."""
    left = len(tokens) - at
    for length, rests in listed.get(tokens[at], ()):
        if length < left:
            letters = rests.get(tuple(tokens[at + 1 : at + 1 + length]))
            if letters is not None:
                return letters, length + 1
    return None, 1


def _respelt(word: str) -> str:
    """`yesss` as yes, `confrimed` as confirmed."""
    if AGREES.match(word):
        return "yes" if word[0] == "y" else "ok"
    if word in _lexicon().turned:
        return _lexicon().turned[word]
    short = LONG.sub(r"\1", word)
    for one in (short, LONG.sub(r"\1\1", word), DOUBLE.sub(r"\1", word)):
        if one in _lexicon().known:
            return one
    return _nearest(word) if len(word) > 4 else word


def _nearest(word: str) -> str:
    near, right = _lexicon().near, _lexicon().spelt_right
    if word in near:
        return near[word]
    for at in range(1, len(word)):
        less = word[:at] + word[at + 1 :]
        if less in right or less in near:
            return near.get(less, less)
    return word


def _other(token: str) -> Word:
    """A number, a time, a mark, a day, or a word that no list has."""
    if token[0] in "#@a" and token[-1].isdigit():
        hours, _, minutes = token[1:].partition(":")
        return Word(LINES[token[0]], int(hours) * 60 + int(minutes) if minutes else int(hours), token[0] == "a")
    if token.isdecimal():
        return Word("0", int(token[:4]))
    if "%" in token:
        return Word("m")
    if token[0] == "?":
        return Word("?")
    if token.strip(" ")[0] in SPLITS:
        return Word("\n" if token[0] in ".!\n;" else "|")
    if DAY.match(token):
        return Word("D")
    return Word("z" if len(token) > 5 and token.endswith("ly") and token not in _lexicon().not_adverbs else "x")
