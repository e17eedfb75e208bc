"""Facts: whole numbers and names, either of several, mention or name."""

import pytest

from bot.story.facts import holds, lacks


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Lisbon, Sun 27 Oct", "27 Oct"),
        ("Sat 02 Nov", "2 Nov"),
        ("waiting for <@U0KIT> (BL)", "@kit"),
        ("waiting for <@U0KIT|kit>", "@kit"),
        ("waiting for Kit", "@kit"),
        ("waiting for Kit", "~@kit"),
        ("No-show: kit", "no-show|no show"),
        ("load-out at 00:45", "00:45"),
    ],
)
def test_a_text_holds(text: str, fact: str) -> None:
    assert holds(text, fact)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Lisbon, Fri 12 Oct", "2 Oct"),
        ("gig #18", "#1"),
        ("the same day", "@sam"),
        ("ask <@U0SAM>", "~@sam"),
        ("ask <@U0SAM|sam>", "~@sam"),
        ("kitchen", "@kit"),
        ("", "12:00"),
    ],
)
def test_a_text_does_not_hold(text: str, fact: str) -> None:
    assert not holds(text, fact)


def test_what_is_lacking_is_named() -> None:
    assert lacks("Lisbon 12:00", ("Lisbon", "13:00", "@bo")) == ["13:00", "@bo"]
