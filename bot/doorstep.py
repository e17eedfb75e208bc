"""The web server's own end: who may stand at the door, how long, and how it is shut.

Waitress cuts idle connections only, answers strange transfer codings with 501, dies of some numbers, and drops
what is under way when it is stopped; the four are put right here.
"""

import contextlib
import socket
import threading
import time
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer
from waitress.utilities import Error

MOST_BODY = 1024 * 1024
MOST_HEADER = 16 * 1024
MOST_OPEN = 100
CROWDED = 80
PATIENCE = 10.0
CROWDED_PATIENCE = 1.0
IDLE = 30.0
THREADS = 8
LOOK_AGAIN = 0.01
HALF_SAID = 1.0
"""Seconds that a request still coming in is waited for when the door shuts."""
REASONS = {400: "Bad Request", 413: "Request Entity Too Large", 431: "Request Header Fields Too Large"}


class Refused(Error):  # type: ignore[misc]  # noqa: N818 - waitress calls its answers so
    """What the server itself does not take. Its words repeat nothing of the request."""

    def __init__(self, code: int) -> None:
        super().__init__("")
        self.code = code if code in REASONS else 400
        self.reason = REASONS[self.code]

    def to_response(self, ident: Any = None) -> tuple[str, list[tuple[str, str]], bytes]:  # noqa: ARG002 - waitress calls it so
        said = f"{self.reason}\n"
        return f"{self.code} {self.reason}", [("Content-Type", "text/plain; charset=utf-8")], said.encode()


class Incoming(HTTPRequestParser):  # type: ignore[misc]
    """One request as it comes in; never worse than a 4xx."""

    def __init__(self, adj: Adjustments) -> None:
        super().__init__(adj)
        self.error: Any = None
        self.began = time.monotonic()

    def received(self, data: bytes) -> int:
        try:
            taken: int = super().received(data)
        except (ValueError, LookupError):
            self.error, self.completed = Refused(400), True
            return len(data)
        if self.error is not None:
            self.error = Refused(self.error.code)
            # Else waitress would bid whoever waits for it to go on.
            self.expect_continue = False
        return taken

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        # Two ways to say where a request ends are one too many: a proxy may have read the other.
        if "TRANSFER_ENCODING" in self.headers or (self.chunked and "CONTENT_LENGTH" in self.headers):
            raise ParsingError("two lengths")


class Visitor(HTTPChannel):  # type: ignore[misc]
    """One connection."""

    parser_class = Incoming
    server: "Doorstep"

    def readable(self) -> bool:
        return bool(super().readable()) and not (self.server.is_shutting and self.request is None)

    def is_busy(self) -> bool:
        """A request of its is being answered."""
        return bool(self.requests or self.total_outbufs_len)

    def is_slow(self, patience: float) -> bool:
        """It has been sending one request for longer than that."""
        return self.request is not None and time.monotonic() - self.request.began > patience


class Doorstep(TcpWSGIServer):  # type: ignore[misc]
    """Listens in a thread of its own from `open` to `shut`; whoever takes longer than `patience` (seconds) to say
    what he wants is hung up on. Raises OSError when the address is taken."""

    channel_class = Visitor

    def __init__(self, application: Any, host: str, port: int, patience: float = PATIENCE) -> None:
        self.is_shutting = False
        self.accepting = False
        self._patience = patience
        adjustments = Adjustments(
            threads=THREADS,
            ident="",
            connection_limit=MOST_OPEN,
            channel_timeout=int(IDLE),
            cleanup_interval=1,
            max_request_header_size=MOST_HEADER,
            max_request_body_size=MOST_BODY,
            inbuf_overflow=MOST_BODY // 8,
            log_socket_errors=False,
            asyncore_use_poll=True,
        )
        # Bound here: what fails in waitress leaves its sockets behind.
        listener = socket.create_server((host, port), family=_family(host))
        sockinfo = (listener.family, listener.type, listener.proto, listener.getsockname())
        super().__init__(application, _sock=listener, adj=adjustments, sockinfo=sockinfo, bind_socket=False)
        self._thread = threading.Thread(target=self.run, name="door", daemon=True)

    def open(self) -> None:
        """Begin to answer."""
        self._thread.start()

    @property
    def is_open(self) -> bool:
        """True while somebody would be answered."""
        return self._thread.is_alive() and not self.is_shutting

    def maintenance(self, now: float) -> None:
        """Called by the server every second: whoever is slow, idle or in the way of others is hung up on."""
        super().maintenance(now)
        crowded = len(self.active_channels) >= CROWDED
        patience = CROWDED_PATIENCE if crowded else self._patience
        for visitor in self.active_channels.values():
            idle = crowded and not visitor.is_busy() and now - visitor.last_activity > CROWDED_PATIENCE
            if idle or visitor.is_slow(patience):
                visitor.will_close = True

    def shut(self, seconds: float) -> bool:
        """Take nobody new, let what is under way be answered, hang up; False when that took too long."""
        if not self._thread.is_alive():
            return True
        ends = time.monotonic() + seconds
        self.is_shutting = True
        self.trigger.pull_trigger(self._turn_away)
        self._wait_for_visitors(ends)
        self.task_dispatcher.shutdown(timeout=max(0.1, ends - time.monotonic()))
        if self.task_dispatcher.threads:
            # One that still works would write into whatever file has taken the place of the closed trigger.
            return False
        # The thread may hang up, and close the trigger, by an earlier pull, before this one has reached it.
        with contextlib.suppress(OSError):
            self.trigger.pull_trigger(self._hang_up)
        self._thread.join(max(0.1, ends - time.monotonic()))
        return not self._thread.is_alive()

    def _turn_away(self) -> None:
        if self.accepting:
            self.accepting = False
            wasyncore.dispatcher.close(self)
        for visitor in self.active_channels.values():
            visitor.will_close = visitor.will_close or not (visitor.is_busy() or visitor.request)

    def _wait_for_visitors(self, ends: float) -> None:
        half_said_until = min(ends, time.monotonic() + HALF_SAID)
        look = threading.Event()
        while time.monotonic() < ends:
            visitors = list(self.active_channels.values())
            half_said = time.monotonic() < half_said_until and any(each.request for each in visitors)
            if not half_said and not any(each.is_busy() for each in visitors):
                return
            look.wait(LOOK_AGAIN)

    def _hang_up(self) -> None:
        wasyncore.close_all(self._map)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
