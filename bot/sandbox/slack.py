"""The parts of the sandbox together, and the one way to write in its ledger."""

import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from bot.sandbox.events import Envelope, Line
from bot.sandbox.faults import Faults
from bot.sandbox.ledger import Entry, Kind, Ledger
from bot.sandbox.pulse import Pulse
from bot.sandbox.records import EVENT_KIND, Channel, Json
from bot.sandbox.tickets import Tickets
from bot.sandbox.workspace import Names, Workspace


class Slack:
    """Workspace, ledger, line to the app, faults, tickets. `subscriptions` None means every event."""

    def __init__(self, now: Callable[[], datetime], names: Names, subscriptions: Iterable[str] | None) -> None:
        self.names = names
        self.pulse = Pulse()
        self.faults = Faults()
        self.workspace = Workspace(now, names, self.pulse)
        self.ledger = Ledger(self.pulse, names.bot_user)
        self.tickets = Tickets(self.pulse)
        self.line = Line(self.pulse, self.workspace.now, self.note, twice=self._is_doubled)
        self._subscriptions = None if subscriptions is None else frozenset(subscriptions)

    @property
    def base_url(self) -> str:
        """Where the door is; known once it stands open."""
        return self.workspace.base_url

    def _is_doubled(self) -> bool:
        return self.faults.deliver_events_twice

    def note(self, kind: Kind, **facts: Any) -> Entry:
        """Write a line in the ledger, stamped with both clocks."""
        with self.pulse:
            seq = self.ledger.next_seq
            return self.ledger.append(Entry(seq, self.workspace.now(), time.monotonic(), kind, **facts))

    def tell(self, event: Json, channel: Channel | None = None, subscription: str = "") -> Envelope | None:
        """Send an event to the app, when it subscribed to it and (in a channel) is a member."""
        if channel is not None and not self.workspace.bot_is_in(channel):
            return None
        if self._subscriptions is not None and (subscription or event["type"]) not in self._subscriptions:
            return None
        body = self._wrap(event, channel)
        if self.faults.events_lost:
            self.note(Kind.EVENT_LOST, name=str(event.get("type")), detail=body)
            return None
        return self.line.send_event(body)

    def tell_message(self, event: Json, channel: Channel) -> None:
        """A message event of any subtype: `message.channels`, `.groups`, `.im` or `.mpim`."""
        word = EVENT_KIND[channel.kind]
        subscription = f"message.{word}" if word in ("im", "mpim") else f"message.{word}s"
        told = {"type": "message", "channel": channel.id, "channel_type": word, **event}
        self.tell(told, channel, subscription)

    def _wrap(self, event: Json, channel: Channel | None) -> Json:
        names = self.names
        granted = {"enterprise_id": None, "team_id": names.team_id, "user_id": names.bot_user, "is_bot": True}
        body: Json = {"token": "verification", "team_id": names.team_id, "api_app_id": names.app_id}
        body |= {"event": {"event_ts": self.workspace.stamp(), **event}, "type": "event_callback"}
        body |= {"event_id": self.workspace.new_id("Ev"), "event_time": self.workspace.epoch()}
        body["authorizations"] = [granted | {"is_enterprise_install": False}]
        shared = channel is not None and self.workspace.is_shared_outside(channel)
        return body | {"is_ext_shared_channel": shared, "event_context": "sandbox"}
