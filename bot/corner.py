"""A corner of a workspace: one conversation in which a self-test posts, looks and tidies up."""

import secrets
import threading
import time
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_sdk.web import SlackResponse

from bot.outcomes import Outcome, Result, read_answer, read_failure
from bot.patience import Patience
from bot.wire import Client

EVENT = "buscall_selftest"
TRIES = 4
LONGEST_WAIT = 30.0
"""Seconds; a Slack that asks for more than that is told of, not waited for."""
PAGE, PAGES = 100, 5

Found = dict[str, str]
"""The words of our messages by their stamps."""


class Corner:
    """Everything said here carries one key, by which it is found again. Calls never raise."""

    def __init__(self, client: Client, channel: str, patience: Patience, now: datetime) -> None:
        self.client = client
        self.channel = channel
        self.blind = ""
        """Why nothing can be looked up here, once that is known."""
        self._patience = patience
        self._since = now.timestamp() - patience.early
        self._key = secrets.token_hex(8)
        self._stamps: set[str] = set()
        self._certain_from = 0.0

    def post(self, text: str) -> tuple[Outcome, float]:
        """A message; the same client_msg_id each time. Gives the outcome and the seconds of the call."""
        marks: dict[str, Any] = {"metadata": {"event_type": EVENT, "event_payload": {"key": self._key}}}
        once = str(uuid.uuid5(uuid.NAMESPACE_URL, self._key))
        outcome, seconds = self.attempt(
            lambda: self.client.chat_postMessage(channel=self.channel, text=text, client_msg_id=once, **marks)
        )
        if outcome.result is Result.DONE:
            self._stamps.add(outcome.ts)
        elif outcome.result is Result.UNCLEAR:
            self._certain_from = time.monotonic() + self._patience.settle
        return outcome, seconds

    def edit(self, ts: str, text: str) -> tuple[Outcome, float]:
        """Other words for a message of ours."""
        return self.attempt(lambda: self.client.chat_update(channel=self.channel, ts=ts, text=text))

    def react(self, ts: str, name: str) -> tuple[Outcome, float]:
        """A reaction under it."""
        return self.attempt(lambda: self.client.reactions_add(channel=self.channel, timestamp=ts, name=name))

    def look(self, until: Callable[[Found], bool]) -> Found | None:
        """What is here of ours, looked up until it is as wanted or has had its time; None: nobody lets us look."""
        ends = time.monotonic() + self._patience.settle
        while (found := self._read_all()) is not None and not until(found) and time.monotonic() < ends:
            _pause(self._patience.first_look)
        return found

    def tidy(self) -> str:
        """Delete all of ours, also what shows up late; gives what is wrong, "" when nothing is left."""
        ends = time.monotonic() + 2 * self._patience.settle
        while True:
            found = self._read_all()
            for ts in {*(found or {}), *self._stamps}:
                self._delete(ts)
            now = time.monotonic()
            if found is None:
                return self._left_unseen()
            if not found and not self._stamps and now >= self._certain_from:
                return ""
            if now > ends:
                return f"{len(self._stamps | set(found))} messages could not be deleted: please do it by hand"
            _pause(self._patience.first_look / 10 if found else self._patience.first_look)

    def _left_unseen(self) -> str:
        if self._stamps:
            return f"{len(self._stamps)} messages could not be deleted: please do it by hand"
        return "one post had no clear answer and cannot be looked for: see by hand" if self._certain_from else ""

    def _delete(self, ts: str) -> None:
        outcome, _ = self.attempt(lambda: self.client.chat_delete(channel=self.channel, ts=ts))
        if outcome.result is Result.DONE or outcome.error == "message_not_found":
            self._stamps.discard(ts)
        else:
            self._stamps.add(ts)

    def attempt(self, call: Callable[[], SlackResponse]) -> tuple[Outcome, float]:
        """Make a call, again when Slack certainly did not take it; gives the outcome and its seconds."""
        for count in range(TRIES):
            begun = time.monotonic()
            outcome = _outcome_of(call)
            seconds = time.monotonic() - begun
            if outcome.result is not Result.LATER or outcome.seconds > LONGEST_WAIT or count == TRIES - 1:
                break
            _pause(outcome.seconds or self._patience.first_look)
        return outcome, seconds

    def _read_all(self) -> Found | None:
        found: Found = {}
        cursor = ""
        for _ in range(PAGES):
            page = self._read_page(cursor)
            if page is None:
                return None
            found |= {each["ts"]: str(each.get("text") or "") for each in page["messages"] if self._is_ours(each)}
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        return found

    def _read_page(self, cursor: str) -> Any:
        if self.blind:
            return None
        pages: list[SlackResponse] = []
        where: dict[str, Any] = {"channel": self.channel, "oldest": f"{self._since:.6f}", "limit": PAGE}

        def read() -> SlackResponse:
            pages.append(self.client.conversations_history(include_all_metadata=True, cursor=cursor or None, **where))
            return pages[-1]

        for _ in range(TRIES):
            outcome, _ = self.attempt(read)
            if outcome.result is Result.DONE:
                return pages[-1]
            if outcome.result is not Result.UNCLEAR:
                break
            _pause(self._patience.first_look)
        self.blind = f"{outcome.error}, asked to wait {outcome.seconds} s" if outcome.seconds > 1 else outcome.error
        return None

    def _is_ours(self, message: dict[str, Any]) -> bool:
        payload = (message.get("metadata") or {}).get("event_payload") or {}
        return bool(payload.get("key") == self._key)


def _outcome_of(call: Callable[[], SlackResponse]) -> Outcome:
    try:
        return read_answer(call())
    except Exception as error:  # noqa: BLE001 - every failure has an outcome, and the table says which
        return read_failure(error)


def _pause(seconds: float) -> None:
    threading.Event().wait(seconds)
