"""The line to an app that takes HTTP: signed requests to its request URL, in place of a WebSocket.

Slack's rules: an answer within three seconds; an event that fails comes again at once, after one and after five
minutes, and says so in its headers; a command, a press or a form never comes again.
"""

import hashlib
import hmac
import http.client
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.sandbox.events import EnvelopeType, Line
from bot.sandbox.records import Json

AT_ONCE = 16
CHALLENGE = "a-word-to-repeat"
ECHOES = ({"challenge": CHALLENGE}, {"text": CHALLENGE})
REASONS: Mapping[str, str] = {"timeout": "http_timeout"}
FORM = "application/x-www-form-urlencoded"


def signed(secret: str, now: datetime, body: bytes) -> dict[str, str]:
    """The headers that prove a request to be Slack's."""
    stamp = str(int(now.timestamp()))
    made = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={made}"}


class RequestUrl:
    """A line's socket that is none: each frame becomes a request to `url`, its answer the ack."""

    def __init__(self, line: Line, url: str, secret: str, now: Callable[[], datetime]) -> None:
        self._line = line
        self._url = urlsplit(url)
        self._secret = secret
        self._now = now
        self._hands = ThreadPoolExecutor(AT_ONCE, "request-url")

    def verify(self) -> None:
        """What Slack does when the URL is typed in. Raises ValueError when the app does not answer as it should."""
        asked = {"token": "verification", "type": "url_verification", "challenge": CHALLENGE}
        status, kind, body = self.post(json.dumps(asked).encode(), "application/json", {})
        if status != http.HTTPStatus.OK or read_answer(kind, body) not in ECHOES:
            raise ValueError("Your URL didn't respond with the value of the challenge parameter.")

    def push(self, text: str, note_sent: Callable[[], None]) -> None:
        """Send an envelope; anything else that a socket would be told is nothing here."""
        frame = json.loads(text)
        if "envelope_id" in frame:
            self._hands.submit(self._deliver, frame, note_sent)

    def close(self) -> None:
        """Send nothing more."""
        self._hands.shutdown(wait=False, cancel_futures=True)
        self._line.leave(self)

    def _deliver(self, frame: Json, note_sent: Callable[[], None]) -> None:
        kind, body = written(frame)
        note_sent()
        try:
            status, answered, told = self.post(body, kind, _again(frame))
            payload = read_answer(answered, told)
        except TimeoutError:
            return  # the line gives up on it by its own clock
        except (OSError, http.client.HTTPException):
            self._line.refuse(frame["envelope_id"], "connection_failed")
        except ValueError:
            self._line.refuse(frame["envelope_id"], "http_error")
        else:
            self._judge(frame["envelope_id"], status, payload)

    def _judge(self, envelope_id: str, status: int, payload: Any) -> None:
        if status == http.HTTPStatus.OK:
            self._line.acknowledge({"envelope_id": envelope_id, "payload": payload})
        else:
            self._line.refuse(envelope_id, "http_error")

    def post(self, body: bytes, kind: str, more: Mapping[str, str]) -> tuple[int, str, bytes]:
        """One signed request; gives status, content type and body. Raises OSError, HTTPException."""
        headers = {"Content-Type": kind, **signed(self._secret, self._now(), body), **more}
        wait = self._line.ack_seconds + 1
        connection = http.client.HTTPConnection(self._url.hostname or "", self._url.port, timeout=wait)
        try:
            connection.request("POST", self._url.path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get_content_type(), answer.read()
        finally:
            connection.close()


def written(frame: Json) -> tuple[str, bytes]:
    """The content type and the body in which Slack sends what an envelope holds."""
    payload = frame["payload"]
    match EnvelopeType(frame["type"]):
        case EnvelopeType.EVENT:
            return "application/json", json.dumps(payload).encode()
        case EnvelopeType.COMMAND:
            return FORM, urlencode(payload).encode()
        case EnvelopeType.INTERACTIVE:
            return FORM, urlencode({"payload": json.dumps(payload)}).encode()


def _again(frame: Json) -> dict[str, str]:
    attempt, reason = frame.get("retry_attempt"), str(frame.get("retry_reason", ""))
    if not attempt:
        return {}
    return {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": REASONS.get(reason, reason)}


def read_answer(kind: str, body: bytes) -> Any:
    """What an app answers: nothing, JSON, or plain words that Slack shows as they are."""
    if not body:
        return None
    return json.loads(body) if kind == "application/json" else {"text": body.decode()}
