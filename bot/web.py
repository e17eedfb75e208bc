"""The HTTP door: what Slack sends to a request URL, and `/health` for whoever runs the bot.

In this order, so that a stranger costs nothing: size, signature over the raw bytes, shape, and only then Bolt.
"""

import http
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.adapter.wsgi.http_request import WsgiHttpRequest

from bot.bodies import FORM, JSON, Body, Malformed, read_body
from bot.config import Settings
from bot.door import make_app
from bot.doorstep import MOST_BODY, Doorstep
from bot.health import Health
from bot.log import logger, new_reference
from bot.signing import is_signed

EVENTS = "/slack/events"
HEALTH = "/health"
SHUT_WITHIN = 4.0
LONGEST_CHALLENGE = 1000
Environ = dict[str, Any]
StartResponse = Callable[..., Any]
log = logger("web")


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a short text."""

    status: http.HTTPStatus
    body: bytes = b""
    kind: str = "text/plain; charset=utf-8"


class Turned(Exception):  # noqa: N818 - what happens to it
    """A request that goes no further."""

    def __init__(self, status: http.HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class BoltDesk(SlackRequestHandler):
    """Bolt's own way in from a web server; a body that Bolt cannot read is the sender's fault."""

    def dispatch(self, request: WsgiHttpRequest) -> BoltResponse:
        try:
            made = BoltRequest(body=request.get_body(), query=request.query_string, headers=request.get_headers())
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
            return BoltResponse(status=400)
        return self.app.dispatch(made)


class Web:
    """The WSGI application. `now` gives UTC."""

    def __init__(self, app: App, secret: str, now: Callable[[], datetime], health: Health) -> None:
        self._bolt = BoltDesk(app, EVENTS)
        self._secret = secret
        self._now = now
        self._health = health

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        try:
            told = self._answer(environ)
            if isinstance(told, Body):
                return self._bolt(_reread(environ, told.raw), start_response)
        except Turned as turned:
            told = Answer(turned.status, turned.status.phrase.encode())
        except Exception:
            log.exception("not answered", ref=new_reference())
            told = Answer(http.HTTPStatus.INTERNAL_SERVER_ERROR)
        start_response(f"{told.status.value} {told.status.phrase}", [("Content-Type", told.kind)])
        return [told.body]

    def _answer(self, environ: Environ) -> Answer | Body:
        deeds: dict[tuple[str, str], Callable[[Environ], Answer | Body]] = {
            (HEALTH, "GET"): self._tell_health,
            (EVENTS, "POST"): self._take,
        }
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if path not in (HEALTH, EVENTS):
            raise Turned(http.HTTPStatus.NOT_FOUND)
        if (path, method) not in deeds:
            raise Turned(http.HTTPStatus.METHOD_NOT_ALLOWED)
        return deeds[path, method](environ)

    def _tell_health(self, _: Environ) -> Answer:
        well, told = self._health.tell()
        return Answer(http.HTTPStatus.OK if well else http.HTTPStatus.SERVICE_UNAVAILABLE, told, JSON)

    def _take(self, environ: Environ) -> Answer | Body:
        raw = _read(environ)
        stamp, signature = (environ.get(f"HTTP_X_SLACK_{name}", "") for name in ("REQUEST_TIMESTAMP", "SIGNATURE"))
        if not is_signed(self._secret, stamp, signature, raw, self._now()):
            raise Turned(http.HTTPStatus.UNAUTHORIZED)
        try:
            body = read_body(_kind(environ), raw)
        except Malformed:
            raise Turned(http.HTTPStatus.BAD_REQUEST) from None
        return _confirm(body) if body.said.get("type") == "url_verification" else body


def _read(environ: Environ) -> bytes:
    if environ.get("HTTP_CONTENT_ENCODING", "identity").lower() != "identity":
        raise Turned(http.HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    _kind(environ)
    raw: bytes = environ["wsgi.input"].read(MOST_BODY + 1)
    if len(raw) > MOST_BODY:
        raise Turned(http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return raw


def _kind(environ: Environ) -> str:
    kind = str(environ.get("CONTENT_TYPE", "")).partition(";")[0].strip().lower()
    if kind not in (JSON, FORM):
        raise Turned(http.HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    return kind


def _confirm(body: Body) -> Answer:
    """Slack asks once whether this address is ours."""
    challenge = body.said.get("challenge")
    if not isinstance(challenge, str) or len(challenge) > LONGEST_CHALLENGE:
        raise Turned(http.HTTPStatus.BAD_REQUEST)
    return Answer(http.HTTPStatus.OK, json.dumps({"challenge": challenge}).encode(), JSON)


def _reread(environ: Environ, raw: bytes) -> Environ:
    return {**environ, "wsgi.input": io.BytesIO(raw), "CONTENT_LENGTH": str(len(raw))}


class HttpDoor:
    """Slack connects to us. `port` is the one it listens at, which matters when any free one was asked for."""

    def __init__(self, settings: Settings, known: dict[str, Any], now: Callable[[], datetime], health: Health) -> None:
        self._settings = settings
        self.app = make_app(settings, known)
        self._web = Web(self.app, settings.signing_secret, now, health)
        self._step: Doorstep | None = None

    def open(self) -> None:
        """Listen. Raises OSError when the address is taken."""
        self._step = Doorstep(self._web, self._settings.host, self._settings.port or 0)
        self._step.open()

    def shut(self) -> None:
        """Take nothing more, let what is being answered finish, hang up."""
        step, self._step = self._step, None
        if step is not None and not step.shut(SHUT_WITHIN):
            log.warning("shut too early", why="a request is still being answered")

    @property
    def is_open(self) -> bool:
        """True while requests are answered."""
        return self._step is not None and self._step.is_open

    @property
    def port(self) -> int:
        """Where it listens; 0 when it does not."""
        return int(self._step.effective_port) if self._step is not None else 0
