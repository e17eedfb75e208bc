"""Slack's markup as plain text, for a reader at a terminal."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.story.cast import name_of

PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
PLACE = re.compile(r"<#[A-Z0-9]+\|([^>]*)>")
WITH_LABEL = re.compile(r"<[^<>|]+\|([^<>]*)>")
BARE_LINK = re.compile(r"<(https?://[^<>]+)>")


def plain(text: str) -> str:
    """Mentions become @names, links and dates their labels, entities their characters."""
    text = PERSON.sub(lambda found: f"@{name_of(found.group(1))}", text)
    text = PLACE.sub(r"#\1", text)
    return html.unescape(BARE_LINK.sub(r"\1", WITH_LABEL.sub(r"\1", text)))


def lines_of(text: str, blocks: Sequence[Mapping[str, Any]]) -> list[str]:
    """What somebody reads: the blocks, buttons in brackets, or the text of a message that has none."""
    read = [line for block in blocks for line in _block(block)] if blocks else [text]
    return [line.rstrip() for part in read for line in plain(part).splitlines() if line.strip()]


def _block(block: Mapping[str, Any]) -> Iterator[str]:
    if block.get("type") == "actions":
        yield " ".join(label for element in block["elements"] if (label := _label(element)))
        return
    yield from _texts(block.get("text"))
    for part in (*block.get("fields", ()), *block.get("elements", ())):
        yield from _texts(part)
    yield from _texts({"text": _label(block.get("accessory", {}))})


def _texts(part: Any) -> Iterator[str]:
    """The strings under `text` keys, outermost first."""
    if isinstance(part, str) and part:
        yield part
    elif isinstance(part, Mapping):
        yield from _texts(part.get("text"))
        for inner in part.get("elements", ()):
            yield from _texts(inner)


def _label(element: Mapping[str, Any]) -> str:
    words = next(_texts(element.get("text") or element.get("placeholder")), "")
    return f"[{words}]" if words else ""
