"""The things a person can press, choose or fill in, found in blocks by action_id or by what is read on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.records import Blocks, Json
from bot.sandbox.workspace import RefusedError

# Which key holds the value of an element, by its type.
TYPED = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
PLAIN_STATE = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
    "rich_text_input": "rich_text_value",
} | dict.fromkeys(TYPED, "value")
OPTION_STATE = dict.fromkeys(("static_select", "external_select", "radio_buttons", "overflow"), "selected_option")
OPTIONS_STATE = dict.fromkeys(("multi_static_select", "multi_external_select", "checkboxes"), "selected_options")
INITIAL = {
    "datepicker": "initial_date",
    "timepicker": "initial_time",
    "datetimepicker": "initial_date_time",
    "users_select": "initial_user",
    "conversations_select": "initial_conversation",
    "channels_select": "initial_channel",
    "multi_users_select": "initial_users",
    "multi_conversations_select": "initial_conversations",
    "multi_channels_select": "initial_channels",
} | dict.fromkeys(TYPED, "initial_value")


@dataclass(frozen=True)
class Control:
    """One interactive element in its block."""

    block: Json
    element: Json

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def names(self) -> set[str]:
        """By what a person or a test may call it: action_id, label on it, block_id and label of an input."""
        words = {self.element.get("action_id"), _words(self.element.get("text"))}
        words |= {_words(self.element.get("placeholder"))}
        if self.block["type"] == "input":
            words |= {self.block.get("block_id"), _words(self.block.get("label"))}
        return {str(word) for word in words if word}

    @property
    def key(self) -> str:
        """The key of its state and of its action in payloads."""
        return {**PLAIN_STATE, **OPTION_STATE, **OPTIONS_STATE}.get(self.kind, "value")

    @property
    def options(self) -> list[Json]:
        groups = self.element.get("option_groups") or [self.element]
        return [option for group in groups for option in group.get("options") or []]

    def initial_state(self) -> Any:
        """What it holds before anybody touched it."""
        if self.kind in OPTION_STATE:
            return self.element.get("initial_option")
        if self.kind in OPTIONS_STATE:
            return self.element.get("initial_options", [])
        empty: Any = [] if self.kind.startswith("multi_") else None
        return self.element.get(INITIAL.get(self.kind, ""), empty)

    def pick(self, wanted: object) -> Json:
        """One of its options, by value or by what is read on it. Raises RefusedError."""
        return pick_option(self.options, wanted)


def _words(text: object) -> str:
    return str(text.get("text", "")) if isinstance(text, Mapping) else ""


def pick_option(options: Iterable[Json], wanted: object) -> Json:
    """Raises RefusedError when no option has this value or label."""
    if isinstance(wanted, Mapping):
        return dict(wanted)
    for option in options:
        if wanted in (option.get("value"), _words(option.get("text"))):
            return option
    raise RefusedError(f"There is no option {wanted!r} to choose.")


def controls(blocks: Blocks) -> list[Control]:
    """Every interactive element, in reading order."""
    found = []
    for block in blocks:
        parts = [block.get("accessory"), block.get("element"), *(block.get("elements") or [])]
        kinds = ("section", "actions", "input", "context_actions")
        if block.get("type") in kinds:
            inside = [p for p in parts if isinstance(p, dict) and p.get("type") != "image"]
            found += [Control(block, element) for element in inside]
    return found


def find_control(blocks: Blocks, wanted: str, value: str | None = None) -> Control:
    """The one control called so (and, for buttons alike, with this value). Raises RefusedError."""
    called = [control for control in controls(blocks) if wanted in control.names]
    if value is not None:
        called = [control for control in called if control.element.get("value") == value]
    if not called:
        seen = sorted(set().union(*(control.names for control in controls(blocks)), set()))
        raise RefusedError(f"There is no {wanted!r} to press here; there is {', '.join(seen) or 'nothing'}.")
    if len(called) > 1:
        raise RefusedError(f"There are {len(called)} controls called {wanted!r}; say which by its value.")
    return called[0]


def state_of(blocks: Blocks, filled: Json | None = None) -> Json:
    """state.values of all elements that hold something: what was filled in, else their initial values."""
    values: Json = {}
    for control in controls(blocks):
        if control.kind in ("button", "overflow", "workflow_button"):
            continue
        block_id, action_id = control.block["block_id"], control.element["action_id"]
        held = (filled or {}).get(block_id, {}).get(action_id)
        values.setdefault(block_id, {})[action_id] = held or {
            "type": control.kind,
            control.key: control.initial_state(),
        }
    return values
