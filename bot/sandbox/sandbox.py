"""A Slack to try a bot in: real HTTP and WebSocket on the loopback, people with hands, a clock that is given."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import TracebackType
from typing import Any

from bot.sandbox import api_chat, api_conversations, api_files, api_people, api_views
from bot.sandbox.events import Envelope
from bot.sandbox.hands import Hands
from bot.sandbox.http_line import RequestUrl
from bot.sandbox.ledger import Entry
from bot.sandbox.page_desk import Page
from bot.sandbox.page_given import Given
from bot.sandbox.records import ChannelKind, Message, View
from bot.sandbox.server import Door
from bot.sandbox.slack import Slack
from bot.sandbox.web_api import FrontDesk, MadeCall, Method
from bot.sandbox.workspace import Names

METHODS: dict[str, Method] = {
    **api_chat.METHODS,
    **api_conversations.METHODS,
    **api_files.METHODS,
    **api_people.METHODS,
    **api_views.METHODS,
}


class Sandbox:
    """One workspace with one app in it.

    `now` gives an aware instant; it stamps messages and ages response_urls and retries. Acks and triggers
    run on real time. `subscriptions` are event names as in a manifest ("message.channels"); None is all.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        names: Names | None = None,
        subscriptions: Iterable[str] | None = None,
        port: int = 0,
    ) -> None:
        self.names = names or Names()
        self.slack = Slack(now, self.names, subscriptions)
        self.workspace = self.slack.workspace
        self.ledger = self.slack.ledger
        self.faults = self.slack.faults
        self.hands = Hands(self.slack)
        self._desk = FrontDesk(self.slack, METHODS)
        self._door = Door(self.slack, self._desk, port)

    def start(self) -> "Sandbox":
        """Open the door. Raises OSError when the port is taken."""
        self._door.open()
        return self

    def stop(self) -> None:
        """Close every connection; no thread stays."""
        self._door.shut()

    def install(self, manifest: Mapping[str, Any]) -> None:
        """The app as its manifest says: the message shortcuts are offered from now on."""
        offered = manifest.get("features", {}).get("shortcuts", ())
        self.workspace.shortcuts = {each["callback_id"]: each["name"] for each in offered if each["type"] == "message"}

    def show_page(self, **given: Any) -> str:
        """Put the page up, with what the program gives it (the fields of `Given`); gives its address."""
        if self._door.page is not None:
            self._door.page.close()
        self._door.page = Page(self.slack, self.hands, self._desk.calls, Given(**given))
        return f"{self.slack.base_url}/"

    def __enter__(self) -> "Sandbox":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def base_url(self) -> str:
        """For WebClient(base_url=...), with its slash."""
        return f"{self.slack.base_url}/api/"

    @property
    def calls(self) -> list[MadeCall]:
        """Every Web API call so far, refused ones included."""
        with self.slack.pulse:
            return list(self._desk.calls)

    @property
    def envelopes(self) -> list[Envelope]:
        """Every envelope so far, with the monotonic times of sending and of its ack."""
        with self.slack.pulse:
            return list(self.slack.line.envelopes)

    @property
    def ack_seconds(self) -> float:
        """Real seconds an envelope may wait for its ack; Slack's three unless set."""
        return self.slack.line.ack_seconds

    @ack_seconds.setter
    def ack_seconds(self, seconds: float) -> None:
        self.slack.line.ack_seconds = seconds

    @property
    def trigger_seconds(self) -> float:
        """Real seconds a trigger_id is good for; Slack's three unless set."""
        return self.slack.tickets.trigger_seconds

    @trigger_seconds.setter
    def trigger_seconds(self, seconds: float) -> None:
        self.slack.tickets.trigger_seconds = seconds

    def add_person(self, name: str, **facts: Any) -> str:
        """A new person; gives the id. `facts`: real_name, tz, email, is_restricted, is_ultra_restricted,
        is_admin, deleted, team_id (another one makes an outsider)."""
        return self.workspace.add_person(name, **facts).id

    def add_channel(
        self, name: str, members: Iterable[str] = (), *, private: bool = False, with_bot: bool = True
    ) -> str:
        """A new channel with these people (ids or names); gives the id. No events: it was always there."""
        people = [self.workspace.person(member).id for member in members]
        people = [*people, self.names.bot_user] if with_bot else people
        kind = ChannelKind.PRIVATE if private else ChannelKind.PUBLIC
        return self.workspace.add_channel(name, kind, people[0] if people else "", people).id

    def message(self, channel: str, ts: str) -> Message | None:
        """A message as it is now; None when it was deleted or never was."""
        return self.workspace.message(self.workspace.channel(channel).id, ts)

    def messages(self, channel: str, thread_ts: str | None = None) -> list[Message]:
        """What stands in a channel now, oldest first; with `thread_ts` the replies under it."""
        here = self.workspace.channel(channel)
        with self.slack.pulse:
            if thread_ts is not None:
                return here.thread(thread_ts)
            return [m for m in sorted(here.messages.values(), key=lambda m: m.ts) if not m.deleted]

    def reactions(self, channel: str, ts: str) -> dict[str, list[str]]:
        """Emoji to the ids of who put it there, as it is now."""
        found = self.message(channel, ts)
        with self.slack.pulse:
            return {name: list(users) for name, users in found.reactions.items()} if found else {}

    def posts(self, channel: str = "", thread_ts: str | None = None, since: int = 0) -> list[Entry]:
        """What the bot posted (ledger lines); `channel` by id or name."""
        key = self.workspace.channel(channel).id if channel else ""
        return self.ledger.posts(key, thread_ts, since)

    def home(self, user: str) -> View | None:
        """The home tab published for this person."""
        return self.workspace.homes.get(self.workspace.person(user).id)

    def open_views(self, user: str) -> list[View]:
        """The modals on this person's screen, the lowest first."""
        who = self.workspace.person(user).id
        with self.slack.pulse:
            return [view for view in self.workspace.views.values() if view.open and view.user == who]

    def wait_until(self, predicate: Callable[[], object], seconds: float = 20.0) -> bool:
        """Wait (real seconds, no sleeping) until something is so; False when it did not come to be."""
        return self.slack.pulse.wait_until(predicate, seconds)

    def deliver_to(self, url: str, secret: str) -> None:
        """From here on send everything to a request URL, signed, and no more by sockets.

        Raises ValueError when the app does not pass Slack's check of the URL, OSError when nobody is there.
        """
        line = self.slack.line
        way = RequestUrl(line, url, secret, self.workspace.now)
        way.verify()
        line.hang_up()
        line.join(way, {})

    def connected(self) -> int:
        """How many sockets the app has open."""
        return len(self.slack.line.sockets)

    def unacked(self) -> int:
        """How many envelopes wait for their ack; retries that are due are sent first and count."""
        self.tick()
        return self.slack.line.unacked()

    def tick(self) -> None:
        """Look at the clock now: send the retries that have fallen due."""
        self.slack.line.tick()

    def next_retry(self) -> datetime | None:
        """When Slack sends an unacked event again, or None."""
        return self.slack.line.next_retry()

    def redeliver(self, envelope: Envelope) -> Envelope:
        """Send the same payload once more, as Slack now and then does."""
        return self.slack.line.redeliver(envelope)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app's sockets to reconnect."""
        self.slack.line.disconnect(reason)

    def hang_up(self) -> None:
        """Close the app's sockets without a warning."""
        self.slack.line.hang_up()
