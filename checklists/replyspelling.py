"""One spelling of what was written: no capitals, no accents, words apart; and where one word ends."""

import re
import unicodedata
from collections.abc import Mapping

from checklists.yeswords import MEANT, STRAIGHT

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
ACCENTED = re.compile(rf"\b(?:{'|'.join(MEANT)})\b")
"""Words that are another word without their accent."""


def plain(text: str) -> str:
    """Lower case without accents."""
    if text.isascii():
        return text.lower().translate(STRAIGHT)
    lowered = unicodedata.normalize("NFKC", text.casefold().translate(STRAIGHT))
    lowered = ACCENTED.sub(lambda found: MEANT[found[0]], lowered)
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))


def apart(text: str) -> str:
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
