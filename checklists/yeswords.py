"""The words of crew chat. Phrases lie in `words/`, one file for each language, under the letters they stand for.

A header such as `[cN]` gives the letters (`replywords.KINDS`) of the phrases below it, which are parted by semicolons.
The longest phrase wins; English wins over other languages. `by_sign.txt` holds Japanese, Chinese and a little Korean,
where no spaces part the words: its headers are the English said in place of each phrase.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

WORDS = Path(__file__).parent / "words"
ENGLISH = "english"
TONGUES = ("german", "dutch", "french", "spanish", "portuguese", "italian", "nordic", "polish", "russian")
BY_SIGN = "by_sign"


def phrases(name: str) -> Iterator[tuple[str, str]]:
    """Each phrase of a file of words with the header above it, in the order of the file."""
    header = ""
    for line in (WORDS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            header = line.strip("[]")
        else:
            yield from ((phrase.strip(), header) for phrase in line.split(";") if phrase.strip())


SIGNS: Mapping[str, str] = {
    "👍": "thumbup", "✅": "thumbup", "✔": "thumbup", "☑": "thumbup", "👌": "thumbup", "🫡": "thumbup", "💯": "thumbup",
    "🆗": "ok", "🤝": "thumbup", "🙆": "thumbup", "🤘": "sure", "🤙": "sure", "👎": "thumbdown", "❌": "thumbdown",
    "✖": "thumbdown", "🙅": "thumbdown", "🚫": "thumbdown", "⛔": "thumbdown", "🤞": "maybe", "🤷": "maybe",
    "🤔": "maybe", "⏳": "tbc", "📍": "arrived",
}  # fmt: skip
"""What a sign stands for, as a word of the list above."""

EMOJI: Mapping[str, str] = {
    "+1": "thumbup", "thumbsup": "thumbup", "thumbs_up": "thumbup", "white_check_mark": "thumbup",
    "heavy_check_mark": "thumbup", "ballot_box_with_check": "thumbup", "ok_hand": "thumbup", "saluting_face": "thumbup",
    "100": "thumbup", "handshake": "thumbup", "ok": "ok", "the_horns": "sure", "metal": "sure", "call_me_hand": "sure",
    "-1": "thumbdown", "thumbsdown": "thumbdown", "thumbs_down": "thumbdown", "x": "thumbdown",
    "heavy_multiplication_x": "thumbdown", "no_entry": "thumbdown", "no_good": "thumbdown", "crossed_fingers": "maybe",
    "fingers_crossed": "maybe", "hand_with_index_and_middle_fingers_crossed": "maybe", "shrug": "maybe",
    "person_shrugging": "maybe", "thinking_face": "maybe", "thinking": "maybe", "round_pushpin": "arrived",
}  # fmt: skip
"""The same by Slack's names."""

OFTEN_MISSPELT = """
confirm confirmed confirming available unavailable definitely arrived arriving traffic probably possibly tomorrow
minutes booked decline declined delayed running behind depends absolutely coming perfect parked checked hopefully
cannot affirmative tonight hospital sorry problem worries late
"""
"""Words that are known with one letter wrong as well."""
