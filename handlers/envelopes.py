"""Slack's payloads, as plain dictionaries, to `Asked`. Knows their shapes, not Bolt."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from checklists.crew import Person
from checklists.walls import known_zone
from handlers.asked import Asked
from handlers.typed import visible

Body = Mapping[str, Any]
LINK_MOST = 1_000
NAME_MOST = 80
NAMELESS = {"directmessage": "", "privategroup": "tour"}


def channel_name(name: str) -> str:
    """The channel's name; "" for a direct message, "tour" for a private channel, which Slack does not name."""
    return NAMELESS.get(name, name)


def said_at(ts: str) -> datetime | None:
    """The instant (UTC) that one of Slack's ts is; None for what is none."""
    seconds, _, micros = ts.partition(".")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) < 12):
        return None
    fraction = int(micros[:6].ljust(6, "0")) if micros.isascii() and micros.isdigit() else 0
    return datetime.fromtimestamp(int(seconds), UTC) + timedelta(microseconds=fraction)


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
    """A press, and its action id. Where it was pressed, on which message, with what it carries.

    What is chosen in a message's own menu is a press on that message; its callback id is the action's.
    """
    pressed = body["actions"][0] if "actions" in body else {**body, "action_id": body["callback_id"]}
    channel = body.get("channel", {})
    where = channel.get("id") or body.get("container", {}).get("channel_id", "")
    name = channel_name(channel.get("name", ""))
    ts = body.get("container", {}).get("message_ts") or body.get("message", {}).get("ts", "")
    who = body["user"]["id"]
    value = pressed.get("value") or pressed.get("selected_option", {}).get("value", "")
    pressed_at = pressed.get("action_ts", "")
    key = f"press:{where}:{ts}:{pressed['action_id']}:{who}:{pressed_at}"
    at = said_at(pressed_at)
    asked = Asked(now=now, key=key, who=who, where=where, where_name=name, ts=ts, value=value, at=at)
    return asked, pressed["action_id"]


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
    """A person's message, and whether it is an edit or a deletion; None for what no person wrote.

    Its key is the message itself: the same words come as a message and a mention, and once for each workspace
    that shares the channel.
    """
    said = body["event"]
    kind = said.get("subtype")
    if kind == "message_changed":
        return _edit(said, now)
    if kind == "message_deleted":
        return _deletion(said, now)
    if kind not in (None, "thread_broadcast", "file_share") or said.get("bot_id") or not said.get("user"):
        return None
    return _words(said["channel"], said, "", said["ts"], now), False


def found(said: Body, channel: str, now: datetime) -> tuple[Asked, bool] | None:
    """The same for a message that was looked up: as it stands now, its last edit included."""
    edited = said.get("edited", {}).get("ts")
    if edited:
        return _edit({"channel": channel, "message": said, "event_ts": edited}, now)
    return message({"event": {**said, "channel": channel}}, now)


def _edit(said: Body, now: datetime) -> tuple[Asked, bool] | None:
    after, before = said["message"], said.get("previous_message", {})
    if after.get("bot_id") or not after.get("user") or after.get("text") == before.get("text"):
        return None
    edited = after.get("edited", {}).get("ts") or said.get("event_ts") or said.get("ts", "")
    return _words(said["channel"], after, edited, edited, now), True


def _deletion(said: Body, now: datetime) -> tuple[Asked, bool] | None:
    before = said.get("previous_message", {})
    if before.get("bot_id") or not before.get("user"):
        return None
    deleted = said.get("event_ts") or said.get("ts", "")
    return _words(said["channel"], {**before, "text": ""}, "gone", deleted, now), True


def _words(channel: str, written: Body, version: str, at: str, now: datetime) -> Asked:
    thread = written.get("thread_ts") or ""
    return Asked(
        now=now,
        key=f"said:{channel}:{written['ts']}:{version}",
        who=written["user"],
        where=channel,
        thread=thread if thread != written["ts"] else "",
        ts=written["ts"],
        text=written.get("text") or "",
        at=said_at(at),
        files=tuple(link for each in written.get("files") or () if (link := _link_of(each))),
    )


def _link_of(file: Body) -> str:
    """Where a file can be looked at; "" for one that Slack does not show us."""
    link = str(file.get("permalink") or file.get("url_private") or "")
    return "" if " " in link or len(link) > LINK_MOST else link


def reaction(body: Body, now: datetime) -> Asked:
    """A reaction put or taken away; its name is the text."""
    put = body["event"]
    item = put.get("item", {})
    where, ts, name, at = item.get("channel", ""), item.get("ts", ""), put.get("reaction", ""), put.get("event_ts", "")
    return Asked(
        now=now,
        key=f"{put['type']}:{where}:{ts}:{put['user']}:{name}:{at or body.get('event_id', '')}",
        who=put["user"],
        where=where,
        ts=ts,
        text=name,
        at=said_at(at),
    )


def file(body: Body, now: datetime) -> Asked:
    """A dropped file; its id is the value."""
    dropped = body["event"]
    where, file_id = dropped.get("channel_id", ""), dropped["file_id"]
    return Asked(now=now, key=f"file:{where}:{file_id}", who=dropped["user_id"], where=where, value=file_id)


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
