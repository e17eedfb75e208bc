"""The door: Bolt, and its socket to Slack."""

import contextlib
import logging
import socket
import threading
from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltContext, BoltResponse
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult

from bot.config import Settings
from bot.log import logger
from bot.wire import Client

ANSWER_WITHIN = 2.5
HELLO_WITHIN = 5.0
log = logger("door")


class Door:
    """Listens for one workspace. `known` is what auth.test said about us."""

    def __init__(self, settings: Settings, known: dict[str, Any]) -> None:
        self._settings = settings
        self._known = known
        self._client = Client(settings, settings.bot_token, ANSWER_WITHIN)
        quiet = logging.getLogger("slack_bolt")
        self.app = App(
            client=Client(settings, deadline=ANSWER_WITHIN),
            logger=quiet,
            name="buscall",
            process_before_response=True,
            token_verification_enabled=False,
            authorize=self._recognise,
            before_authorize=self._lend_client,
        )
        self._handler: SocketModeHandler | None = None

    def _recognise(self) -> AuthorizeResult:
        known, token = self._known, self._settings.bot_token
        return AuthorizeResult(
            enterprise_id=known.get("enterprise_id"),
            team_id=known["team_id"],
            bot_id=known.get("bot_id"),
            bot_user_id=known.get("user_id"),
            bot_token=token,
        )

    def _lend_client(self, context: BoltContext, next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002
        # Bolt makes a client of its own for each request, which knows neither our deadline nor our route.
        context["client"] = self._client
        return next()

    def open(self) -> None:
        """Connect, and wait for Slack's hello. Raises slack_sdk's errors, or ConnectionError without a hello."""
        heard = threading.Event()
        self._handler = SocketModeHandler(self.app, self._settings.app_token, logger=self.app.logger)
        line = self._handler.client
        if self._settings.stays_here:
            line.proxy = None
        line.message_listeners.append(lambda _, message, __: heard.set() if message.get("type") == "hello" else None)
        line.connect()
        if not heard.wait(HELLO_WITHIN):
            self.shut()
            raise ConnectionError("Slack opened the socket but said nothing")

    def shut(self) -> None:
        """Take nothing more, let what is being answered finish, hang up."""
        if self._handler is None:
            return
        line = self._handler.client
        line.auto_reconnect_enabled = line.default_auto_reconnect_enabled = False
        line.closed = True
        line.current_session_state.terminated = True
        session = line.current_session
        if session is not None and session.sock is not None:
            # The client's reader waits in recv for seconds, holding the lock that closing needs.
            with contextlib.suppress(OSError):
                session.sock.shutdown(socket.SHUT_RD)
        line.message_queue.put(None)
        line.message_workers.shutdown(wait=True)
        line.close()
        self._handler = None

    @property
    def is_open(self) -> bool:
        """True while the socket stands."""
        return self._handler is not None and self._handler.client.is_connected()
