"""Looking back: is a message of ours in Slack, and how often? Found by the key in its metadata."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.log import logger
from bot.outcomes import read_failure
from bot.patience import Patience, seconds
from bot.proof import Sighting
from bot.voice import key_of
from bot.wire import Client
from storage.outbox import Delivery

PAGE = 100
PAGES = 30
"""So far back a look goes: whoever gets more messages than that between a try and its look is asked instead."""
log = logger("look-back")


@dataclass(frozen=True, slots=True)
class Survey:
    """By key, the stamps of the messages that carry it, oldest first; the rest as in Sighting."""

    stamps: Mapping[str, tuple[str, ...]]
    is_whole: bool = False
    wait: int = 0


class LookBack:
    """Looks in one workspace. Never raises: what could not be seen makes a look that is not whole."""

    def __init__(self, client: Client, team: str, patience: Patience) -> None:
        self._client = client
        self._team = team
        self._patience = patience

    def find(self, said: Delivery) -> Sighting:
        """Where the message of this delivery stands, since shortly before its first try."""
        since = said.look_since or said.first_tried_at or said.made_at
        seen = self.survey(said.channel, said.thread_ts, since)
        stamps = seen.stamps.get(key_of(self._team, said), ())
        return Sighting(stamps, seen.is_whole, seen.wait)

    def survey(self, channel: str, thread_ts: str, since: datetime) -> Survey:
        """Every message with a key of ours in a channel or thread, since shortly before an instant (UTC)."""
        found: dict[str, list[str]] = {}
        oldest, cursor = f"{(since - seconds(self._patience.early)).timestamp():.6f}", ""
        for _ in range(PAGES):
            try:
                page = self._read(channel, thread_ts, oldest, cursor)
            except Exception as error:  # noqa: BLE001 - every failure has an outcome, and the log says which
                return self._cut_short(channel, found, error)
            for each in page["messages"]:
                found.setdefault(_key_in(each), []).append(each["ts"])
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return Survey(_in_order(found), is_whole=not page.get("has_more"))
        return Survey(_in_order(found))

    def _read(self, channel: str, thread_ts: str, oldest: str, cursor: str) -> Any:
        where: dict[str, Any] = {"channel": channel, "oldest": oldest, "limit": PAGE, "cursor": cursor or None}
        if thread_ts:
            return self._client.conversations_replies(ts=thread_ts, include_all_metadata=True, **where)
        return self._client.conversations_history(include_all_metadata=True, **where)

    def _cut_short(self, channel: str, found: dict[str, list[str]], error: Exception) -> Survey:
        outcome = read_failure(error)
        log.warning("look cut short", channel=channel, error=outcome.error)
        return Survey(_in_order(found), wait=outcome.seconds)


def _key_in(message: dict[str, Any]) -> str:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("key") or "")


def _in_order(found: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(sorted(set(stamps), key=_by_time)) for key, stamps in found.items() if key}


def _by_time(stamp: str) -> tuple[int, str]:
    return len(stamp.partition(".")[0]), stamp
