"""The line to Slack: slack_sdk's client, with a total deadline and knowledge of whether a byte went out.

slack_sdk's own time-out is per socket operation, so a slow answer can take for ever; and after a failure
only the line itself knows whether Slack can have seen the request.
"""

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache, partial
from typing import Any
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

from slack_sdk import WebClient

from bot.config import Settings

MOST_ANSWER = 1024 * 1024


class NotSent(Exception):  # noqa: N818 - what it says
    """The call failed before its first byte left: Slack cannot have seen it."""


class Unclear(Exception):  # noqa: N818 - what it says
    """The call failed after its first byte left, without a clear answer."""


class TooBig(Exception):  # noqa: N818 - what it says
    """The answer is longer than the line takes."""


class Client(WebClient):
    """Slack's Web API by a line of ours: nothing is ever sent twice, nothing waits beyond the deadline (seconds;
    without one that of the settings). `on_date` hears Slack's clock.

    Raises NotSent and Unclear besides slack_sdk's own errors.
    """

    def __init__(self, settings: Settings, token: str = "", deadline: float = 0.0) -> None:
        super().__init__(token=token or None, base_url=settings.api_url, retry_handlers=[], ssl=_trust())
        self._direct = settings.stays_here
        self._deadline = deadline or settings.patience.deadline
        self.on_date: Callable[[datetime], None] = _let_go
        if self._direct:
            self.proxy = None

    def hand_over(self, address: str, body: bytes) -> int:
        """Send JSON to an address that Slack gave us, without the token; gives the status of the answer.

        Raises NotSent and Unclear.
        """
        headers = {"Content-Type": "application/json;charset=utf-8"}
        request = Request(address, data=body, headers=headers, method="POST")  # noqa: S310 - http and https only
        return int(Line(self._deadline, self._direct).exchange(request)["status"])

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:  # noqa: ARG002 - the signature is the SDK's
        answer = Line(self._deadline, self._direct).exchange(req)
        self._note_date(answer["headers"].get("Date", ""))
        return answer | {"body": answer["body"].decode("utf-8", errors="replace")}

    def _note_date(self, told: str) -> None:
        """Slack's own clock, to the second: told with every answer."""
        with contextlib.suppress(ValueError, TypeError):
            self.on_date(parsedate_to_datetime(told).astimezone(UTC))


def _let_go(_: datetime) -> None:
    return


class Line:
    """One request: its sockets, its deadline (monotonic seconds), and whether it has spoken."""

    def __init__(self, seconds: float, direct: bool) -> None:
        self.ends = time.monotonic() + seconds
        self.spoke = False
        self._seconds = seconds
        self._sockets: list[socket.socket] = []
        self._opener = self._open_handlers(direct)

    def exchange(self, request: Request, most: int = MOST_ANSWER) -> dict[str, Any]:
        """Send and read the whole answer, of whatever status: {status, headers, body: bytes}.

        Raises NotSent, Unclear or TooBig.
        """
        alarm = threading.Timer(self._seconds, self.hang_up)
        alarm.daemon = True
        alarm.start()
        try:
            return self._read(request, most)
        except (OSError, http.client.HTTPException, ValueError, AttributeError) as error:
            failed = Unclear if self.spoke else NotSent
            raise failed(f"{type(error).__name__}: {error}") from error
        finally:
            alarm.cancel()
            self._forget()

    def _read(self, request: Request, most: int) -> dict[str, Any]:
        answer = self._opener.open(request, timeout=self._seconds)
        if answer is None:
            raise ValueError("not an address of the web")
        with answer:
            body = answer.read(most + 1)
            if len(body) > most:
                raise TooBig
            return {"status": answer.status, "headers": answer.headers, "body": body}

    def met(self, connected: socket.socket) -> None:
        """A connection stands and nothing was written yet. Raises TimeoutError when it is too late to speak."""
        if time.monotonic() >= self.ends:
            connected.close()
            raise TimeoutError("no connection in time")
        self._sockets.append(connected)
        self.spoke = True

    def hang_up(self) -> None:
        """Cut every connection of this request, from any thread."""
        for each in list(self._sockets):
            try:
                socket.socket.shutdown(each, socket.SHUT_RDWR)
            except OSError:
                continue

    def _forget(self) -> None:
        self._sockets.clear()

    def _open_handlers(self, direct: bool) -> OpenerDirector:
        opener = OpenerDirector()
        # No redirects and no raising on 4xx and 5xx: every answer is read by the caller.
        for handler in (ProxyHandler({} if direct else None), _Plain(self), _Secure(self)):
            opener.add_handler(handler)
        return opener


class _PlainConnection(http.client.HTTPConnection):
    def __init__(self, *args: Any, line: Line, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self._line = line

    def connect(self) -> None:
        super().connect()
        self._line.met(self.sock)


class _SecureConnection(http.client.HTTPSConnection):
    def __init__(self, *args: Any, line: Line, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self._line = line

    def connect(self) -> None:
        super().connect()
        self._line.met(self.sock)


class _Plain(HTTPHandler):
    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    def http_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_PlainConnection, line=self._line), req)


class _Secure(HTTPSHandler):
    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    def https_open(self, req: Request) -> http.client.HTTPResponse:
        made = partial(_SecureConnection, line=self._line, context=_trust())
        return self.do_open(made, req)


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()
