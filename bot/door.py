"""The door: Bolt, and the socket on which Slack speaks to it. `bot/web.py` has the other way in."""

import contextlib
import json
import logging
import socket
import threading
from collections.abc import Callable
from typing import Any, Protocol

from slack_bolt import App, BoltContext, BoltResponse
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.config import Settings
from bot.log import logger
from bot.wire import Client

ANSWER_WITHIN = 2.5
HELLO_WITHIN = 5.0
PING_EVERY = 10.0
ASKED_TO_END = 200
log = logger("door")


class Whisper:
    """Answers privately by a response_url: once, and within the deadline. Bolt's own would say it twice
    when a connection breaks."""

    def __init__(self, client: Client, url: str | None) -> None:
        self._client = client
        self._url = url

    def __call__(self, text: str = "", **words: Any) -> None:
        """The words as Bolt's `respond` takes them. Raises NotSent, Unclear, or ConnectionError for a no."""
        if self._url is None:
            raise ValueError("nobody to answer: there is no response_url")
        told = {"text": text} | {name: value for name, value in words.items() if value is not None}
        status = self._client.hand_over(self._url, json.dumps(told).encode())
        if status != 200:
            raise ConnectionError(f"the private answer was not taken: http {status}")


class Door(Protocol):
    """Where Slack comes in; listens for one workspace."""

    app: App

    def open(self) -> None:
        """Begin to listen."""

    def shut(self) -> None:
        """Take nothing more, let what is being answered finish, hang up."""

    @property
    def is_open(self) -> bool:
        """True while Slack is heard."""


def make_app(settings: Settings, known: dict[str, Any]) -> App:
    """Bolt as both doors have it. `known` is what auth.test said about us.

    It checks no signatures: the socket needs none, and the other door has looked before Bolt sees anything.
    """
    quiet = logging.getLogger("slack_bolt")
    quiet.setLevel(logging.ERROR)
    return App(
        client=Client(settings, deadline=ANSWER_WITHIN),
        logger=quiet,
        name="buscall",
        process_before_response=True,
        token_verification_enabled=False,
        request_verification_enabled=False,
        authorize=_recognise(known, settings.bot_token),
        before_authorize=_lend(Client(settings, settings.bot_token, ANSWER_WITHIN)),
    )


class SocketDoor:
    """Socket Mode: we connect to Slack."""

    def __init__(self, settings: Settings, known: dict[str, Any], ping_every: float = PING_EVERY) -> None:
        self._settings = settings
        self._ping_every = ping_every
        self.app = make_app(settings, known)
        self._handler: SocketModeHandler | None = None

    def open(self) -> None:
        """Connect, and wait for Slack's hello. Raises slack_sdk's errors, or ConnectionError without a hello."""
        heard = threading.Event()
        self._handler = SocketModeHandler(
            self.app, self._settings.app_token, logger=self.app.logger, ping_interval=self._ping_every
        )
        line = self._handler.client
        if self._settings.stays_here:
            line.proxy = None
        line.message_listeners.append(lambda _, message, __: heard.set() if message.get("type") == "hello" else None)
        line.connect()
        if not heard.wait(HELLO_WITHIN):
            self.shut()
            raise ConnectionError("Slack opened the socket but said nothing")

    @property
    def line(self) -> SocketModeClient | None:
        """The socket's client, while it stands open."""
        return None if self._handler is None else self._handler.client

    def shut(self) -> None:
        """Take nothing more, let what is being answered finish, hang up."""
        if self._handler is None:
            return
        line = self._handler.client
        line.auto_reconnect_enabled = line.default_auto_reconnect_enabled = False
        line.closed = True
        session = line.current_session
        if session is not None and session.sock is not None:
            # The client's reader waits in recv for seconds, holding the lock that closing needs.
            with contextlib.suppress(OSError):
                session.sock.shutdown(socket.SHUT_RD)
        _end_reader(line)
        line.message_queue.put(None)
        line.message_workers.shutdown(wait=True)
        line.close()
        self._handler = None

    @property
    def is_open(self) -> bool:
        """True while the socket stands."""
        return self._handler is not None and self._handler.client.is_connected()


def _end_reader(line: SocketModeClient) -> None:
    # The reader takes back the word that ends it whenever it begins anew; so it is kept from that, and told again.
    runner = line.current_session_runner
    runner.event.set()
    for _ in range(ASKED_TO_END):
        line.current_session_state.terminated = True
        runner.thread.join(0.02)
        if not runner.is_alive():
            return


def _recognise(known: dict[str, Any], token: str) -> Callable[[BoltContext], AuthorizeResult]:
    def authorize(context: BoltContext) -> AuthorizeResult:  # noqa: ARG001 - Bolt goes by the name
        return AuthorizeResult(
            enterprise_id=known.get("enterprise_id"),
            team_id=known["team_id"],
            bot_id=known.get("bot_id"),
            bot_user_id=known.get("user_id"),
            bot_token=token,
        )

    return authorize


def _lend(client: Client) -> Callable[..., BoltResponse]:
    # Bolt makes a client of its own for each request, which knows neither our deadline nor our route.
    def lend_client(context: BoltContext, next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002
        context["client"] = client
        context["respond"] = Whisper(client, context.response_url)
        return next()

    return lend_client
