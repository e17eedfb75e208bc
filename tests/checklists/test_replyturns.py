"""Frames that turn a reply round: what was said first does not count."""

import pytest

from checklists.replies import Meaning, read
from checklists.replyturns import turned_round
from checklists.yeswords import FAMILIES, phrases


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("I said maybe but now I'm out", Meaning.DECLINE),
        ("I said no but I'm in", Meaning.CONFIRM),
        ("thought I was away that week, I'm not, so yes", Meaning.CONFIRM),
        ("thought I was free but I'm not", Meaning.DECLINE),
        ("change my no to a maybe", Meaning.MAYBE),
        ("no need to call the dep, can't come though", Meaning.DECLINE),
        ("other gig got cancelled, still can't", Meaning.DECLINE),
        ("no chance I'm missing it", Meaning.CONFIRM),
        ("no chance I'm making it", Meaning.DECLINE),
    ],
)
def test_what_was_said_first_does_not_count(text: str, meaning: Meaning) -> None:
    assert read(text).meaning is meaning


@pytest.mark.parametrize("text", ["", "yes", "20 late", "what time are doors"])
def test_a_reply_without_a_turn_is_left_as_it_is(text: str) -> None:
    assert turned_round(text) == text


def test_a_phrase_with_choices_stands_for_each_of_them() -> None:
    said = dict(phrases(FAMILIES))
    assert said["pop me down"] == said["put us both in"] == "y"
    assert not any("{" in phrase or "/" in phrase for phrase in said)
