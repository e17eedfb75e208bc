"""The courier's voice: one call to Slack for one delivery, and what became of it."""

import hashlib
import json
import uuid
from typing import Any

from slack_sdk.web import SlackResponse

from bot.log import logger
from bot.outcomes import Outcome, read_answer, read_failure
from bot.wire import Client
from storage.outbox import Delivery, Op

KEYS = uuid.UUID("6f2f2f4e-0f0c-5d0c-9d4e-b2ca11b2ca11")
log = logger("courier")


class Voice:
    """Speaks in one workspace. Never raises: every failure is an outcome, and a line in the log."""

    def __init__(self, client: Client, team: str) -> None:
        self._client = client
        self._team = team

    def say(self, delivery: Delivery, body: str) -> Outcome:
        """Post, edit or react; `body` is the JSON that was written when the delivery was claimed."""
        try:
            return read_answer(self._call(delivery, json.loads(body)))
        except Exception as error:  # noqa: BLE001 - every failure has an outcome, and the log says which
            outcome = read_failure(error)
            log.warning("not sent", delivery=delivery.id, result=outcome.result, error=outcome.error)
            return outcome

    def take_back(self, channel: str, ts: str) -> Outcome:
        """Delete one of our own messages."""
        try:
            return read_answer(self._client.chat_delete(channel=channel, ts=ts))
        except Exception as error:  # noqa: BLE001 - every failure has an outcome, and the log says which
            outcome = read_failure(error)
            log.warning("not taken back", channel=channel, ts=ts, error=outcome.error)
            return outcome

    def open_direct(self, person: str) -> Outcome:
        """Open our conversation with somebody, or find it; the outcome names its channel."""
        try:
            return read_answer(self._client.conversations_open(users=person))
        except Exception as error:  # noqa: BLE001 - every failure has an outcome, and the log says which
            outcome = read_failure(error)
            log.warning("no direct channel", person=person, error=outcome.error)
            return outcome

    def _call(self, delivery: Delivery, body: dict[str, Any]) -> SlackResponse:
        match delivery.op:
            case Op.POST:
                return self._client.chat_postMessage(**body, **self._envelope(delivery))
            case Op.UPDATE:
                return self._client.chat_update(channel=delivery.channel, ts=delivery.ts, **body)
            case Op.REACT:
                call = self._client.reactions_remove if body.get("remove") else self._client.reactions_add
                return call(channel=delivery.channel, timestamp=delivery.ts, name=body["name"])

    def _envelope(self, delivery: Delivery) -> dict[str, Any]:
        key = key_of(self._team, delivery)
        return {
            "channel": delivery.channel,
            "thread_ts": delivery.thread_ts or None,
            "metadata": {"event_type": f"buscall_{delivery.letter}", "event_payload": {"key": key}},
            "client_msg_id": str(uuid.uuid5(KEYS, _once(key, delivery))),
            "unfurl_links": False,
            "unfurl_media": False,
        }


def _once(key: str, delivery: Delivery) -> str:
    # A number that a restored book gives out again must not look like the message of the book that was lost.
    return f"{key}:{delivery.made_at.isoformat()}:{delivery.tries if delivery.repeat else ''}"


def key_of(team: str, delivery: Delivery) -> str:
    """What marks its message in Slack: opaque, because everybody there can read it."""
    return hashlib.blake2s(f"{team}:{delivery.key}".encode(), digest_size=8).hexdigest()


def method_of(delivery: Delivery) -> str:
    """Slack's name of the call that carries this delivery."""
    if delivery.op is Op.REACT:
        return "reactions.remove" if delivery.subject.get("remove") else "reactions.add"
    return "chat.update" if delivery.op is Op.UPDATE else "chat.postMessage"
