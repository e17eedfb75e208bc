"""The stage of these tests: a sandbox, a real Bolt app in Socket Mode, and a clock moved by hand."""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.sandbox import Sandbox

Json = dict[str, Any]
ANY = re.compile(".*")


class HandClock:
    """Moved by hand, forward only."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 8, 1, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant

    def move(self, **step: float) -> None:
        self.instant += timedelta(**step)


@dataclass
class Asked:
    """What a listener got."""

    body: Json
    ack: Ack
    client: WebClient
    respond: Respond


Listener = Callable[[Asked], object]


def acknowledge(asked: Asked) -> object:
    return asked.ack()


def stay_silent(_asked: Asked) -> object:
    return None


def fail(_asked: Asked) -> object:
    raise RuntimeError("this listener fails on purpose")


@dataclass
class Bot:
    """Listeners that a test may replace; `bodies` keeps what came in."""

    on_command: Listener = acknowledge
    on_action: Listener = acknowledge
    on_view: Listener = acknowledge
    on_options: Listener = acknowledge
    on_event: Listener = acknowledge
    bodies: list[Json] = field(default_factory=list)

    def events(self, type_: str, subtype: str | None = None) -> list[Json]:
        inner = [body["event"] for body in self.bodies if "event" in body]
        return [e for e in inner if e["type"] == type_ and e.get("subtype") == subtype]


@dataclass
class Stage:
    """One per run of tests; people and channels are made anew by each test."""

    sandbox: Sandbox
    clock: HandClock
    client: WebClient
    bot: Bot = field(default_factory=Bot)
    handlers: list[SocketModeHandler] = field(default_factory=list)
    numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def person(self, name: str, **facts: Any) -> str:
        """A person with a name of its own; gives the id."""
        return self.sandbox.add_person(f"{name}{next(self.numbers)}", **facts)

    def name(self, user: str) -> str:
        return self.sandbox.workspace.people[user].name

    def channel(self, *members: str, **facts: Any) -> str:
        return self.sandbox.add_channel(f"tour-{next(self.numbers)}", members, **facts)

    def settle(self) -> None:
        assert self.sandbox.wait_until(lambda: not self.sandbox.unacked(), 20)


def build_app(stage: Stage) -> App:
    app = App(client=stage.client, process_before_response=True)

    def hear(name: str) -> Callable[..., None]:
        def listen(ack: Ack, body: Json, client: WebClient, respond: Respond) -> None:
            stage.bot.bodies.append(body)
            getattr(stage.bot, name)(Asked(body, ack, client, respond))

        return listen

    app.command(ANY)(hear("on_command"))
    app.action(ANY)(hear("on_action"))
    app.message_shortcut(ANY)(hear("on_action"))
    app.view(ANY)(hear("on_view"))
    app.view_closed(ANY)(hear("on_view"))
    app.options(ANY)(hear("on_options"))
    app.event(ANY)(hear("on_event"))
    return app


def connect(stage: Stage) -> SocketModeHandler:
    handler = SocketModeHandler(build_app(stage), "xapp-sandbox")
    handler.connect()  # type: ignore[no-untyped-call]
    assert stage.sandbox.wait_until(stage.sandbox.connected, 20)
    return handler


def section(text: str = "Hello", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(text: str = "Go", action_id: str = "go", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def option(text: str, value: str) -> Json:
    return {"text": plain(text), "value": value}


def field_block(block_id: str, element: Json, **more: Any) -> Json:
    label = plain(block_id.title())
    return {"type": "input", "block_id": block_id, "label": label, "element": element, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Form"), "submit": plain("Save"), "blocks": list(blocks), **more}


def error_of(call: Callable[[], object]) -> str:
    """The error Slack names when the call is made; "" when it goes well."""
    try:
        call()
    except SlackApiError as refused:
        return str(refused.response["error"])
    return ""
