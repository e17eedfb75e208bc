"""A card's text and its blocks: nothing is longer than Slack takes, and both say the same."""

from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.limits import check_message, is_too_long
from handlers.cards.blocks import CUT, SECTION_MOST, TEXT_MOST, card, cut, fitting

LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=400), max_size=60)


@given(LINES)
def test_the_blocks_say_what_the_text_says(lines: list[str]) -> None:
    made = card("\n".join(["Lisbon", *lines]))
    assert len(made.text.encode()) <= TEXT_MOST
    assert check_message([dict(block) for block in made.blocks]) == []
    said = [block["text"]["text"] for block in made.blocks]
    assert all(line in made.text for words in said for line in words.split("\n"))
    assert all(line.strip() in "\n".join(said) for line in made.text.split("\n"))


@given(LINES, st.integers(len(CUT.encode()) + 1, 5_000))
def test_a_text_is_cut_to_its_bytes_and_says_so(lines: list[str], most: int) -> None:
    text = "\n".join(lines)
    made = cut(text, most)
    assert len(made.encode()) <= most
    assert (made == text) is (len(text.encode()) <= most)
    assert made == text or made.endswith(CUT)


@given(LINES, st.integers(0, 5_000))
def test_what_does_not_fit_is_counted(lines: list[str], room: int) -> None:
    kept = fitting(lines, room)
    if kept != lines:
        shown = len(kept) - 1
        assert kept[-1] == f"and {len(lines) - shown} more"
        assert kept[:-1] == lines[:shown]
        assert sum(len(line.encode()) for line in kept[:-1]) <= room


def test_a_long_paragraph_becomes_several_sections_of_whole_lines() -> None:
    lines = [f"line {n} of a long list" for n in range(150)]
    made = card("\n".join(lines))
    said = [block["text"]["text"] for block in made.blocks]
    assert len(said) == 2
    assert all(len(words) <= SECTION_MOST for words in said)
    assert "\n".join(said) == "\n".join(lines)


def test_a_mention_is_never_cut_in_two() -> None:
    made = cut("x" * 300 + "<@U0123456789>" * 400, 1_000)
    assert made.removesuffix(CUT).removesuffix("…").endswith((">", "x"))
    assert not is_too_long([{"type": "section", "text": {"type": "mrkdwn", "text": made}}])
