"""The few Block Kit shapes we use, with Slack's limits kept.

Text first: every card's top-level text says everything, for screen readers and notifications.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.cards.ids import Action

TEXT_MOST = 3_900
"""Bytes of a message's text: Slack edits none that has more than 4,000."""
PRIVATE_MOST = 8_000
"""Bytes of a private answer's text: it is never edited. With a menu of 100 lines it stays under 13,200."""
CUT = "\n… There is more than fits in one message."
SECTION_MOST = 3_000
BLOCKS_MOST = 45
BUTTON_MOST = 75
VALUE_MOST = 2_000
LINE_LEAST = 200
OPTIONS_MOST = 100
ACTIONS_MOST = 25

Block = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Card:
    """A message as it goes out: its whole text, and the same laid out in blocks."""

    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Button:
    """A button; `sure` is the question asked before it acts."""

    label: str
    action: Action
    value: str = ""
    style: str = ""
    sure: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu of choices: (label, value) pairs."""

    label: str
    action: Action
    options: tuple[tuple[str, str], ...]


def card(text: str, *lines: Sequence[Button | Menu], most: int = TEXT_MOST) -> Card:
    """A card of words and rows of buttons. Paragraphs of the words become sections: they say what the text says."""
    said = cut(text.strip(), most)
    return Card(said, tuple([*_sections(said), *rows(lines)][:BLOCKS_MOST]))


def beside(lines: Sequence[tuple[str, Button | None]], name: str = "line") -> list[Block]:
    """Each line with its one button beside it; those that have none stand together."""
    made: list[Block] = []
    plain_lines: list[str] = []
    for number, (words, button) in enumerate(lines):
        if button is None:
            plain_lines.append(words)
            continue
        made += _sections("\n".join(plain_lines)) if plain_lines else []
        plain_lines = []
        made.append({**_section(shorten(words, SECTION_MOST)), "accessory": _button(button, f"{name}.{number}")})
    return [*made, *(_sections("\n".join(plain_lines)) if plain_lines else [])]


def _sections(text: str) -> Iterable[Block]:
    for paragraph in text.split("\n\n"):
        for words in _pieces(paragraph.strip("\n")):
            yield _section(words)


def _section(words: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words, "verbatim": True}}


def _pieces(paragraph: str) -> Iterable[str]:
    """The paragraph in parts of whole lines, none longer than a section takes."""
    piece = ""
    for line in paragraph.split("\n"):
        words = shorten(line, SECTION_MOST)
        if piece and len(piece) + len(words) >= SECTION_MOST:
            yield piece
            piece = ""
        piece = f"{piece}\n{words}" if piece else words
    if piece.strip():
        yield piece


def cut(text: str, most: int) -> str:
    """The text, cut at a line where it has more than `most` bytes, and saying so."""
    if len(text.encode()) <= most:
        return text
    room = most - len(CUT.encode())
    lines = text.split("\n")
    kept = _that_fit(lines, room, 1)
    left = room - len("\n".join(kept).encode())
    if left > LINE_LEAST:
        line = lines[len(kept)]
        beginning = line.encode()[: left - 4].decode(errors="ignore")
        kept.append(shorten(line, len(beginning)))
    return "\n".join(kept).rstrip() + CUT


def fitting(lines: Sequence[str], room: int, rest: str = "and {} more") -> list[str]:
    """The lines of a list that fit into so many bytes; in place of the others, how many more there are."""
    kept = _that_fit(lines, room, len("\n• ".encode()))
    left = len(lines) - len(kept)
    return [*kept, rest.format(left)] if left else kept


def _that_fit(lines: Sequence[str], room: int, between: int) -> list[str]:
    kept: list[str] = []
    for line in lines:
        room -= len(line.encode()) + between
        if room < 0:
            break
        kept.append(line)
    return kept


def rows(lines: Iterable[Sequence[Button | Menu]], name: str = "row") -> list[Block]:
    """Rows of buttons and menus as blocks; empty rows are left out, ids are unique under `name`."""
    made: list[Block] = []
    for number, line in enumerate(lines):
        if line:
            elements = [_element(each, f"{name}.{number}.{place}") for place, each in enumerate(line[:ACTIONS_MOST])]
            made.append({"type": "actions", "block_id": f"{name}.{number}", "elements": elements})
    return made


def _element(each: Button | Menu, place: str) -> Block:
    return _button(each, place) if isinstance(each, Button) else _menu(each, place)


def _button(button: Button, place: str) -> Block:
    made: dict[str, Any] = {
        "type": "button",
        "action_id": f"{button.action}:{place}",
        "text": plain(button.label, BUTTON_MOST),
        "value": button.value[:VALUE_MOST] or "-",
    }
    if button.style:
        made["style"] = button.style
    if button.sure:
        made["confirm"] = {
            "title": plain("Are you sure?", 100),
            "text": plain(button.sure, 300),
            "confirm": plain("Yes", 30),
            "deny": plain("No", 30),
        }
    return made


def _menu(menu: Menu, place: str) -> Block:
    options = [{"text": plain(label, BUTTON_MOST), "value": value[:150]} for label, value in menu.options]
    return {
        "type": "static_select",
        "action_id": f"{menu.action}:{place}",
        "placeholder": plain(menu.label, 150),
        "options": options[:OPTIONS_MOST],
    }


def plain(text: str, most: int) -> dict[str, Any]:
    """A plain_text object; never empty."""
    return {"type": "plain_text", "text": shorten(text, most) or "-", "emoji": True}


def shorten(text: str, most: int) -> str:
    """The text, cut with an ellipsis where it is longer than `most`; never inside a mention or an entity."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    for opener, closer in (("<", ">"), ("&", ";")):
        last = cut.rfind(opener)
        if last > cut.rfind(closer) and len(cut) - last < 300:
            cut = cut[:last]
    return cut + "…"
