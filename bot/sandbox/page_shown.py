"""The workspace as the page reads it: plain JSON, text as it stands, never markup."""

from typing import Any

from bot.sandbox.events import Envelope, EnvelopeType
from bot.sandbox.ledger import Entry
from bot.sandbox.records import Channel, Json, Message, Person, StoredFile, View
from bot.sandbox.slack import Slack
from bot.sandbox.web_api import MadeCall

NAME_MOST = 120
TEXT_MOST = 200_000
"""Bytes of a file that the page reads out."""


def show_person(slack: Slack, person: Person) -> Json:
    told: Json = {"id": person.id, "name": person.name, "real": person.real_name, "tz": person.tz}
    told |= {"bot": person.is_bot, "guest": person.is_restricted or person.is_ultra_restricted}
    return told | {"outside": slack.workspace.is_external(person.id), "gone": person.deleted}


def show_people(slack: Slack) -> list[Json]:
    return [show_person(slack, person) for person in slack.workspace.people.values()]


def show_channel(channel: Channel) -> Json:
    told: Json = {"id": channel.id, "name": channel.name, "kind": channel.kind.value, "topic": channel.topic}
    return told | {"members": list(channel.members), "archived": channel.is_archived}


def show_channels(slack: Slack) -> list[Json]:
    return [show_channel(channel) for channel in slack.workspace.channels.values()]


def show_message(slack: Slack, message: Message) -> Json:
    """A message; `only` is the one person who sees it, `root` the message it stands under."""
    told: Json = {"channel": message.channel, "ts": message.ts, "user": message.user, "text": message.text}
    told |= {"only": message.seen_by, "root": message.thread_ts if message.in_thread else None}
    if message.deleted:
        return told | {"deleted": True, "text": ""}
    told |= {"blocks": message.blocks, "edited": message.edited is not None}
    told["reactions"] = [[name, list(users)] for name, users in message.reactions.items()]
    return told | {"files": [_show_file(slack, key) for key in message.files]}


def _show_file(slack: Slack, key: str) -> Json:
    file = slack.workspace.files[key]
    return {"id": key, "name": file.name, "size": len(file.content or b"")}


def show_content(file: StoredFile) -> Json:
    """What is in a file as text (UTF-8; the rest of a long one is cut); None for what is no text."""
    content = file.content or b""
    start = content[:TEXT_MOST]
    cut = len(start) < len(content)
    try:
        text = None if b"\0" in start else start.decode("utf-8-sig", "ignore" if cut else "strict")
    except UnicodeDecodeError:
        text = None
    return {"text": text, "cut": cut}


def show_messages(slack: Slack, private_since: str) -> list[Json]:
    """Every living message, oldest first; private answers from a ts on (Slack too forgets them)."""
    kept = [m for here in slack.workspace.channels.values() for m in here.messages.values()]
    kept += [m for m in slack.workspace.ephemerals.values() if m.ts > private_since]
    living = sorted((message for message in kept if not message.deleted), key=lambda message: message.ts)
    return [show_message(slack, message) for message in living]


def show_view(view: View) -> Json:
    body = {key: view.body.get(key) for key in ("type", "title", "submit", "close", "blocks")}
    told: Json = {"id": view.id, "user": view.user, "open": view.open, "hash": view.hash, "body": body}
    return told | {"root": view.root_id, "state": view.state}


def show_open_views(slack: Slack) -> list[Json]:
    return [show_view(view) for view in slack.workspace.views.values() if view.open]


def show_homes(slack: Slack) -> list[Json]:
    return [show_view(view) for view in slack.workspace.homes.values()]


def show_envelope(number: int, envelope: Envelope) -> Json:
    """One line of the log; its payload is asked for when somebody opens it."""
    told: Json = {"key": f"e{number}", "at": envelope.made, "way": "in", "type": envelope.type.value}
    told |= {"name": _name(envelope)[:NAME_MOST], "state": _state(envelope), "retry": envelope.retry_attempt}
    if envelope.acked is not None:
        told["ms"] = round((envelope.acked - (envelope.sent or envelope.made)) * 1000, 1)
    return told


def _state(envelope: Envelope) -> str:
    if envelope.undeliverable:
        return "undeliverable"
    if envelope.timed_out:
        return "timed out"
    return "waiting" if envelope.acked is None else "acked"


def _name(envelope: Envelope) -> str:
    payload = envelope.payload
    match envelope.type:
        case EnvelopeType.COMMAND:
            return f"{payload.get('command', '')} {payload.get('text', '')}".strip()
        case EnvelopeType.EVENT:
            event = payload.get("event", {})
            return " ".join(str(event[key]) for key in ("type", "subtype") if event.get(key))
        case _:
            return f"{payload.get('type', '')} {_first_action(payload)}".strip()


def _first_action(payload: Json) -> str:
    action: Any = next(iter(payload.get("actions") or [payload]), {})
    return str(action.get("action_id") or action.get("callback_id") or "")


def show_call(number: int, call: MadeCall) -> Json:
    where = call.args.get("channel") or call.args.get("user_id") or call.args.get("user") or ""
    told: Json = {"key": f"c{number}", "at": call.accepted, "way": "out", "type": "Web API"}
    told["name"] = f"{call.method} {where}".strip()[:NAME_MOST]
    return told | {"state": call.error or "ok", "retry": 0}


def show_trouble(entry: Entry) -> Json:
    """A planned failure, a time-out or a lost event, as the ledger has it."""
    told: Json = {"key": f"l{entry.seq}", "at": entry.accepted, "way": "trouble", "type": entry.kind.value}
    return told | {"name": f"{entry.via} {entry.name}".strip()[:NAME_MOST], "state": "trouble", "retry": 0}
