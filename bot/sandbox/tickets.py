"""What Slack hands out with an interaction: trigger_ids (3 s, once) and response_urls (30 min, 5 times)."""

import itertools
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.pulse import Pulse

RESPONSE_USES = 5
RESPONSE_AGE = timedelta(minutes=30)


@dataclass
class Trigger:
    """`view_id` is the modal in which the interaction happened, if any."""

    id: str
    user: str
    issued: float
    view_id: str | None = None
    spent: bool = False


@dataclass
class ResponseUrl:
    """`source_ts` is the message whose button was pressed; a slash command has none."""

    token: str
    user: str
    channel: str
    issued: datetime
    source_ts: str | None = None
    uses: int = 0


class Tickets:
    """Issues and checks them. `trigger_seconds` is real time, the age of a response_url the sandbox's."""

    def __init__(self, pulse: Pulse) -> None:
        self.trigger_seconds = 3.0
        self._pulse = pulse
        self._numbers = itertools.count(1)
        self._triggers: dict[str, Trigger] = {}
        self._responses: dict[str, ResponseUrl] = {}

    def issue_trigger(self, user: str, view_id: str | None = None) -> str:
        with self._pulse:
            key = f"{next(self._numbers):012d}.{id(self) % 10**9:09d}.sandbox"
            self._triggers[key] = Trigger(key, user, time.monotonic(), view_id)
            return key

    def spend_trigger(self, key: str) -> Trigger | str:
        """The trigger, now used up; or the name of Slack's error."""
        with self._pulse:
            trigger = self._triggers.get(key)
            if trigger is None:
                return "invalid_trigger_id"
            if trigger.spent:
                return "exchanged_trigger_id"
            if time.monotonic() - trigger.issued > self.trigger_seconds:
                return "expired_trigger_id"
            trigger.spent = True
            return trigger

    def issue_response(self, user: str, channel: str, at: datetime, source_ts: str | None = None) -> str:
        with self._pulse:
            token = f"R{next(self._numbers):08d}"
            self._responses[token] = ResponseUrl(token, user, channel, at, source_ts)
            return token

    def use_response(self, token: str, at: datetime) -> ResponseUrl | str:
        """The response_url, with one use counted; or the name of Slack's error."""
        with self._pulse:
            found = self._responses.get(token)
            if found is None:
                return "invalid_url"
            if at - found.issued > RESPONSE_AGE:
                return "expired_url"
            if found.uses >= RESPONSE_USES:
                return "used_url"
            found.uses += 1
            return found
