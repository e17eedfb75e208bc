"""Limits of block elements: buttons, menus, pickers, inputs. Source: Slack's Block Kit reference."""

import re
from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

from bot.sandbox.inspection import Inspection

Json = dict[str, Any]
Check = Callable[[Inspection, Json, str], None]

SELECTS = {f"{kind}_select" for kind in ("static", "external", "users", "conversations", "channels")}
MULTI_SELECTS = {f"multi_{kind}" for kind in SELECTS}
PICKERS = {"datepicker", "timepicker"}
CHOICES = {"checkboxes", "radio_buttons"}
TYPED = {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"}

IN_ACTIONS = {"button", "overflow", "datetimepicker", "workflow_button"} | SELECTS | PICKERS | CHOICES
IN_SECTION = {"button", "overflow", "image", "workflow_button"} | SELECTS | MULTI_SELECTS | PICKERS | CHOICES
IN_INPUT = {"datetimepicker", "file_input"} | SELECTS | MULTI_SELECTS | PICKERS | CHOICES | TYPED
DATE = re.compile(r"\d{4}-\d\d-\d\d")
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def check_element(look: Inspection, element: Any, at: str, allowed: set[str], scope: str) -> None:
    """One element where the block allows these types; `scope` names its block for unique action_ids."""
    if not isinstance(element, dict):
        look.blame(at, "must be an object")
        return
    kind = element.get("type")
    if kind not in allowed:
        look.blame(f"{at}/type", f"unsupported type: {kind}")
        return
    if kind != "image":
        look.check_string(element, "action_id", at, 255, shortest=1)
        look.check_unique_action(element.get("action_id"), at, scope)
    _check_common(look, element, at)
    CHECKS.get(str(kind), _check_nothing)(look, element, at)


def _check_nothing(_look: Inspection, _element: Json, _at: str) -> None:
    return


def _check_common(look: Inspection, element: Json, at: str) -> None:
    look.check_text(element, "placeholder", at, 150)
    if element.get("confirm") is not None:
        check_confirm(look, element["confirm"], f"{at}/confirm")
    if element.get("focus_on_load"):
        look.focused += 1
        if look.focused > 1:
            look.blame(f"{at}/focus_on_load", "only one element may have focus_on_load")


def check_confirm(look: Inspection, confirm: Any, at: str) -> None:
    """A confirmation dialog: title 100, text 300, buttons 30."""
    if not isinstance(confirm, dict):
        look.blame(at, "must be an object")
        return
    look.check_text(confirm, "title", at, 100, required=True)
    look.check_text(confirm, "text", at, 300, required=True, kinds=("plain_text", "mrkdwn"))
    look.check_text(confirm, "confirm", at, 30, required=True)
    look.check_text(confirm, "deny", at, 30, required=True)


def check_button(look: Inspection, element: Json, at: str) -> None:
    """text 75, value 2000, url 3000, accessibility_label 75."""
    look.check_text(element, "text", at, 75, required=True)
    look.check_string(element, "value", at, 2000)
    look.check_string(element, "url", at, 3000)
    look.check_string(element, "accessibility_label", at, 75)
    if element.get("style", "primary") not in ("primary", "danger"):
        look.blame(f"{at}/style", "must be one of: primary, danger")


def check_image(look: Inspection, element: Json, at: str) -> None:
    """image_url 3000 (or slack_file), alt_text 2000 and required."""
    look.check_string(element, "alt_text", at, 2000, required=True)
    look.check_string(element, "image_url", at, 3000, required="slack_file" not in element)


def check_option(look: Inspection, option: Any, at: str, kinds: tuple[str, ...] = ("plain_text",)) -> None:
    """text 75, value 150, description 75."""
    if not isinstance(option, dict):
        look.blame(at, "must be an object")
        return
    look.check_text(option, "text", at, 75, required=True, kinds=kinds)
    look.check_string(option, "value", at, 150, required=True)
    look.check_text(option, "description", at, 75, kinds=kinds)
    look.check_string(option, "url", at, 3000)


def check_options(look: Inspection, owner: Json, at: str, most: int = 100, least: int = 1) -> None:
    """Either `options` or `option_groups` (at most 100 groups with a label of 75)."""
    if "option_groups" not in owner:
        for index, option in enumerate(look.check_list(owner, "options", at, most, least=least)):
            check_option(look, option, f"{at}/options/{index}")
        return
    if "options" in owner:
        look.blame(at, "options and option_groups cannot both be given")
    for index, group in enumerate(look.check_list(owner, "option_groups", at, 100)):
        here = f"{at}/option_groups/{index}"
        if not isinstance(group, dict):
            look.blame(here, "must be an object")
            continue
        look.check_text(group, "label", here, 75, required=True)
        check_options(look, {"options": group.get("options")}, here)


def _known_values(element: Json) -> list[Any]:
    groups = element.get("option_groups") or [element]
    options = [option for group in groups if isinstance(group, dict) for option in group.get("options") or []]
    return [option.get("value") for option in options if isinstance(option, dict)]


def _check_initial(look: Inspection, element: Json, at: str) -> None:
    chosen = element.get("initial_options") or []
    if element.get("initial_option") is not None:
        chosen = [element["initial_option"]]
    for option in chosen:
        if not isinstance(option, dict) or option.get("value") not in _known_values(element):
            look.blame(at, "initial_option must be one of the options")


def _check_static(look: Inspection, element: Json, at: str) -> None:
    check_options(look, element, at)
    _check_initial(look, element, at)


def _check_overflow(look: Inspection, element: Json, at: str) -> None:
    for index, option in enumerate(look.check_list(element, "options", at, 5)):
        check_option(look, option, f"{at}/options/{index}")


def _check_choices(look: Inspection, element: Json, at: str) -> None:
    for index, option in enumerate(look.check_list(element, "options", at, 10)):
        check_option(look, option, f"{at}/options/{index}", ("plain_text", "mrkdwn"))
    _check_initial(look, element, at)


def _check_external(look: Inspection, element: Json, at: str) -> None:
    _check_whole(look, element, "min_query_length", at, 0, 75)
    for key in element.keys() & {"options", "option_groups"}:
        look.blame(at, f"unsupported field: {key}")


def _check_whole(look: Inspection, element: Json, key: str, at: str, least: int, most: int) -> None:
    value = element.get(key)
    if value is not None and not (isinstance(value, int) and least <= value <= most):
        look.blame(f"{at}/{key}", f"must be a number between {least} and {most}")


def _check_date(look: Inspection, element: Json, at: str) -> None:
    _check_shape(look, element, "initial_date", at, DATE, "YYYY-MM-DD")


def _check_time(look: Inspection, element: Json, at: str) -> None:
    _check_shape(look, element, "initial_time", at, TIME, "HH:mm")
    if element.get("timezone") is not None and element["timezone"] not in available_timezones():
        look.blame(f"{at}/timezone", "must be an IANA time zone")


def _check_shape(look: Inspection, element: Json, key: str, at: str, shape: re.Pattern[str], words: str) -> None:
    value = element.get(key)
    if value is not None and not (isinstance(value, str) and shape.fullmatch(value)):
        look.blame(f"{at}/{key}", f"must be of the form {words}")


def _check_typed(look: Inspection, element: Json, at: str) -> None:
    _check_whole(look, element, "min_length", at, 0, 3000)
    _check_whole(look, element, "max_length", at, 1, 3000)
    longest = element.get("max_length")
    look.check_string(element, "initial_value", at, longest if isinstance(longest, int) else 3000)


def _check_number(look: Inspection, element: Json, at: str) -> None:
    if not isinstance(element.get("is_decimal_allowed"), bool):
        look.blame(at, "missing required field: is_decimal_allowed")


def _check_file_input(look: Inspection, element: Json, at: str) -> None:
    if look.surface != "modal":
        look.blame(at, "unsupported type: file_input")
    _check_whole(look, element, "max_files", at, 1, 10)


CHECKS: dict[str, Check] = {
    "button": check_button,
    "image": check_image,
    "static_select": _check_static,
    "multi_static_select": _check_static,
    "external_select": _check_external,
    "multi_external_select": _check_external,
    "overflow": _check_overflow,
    "checkboxes": _check_choices,
    "radio_buttons": _check_choices,
    "datepicker": _check_date,
    "timepicker": _check_time,
    "plain_text_input": _check_typed,
    "number_input": _check_number,
    "file_input": _check_file_input,
}
