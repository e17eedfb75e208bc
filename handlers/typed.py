"""What was typed, as Slack hands it over: cleaned, quoted back, and refused when it is too long."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from checklists.errors import Refusal
from checklists.gig import TEXT_LIMIT

MOST_TYPED = 3000
MOST_QUOTED = 60
EDGES = " \t,;.:\u200c\u200d"
JOINERS = "\u200c\u200d"
STRAIGHT = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‐": "-", "‑": "-"}
)
LINK = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
QUOTED_START = re.compile(r'^"([^"]*)"\s*(.*)$')
NUMBER_START = re.compile(r"^(#[0-9]{1,9})(?![0-9])[\s,:;-]*(.*)$", re.ASCII)


def tidy(text: str) -> str:
    """`text` on one line: odd spaces and line breaks are one space, control characters vanish.

    Mentions and `&amp;` stay as Slack escapes them, see `plain`. Raises Refusal over 3,000 characters.
    """
    if len(text) > MOST_TYPED:
        raise Refusal(
            f"Too long: {len(text):,} characters; a command may have {MOST_TYPED:,}. "
            f"Send it in parts, or write `/gig help` to see every line that works."
        )
    return visible(text).translate(STRAIGHT)


def visible(text: str) -> str:
    """`text` on one line, without the signs that nobody sees: they can hide or turn round what stands beside them."""
    return " ".join("".join(map(_visible, unicodedata.normalize("NFC", text))).split())


def _visible(letter: str) -> str:
    if letter.isspace():
        return " "
    if letter in JOINERS:
        return letter
    return "" if unicodedata.category(letter) in ("Cc", "Cf", "Cs") else letter


def plain(words: str) -> str:
    """Tidied words as the person saw them: links and mentions by their label, `&lt; &gt; &amp;` as signs."""
    shown = LINK.sub(_label, words)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip(" " + JOINERS)


def _label(link: re.Match[str]) -> str:
    sign, target, label = link.groups()
    shown = label or target
    return shown if shown.startswith(sign) or sign == "!" else sign + shown


def name_of(words: str, what: str, example: str) -> str:
    """The words as a plain name; raises Refusal when it has more than 300 characters."""
    name = plain(words)
    if len(name) > TEXT_LIMIT:
        raise refusal(f"That {what} has {len(name):,} characters, at most {TEXT_LIMIT} fit: {quote(name)}.", example)
    return name


def gig_of(words: str) -> str:
    """The gig reference in tidied words, without quotes and stray punctuation; "" when there is none."""
    return name_of(words.strip(EDGES).strip('"').strip(EDGES), "gig", "/gig show lisbon")


def split_gig(text: str) -> tuple[str, str]:
    """A leading `#12` or `"quoted name"`, and what follows it; ("", text) when it begins otherwise."""
    found = NUMBER_START.match(text) or QUOTED_START.match(text)
    return (found[1], found[2]) if found else ("", text)


def quote(words: str) -> str:
    """The words in quotation marks, cut to 60 characters."""
    shown = plain(words)
    return f'"{shown}"' if len(shown) <= MOST_QUOTED else f'"{shown[: MOST_QUOTED - 1]}…"'


def refusal(wrong: str, example: str) -> Refusal:
    """A no: what was wrong, and a line that works."""
    return Refusal(f"{wrong} Type it like this: `{example}`")


def near(word: str, known: Iterable[str]) -> str | None:
    """Which of the known words was probably meant by `word`, in its own spelling."""
    spellings = {name.casefold(): name for name in known}
    close = get_close_matches(word[:MOST_QUOTED].casefold(), spellings, n=1, cutoff=0.65)
    return spellings[close[0]] if close else None
