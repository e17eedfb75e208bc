"""What stands in a signed request: read once, before Bolt reads it, and told to be whole or not.

A body that Bolt or a handler would fall over is refused here, so that it costs no 500 and is not sent again.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 100

COMMAND = ("command", "user_id", "channel_id", "trigger_id")
PARTS = {
    "event_callback": ("event.type", "event_id"),
    "block_actions": ("user.id", "actions.0.action_id"),
    "view_submission": ("user.id", "view.id", "view.callback_id"),
    "block_suggestion": ("user.id", "action_id"),
}
EVENTS = {
    "message": ("event.channel", "event.ts"),
    "reaction_added": ("event.user", "event.item.type"),
    "reaction_removed": ("event.user", "event.item.type"),
    "file_shared": ("event.user_id", "event.file_id"),
    "user_change": ("event.user.id",),
    "member_joined_channel": ("event.user", "event.channel"),
    "app_home_opened": ("event.user",),
}
"""What must be there, as words, in each kind of request and of event."""


class Malformed(ValueError):  # noqa: N818 - what it is
    """Not a body that Slack sends."""


@dataclass(frozen=True, slots=True)
class Body:
    """`said` is what it says; `raw` the bytes that Bolt is to read."""

    said: Mapping[str, Any]
    raw: bytes


def read_body(kind: str, raw: bytes) -> Body:
    """The body of a request of content type `kind` (JSON or FORM). Raises Malformed."""
    try:
        text = raw.decode()
        body = Body(_object(text), raw) if kind == JSON else _form(text)
        # A lone half of a character pair is JSON, but no text: no store takes it.
        json.dumps(body.said, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Malformed from error
    if not _is_whole(body.said):
        raise Malformed
    return body


def _object(text: str) -> Mapping[str, Any]:
    said = json.loads(text)
    if not isinstance(said, dict):
        raise Malformed
    return said


def _form(text: str) -> Body:
    if text.startswith("{"):
        raise Malformed
    fields = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    if "payload" in fields:
        return Body(_object(fields["payload"]), text.encode())
    # Bolt takes any form with the word in it for a button's, finds no such field and answers 404. Spelled so,
    # it reads the same once decoded, and Bolt does not see it.
    return Body(fields, text.replace("payload", "%70ayload").encode())


def _is_whole(said: Mapping[str, Any]) -> bool:
    if "command" in said:
        return _has(said, COMMAND)
    kind = said.get("type")
    if not isinstance(kind, str):
        return "ssl_check" in said
    return _has(said, PARTS.get(kind, ())) and (kind != "event_callback" or _has(said, _parts_of_event(said)))


def _parts_of_event(said: Mapping[str, Any]) -> tuple[str, ...]:
    return EVENTS.get(said["event"]["type"], ())


def _has(said: Any, paths: tuple[str, ...]) -> bool:
    return all(isinstance(_find(said, path), str) for path in paths)


def _find(said: Any, path: str) -> Any:
    for step in path.split("."):
        if isinstance(said, list):
            said = said[0] if said else None
        else:
            said = said.get(step) if isinstance(said, dict) else None
    return said
