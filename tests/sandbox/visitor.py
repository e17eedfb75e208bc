"""Somebody at the page, by plain HTTP."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.sandbox.sandbox import Sandbox

Json = dict[str, Any]


class Visitor:
    """Asks the page's door of one sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.host = str(urlsplit(sandbox.slack.base_url).netloc)

    def ask(self, verb: str, path: str, body: bytes = b"", **heads: str) -> HTTPResponse:
        """One request; header names with _ for -."""
        wire = HTTPConnection(self.host, timeout=30)
        wire.request(verb, path, body, {name.replace("_", "-"): value for name, value in heads.items()})
        answer = wire.getresponse()
        answer.content = answer.read()  # type: ignore[attr-defined]
        wire.close()
        return answer

    def get(self, path: str) -> Any:
        return json.loads(self.ask("GET", path).content)  # type: ignore[attr-defined]

    def state(self) -> Json:
        return dict(self.get("/page/state"))

    def do(self, deed: str, **wish: Any) -> Json:
        answer = self.ask("POST", f"/page/do/{deed}", json.dumps(wish).encode(), Content_Type="application/json")
        return dict(json.loads(answer.content))  # type: ignore[attr-defined]

    def drop(self, content: bytes, **facts: str) -> Json:
        path = f"/page/do/drop?{urlencode(facts)}"
        answer = self.ask("POST", path, content, Content_Type="application/octet-stream")
        return dict(json.loads(answer.content))  # type: ignore[attr-defined]

    @contextmanager
    def stream(self, since: int) -> Iterator["Stream"]:
        """The live stream from a ledger line on."""
        wire = HTTPConnection(self.host, timeout=30)
        wire.request("GET", f"/page/stream?since={since}")
        answer = wire.getresponse()
        read = Stream(answer)
        try:
            yield read
        finally:
            read.end(wire)


class Stream:
    """Frames as they come in, each with the monotonic second at which it came."""

    def __init__(self, answer: HTTPResponse) -> None:
        self._answer = answer
        self._came = threading.Condition()
        self._frames: list[tuple[float, Json]] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def end(self, wire: HTTPConnection) -> None:
        """Hang up."""
        if wire.sock is not None:
            wire.sock.shutdown(2)
        self._reader.join(5)
        self._answer.close()
        wire.close()

    def wait_for_end(self) -> bool:
        """True when the other side has closed the stream."""
        self._reader.join(5)
        return not self._reader.is_alive()

    def _read(self) -> None:
        # A side that leaves with bytes of the other unread resets the line: that, too, is an end of the stream.
        with suppress(ConnectionResetError):
            for line in self._answer:
                self._keep(line)

    def _keep(self, line: bytes) -> None:
        if line.startswith(b"data: "):
            with self._came:
                self._frames.append((time.monotonic(), json.loads(line[6:])))
                self._came.notify_all()

    def wait_for(self, part: str, facts: Mapping[str, Any]) -> tuple[float, Json]:
        """The first line of this part (messages, views, log ...) with these facts, and when it came."""
        with self._came:
            assert self._came.wait_for(lambda: self._find(part, facts), 20), f"{part} {facts} never came"
        found = self._find(part, facts)
        assert found is not None
        return found

    def _find(self, part: str, facts: Mapping[str, Any]) -> tuple[float, Json] | None:
        for at, frame in self._frames:
            for line in frame.get(part, []):
                if facts.items() <= line.items():
                    return at, line
        return None
