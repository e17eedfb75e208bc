"""views.*: modals on a stack of three, and home tabs."""

import uuid
from typing import Any

from bot.sandbox.api_chat import number_blocks
from bot.sandbox.ledger import Kind
from bot.sandbox.limits import check_view
from bot.sandbox.records import Json, View
from bot.sandbox.slack import Slack
from bot.sandbox.tickets import Trigger
from bot.sandbox.web_api import ApiError, Call, Method

DEEPEST_STACK = 3


def view_json(slack: Slack, view: View) -> Json:
    names = slack.names
    return view.to_json(names.team_id, names.app_id, names.bot_id)


def _read_view(call: Call, surface: str) -> Json:
    body = call.nested("view")
    check_body(body, surface)
    _check_external_id(call.slack, body)
    return dict(body)


def check_body(body: Any, surface: str) -> None:
    """Raises ApiError invalid_arguments with a pointer for each breach."""
    problems = check_view(body, surface)
    if problems:
        raise ApiError("invalid_arguments", problems)


def _check_external_id(slack: Slack, body: Json, but: View | None = None) -> None:
    wanted = body.get("external_id")
    open_views = [view for view in slack.workspace.views.values() if view.open and view is not but]
    if wanted and any(view.body.get("external_id") == wanted for view in open_views):
        raise ApiError("duplicate_external_ids")


def _spend_trigger(call: Call) -> Trigger:
    trigger = call.slack.tickets.spend_trigger(call.optional("trigger_id") or call.text("interactivity_pointer"))
    if isinstance(trigger, str):
        raise ApiError(trigger)
    return trigger


def stack_of(slack: Slack, view: View) -> list[View]:
    """The open modals of one stack, the lowest first."""
    return [other for other in slack.workspace.views.values() if other.open and other.root_id == view.root_id]


def put_up(slack: Slack, user: str, body: Json, below: View | None, via: str) -> View:
    """Show a modal to a person, alone or on top of another one."""
    workspace = slack.workspace
    key = workspace.new_id("V")
    view = View(key, user, body, new_hash(slack), below.root_id if below else key, below.id if below else None)
    number_view(slack, view)
    workspace.views[key] = view
    note_view(slack, Kind.VIEW_PUSHED if below else Kind.VIEW_OPENED, view, via)
    return view


def push(slack: Slack, below: View, body: Json, via: str) -> View:
    """Raises ApiError push_limit_reached when three are up."""
    if len(stack_of(slack, below)) >= DEEPEST_STACK:
        raise ApiError("push_limit_reached")
    return put_up(slack, below.user, body, below, via)


def change(slack: Slack, view: View, body: Json, kind: Kind, via: str) -> None:
    """Replace what a view shows; what was filled in stays only where block and action are the same."""
    view.body, view.hash = body, new_hash(slack)
    number_view(slack, view)
    kept = {block.get("block_id") for block in view.body["blocks"]}
    view.state = {block: values for block, values in view.state.items() if block in kept}
    note_view(slack, kind, view, via)


def number_view(slack: Slack, view: View) -> None:
    view.body = {**view.body, "blocks": number_blocks(view.body.get("blocks", []), slack.workspace.stamp())}


def new_hash(slack: Slack) -> str:
    return f"{slack.workspace.epoch()}.{uuid.uuid4().hex[:8]}"


def note_view(slack: Slack, kind: Kind, view: View, via: str) -> None:
    title = view.body.get("title") or {}
    slack.note(
        kind,
        user=view.user,
        text=str(title.get("text", "")),
        blocks=view.body.get("blocks", []),
        via=via,
        name=view.id,
        detail=view.body,
    )


def open_view(call: Call) -> Json:
    """views.open: the view is looked at before the trigger is spent."""
    body = _read_view(call, "modal")
    trigger = _spend_trigger(call)
    return {"view": view_json(call.slack, put_up(call.slack, trigger.user, body, None, call.method))}


def push_view(call: Call) -> Json:
    """views.push: only from an interaction in a modal."""
    body = _read_view(call, "modal")
    trigger = _spend_trigger(call)
    below = call.slack.workspace.views.get(trigger.view_id or "")
    if below is None or not below.open:
        raise ApiError("not_found")
    return {"view": view_json(call.slack, push(call.slack, below, body, call.method))}


def _find_view(call: Call) -> View:
    key, external = call.optional("view_id"), call.optional("external_id")
    for view in call.slack.workspace.views.values():
        if view.open and (view.id == key or (external and view.body.get("external_id") == external)):
            return view
    raise ApiError("not_found")


def update_view(call: Call) -> Json:
    """views.update: by id or external_id, guarded by hash."""
    view = _find_view(call)
    _check_hash(call, view)
    body = call.nested("view")
    check_body(body, "modal")
    _check_external_id(call.slack, body, view)
    change(call.slack, view, dict(body), Kind.VIEW_UPDATED, call.method)
    return {"view": view_json(call.slack, view)}


def _check_hash(call: Call, view: View) -> None:
    if call.optional("hash") not in ("", view.hash):
        raise ApiError("hash_conflict")


def publish_home(call: Call) -> Json:
    """views.publish: a person's home tab, guarded by hash."""
    person = call.person("user_id")
    body = call.nested("view")
    check_body(body, "home")
    workspace = call.slack.workspace
    view = workspace.homes.get(person.id)
    if view is None:
        key = workspace.new_id("V")
        view = workspace.homes[person.id] = View(key, person.id, {"blocks": []}, new_hash(call.slack), key)
    else:
        _check_hash(call, view)
    change(call.slack, view, dict(body), Kind.HOME_PUBLISHED, call.method)
    return {"view": view_json(call.slack, view)}


METHODS: dict[str, Method] = {
    "views.open": open_view,
    "views.push": push_view,
    "views.update": update_view,
    "views.publish": publish_home,
}
