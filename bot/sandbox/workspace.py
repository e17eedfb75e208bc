"""One team's people, channels, messages, files and views: pure state under one lock, no wire."""

import itertools
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.sandbox.pulse import Pulse
from bot.sandbox.records import Channel, ChannelKind, Json, Message, Person, StoredFile, View


class RefusedError(Exception):
    """Slack does not let a person do this; the words are the ones Slack (or its composer) would show."""


@dataclass(frozen=True)
class Names:
    """Who the app is. `team_id` is the installing team; `commands` are the registered slash commands."""

    bot_token: str = "xoxb-sandbox"  # noqa: S105 - a toy
    app_token: str = "xapp-sandbox"  # noqa: S105 - a toy
    team_id: str = "T0SANDBOX"
    team_name: str = "Sandbox"
    app_id: str = "A0BUSCALL"
    bot_user: str = "U0BUSCALL"
    bot_id: str = "B0BUSCALL"
    bot_name: str = "buscall"
    commands: tuple[str, ...] = ("/gig", "/buscall")


class Workspace:
    """State only. Every method takes the lock itself; `now` gives an aware instant of the sandbox's clock."""

    def __init__(self, now: Callable[[], datetime], names: Names, pulse: Pulse) -> None:
        self._now = now
        self.names = names
        self.pulse = pulse
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.ephemerals: dict[tuple[str, str], Message] = {}
        self.files: dict[str, StoredFile] = {}
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.shortcuts: dict[str, str] = {}
        """What a message's own menu offers: by callback_id, the words."""
        self.base_url = ""
        self._last_stamp = 0
        self._numbers = itertools.count(1)
        bot = Person(names.bot_user, names.bot_name, names.bot_name.title(), names.team_id, is_bot=True)
        bot.bot_id = names.bot_id
        self.people[bot.id] = bot

    def now(self) -> datetime:
        """The sandbox's clock, UTC."""
        return self._now().astimezone(UTC)

    def epoch(self) -> int:
        return int(self.now().timestamp())

    def stamp(self) -> str:
        """A new ts: the clock's second and microsecond, unique and always later than the one before."""
        with self.pulse:
            reading = round(self.now().timestamp() * 1_000_000)
            self._last_stamp = max(reading, self._last_stamp) + 100
            return f"{self._last_stamp // 1_000_000}.{self._last_stamp % 1_000_000:06d}"

    def new_id(self, letter: str) -> str:
        with self.pulse:
            return f"{letter}0{next(self._numbers):06d}"

    def _id_from_name(self, letter: str, name: str, taken: dict[str, Any]) -> str:
        plain = f"{letter}0{re.sub(r'[^A-Z0-9]', '', name.upper())[:9]}"
        return plain if plain not in taken and len(plain) > 2 else f"{plain}{next(self._numbers)}"

    def add_person(self, name: str, **facts: Any) -> Person:
        """A new member; `facts` are fields of Person (an outsider has another `team_id`). The id comes
        from the name. Raises ValueError when the name is taken."""
        with self.pulse:
            if any(person.name == name for person in self.people.values()):
                raise ValueError(f"there is already somebody called {name}")
            key = self._id_from_name("U", name, self.people)
            standard: Json = {"real_name": name.title(), "team_id": self.names.team_id}
            standard |= {"email": f"{name.replace(' ', '.')}@example.com"}
            self.people[key] = Person(id=key, name=name, **{**standard, **facts})
            return self.people[key]

    def add_channel(self, name: str, kind: ChannelKind, creator: str, members: list[str]) -> Channel:
        """A new conversation with these people (ids) in it."""
        letter = {ChannelKind.DIRECT: "D", ChannelKind.PUBLIC: "C"}.get(kind, "G")
        with self.pulse:
            key = self._id_from_name(letter, name, self.channels)
            here = Channel(key, name, kind, creator, self.epoch(), list(dict.fromkeys(members)))
            self.channels[key] = here
            self.pulse.beat()
            return here

    def open_direct(self, *users: str) -> tuple[Channel, bool]:
        """The one conversation these people have; gives it and whether it was there already."""
        members = list(dict.fromkeys(users))
        kind = ChannelKind.DIRECT if len(members) <= 2 else ChannelKind.GROUP
        with self.pulse:
            for here in self.channels.values():
                if here.kind is kind and set(here.members) == set(members):
                    return here, True
            name = "-".join(self.people[user].name for user in members if user != self.names.bot_user)
            name = name if kind is ChannelKind.DIRECT else f"mpdm-{name}-1"
            return self.add_channel(name, kind, members[0], members), False

    def person(self, who: str) -> Person:
        """A person by id or name. Raises RefusedError when there is nobody."""
        named = who.removeprefix("@")
        with self.pulse:
            for person in self.people.values():
                if who == person.id or named == person.name:
                    return person
        raise RefusedError(f"There is nobody called {who} here.")

    def channel(self, where: str) -> Channel:
        """A conversation by id or name. Raises RefusedError when there is none."""
        named = where.removeprefix("#")
        with self.pulse:
            for here in self.channels.values():
                if where == here.id or (named == here.name and here.kind is not ChannelKind.DIRECT):
                    return here
        raise RefusedError(f"There is no channel {where} here.")

    def message(self, channel: str, ts: str) -> Message | None:
        """The living message at a ts, ephemeral ones included; None when it is gone or never was."""
        here = self.channels.get(channel)
        found = here.messages.get(ts) if here else None
        found = found or self.ephemerals.get((channel, ts))
        return None if found is None or found.deleted else found

    def keep(self, message: Message) -> Message:
        """Put a new message where it belongs and note (monotonic) when it was accepted."""
        with self.pulse:
            message.accepted = time.monotonic()
            if message.seen_by:
                self.ephemerals[message.channel, message.ts] = message
            else:
                self.channels[message.channel].messages[message.ts] = message
            self.pulse.beat()
            return message

    def is_external(self, user: str) -> bool:
        return self.people[user].team_id != self.names.team_id

    def is_shared_outside(self, channel: Channel) -> bool:
        return any(self.is_external(user) for user in channel.members)

    def bot_is_in(self, channel: Channel) -> bool:
        return self.names.bot_user in channel.members

    def mentionable(self) -> dict[str, str]:
        """Names to user ids."""
        with self.pulse:
            return {person.name: person.id for person in self.people.values()}

    def linkable(self, private_name_shown: bool = True) -> dict[str, str]:
        """Channel names to what stands in `<#…>`: `C…|name`, or `C…|` for a private one."""
        shown = {}
        for here in list(self.channels.values()):
            if here.kind in (ChannelKind.PUBLIC, ChannelKind.PRIVATE):
                hidden = here.kind is ChannelKind.PRIVATE and not private_name_shown
                shown[here.name] = f"{here.id}|" if hidden else f"{here.id}|{here.name}"
        return shown

    def message_json(self, message: Message, with_metadata: bool = True) -> Json:
        """A message with what only the workspace knows: its files and its thread's counts."""
        told = message.to_json(with_metadata) | {"team": self.people[message.user].team_id}
        if message.files:
            told["files"] = [self.files[key].to_json(self.base_url) for key in message.files]
        replies = self.channels[message.channel].thread(message.ts) if not message.in_thread else []
        if replies:
            told |= {"thread_ts": message.ts, "reply_count": len(replies), "latest_reply": replies[-1].ts}
            told["reply_users"] = list(dict.fromkeys(reply.user for reply in replies))
        return told
