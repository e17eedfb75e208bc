"""Slack's payloads, as plain dictionaries, to `Asked`. Knows their shapes, not Bolt."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from checklists.crew import Person
from checklists.walls import known_zone
from handlers.asked import Asked
from handlers.typed import visible

Body = Mapping[str, Any]
NAME_MOST = 80
NAMELESS = {"directmessage": "", "privategroup": "tour"}


def channel_name(name: str) -> str:
    """The channel's name; "" for a direct message, "tour" for a private channel, which Slack does not name."""
    return NAMELESS.get(name, name)


def command(body: Body, now: datetime) -> Asked:
    """A slash command; its trigger id is its key."""
    return Asked(
        now=now,
        key=f"command:{body['trigger_id']}",
        who=body["user_id"],
        where=body["channel_id"],
        where_name=channel_name(body.get("channel_name", "")),
        text=body.get("text") or "help",
    )


def action(body: Body, now: datetime) -> tuple[Asked, str]:
    """A press, and its action id. Where it was pressed, on which message, with what it carries."""
    pressed = body["actions"][0]
    channel = body.get("channel", {})
    where = channel.get("id") or body.get("container", {}).get("channel_id", "")
    name = channel_name(channel.get("name", ""))
    ts = body.get("container", {}).get("message_ts") or body.get("message", {}).get("ts", "")
    who = body["user"]["id"]
    value = pressed.get("value") or pressed.get("selected_option", {}).get("value", "")
    key = f"press:{where}:{ts}:{pressed['action_id']}:{who}:{pressed.get('action_ts', '')}"
    return Asked(now=now, key=key, who=who, where=where, where_name=name, ts=ts, value=value), pressed["action_id"]


def form(body: Body, now: datetime) -> tuple[Asked, str]:
    """A form that was sent, and its callback id. `value` is what its maker packed: channel, its name, the rest."""
    view = body["view"]
    packed = view.get("private_metadata", "")
    where, _, rest = packed.partition(" ")
    name, _, value = rest.partition(" ")
    fields = {block: _filled(next(iter(held.values()), {})) for block, held in view["state"]["values"].items()}
    key = f"form:{view['id']}:{view.get('hash', '')}"
    who = body["user"]["id"]
    asked = Asked(now=now, key=key, who=who, where=where, where_name=name.strip("-"), value=value, fields=fields)
    return asked, view["callback_id"]


def _filled(element: Body) -> str:
    """What one field holds, as words; several people are parted by spaces."""
    if people := element.get("selected_users"):
        return " ".join(people)
    chosen = (element.get("selected_option") or {}).get("value")
    plain = ("value", "selected_date", "selected_time", "selected_user")
    return str(chosen or next((element[name] for name in plain if element.get(name)), ""))


def event(body: Body, now: datetime, who: str, where: str = "") -> Asked:
    """An event that carries no more than who and where."""
    return Asked(now=now, key=f"event:{body['event_id']}", who=who, where=where)


def message(body: Body, now: datetime) -> tuple[Asked, bool] | None:
    """A person's message, and whether it is an edit; None for what no person wrote."""
    said = body["event"]
    kind = said.get("subtype")
    if kind == "message_changed":
        return _edit(body, said, now)
    if kind == "message_deleted":
        return _deletion(body, said, now)
    if kind not in (None, "thread_broadcast", "file_share") or said.get("bot_id") or not said.get("user"):
        return None
    return _words(body, said, said, now), False


def _edit(body: Body, said: Body, now: datetime) -> tuple[Asked, bool] | None:
    after, before = said["message"], said.get("previous_message", {})
    if after.get("bot_id") or not after.get("user") or after.get("text") == before.get("text"):
        return None
    return _words(body, said, after, now), True


def _deletion(body: Body, said: Body, now: datetime) -> tuple[Asked, bool] | None:
    before = said.get("previous_message", {})
    if before.get("bot_id") or not before.get("user"):
        return None
    return _words(body, said, {**before, "text": ""}, now), True


def _words(body: Body, said: Body, written: Body, now: datetime) -> Asked:
    thread = written.get("thread_ts") or ""
    return Asked(
        now=now,
        key=f"event:{body['event_id']}",
        who=written["user"],
        where=said["channel"],
        thread=thread if thread != written["ts"] else "",
        ts=written["ts"],
        text=written.get("text") or "",
    )


def reaction(body: Body, now: datetime) -> Asked:
    """A reaction; its name is the text."""
    put = body["event"]
    item = put.get("item", {})
    return Asked(
        now=now,
        key=f"event:{body['event_id']}",
        who=put["user"],
        where=item.get("channel", ""),
        ts=item.get("ts", ""),
        text=put.get("reaction", ""),
    )


def file(body: Body, now: datetime) -> Asked:
    """A dropped file; its id is the value."""
    dropped = body["event"]
    asked = event(body, now, dropped["user_id"], dropped.get("channel_id", ""))
    return Asked(now=now, key=asked.key, who=asked.who, where=asked.where, value=dropped["file_id"])


def person(user: Body, team: str) -> Person:
    """Somebody as Slack describes him; outside means another team than the one we are installed in."""
    profile = user.get("profile") or {}
    name = profile.get("display_name") or user.get("real_name") or profile.get("real_name") or user.get("name") or ""
    return Person(
        id=user["id"],
        name=visible(name)[:NAME_MOST],
        zone=known_zone(user.get("tz") or ""),
        is_known=True,
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_outsider=bool(user.get("is_stranger")) or (user.get("team_id") or team) != team,
    )
