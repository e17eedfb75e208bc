"""What a reply says, as a row of letters: one letter for each kind of word (see `yeswords.KINDS`), `|` between clauses.

The letters make the rules short and fast: "sorry mate, I really can't make it" is `|icNa`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from checklists.replynos import refused
from checklists.replytimes import NUMBERED, numbers
from checklists.replyturns import turned_round
from checklists.yeswords import (
    AGREES,
    ASKS_FIRST,
    BROKEN,
    BY_SIGN,
    EMOJI,
    ENGLISH,
    EXCLAIMED,
    FAMILIES,
    KISSES,
    LETTERED,
    MEANT,
    NOT_ADVERBS,
    OFTEN_MISSPELT,
    OFTEN_TURNED,
    PLAIN_YES,
    SIGNS,
    SO_THEN,
    STRAIGHT,
    SWORN,
    TO_WHOM,
    TONGUES,
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
RUN_IN = re.compile(
    r"\bi'?m\b|\bill(?= (?:be|get|do|make|come|see|take|pass|have|try|let|check|confirm|ask|sit|skip|also)\b)"
)
IS_RUN_IN: Mapping[str, str] = {"im": "i am", "ill": "i will"}
WRITTEN = re.compile(r"([a-z]+)'([a-z]+)")
ENDINGS: Mapping[str, str] = {"s": " is", "m": " am", "re": " are", "ll": " will", "ve": " have", "d": " would"}
TOKEN = re.compile(
    r"[#@][0-9]+(?::[0-9]{2})?(?![^\W_])|a[0-9]{2}:[0-9]{2}(?![^\W_])"
    r"|[^\W\d_]+|[0-9]+%?|\+|[?]+|[.,!;:()\"\n|]+|\s-+\s|/"
)
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


ACCENTED = re.compile(rf"\b(?:{'|'.join(MEANT)})\b")
"""Words that are another word without their accent."""
Phrases = Mapping[str, Sequence[tuple[int, Mapping[tuple[str, ...], str]]]]


def _plain(text: str) -> str:
    """Lower case without accents."""
    if text.isascii():
        return text.lower().translate(STRAIGHT)
    lowered = unicodedata.normalize("NFKC", text.casefold().translate(STRAIGHT))
    lowered = ACCENTED.sub(lambda found: MEANT[found[0]], lowered)
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))


def _listed() -> Phrases:
    """Every phrase under its first word, by the number of words that follow, the longest first."""
    found: dict[str, dict[int, dict[tuple[str, ...], str]]] = {}
    for phrase, letters in _every_phrase():
        for spelt in _spellings(_apart(_plain(phrase))):
            first, *rest = TOKEN.findall(spelt)
            found.setdefault(first, {}).setdefault(len(rest), {}).setdefault(tuple(rest), letters)
    return {first: sorted(rests.items(), reverse=True) for first, rests in found.items()}


def _every_phrase() -> Iterator[tuple[str, str]]:
    yield from phrases(FAMILIES)
    yield from phrases(ENGLISH)
    for tongue in TONGUES:
        yield from ((phrase, BROKEN.get(letters, letters)) for phrase, letters in phrases(tongue))


def _spellings(phrase: str) -> Sequence[str]:
    """`am free` holds for `are free` as well, `will be there` for `i will be there`."""
    words = phrase.split()
    if not words:
        return ()
    if words[0] in ("will", "have") and len(words) > 1:
        return (phrase, f"i {phrase}", f"we {phrase}")
    return (phrase, " ".join(["are", *words[1:]])) if words[0] == "am" and len(words) > 1 else (phrase,)


def _apart(text: str) -> str:
    """`I'm` as two words, `j'arrive` as one."""
    text = RUN_IN.sub(lambda found: IS_RUN_IN[found[0].replace("'", "")], text)
    if "'" not in text:
        return text
    return WRITTEN.sub(
        _halves, text.replace("can't", "cannot").replace("won't", "will not").replace("n't", " not")
    ).replace("'", "")


def _halves(found: re.Match[str]) -> str:
    before, after = found.groups()
    return before + (ENDINGS.get(after, after) if len(before) > 1 or before == "i" else after)


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
    listed = _listed()
    shouts = {_plain(phrase): f" {BROKEN.get(said, said)} " for phrase, said in phrases(BY_SIGN)}
    return Lexicon(
        phrases=listed,
        known=frozenset(listed)
        | {word for rests in listed.values() for _, some in rests for rest in some for word in rest},
        near=near_spellings(OFTEN_MISSPELT),
        spelt_right=frozenset(OFTEN_MISSPELT.split()),
        turned=turned(OFTEN_TURNED),
        sworn=frozenset(SWORN.split()),
        plain_yes=frozenset(PLAIN_YES.split()),
        not_adverbs=frozenset(NOT_ADVERBS.split()),
        shouts=shouts,
        shouted=re.compile("|".join(map(re.escape, sorted(shouts, key=len, reverse=True)))),
        whole={_plain(phrase): said for phrase, said in phrases(WHOLE)},
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
        text = "".join(map(_sign, text))
    if "~" in text:
        text = STRUCK.sub(" ", text)
    plain = _plain(text)
    if not plain.isascii():
        words = _lexicon()
        plain = words.shouted.sub(lambda found: words.shouts[found[0]], plain)
    plain = ASKS_FIRST.sub("is there", plain) if "is " in plain or "does " in plain else plain
    plain = LETTERED.sub(r"\1", plain)
    plain = EXCLAIMED.sub("what a ", plain) if "quel" in plain and "!" in plain else plain
    plain = SO_THEN.sub(", ", plain) if " so " in plain else plain
    return refused(turned_round(_apart(_whole(KISSES.sub("", plain) if " x" in plain else plain))))


def _whole(plain: str) -> str:
    """What a short reply says in place of itself, whoever it is said to: `dude obviously` is a yes."""
    alone = plain.strip(" .!|\n")
    whole = _lexicon().whole if len(alone) < SHORT else {}
    return whole.get(alone) or whole.get(TO_WHOM.sub("", alone), plain) if whole else plain


def _sign(letter: str) -> str:
    if letter in SIGNS:
        return f" | {SIGNS[letter]} | "
    if letter in "\u200d\ufe0f" or (unicodedata.category(letter) in ("Sk", "Cf", "Cc", "Mn") and letter != "\n"):
        return ""
    return " | " if unicodedata.category(letter) == "So" else letter


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
    for length, rests in listed.get(tokens[at], ()):
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
