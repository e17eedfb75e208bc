"""Modals as a person meets them: filled in, submitted, closed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.api_views import change, check_body, note_view, push, stack_of, view_json
from bot.sandbox.controls import (
    OPTION_STATE,
    OPTIONS_STATE,
    TYPED,
    Control,
    controls,
    find_control,
    pick_option,
    state_of,
)
from bot.sandbox.events import EnvelopeType
from bot.sandbox.interactions import Place, ask_options, note_bad_answer, opening
from bot.sandbox.ledger import Entry, Kind
from bot.sandbox.records import Json, View
from bot.sandbox.slack import Slack
from bot.sandbox.web_api import ApiError
from bot.sandbox.workspace import RefusedError

REQUIRED = "Please complete this required field."
TROUBLE = "We had some trouble connecting. Try again?"
SHAPES = {"datepicker": r"\d{4}-\d\d-\d\d", "timepicker": r"([01]\d|2[0-3]):[0-5]\d"}


@dataclass(frozen=True)
class Submitted:
    """What came of pressing the submit button. `errors` by block_id; `view` is on top now, if any."""

    ok: bool
    errors: dict[str, str] = field(default_factory=dict)
    view: View | None = None
    timeout: bool = False
    error: str = ""
    shown: list[Entry] = field(default_factory=list)


def submit(slack: Slack, view_id: str, values: Mapping[str, Any]) -> Submitted:
    """Fill in and submit a modal. `values` by block_id, action_id or label: text, an option's value or
    label, a person, a list for the many-valued. Required and too long is refused before the app is asked.

    Raises RefusedError when the modal is not on top, or has no such field or option.
    """
    view = top_view(slack, view_id)
    fill(slack, view, values)
    missing = _find_faults(view)
    if missing:
        return Submitted(False, missing, view)
    since = slack.ledger.next_seq
    slack.note(Kind.SUBMITTED, user=view.user, name=view.id, detail=view.state)
    payload = opening(slack, view.user, "view_submission")
    payload |= {"trigger_id": slack.tickets.issue_trigger(view.user, view.id), "response_urls": []}
    payload["view"] = view_json(slack, view)
    envelope = slack.line.send(EnvelopeType.INTERACTIVE, payload)
    if not slack.line.wait_for(envelope):
        slack.note(Kind.TIMED_OUT, user=view.user, name="operation_timeout", text=TROUBLE, via=view.id)
        return Submitted(False, view=view, timeout=True, error=TROUBLE)
    with slack.pulse:
        return _settle(slack, view, envelope.response or {}, since)


def top_view(slack: Slack, view_id: str) -> View:
    """The open modal on top of its stack. Raises RefusedError."""
    view = slack.workspace.views.get(view_id)
    if view is None or not view.open:
        raise RefusedError("This form is not open.")
    if stack_of(slack, view)[-1] is not view:
        raise RefusedError("Another form is on top of this one.")
    return view


def fill(slack: Slack, view: View, values: Mapping[str, Any]) -> None:
    """Put values into the fields of a view; what is not named keeps what it holds."""
    blocks = view.body["blocks"]
    for name, value in values.items():
        control = find_control(blocks, name)
        held = {"type": control.kind, control.key: _read_value(slack, view, control, value)}
        view.state.setdefault(control.block["block_id"], {})[control.element["action_id"]] = held
    view.state = state_of(blocks, view.state)


def _read_value(slack: Slack, view: View, control: Control, value: Any) -> Any:
    if value is None:
        return None
    if control.kind in OPTION_STATE:
        return _pick(slack, view, control, value)
    if control.kind in OPTIONS_STATE:
        return [_pick(slack, view, control, part) for part in value]
    if control.kind == "users_select":
        return slack.workspace.person(value).id
    if control.kind == "multi_users_select":
        return [slack.workspace.person(part).id for part in value]
    if control.kind == "file_input":
        return _files(slack, control, value)
    shape = SHAPES.get(control.kind)
    if shape and not re.fullmatch(shape, str(value)):
        raise RefusedError(f"{value!r} cannot be chosen in a {control.kind}.")
    return value


def _files(slack: Slack, control: Control, keys: list[str]) -> list[Json]:
    known, most = slack.workspace.files, control.element.get("max_files", 10)
    if len(keys) > most or any(key not in known for key in keys):
        raise RefusedError(f"This field takes {most} files at most, each of them uploaded.")
    return [known[key].to_json(slack.base_url) for key in keys]


def _pick(slack: Slack, view: View, control: Control, value: Any) -> Json:
    if "external" in control.kind and isinstance(value, str):
        return pick_option(ask_options(slack, Place(view.user, view=view), control, value), value)
    return control.pick(value)


def _find_faults(view: View) -> dict[str, str]:
    faults: dict[str, str] = {}
    for control in controls(view.body["blocks"]):
        if control.block["type"] == "input":
            block_id = control.block["block_id"]
            held = view.state[block_id][control.element["action_id"]].get(control.key)
            words = _find_fault(control, held)
            faults |= {block_id: words} if words else {}
    return faults


def _find_fault(control: Control, held: Any) -> str:
    if held in (None, "", []):
        return "" if control.block.get("optional") else REQUIRED
    if control.kind in TYPED:
        longest, shortest = control.element.get("max_length", 3000), control.element.get("min_length", 0)
        if not shortest <= len(str(held)) <= longest:
            return f"Must be {shortest} to {longest} characters."
    return ""


def _settle(slack: Slack, view: View, answer: Json, since: int) -> Submitted:
    shown = slack.ledger.ephemerals(user=view.user, since=since)
    try:
        errors = _obey(slack, view, answer)
    except ApiError as error:
        note_bad_answer(slack, "view_submission", error)
        return Submitted(False, view=view, error=TROUBLE, shown=shown)
    stack = stack_of(slack, view)
    return Submitted(not errors, errors, stack[-1] if stack else None, shown=shown)


def _obey(slack: Slack, view: View, answer: Json) -> dict[str, str]:
    match answer.get("response_action"):
        case None:
            close(slack, view)
        case "clear":
            for other in reversed(stack_of(slack, view)):
                close(slack, other)
        case "update":
            check_body(answer.get("view"), "modal")
            change(slack, view, answer["view"], Kind.VIEW_UPDATED, "view_submission")
        case "push":
            check_body(answer.get("view"), "modal")
            push(slack, view, answer["view"], "view_submission")
        case "errors":
            return _read_errors(view, answer.get("errors"))
        case _:
            raise ApiError("invalid_response_action")
    return {}


def _read_errors(view: View, errors: Any) -> dict[str, str]:
    inputs = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
        raise ApiError("invalid_response_errors")
    return {str(block_id): str(words) for block_id, words in errors.items()}


def close(slack: Slack, view: View) -> None:
    """Take one modal down."""
    with slack.pulse:
        view.open = False
        note_view(slack, Kind.VIEW_CLOSED, view, "hands")


def close_by_hand(slack: Slack, view_id: str) -> None:
    """A person closes the top modal; the app hears of it when it asked to (notify_on_close)."""
    view = top_view(slack, view_id)
    close(slack, view)
    if view.body.get("notify_on_close"):
        payload = opening(slack, view.user, "view_closed") | {"is_cleared": False}
        slack.line.wait_for(slack.line.send(EnvelopeType.INTERACTIVE, payload | {"view": view_json(slack, view)}))
