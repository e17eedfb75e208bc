"""Does a text hold a fact? Whole numbers and whole names only, either of several, mention or name."""

import re
from collections.abc import Iterable

from bot.story.cast import member


def lacks(text: str, facts: Iterable[str]) -> list[str]:
    """The facts that the text does not hold."""
    return [fact for fact in facts if not holds(text, fact)]


def holds(text: str, fact: str) -> bool:
    """`a|b` means either; `@kit` the mention or the name; `~@kit` the name and no mention."""
    return any(_holds_one(text, one) for one in fact.split("|"))


def _holds_one(text: str, fact: str) -> bool:
    if fact.startswith("~@"):
        return _names(text, fact[2:]) and not _mentions(text, fact[2:])
    if fact.startswith("@"):
        return _names(text, fact[1:]) or _mentions(text, fact[1:])
    return _contains(text, fact)


def _mentions(text: str, name: str) -> bool:
    return re.search(rf"<@{member(name).id}(\|[^>]*)?>", text) is not None


def _names(text: str, name: str) -> bool:
    # The name inside a mention's own label does not count as spoken.
    spoken = re.sub(r"<@[^>]*>", " ", text)
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", spoken, re.IGNORECASE) is not None


def _contains(text: str, words: str) -> bool:
    before = r"(?<![1-9])" if words[:1].isdigit() else ""
    after = r"(?!\d)" if words[-1:].isdigit() else ""
    return re.search(before + re.escape(words) + after, text, re.IGNORECASE) is not None
