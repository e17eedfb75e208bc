"""The page's own door, as plain functions: a request in, status, content type and body out."""

import json
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from bot.sandbox import page_shown as shown
from bot.sandbox.hands import Hands
from bot.sandbox.page_deeds import DEEDS, Wish, spoil
from bot.sandbox.page_feed import Board, Feed
from bot.sandbox.page_given import Given
from bot.sandbox.records import Json
from bot.sandbox.slack import Slack
from bot.sandbox.web_api import MadeCall
from bot.sandbox.workspace import RefusedError

FILES = Path(__file__).parent / "page"
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
QUIET = {"suggest", "direct"}
CROSS_SITE = {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain", ""}
LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d+)?")


@dataclass(frozen=True)
class Request:
    """What the door read. `kind` is the content type, `host` and `origin` the headers of that name."""

    verb: str
    path: str
    query: Mapping[str, str]
    kind: str = ""
    host: str = ""
    origin: str = ""
    body: bytes = b""


@dataclass(frozen=True)
class Response:
    status: int
    kind: str
    body: bytes


class Page:
    """The page of one sandbox. `answer` and a feed's `read` may be called from any thread."""

    def __init__(self, slack: Slack, hands: Hands, calls: list[MadeCall], given: Given) -> None:
        self._slack = slack
        self._hands = hands
        self._calls = calls
        self._given = given
        self._board = Board(slack, given)
        self._opened = slack.workspace.stamp()
        self._boot = uuid.uuid4().hex
        self._moves = Lock()
        self._closed = False

    def close(self) -> None:
        """Let every reader of the stream go, and end a move of the clock."""
        self._closed = True
        self._given.stop()
        self._slack.pulse.beat()

    @property
    def closed(self) -> bool:
        return self._closed

    def open_feed(self, since: str) -> Feed:
        """The stream from a ledger line on; from the first one when that is no number."""
        line = int(since) if since.isascii() and since.isdigit() and len(since) < 10 else 0
        return Feed(self._slack, self._calls, self._board, line, lambda: self._closed)

    def answer(self, asked: Request) -> Response:
        """Answer one request. Whatever is refused is told in words, with ok: false."""
        if not _is_ours(asked):
            return _json({"ok": False, "error": "This page talks to its own machine only."}, 403)
        if asked.verb == "POST":
            return self._do(asked)
        if asked.path == "/page/state":
            return _json(self.state())
        if asked.path.startswith("/page/file/"):
            return self._open_file(*asked.path.removeprefix("/page/file/").split("/"))
        if asked.path.startswith("/page/log/"):
            return self._unfold(asked.path.rpartition("/")[2])
        return _asset("index.html" if asked.path == "/" else asked.path.removeprefix("/page/"))

    def state(self) -> Json:
        """Everything the page shows, with the ledger line from which the stream goes on."""
        with self._slack.pulse:
            told: Json = {"boot": self._boot, "seq": self._slack.ledger.next_seq}
            told |= {"people": shown.show_people(self._slack), "channels": shown.show_channels(self._slack)}
            told |= {"messages": shown.show_messages(self._slack, self._opened), "homes": shown.show_homes(self._slack)}
            told["views"] = shown.show_open_views(self._slack)
        return told | {"given": self._tell_given(), "board": self._board.read(fresh=True)}

    def _tell_given(self) -> Json:
        given, names = self._given, self._slack.names
        told: Json = {"title": given.title, "about": given.about, "viewer": given.viewer, "channel": given.channel}
        told |= {"roles": list(given.roles.items()), "hints": list(given.hints), "bot": names.bot_user}
        told["shortcuts"] = list(self._slack.workspace.shortcuts.items())
        return told | {"suggestions": list(given.suggestions), "commands": list(names.commands)}

    def _do(self, asked: Request) -> Response:
        try:
            return _json({"ok": True} | self._act(asked))
        except RefusedError as no:
            return _json({"ok": False, "error": str(no)})

    def _act(self, asked: Request) -> Json:
        name, wish = asked.path.rpartition("/")[2], _read_wish(asked)
        if name == "move":
            return self._move(wish)
        if name == "stop":
            return {"stopped": self._given.stop()}
        if name == "bad":
            return spoil(self._slack, wish)
        if name not in DEEDS:
            raise RefusedError(f"The page cannot do {name}.")
        return self._settled(name, lambda: DEEDS[name](self._hands, wish))

    def _settled(self, name: str, act: Callable[[], Json]) -> Json:
        done = act()
        if name not in QUIET:
            self._given.settle()
        return done

    def _move(self, wish: Wish) -> Json:
        to = _instant(wish.word("to"))
        if to < self._slack.workspace.now():
            raise RefusedError("Time does not go back here.")
        if not self._moves.acquire(blocking=False):
            raise RefusedError("The clock is moving already.")
        self._board.moving_to = to
        try:
            self._slack.pulse.beat()
            self._given.move(to)
        finally:
            self._board.moving_to = None
            self._board.read(fresh=True)
            self._moves.release()
            self._slack.pulse.beat()
        return {"now": self._slack.workspace.now().isoformat()}

    def _open_file(self, key: str, *raw: str) -> Response:
        file = self._slack.workspace.files.get(key)
        if file is None or file.content is None:
            return _json({"ok": False, "error": "There is no such file."}, 404)
        # As a nameless kind a browser saves it and runs nothing in it.
        return (
            Response(200, "application/octet-stream", file.content)
            if raw
            else _json({"ok": True} | shown.show_content(file))
        )

    def _unfold(self, key: str) -> Response:
        lists: dict[str, Callable[[int], Any]] = {
            "e": lambda n: _open_envelope(self._slack, n),
            "c": lambda n: {
                "method": self._calls[n].method,
                "args": self._calls[n].args,
                "error": self._calls[n].error,
            },
            "l": lambda n: _open_entry(self._slack, n),
        }
        try:
            return _json(lists[key[:1]](int(key[1:])))
        except (KeyError, ValueError, IndexError):
            return _json({"ok": False, "error": "There is no such line."}, 404)


def _open_envelope(slack: Slack, number: int) -> Json:
    envelope = slack.line.envelopes[number]
    return {"payload": envelope.payload, "answer": envelope.response, "retry_reason": envelope.retry_reason}


def _open_entry(slack: Slack, number: int) -> Json:
    entry = slack.ledger.entries(since=number)[0]
    return {"kind": entry.kind.value, "via": entry.via, "name": entry.name, "text": entry.text, "detail": entry.detail}


def _is_ours(asked: Request) -> bool:
    # Any page in the same browser could send a plain form here, or point a name of its own to the loopback.
    if not LOOPBACK.fullmatch(asked.host) or asked.origin not in ("", f"http://{asked.host}"):
        return False
    return asked.verb in ("GET", "HEAD") or asked.kind not in CROSS_SITE


def _read_wish(asked: Request) -> Wish:
    if asked.kind != "application/json":
        return Wish(asked.query, asked.body)
    try:
        told = json.loads(asked.body or b"{}")
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise RefusedError("The page said something that is not JSON.")
    return Wish(told)


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise RefusedError(f"{text!r} is no date and time.") from error


def _asset(name: str) -> Response:
    file = next((file for file in FILES.iterdir() if file.name == name and file.suffix in KINDS), None)
    if file is None:
        return Response(404, "text/plain", b"There is no such page.")
    return Response(200, KINDS[file.suffix], file.read_bytes())


def _json(told: Any, status: int = 200) -> Response:
    return Response(status, "application/json", json.dumps(told).encode())
