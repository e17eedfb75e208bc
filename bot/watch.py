"""Watches that Slack is heard: a socket that is gone or deaf is replaced, and after a silence we look ourselves.

slack_sdk pings each ten seconds and gives a socket up forty seconds after its last pong. But it never gives up
one that has not answered a single ping, nor one on which nobody said hello; and it reconnects without a pause
when Slack says that there are too many sockets. That is done here.
"""

import contextlib
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.log import logger

FOR_GOOD = frozenset(
    {"account_inactive", "invalid_auth", "missing_scope", "not_allowed_token_type", "not_authed", "token_revoked"}
)
log = logger("watch")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds. `deaf`: neither a pong nor a message for so long; `hello`: a new socket on which nobody said hello;
    `down`: no socket at all; `silence`: nothing came in; `lost`: so long without a socket is for good. `refusals`:
    so often may Slack refuse our token. After `opens` sockets in a row each further one waits `between`. `pauses`:
    after each try to replace a socket."""

    beat: float = 1.0
    deaf: float = 45.0
    hello: float = 15.0
    down: float = 15.0
    silence: float = 600.0
    lost: float = 600.0
    refusals: int = 3
    opens: int = 4
    between: float = 5.0
    pauses: tuple[float, ...] = (1.0, 2.0, 5.0, 10.0, 20.0)


class Watch:
    """`line` is the socket's client, None where Slack comes in by HTTP; `taken` counts what came in.

    `missed` is called when something may have been missed, `lost` once, with a plain reason, when Slack cannot
    be heard any more.
    """

    def __init__(
        self,
        line: SocketModeClient | None,
        taken: Callable[[], int],
        missed: Callable[[], None],
        lost: Callable[[str], None],
        limits: Limits = Limits(),
    ) -> None:
        self._line = line
        self._taken = taken
        self._missed = missed
        self._lost = lost
        self._limits = limits
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        now = time.monotonic()
        self._session: Any = None
        self._since = self._alive = self._well = self._heard = now
        self._count = -1
        self._pong: float | None = None
        self._greeted: str | None = None
        self._try_at = now
        self._tries = self._refusals = 0
        self._why = ""
        self._is_lost = False
        self._opened: deque[float] = deque(maxlen=limits.opens)

    def start(self) -> None:
        """Begin, with a socket that stands and has said hello."""
        if self._line is not None:
            self._greeted = self._line.session_id()
            self._line.message_listeners.append(self._note)
            self._pace(self._line)
        self._thread.start()

    def stop(self) -> None:
        """Watch no more."""
        self._enough.set()
        if self._thread.is_alive():
            self._thread.join(self._limits.beat + 5.0)

    @property
    def is_well(self) -> bool:
        """False as soon as the socket is gone, deaf, or not greeted in time."""
        return self._line is None or not self._trouble(self._line, time.monotonic())

    def _note(self, client: Any, message: dict[str, Any], _: str | None) -> None:
        self._alive = time.monotonic()
        if message.get("type") == "hello" and client.session_id() != self._greeted:
            self._greeted = client.session_id()
            log.info("connected again")
            self._missed()

    def _pace(self, line: SocketModeClient) -> None:
        # Slack answers a socket too many with a word that makes the client open another one at once, for ever.
        issue = line.issue_new_wss_url

        def issue_in_turn() -> str:
            now = time.monotonic()
            if len(self._opened) == self._limits.opens and now - self._opened[0] < self._limits.between * 2:
                self._enough.wait(self._limits.between)
            self._opened.append(time.monotonic())
            return issue()

        line.issue_new_wss_url = issue_in_turn  # type: ignore[method-assign]

    def _run(self) -> None:
        while not self._enough.wait(self._limits.beat):
            try:
                self._look(time.monotonic())
            except Exception:
                log.exception("the watch itself failed")

    def _look(self, now: float) -> None:
        self._listen(now)
        if self._line is None:
            return
        self._feel(self._line, now)
        trouble = self._trouble(self._line, now)
        if not trouble:
            if self._line.is_connected() and self._greeted == self._line.session_id():
                self._well, self._tries, self._refusals = now, 0, 0
            return
        if now >= self._try_at:
            self._replace(self._line, trouble)
        self._give_up(now)

    def _listen(self, now: float) -> None:
        """After a long silence what was missed is looked for, and again after as long a silence."""
        count = self._taken()
        if count != self._count:
            self._count, self._heard = count, now
        elif now - self._heard > self._limits.silence:
            self._heard = now
            self._missed()

    def _feel(self, line: SocketModeClient, now: float) -> None:
        session = line.current_session
        if session is not self._session:
            self._session, self._since, self._pong = session, now, None
        pong = session.last_ping_pong_time if session is not None else None
        if pong != self._pong:
            self._pong, self._alive = pong, now

    def _trouble(self, line: SocketModeClient, now: float) -> str:
        """What is wrong with the socket, in words; "" for nothing."""
        if not line.is_connected():
            return "no socket" if now - max(self._alive, self._since) > self._limits.down else ""
        if self._greeted != line.session_id() and now - self._since > self._limits.hello:
            return "nobody said hello"
        return "the socket is deaf" if now - max(self._alive, self._since) > self._limits.deaf else ""

    def _replace(self, line: SocketModeClient, trouble: str) -> None:
        log.warning("replacing the socket", why=trouble, tries=self._tries)
        self._why = trouble
        _wake_reader(line)
        try:
            # Where none stands the client may be opening one itself: that one is good enough.
            line.connect_to_new_endpoint(force=line.is_connected())
        except SlackApiError as error:
            self._why = f"Slack says {error.response.get('error')}"
            self._refusals += error.response.get("error") in FOR_GOOD
        except Exception as error:  # noqa: BLE001 - whatever it is, the log says it and the next try comes
            self._why = f"{type(error).__name__}: {error}"
        if not line.is_connected():
            log.warning("no socket yet", why=self._why)
        self._try_at = time.monotonic() + self._limits.pauses[min(self._tries, len(self._limits.pauses) - 1)]
        self._tries += 1

    def _give_up(self, now: float) -> None:
        refused = self._refusals >= self._limits.refusals
        if self._is_lost or not (refused or now - self._well > self._limits.lost):
            return
        self._is_lost = True
        advice = "check SLACK_APP_TOKEN" if refused else "start it again when Slack can be reached"
        with contextlib.suppress(Exception):
            self._lost(f"{self._why}: {advice}")


def _wake_reader(line: SocketModeClient) -> None:
    """The client's reader waits in recv for seconds, holding the lock that closing needs."""
    session = line.current_session
    if session is not None and session.sock is not None:
        with contextlib.suppress(OSError):
            session.sock.shutdown(socket.SHUT_RDWR)
