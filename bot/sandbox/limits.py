"""Slack's limits on messages and views: every breach with a JSON pointer. Source: Block Kit reference."""

import json
from collections.abc import Callable
from typing import Any

from bot.sandbox.inspection import Inspection, Problem
from bot.sandbox.limits_elements import (
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    check_element,
    check_image,
    check_options,
)

Json = dict[str, Any]
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
LONGEST_BLOCKS = 13_200
LONGEST_VIEW = 250_000
ANY_TEXT = ("plain_text", "mrkdwn")
RICH_PARTS = {"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"}
MESSAGE_ONLY = {"markdown", "plan", "task_card", "context_actions"}


def check_message(blocks: Any) -> list[Problem]:
    """What Slack would refuse in a message's blocks; [] when they are fine."""
    look = Inspection("message")
    _check_blocks(look, {"blocks": blocks}, "", least=0)
    return look.problems


def check_view(view: Any, surface: str) -> list[Problem]:
    """What Slack would refuse in a view; `surface` is modal or home."""
    look = Inspection(surface)
    if not isinstance(view, dict):
        look.blame("/view", "must be an object")
        return look.problems
    if view.get("type") != surface:
        look.blame("/view/type", f"must be {surface}")
    _check_blocks(look, view, "/view", least=1 if surface == "modal" else 0)
    _check_view_strings(look, view)
    if surface == "modal":
        _check_modal(look, view)
    return look.problems


def check_suggestions(answer: Any) -> list[Problem]:
    """What Slack would refuse in the options given for an external select."""
    look = Inspection("message")
    if isinstance(answer, dict):
        check_options(look, answer, "", least=0)
    else:
        look.blame("", "must be an object")
    return look.problems


def count_characters(blocks: Any) -> int:
    """All text in the blocks, as msg_blocks_too_long counts it."""
    if isinstance(blocks, list):
        return sum(count_characters(part) for part in blocks)
    if not isinstance(blocks, dict):
        return 0
    own = blocks.get("text")
    mine = len(own) if isinstance(own, str) else 0
    return mine + sum(count_characters(part) for part in blocks.values())


def is_too_long(blocks: Any) -> bool:
    """Whether all text together is over what Slack takes (about 13,200 characters)."""
    return count_characters(blocks) > LONGEST_BLOCKS


def _check_view_strings(look: Inspection, view: Json) -> None:
    look.check_string(view, "private_metadata", "/view", 3000)
    look.check_string(view, "callback_id", "/view", 255)
    look.check_string(view, "external_id", "/view", 255)
    if len(json.dumps(view)) > LONGEST_VIEW:
        look.blame("/view", "view is too large")


def _check_modal(look: Inspection, view: Json) -> None:
    look.check_text(view, "title", "/view", 24, required=True)
    look.check_text(view, "submit", "/view", 24)
    look.check_text(view, "close", "/view", 24)
    blocks = view.get("blocks")
    inputs = [b for b in blocks if isinstance(b, dict) and b.get("type") == "input"] if isinstance(blocks, list) else []
    if inputs and view.get("submit") is None:
        look.blame("/view", "missing required field: submit")


def _check_blocks(look: Inspection, owner: Json, at: str, least: int) -> None:
    blocks = look.check_list(owner, "blocks", at, MOST_BLOCKS[look.surface], least=least)
    for index, block in enumerate(blocks):
        _check_block(look, block, f"{at}/blocks/{index}")
    _check_markdown_sum(look, blocks, at)


def _check_markdown_sum(look: Inspection, blocks: list[Any], at: str) -> None:
    texts = [b.get("text") for b in blocks if isinstance(b, dict) and b.get("type") == "markdown"]
    if sum(len(text) for text in texts if isinstance(text, str)) > 12_000:
        look.blame(f"{at}/blocks", "markdown text must be less than 12001 characters")


def _check_block(look: Inspection, block: Any, at: str) -> None:
    if not isinstance(block, dict):
        look.blame(at, "must be an object")
        return
    kind = block.get("type")
    check = BLOCKS.get(kind) if isinstance(kind, str) else None
    if check is None or (kind in MESSAGE_ONLY and look.surface != "message"):
        look.blame(f"{at}/type", f"unsupported type: {kind}")
        return
    look.check_string(block, "block_id", at, 255, shortest=1)
    look.check_unique_block(block.get("block_id"), at)
    check(look, block, at)


def _check_section(look: Inspection, block: Json, at: str) -> None:
    fields = look.check_list(block, "fields", at, 10, required=False)
    if block.get("text") is None and not fields:
        look.blame(at, "missing required field: text or fields")
    look.check_text(block, "text", at, 3000, kinds=ANY_TEXT)
    for index, part in enumerate(fields):
        look.check_text_object(part, f"{at}/fields/{index}", 2000, ANY_TEXT)
    if block.get("accessory") is not None:
        check_element(look, block["accessory"], f"{at}/accessory", IN_SECTION, at)


def _check_header(look: Inspection, block: Json, at: str) -> None:
    look.check_text(block, "text", at, 150, required=True)


def _check_divider(_look: Inspection, _block: Json, _at: str) -> None:
    return


def _check_image_block(look: Inspection, block: Json, at: str) -> None:
    check_image(look, block, at)
    look.check_text(block, "title", at, 2000)


def _check_actions(look: Inspection, block: Json, at: str) -> None:
    for index, element in enumerate(look.check_list(block, "elements", at, 25)):
        check_element(look, element, f"{at}/elements/{index}", IN_ACTIONS, at)


def _check_context(look: Inspection, block: Json, at: str) -> None:
    for index, element in enumerate(look.check_list(block, "elements", at, 10)):
        here = f"{at}/elements/{index}"
        if isinstance(element, dict) and element.get("type") == "image":
            check_image(look, element, here)
        else:
            look.check_text_object(element, here, 3000, ANY_TEXT)


def _check_context_actions(look: Inspection, block: Json, at: str) -> None:
    for index, element in enumerate(look.check_list(block, "elements", at, 5)):
        check_element(look, element, f"{at}/elements/{index}", {"feedback_buttons", "icon_button"}, at)


def _check_input(look: Inspection, block: Json, at: str) -> None:
    look.check_text(block, "label", at, 2000, required=True)
    look.check_text(block, "hint", at, 2000)
    if block.get("element") is None:
        look.blame(at, "missing required field: element")
    else:
        check_element(look, block["element"], f"{at}/element", IN_INPUT, at)


def _check_markdown(look: Inspection, block: Json, at: str) -> None:
    look.check_string(block, "text", at, 12_000, required=True, shortest=1)


def _check_rich_text(look: Inspection, block: Json, at: str) -> None:
    for index, part in enumerate(look.check_list(block, "elements", at, 1_000, least=0)):
        here = f"{at}/elements/{index}"
        if not isinstance(part, dict) or part.get("type") not in RICH_PARTS:
            look.blame(f"{here}/type", f"must be one of: {', '.join(sorted(RICH_PARTS))}")
        else:
            look.check_list(part, "elements", here, 10_000, least=0)


def _check_table(look: Inspection, block: Json, at: str) -> None:
    if look.surface == "modal":
        look.blame(f"{at}/type", "unsupported type: table")
    look.check_list(block, "column_settings", at, 20, least=0, required=False)
    for index, row in enumerate(look.check_list(block, "rows", at, 100)):
        here = f"{at}/rows/{index}"
        for column, cell in enumerate(look.check_list({"cells": row}, "cells", here, 20)):
            kind = cell.get("type") if isinstance(cell, dict) else None
            if kind not in ("raw_text", "raw_number", "rich_text"):
                look.blame(f"{here}/{column}/type", f"unsupported type: {kind}")


def _check_video(look: Inspection, block: Json, at: str) -> None:
    look.check_text(block, "title", at, 199, required=True)
    for key in ("video_url", "thumbnail_url", "alt_text"):
        look.check_string(block, key, at, 3000, required=True)


def _check_alert(look: Inspection, _block: Json, at: str) -> None:
    if look.surface != "modal":
        look.blame(f"{at}/type", "unsupported type: alert")


def _check_task(look: Inspection, block: Json, at: str) -> None:
    look.check_string(block, "title", at, 3000, required=True)


BLOCKS: dict[str, Callable[[Inspection, Json, str], None]] = {
    "section": _check_section,
    "header": _check_header,
    "divider": _check_divider,
    "image": _check_image_block,
    "actions": _check_actions,
    "context": _check_context,
    "context_actions": _check_context_actions,
    "input": _check_input,
    "markdown": _check_markdown,
    "rich_text": _check_rich_text,
    "table": _check_table,
    "video": _check_video,
    "alert": _check_alert,
    "plan": _check_task,
    "task_card": _check_task,
}
