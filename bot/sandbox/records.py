"""What a workspace is made of: people, channels, messages, files, views; and how Slack writes them as JSON."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

Json = dict[str, Any]
Blocks = list[Json]


class ChannelKind(StrEnum):
    PUBLIC = "public_channel"
    PRIVATE = "private_channel"
    DIRECT = "im"
    GROUP = "mpim"


# The word that message events use for each kind of conversation.
EVENT_KIND = {
    ChannelKind.PUBLIC: "channel",
    ChannelKind.PRIVATE: "group",
    ChannelKind.DIRECT: "im",
    ChannelKind.GROUP: "mpim",
}


@dataclass
class Person:
    """A member of this team, or (another `team_id`) a person seen through Slack Connect; `tz` is IANA."""

    id: str
    name: str
    real_name: str
    team_id: str
    tz: str = "Europe/Amsterdam"
    email: str = ""
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    is_admin: bool = False
    deleted: bool = False
    bot_id: str = ""

    def to_json(self, at: datetime, home_team: str) -> Json:
        """The user object; `tz_offset` (seconds) holds at `at`. People of other teams carry less."""
        profile: Json = {"real_name": self.real_name, "display_name": self.name, "team": self.team_id}
        if self.bot_id:
            profile["bot_id"] = self.bot_id
        told: Json = {"id": self.id, "team_id": self.team_id, "name": self.name, "deleted": self.deleted}
        told |= {"real_name": self.real_name, "profile": profile, "is_bot": self.is_bot}
        if self.team_id != home_team:
            return told | {"is_stranger": True}
        if self.email:
            profile["email"] = self.email
        local = at.astimezone(ZoneInfo(self.tz))
        offset = local.utcoffset()
        told |= {"tz": self.tz, "tz_label": local.tzname() or self.tz, "is_admin": self.is_admin}
        told["tz_offset"] = int(offset.total_seconds()) if offset is not None else 0
        return told | {"is_restricted": self.is_restricted, "is_ultra_restricted": self.is_ultra_restricted}


@dataclass
class Message:
    """A message as everybody in the channel sees it; with `seen_by` it is ephemeral, for that person only."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: Blocks = field(default_factory=list)
    thread_ts: str | None = None
    subtype: str | None = None
    bot_id: str = ""
    app_id: str = ""
    metadata: Json | None = None
    edited: Json | None = None
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    client_msg_id: str = ""
    seen_by: str = ""
    deleted: bool = False
    accepted: float = 0.0

    @property
    def in_thread(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    def to_json(self, with_metadata: bool = True) -> Json:
        """The message object of events, history and interaction payloads."""
        told: Json = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text}
        optional: Json = {"subtype": self.subtype, "bot_id": self.bot_id, "app_id": self.app_id}
        optional |= {"thread_ts": self.thread_ts, "edited": self.edited, "client_msg_id": self.client_msg_id}
        told |= {key: value for key, value in optional.items() if value}
        if self.blocks:
            told["blocks"] = json.loads(json.dumps(self.blocks))
        if self.reactions:
            told["reactions"] = [
                {"name": name, "users": list(users), "count": len(users)} for name, users in self.reactions.items()
            ]
        if self.metadata:
            told["metadata"] = self.metadata if with_metadata else {"event_type": self.metadata["event_type"]}
        return told


@dataclass
class Channel:
    """A conversation. `members` keeps the order in which people came in."""

    id: str
    name: str
    kind: ChannelKind
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    topic: str = ""
    is_archived: bool = False
    messages: dict[str, Message] = field(default_factory=dict)

    def thread(self, parent_ts: str) -> list[Message]:
        """The living replies under a parent, oldest first."""
        replies = [m for m in self.messages.values() if m.in_thread and m.thread_ts == parent_ts]
        return sorted((m for m in replies if not m.deleted), key=lambda m: m.ts)


@dataclass
class StoredFile:
    """A file's bytes and where it is shared; `upload_length` is what the uploader announced."""

    id: str
    name: str
    user: str
    created: int
    upload_length: int
    content: bytes | None = None
    title: str = ""
    channels: list[str] = field(default_factory=list)
    shares: dict[str, list[str]] = field(default_factory=dict)

    def to_json(self, base_url: str) -> Json:
        size = len(self.content or b"")
        url = f"{base_url}/files/{self.id}/{quote(self.name, safe='')}"
        told: Json = {"id": self.id, "name": self.name, "title": self.title or self.name, "user": self.user}
        told |= {"created": self.created, "timestamp": self.created, "size": size, "mode": "hosted"}
        told |= {"filetype": self.name.rpartition(".")[2], "url_private": url, "url_private_download": url}
        told["channels"] = list(self.channels)
        shares = {channel: [{"ts": ts} for ts in stamps] for channel, stamps in self.shares.items()}
        return told | {"shares": {"public": shares}}


@dataclass
class View:
    """A modal on a person's screen, or that person's home tab. `state` is what has been filled in."""

    id: str
    user: str
    body: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    state: Json = field(default_factory=dict)
    open: bool = True

    def to_json(self, team: str, app_id: str, bot_id: str) -> Json:
        told: Json = {"id": self.id, "team_id": team, "app_id": app_id, "bot_id": bot_id, "hash": self.hash}
        told |= {"root_view_id": self.root_id, "previous_view_id": self.previous_id}
        blank: Json = {"title": None, "submit": None, "close": None, "callback_id": "", "external_id": ""}
        blank |= {"private_metadata": "", "clear_on_close": False, "notify_on_close": False}
        return {**blank, **json.loads(json.dumps(self.body)), **told, "state": {"values": self.state}}
