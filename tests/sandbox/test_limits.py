"""Every Block Kit limit, each with the pointer Slack gives."""

from typing import Any

import pytest

from bot.sandbox.limits import check_message, check_suggestions, check_view, is_too_long
from tests.sandbox.stage import Json, actions, button, field_block, modal, option, plain, section

TEXT_INPUT = {"type": "plain_text_input", "action_id": "text"}
DIVIDER = {"type": "divider"}


def menu(*options: Json, **more: Any) -> Json:
    return {"type": "static_select", "action_id": "menu", "options": list(options), **more}


def confirm(**more: Any) -> Json:
    return {"title": plain("T"), "text": plain("x"), "confirm": plain("Y"), "deny": plain("N"), **more}


GOOD = [
    section("x" * 3000),
    {"type": "header", "text": plain("x" * 150)},
    DIVIDER,
    actions(*(button(f"b{n}", f"a{n}", value="v" * 2000) for n in range(25))),
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 10},
    section(accessory=menu(option("A", "a"), initial_option=option("A", "a"))),
    {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 20] * 100},
    {"type": "image", "image_url": "https://example.com/x.png", "alt_text": "x"},
    field_block("when", {"type": "timepicker", "initial_time": "19:30", "timezone": "Europe/Paris"}),
    {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]},
]

BAD = [
    ([DIVIDER] * 51, "/blocks"),
    (["x"], "/blocks/0"),
    ([{"type": "banner"}], "/blocks/0/type"),
    ([section("")], "/blocks/0/text/text"),
    ([section("x" * 3001)], "/blocks/0/text/text"),
    ([{"type": "section"}], "/blocks/0"),
    ([{"type": "section", "fields": [plain("x")] * 11}], "/blocks/0/fields"),
    ([{"type": "section", "fields": [plain("x" * 2001)]}], "/blocks/0/fields/0/text"),
    ([{"type": "section", "text": "bare"}], "/blocks/0/text"),
    ([{"type": "header", "text": plain("x" * 151)}], "/blocks/0/text/text"),
    ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "/blocks/0/text/type"),
    ([{"type": "section", "text": {**plain("x"), "verbatim": True}}], "/blocks/0/text"),
    ([{**DIVIDER, "block_id": "x" * 256}], "/blocks/0/block_id"),
    ([{**DIVIDER, "block_id": "same"}] * 2, "/blocks/1/block_id"),
    ([{"type": "context", "elements": [plain("x")] * 11}], "/blocks/0/elements"),
    ([actions()], "/blocks/0/elements"),
    ([actions(*(button("b", f"a{n}") for n in range(26)))], "/blocks/0/elements"),
    ([actions(button("x" * 76))], "/blocks/0/elements/0/text/text"),
    ([actions(button(""))], "/blocks/0/elements/0/text/text"),
    ([actions(button(value="x" * 2001))], "/blocks/0/elements/0/value"),
    ([actions(button(url="x" * 3001))], "/blocks/0/elements/0/url"),
    ([actions(button(style="blue"))], "/blocks/0/elements/0/style"),
    ([actions(button(accessibility_label="x" * 76))], "/blocks/0/elements/0/accessibility_label"),
    ([actions(button(action_id="x" * 256))], "/blocks/0/elements/0/action_id"),
    ([actions(button(), button())], "/blocks/0/elements/1/action_id"),
    ([actions(button()), actions(button())], "/blocks/1/elements/0/action_id"),
    ([actions(button(confirm=confirm(title=plain("x" * 101))))], "/blocks/0/elements/0/confirm/title/text"),
    ([actions(button(confirm=confirm(deny=plain("x" * 31))))], "/blocks/0/elements/0/confirm/deny/text"),
    ([actions(TEXT_INPUT)], "/blocks/0/elements/0/type"),
    ([actions(menu(option("x" * 76, "a")))], "/blocks/0/elements/0/options/0/text/text"),
    ([actions(menu(option("x", "v" * 151)))], "/blocks/0/elements/0/options/0/value"),
    ([actions(menu({**option("x", "v"), "description": plain("x" * 76)}))], "/blocks/0/elements/0/options/0/"),
    ([actions(menu(*(option("x", f"{n}") for n in range(101))))], "/blocks/0/elements/0/options"),
    ([actions(menu(option("A", "a"), initial_option=option("B", "b")))], "/blocks/0/elements/0"),
    ([actions(menu(option("A", "a"), placeholder=plain("x" * 151)))], "/blocks/0/elements/0/placeholder/text"),
    ([actions({"type": "overflow", "options": [option("x", "v")] * 6})], "/blocks/0/elements/0/options"),
    ([section(accessory={"type": "checkboxes", "options": [option("x", "v")] * 11})], "/blocks/0/accessory/"),
    ([actions({"type": "datepicker", "initial_date": "1 Aug"})], "/blocks/0/elements/0/initial_date"),
    ([actions({"type": "timepicker", "initial_time": "24:00"})], "/blocks/0/elements/0/initial_time"),
    ([actions({"type": "timepicker", "timezone": "Paris"})], "/blocks/0/elements/0/timezone"),
    ([field_block("a", {**TEXT_INPUT, "max_length": 3001})], "/blocks/0/element/max_length"),
    ([{**field_block("a", TEXT_INPUT), "label": plain("x" * 2001)}], "/blocks/0/label/text"),
    ([{"type": "image", "image_url": "https://example.com/x.png"}], "/blocks/0"),
    ([{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * 101}], "/blocks/0/rows"),
    ([{"type": "markdown", "text": "x" * 6001}] * 2, "/blocks"),
    ([field_block("a", {"type": "file_input"})], "/blocks/0/element"),
    ([{"type": "alert", "text": plain("x")}], "/blocks/0/type"),
]


def test_blocks_at_their_limits_are_fine() -> None:
    assert check_message(GOOD) == []


@pytest.mark.parametrize(("blocks", "pointer"), BAD)
def test_a_breach_is_named_by_its_pointer(blocks: list[Any], pointer: str) -> None:
    problems = check_message(blocks)
    assert problems
    assert any(problem.pointer.startswith(pointer) for problem in problems), problems
    assert "[json-pointer:/" in str(problems[0])


def test_option_groups_have_their_own_limits() -> None:
    group = {"label": plain("x" * 76), "options": [option("x", "v")]}
    grouped = {"type": "static_select", "option_groups": [group]}
    assert check_message([actions(grouped)])[0].pointer.endswith("/option_groups/0/label/text")


@pytest.mark.parametrize(
    ("view", "pointer"),
    [
        (modal(DIVIDER, title=plain("x" * 25)), "/view/title/text"),
        (modal(DIVIDER, title=None), "/view"),
        (modal(DIVIDER, submit=plain("x" * 25)), "/view/submit/text"),
        (modal(DIVIDER, close=plain("x" * 25)), "/view/close/text"),
        (modal(DIVIDER, private_metadata="x" * 3001), "/view/private_metadata"),
        (modal(DIVIDER, callback_id="x" * 256), "/view/callback_id"),
        (modal(DIVIDER, external_id="x" * 256), "/view/external_id"),
        (modal(*[DIVIDER] * 101), "/view/blocks"),
        (modal(), "/view/blocks"),
        (modal(field_block("a", TEXT_INPUT), submit=None), "/view"),
        (modal({"type": "markdown", "text": "x"}), "/view/blocks/0/type"),
        (modal({"type": "table", "rows": [[]]}), "/view/blocks/0/type"),
        (modal(DIVIDER, type="home"), "/view/type"),
        ("nothing", "/view"),
    ],
)
def test_views_have_limits_too(view: Any, pointer: str) -> None:
    assert pointer in [problem.pointer for problem in check_view(view, "modal")]


def test_a_home_tab_takes_a_hundred_blocks_and_may_repeat_an_action() -> None:
    rows = [actions(button()) for _ in range(100)]
    assert check_view({"type": "home", "blocks": rows}, "home") == []


def test_all_text_together_is_limited() -> None:
    assert not is_too_long([section("x" * 3000)] * 4)
    assert is_too_long([section("x" * 2650)] * 5)


def test_suggestions_are_looked_at() -> None:
    assert check_suggestions({"options": []}) == []
    assert check_suggestions({"options": [option("x", "v")] * 101})
    assert check_suggestions(None)
