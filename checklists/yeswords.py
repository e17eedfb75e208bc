"""The words of crew chat. Phrases lie in `words/`, one file for each language, under the letters they stand for.

A header such as `[cN]` gives the letters (`KINDS`) of the phrases below it, which are parted by semicolons.
The longest phrase wins; English wins over other languages. `{pop/put} me {down/in}` stands for all four phrases.
`by_sign.txt` holds Japanese, Chinese and a little Korean, where no spaces part the words, and `whole.txt` replies that
mean less inside a sentence: their headers are the English said in place of each phrase.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

WORDS = Path(__file__).parent / "words"
FAMILIES = "families"
"""English phrases by family, each with its inflections; they win over the single ones."""
ENGLISH = "english"
TONGUES = (
    "german", "dutch", "french", "spanish", "portuguese", "italian", "nordic", "polish", "russian", "dialects", "world",
)  # fmt: skip
BY_SIGN = "by_sign"
WHOLE = "whole"
EITHER = re.compile(r"\{([^{}]*)\}")


def patterns(name: str) -> Iterator[tuple[str, str]]:
    """Each phrase of a file of words, its choices open, with the header above it, in the order of the file."""
    header = ""
    for line in (WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            header = line.strip("[]")
        else:
            yield from ((phrase.strip(), header) for phrase in line.split(";") if phrase.strip())


def phrases(name: str) -> Iterator[tuple[str, str]]:
    """The same, each choice made in turn."""
    return ((one, header) for phrase, header in patterns(name) for one in _each(phrase))


def _each(phrase: str) -> Iterator[str]:
    """The phrases that a phrase with choices stands for."""
    parts = EITHER.split(phrase)
    if len(parts) == 1:
        yield phrase.strip()
        return
    choices = [part.split("/") if at % 2 else [part] for at, part in enumerate(parts)]
    yield from (" ".join("".join(chosen).split()) for chosen in product(*choices))


KINDS: Mapping[str, str] = {
    "y": "a yes", "k": "a weak yes: fine, ok", "n": "a no", "d": "a no of its own: double booked", "N": "not",
    "c": "can", "s": "might, should, could", "w": "will", "B": "am, are, be", "a": "come, be there, make it",
    "v": "do, make, cover", "j": "it, this, that", "i": "I, we", "p": "he, she, they, is, says", "P": "in the past",
    "o": "a part of the day: doors, load-in", "U": "our bus, van, truck, crew", "V": "my flight, train, car",
    "T": "the, a, my", "D": "a day", "l": "late", "#": "minutes", "@": "a time", "0": "a bare number",
    "h": "here", "g": "a place at the venue", "t": "at, in, by", "O": "for, with, to", "r": "from, after",
    "u": "until, before", "1": "only", "f": "if", "m": "maybe", "b": "but", "+": "and", "q": "a question word",
    "e": "on the way", "S": "see you", "F": "free", "C": "scratch that", "W": "actually, wait", "z": "small words",
    "x": "any other word", "M": "miss", "E": "early", "L": "ETA", "G": "stuck, broken down", "I": "in",
    "Z": "out, away", "H": "seen, noted", "J": "let me know if", "A": "almost", "X": "off work: home, dinner",
    "R": "a position", "Y": "there", "K": "pass, bail, drop out",
    "Q": "meant for another chat",
}  # fmt: skip
"""The letters and what they stand for."""

SIGNS: Mapping[str, str] = {
    "👍": "thumbup", "✅": "thumbup", "✔": "thumbup", "☑": "thumbup", "👌": "thumbup", "🫡": "thumbup", "💯": "thumbup",
    "🆗": "ok", "🤝": "thumbup", "🙆": "thumbup", "🤘": "sure", "🤙": "sure", "👎": "thumbdown", "❌": "thumbdown",
    "✖": "thumbdown", "🙅": "thumbdown", "🚫": "thumbdown", "⛔": "thumbdown", "🤞": "maybe", "🤷": "maybe",
    "🤔": "maybe", "⏳": "tbc", "📍": "arrived",
    "👊": "sure", "🤛": "sure", "🤜": "sure", "✊": "sure", "💪": "sure", "🙋": "thumbup", "✋": "sure",
    "🖖": "sure", "🫶": "sure",
    "🤟": "sure", "🙌": "sure", "🤒": "am sick", "🤧": "am sick", "🤢": "am sick", "🤮": "am sick", "😷": "am sick",
    "🤕": "am sick",
    "👀": "eyeing", "🏥": "am sick", "🚑": "am sick", "🏃": "omw",
}  # fmt: skip
"""What a sign stands for, as a word of the list above."""

EMOJI: Mapping[str, str] = {
    "+1": "thumbup", "thumbsup": "thumbup", "thumbs_up": "thumbup", "white_check_mark": "thumbup",
    "heavy_check_mark": "thumbup", "ballot_box_with_check": "thumbup", "ok_hand": "thumbup", "saluting_face": "thumbup",
    "100": "thumbup", "handshake": "thumbup", "ok": "ok", "the_horns": "sure", "metal": "sure", "call_me_hand": "sure",
    "-1": "thumbdown", "thumbsdown": "thumbdown", "thumbs_down": "thumbdown", "x": "thumbdown",
    "heavy_multiplication_x": "thumbdown", "no_entry": "thumbdown",
    "no_entry_sign": "thumbdown", "raised_hands": "sure", "no_good": "thumbdown", "crossed_fingers": "maybe",
    "fingers_crossed": "maybe", "hand_with_index_and_middle_fingers_crossed": "maybe", "shrug": "maybe",
    "person_shrugging": "maybe", "thinking_face": "maybe", "thinking": "maybe", "round_pushpin": "arrived",
    "facepunch": "sure", "punch": "sure", "fist": "sure", "oncoming_fist": "sure", "muscle": "sure",
    "raised_hand": "sure", "raising_hand": "thumbup", "man-raising-hand": "thumbup",
    "woman-raising-hand": "thumbup", "hand": "sure",
    "face_with_thermometer": "am sick", "sneezing_face": "am sick", "nauseated_face": "am sick",
    "face_vomiting": "am sick", "mask": "am sick", "eyes": "eyeing",
    "hospital": "am sick", "ambulance": "am sick", "runner": "omw",
}  # fmt: skip
"""The same by Slack's names."""

OFTEN_MISSPELT = """
confirm confirmed confirming available unavailable definitely arrived arriving traffic probably possibly tomorrow
minutes booked decline declined delayed running behind depends absolutely coming perfect parked checked hopefully
cannot affirmative tonight hospital sorry problem worries late
"""
"""Words that are known with one letter wrong as well."""

OFTEN_TURNED = """
cant wont make able there late here will come yes yep yeah can not sick coming tomorrow sorry working busy
free done fine
"""
"""Short words that are known with two neighbouring letters turned round as well."""

SWORN = """
flipping bloody fucking fuckin effing freaking freakin frigging friggin feckin fecking ruddy chuffing blooming
goddamn damned pissing literally honestly seriously
"""
"""Words that only add weight: "can't flipping wait"; they stand for themselves when nothing stands beside them."""
PLAIN_YES = """
yes yep yup yeah yea yah aye sure ok okay fine alright absolutely gladly defo definitely
confirming klar ja oui si claro certo jasne
"""
"""A yes that stands also behind a word that nobody knows: `ooft yes`."""
NOT_ADVERBS = """
family reply italy supply assembly belly jelly bully rally trolley ally lily holly kelly molly
"""
"""Words on -ly that are no adverbs."""
STRAIGHT = str.maketrans({
    "‘": "'", "’": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "…": ".", "ø": "o",
    "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "。": ".", "、": ",", "，": ",", "！": "!", "？": "?",
    "¿": " ", "¡": " ", "*": " ", "_": " ",
})  # fmt: skip
MEANT: Mapping[str, str] = {
    "sí": "yes",
    "sì": "yes",
    "arrivé": "arrived",
    "arrivée": "arrived",
    "arrivés": "arrived",
    "arrivées": "arrived",
    "só": "only",
    "présent": "partant",
    "présente": "partant",
}
BROKEN: Mapping[str, str] = {
    "n": "n|", "d": "|d", "h": "|h", "m": "|m", "maybe": "| maybe", "unavailable": "| unavailable",
    "arrived": "| arrived",
}  # fmt: skip
"""Of other languages few words are known: these say enough whatever stands in front of them."""
ASKS_FIRST = re.compile(
    r"(?:(?<=^)|(?<=[.!\n;] ))(?:(?:hey|hi|yo|and|so|ok|boss|mate|guys|all|team),? )*(?:is|does)"
    r"(?= (?!good|goed|prima|gut|fine|ok|cool|sound|grand|a |all|on|confirmed|that a yes|not?\b|late|done"
    r"|it\b|this\b|that\b))"
)
"""A sentence that begins with its verb asks, also without a question mark."""
LETTERED = re.compile(
    r"\b(gate|dock|bay|door|ramp|entrance|level|hall|trucks?|bus|van|artic|lorry|trailer) (?:[a-z]?[0-9]{1,3}[a-z]?"
    r"(?: ?- ?[0-9]{1,2})?|[b-h])\b(?! ?(?:[:.h][0-9]|[ap]\.?m\b|mins?\b|minutes|hours?|late|away"
    r"|out\b|behind|is free))"
)
"""A gate or truck with its letter or number."""
AGREES = re.compile(
    r"(?:yes){2,}$|y+(?:e+|a+|u+|i+)(?:s+|p+|h+|ps|a+h*|a+s+)(?:ers?|ir+|um|sir+|siree)?$"
    r"|o+[ck]+(?:h?a+y+|[aei]*|i*e*d+o+ke*y*|s|ey)?$"
)
"""Yesss, yeppers, okidoke."""
EXCLAIMED = re.compile(r"\bquel(?:le)?s? (?!heure)(?=[^?.]*!)")


SO_THEN = re.compile(
    r"(?<=\w) so (?=(?:i|we|no|nope|not sure|yes|yep|maybe|can|cannot|cant|will|wont|gonna|out|am|im|need|running|late"
    r"|bit|slightly|about|[1-9][05]|ten|fifteen|twenty|thirty|forty|half)\b)"
)
CALLED = r"(?:dude|mate|bro|boss|man|pal|lads?|guys|fam|chief|buddy|hun|love|yaar|bruv|bud|folks|all|team|captain|cap)"
TO_WHOM = re.compile(rf"^{CALLED}[, ]+|[, ]+{CALLED}$")
KISSES = re.compile(r"(?<=[a-z!.,]) x{1,4}[ .!]*$")


def near_spellings(words: str) -> Mapping[str, str]:
    """Each word with one letter left out, to find it when one letter is wrong, missing or too much."""
    near: dict[str, str] = {}
    for word in words.split():
        for at in range(1, len(word)):
            near.setdefault(word[:at] + word[at + 1 :], word)
    return near


def turned(words: str) -> Mapping[str, str]:
    """Each short word with two neighbouring letters turned round."""
    return {
        word[:at] + word[at + 1] + word[at] + word[at + 2 :]: word
        for word in words.split()
        for at in range(len(word) - 1)
    }
