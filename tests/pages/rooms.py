"""A sandbox whose app is a plain client: it posts what the page must draw."""

from datetime import UTC, datetime
from typing import Any

from slack_sdk import WebClient

from bot.sandbox.records import Message
from bot.sandbox.sandbox import Sandbox

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Gallery:
    """One channel with tess in it; `address` is its page."""

    def __init__(self, sandbox: Sandbox, **given: Any) -> None:
        self.sandbox = sandbox
        self.client = WebClient("xoxb-sandbox", base_url=sandbox.base_url, retry_handlers=[])
        self.tess = sandbox.add_person("tess", tz="Europe/London")
        self.room = sandbox.add_channel("room", ["tess"])
        self.address = sandbox.show_page(title="Gallery", viewer="tess", channel="room", about="", **given)

    def post(self, text: str, **more: Any) -> str:
        """The app posts; gives the ts."""
        return str(self.client.chat_postMessage(channel=self.room, text=text, **more)["ts"])

    def keep(self, text: str) -> None:
        """Something tess said long ago: it is there, and nobody is told."""
        workspace = self.sandbox.slack.workspace
        ts = workspace.stamp()
        workspace.channels[self.room].messages[ts] = Message(self.room, ts, self.tess, text)

    def open_form(self, view: dict[str, Any]) -> str:
        """The app opens a form before tess; gives its id."""
        trigger = self.sandbox.slack.tickets.issue_trigger(self.tess)
        return str(self.client.views_open(trigger_id=trigger, view=view)["view"]["id"])
