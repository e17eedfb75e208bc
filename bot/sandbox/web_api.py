"""The Web API's front desk: the token, the arguments, the method, and errors named as Slack names them."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.sandbox.inspection import Problem
from bot.sandbox.ledger import Kind
from bot.sandbox.records import Channel, ChannelKind, Json, Message, Person
from bot.sandbox.slack import Slack

APP_LEVEL = {"apps.connections.open"}
POST = "chat.postMessage"


class ApiError(Exception):
    """A call Slack refuses: `code` is Slack's name for it; the rest goes into the answer."""

    def __init__(self, code: str, problems: list[Problem] | None = None, retry_after: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.problems = problems or []
        self.retry_after = retry_after

    def to_json(self) -> Json:
        told: Json = {"ok": False, "error": self.code}
        if self.problems:
            told["response_metadata"] = {"messages": [str(problem) for problem in self.problems]}
        return told


@dataclass
class Call:
    """One call: its arguments however they came (JSON, form, query)."""

    slack: Slack
    method: str
    args: Mapping[str, Any]

    def text(self, key: str) -> str:
        """A required string. Raises ApiError invalid_arguments."""
        value = self.args.get(key)
        if value is None or value == "":
            raise ApiError("invalid_arguments", [Problem(f"/{key}", f"missing required field: {key}")])
        return str(value)

    def optional(self, key: str) -> str:
        value = self.args.get(key)
        return "" if value is None else str(value)

    def flag(self, key: str, default: bool = False) -> bool:
        value = self.args.get(key)
        return default if value is None else str(value).lower() in ("1", "true")

    def whole(self, key: str, default: int, most: int) -> int:
        """A number between 1 and `most`. Raises ApiError invalid_limit."""
        try:
            value = int(self.args.get(key) or default)
        except ValueError:
            raise ApiError("invalid_limit") from None
        if value < 1:
            raise ApiError("invalid_limit")
        return min(value, most)

    def nested(self, key: str, error: str = "invalid_arguments") -> Any:
        """A JSON value, given as such or as a string of JSON; None when absent."""
        value = self.args.get(key)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise ApiError(error) from None

    def names(self, key: str) -> list[str]:
        """A comma-separated string, or a list."""
        value = self.args.get(key) or ""
        parts = value if isinstance(value, list) else str(value).split(",")
        return [str(part).strip() for part in parts if str(part).strip()]

    def person(self, key: str = "user") -> Person:
        """The person an argument names by id. Raises ApiError user_not_found."""
        found = self.slack.workspace.people.get(self.text(key))
        if found is None:
            raise ApiError("user_not_found")
        return found

    def channel(self, key: str = "channel") -> Channel:
        """A conversation the app may know of. Raises ApiError channel_not_found, also for private ones."""
        here = self.slack.workspace.channels.get(self.text(key))
        if here is None or (here.kind is not ChannelKind.PUBLIC and not self.slack.workspace.bot_is_in(here)):
            raise ApiError("channel_not_found")
        return here

    def own_channel(self, key: str = "channel") -> Channel:
        """A conversation the bot is in. Raises ApiError channel_not_found, not_in_channel."""
        here = self.channel(key)
        if not self.slack.workspace.bot_is_in(here):
            raise ApiError("not_in_channel")
        return here

    def open_channel(self, key: str = "channel") -> Channel:
        """One the bot is in and that is not archived. Raises ApiError is_archived as well."""
        here = self.channel(key)
        if here.is_archived:
            raise ApiError("is_archived")
        return self.own_channel(key)

    def message(self, here: Channel, key: str) -> Message:
        """A living message of a channel; ephemeral ones do not count. Raises ApiError message_not_found."""
        found = here.messages.get(self.text(key))
        if found is None or found.deleted:
            raise ApiError("message_not_found")
        return found


Method = Callable[[Call], Json]


@dataclass(frozen=True)
class MadeCall:
    """A call as it was made, for tests: when (both clocks), what, and the error it got ("" for none)."""

    at: datetime
    accepted: float
    method: str
    args: Json
    error: str


@dataclass
class FrontDesk:
    """Takes calls. `calls` keeps every one that was made, the refused ones included."""

    slack: Slack
    methods: Mapping[str, Method]
    calls: list[MadeCall] = field(default_factory=list)

    def answer(self, method: str, token: str, args: Mapping[str, Any]) -> Json:
        """Do one call and give its JSON. Raises ApiError (already in the ledger) with a retry_after on 429."""
        with self.slack.pulse:
            try:
                told = self._do(method, token, args)
            except ApiError as error:
                self._note_refusal(method, args, error)
                raise
            self._keep(method, args, "")
            self.slack.pulse.beat()
            return {"ok": True, **told}

    def _do(self, method: str, token: str, args: Mapping[str, Any]) -> Json:
        if method not in self.methods:
            raise ApiError("unknown_method")
        self._check_token(method, token)
        self._check_pace(method)
        return self.methods[method](Call(self.slack, method, args))

    def _check_token(self, method: str, token: str) -> None:
        names = self.slack.names
        if not token:
            raise ApiError("not_authed")
        if token not in (names.bot_token, names.app_token):
            raise ApiError("invalid_auth")
        if token != (names.app_token if method in APP_LEVEL else names.bot_token):
            raise ApiError("not_allowed_token_type")

    def _check_pace(self, method: str) -> None:
        wait = self.slack.faults.wait_to_post(self.slack.workspace.now()) if method == POST else 0
        if wait:
            raise ApiError("ratelimited", retry_after=wait)

    def _note_refusal(self, method: str, args: Mapping[str, Any], error: ApiError) -> None:
        self._keep(method, args, error.code)
        kind = Kind.UNKNOWN_METHOD if error.code == "unknown_method" else Kind.API_ERROR
        pointers = [{"pointer": problem.pointer, "words": problem.words} for problem in error.problems]
        channel, text = str(args.get("channel") or ""), args.get("text")
        self.slack.note(
            kind,
            channel=channel,
            via=method,
            name=error.code,
            text=text if isinstance(text, str) else "",
            detail={"problems": pointers},
        )

    def _keep(self, method: str, args: Mapping[str, Any], error: str) -> None:
        kept = {key: value for key, value in args.items() if key != "token"}
        self.calls.append(MadeCall(self.slack.workspace.now(), time.monotonic(), method, kept, error))


def page_through(call: Call, items: list[Any], limit: int) -> tuple[list[Any], Json]:
    """Cursor pagination: one page, and the response_metadata with the next cursor ("" at the end).

    Raises ApiError invalid_cursor.
    """
    cursor = call.optional("cursor")
    start = int(cursor.removeprefix("next:")) if cursor.removeprefix("next:").isdigit() else 0
    if cursor and (not cursor.startswith("next:") or start > len(items)):
        raise ApiError("invalid_cursor")
    end = start + limit
    return items[start:end], {"next_cursor": f"next:{end}" if end < len(items) else ""}
