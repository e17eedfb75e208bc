"""The table of phrases that a reply is looked up in: every phrase of the files of words, choice by choice."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, product
from sys import intern

from checklists.replyspelling import TOKEN, apart, plain
from checklists.yeswords import BROKEN, EITHER, ENGLISH, FAMILIES, TONGUES, patterns

Tokens = tuple[str, ...]
Phrases = Mapping[str, Sequence[tuple[int, Mapping[Tokens, str]]]]
"""Under its first word, by the number of words that follow, the longest first."""
AS_IT_IS = re.compile(r"(?!.*\b(?:im|ill)\b)[a-z ]*")
"""What reading would change nothing of, as most phrases are."""
PIECEMEAL = re.compile(r"[^\s{}]\{|\}[^\s{}]|\bill\b", re.IGNORECASE)
"""Choices that are parts of a word, and a word that the next one may change: put together before they are read."""


def listed() -> tuple[Phrases, frozenset[str]]:
    """Every phrase, and every word that stands in one. What a file says first holds."""
    found: dict[str, dict[int, dict[Tokens, str]]] = {}
    for tokens, letters in _every_phrase():
        for first, *rest in _spellings(tokens):
            found.setdefault(first, {}).setdefault(len(rest), {}).setdefault(tuple(rest), letters)
    known = {word for rests in found.values() for some in rests.values() for rest in some for word in rest}
    return {first: sorted(rests.items(), reverse=True) for first, rests in found.items()}, frozenset(found) | known


def _every_phrase() -> Iterator[tuple[Tokens, str]]:
    for name in (FAMILIES, ENGLISH, *TONGUES):
        for pattern, letters in patterns(name):
            said = BROKEN.get(letters, letters) if name in TONGUES else letters
            for tokens in _spoken(pattern):
                yield tokens, said


def _spoken(pattern: str) -> Iterator[Tokens]:
    """What a phrase with choices stands for, each as its words."""
    if "{" not in pattern:
        yield _tokens(pattern)
        return
    parts = EITHER.split(pattern)
    choices = [part.split("/") if at % 2 else [part] for at, part in enumerate(parts)]
    if PIECEMEAL.search(pattern):
        yield from (_tokens("".join(chosen)) for chosen in product(*choices))
        return
    heard = [[_tokens(choice) for choice in some] for some in choices]
    yield from (tuple(chain.from_iterable(chosen)) for chosen in product(*heard))


@lru_cache(maxsize=20_000)
def _tokens(words: str) -> Tokens:
    if AS_IT_IS.fullmatch(words):
        return tuple(map(intern, words.split()))
    return tuple(map(intern, TOKEN.findall(apart(plain(" ".join(words.split()))))))


def _spellings(words: Tokens) -> Sequence[Tokens]:
    """`am free` holds for `are free` as well, `will be there` for `i will be there`."""
    if len(words) > 1 and words[0] in ("will", "have"):
        return (words, ("i", *words), ("we", *words))
    if len(words) > 1 and words[0] == "am":
        return (words, ("are", *words[1:]))
    return (words,) if words else ()
