"""What no Slack would send: refused with a 4xx before Bolt, quickly, and without a word of it in the log."""

import gzip
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.bodies import FORM, JSON
from bot.doorstep import MOST_BODY
from bot.signing import sign
from bot.web import EVENTS
from tests.bot.web_house import SECRET, House, at_home

CANARY = "c4n4ry-3f9a"
SIZE = 2000
DEEP = b"[" * 100_000
HUGE = b'{"a": "' + b"x" * (MOST_BODY - 1000) + b'"}'
BODIES = (
    b"",
    b"{",
    json.dumps({"type": "event_callback", "event": {"text": CANARY}}).encode(),
    b"payload=" + CANARY.encode(),
    b"payload=%7B%22a%22",
    f"command=%2Fgig&text={CANARY}&ssl_check=1".encode(),
    b"ssl_check=1",
    b"\xff\xfe\x00" + CANARY.encode(),
    CANARY.encode() * 5000,
    gzip.compress(b"0" * 5_000_000),
)
KINDS = (JSON, FORM, "", "text/plain", "multipart/form-data; boundary=x", "application/json; charset=utf-8", "é", "/")
Forge = Callable[[str, bytes], str | bytes]
STAMPS: tuple[Forge, ...] = (
    lambda now, _: now,
    lambda now, _: str(int(now) + 301),
    lambda now, _: str(int(now) - 301),
    lambda *_: "",
    lambda *_: "soon",
    lambda now, _: f"-{now}",
    lambda *_: "1e5000",
    lambda *_: "9" * 5000,
    lambda now, _: f"{now}.0",
    lambda *_: "١٧٨٨".encode(),
    lambda *_: "²³",
)
SIGNATURES: tuple[Forge, ...] = (
    lambda *_: "",
    lambda *_: "v0=",
    lambda *_: "v0=" + "0" * 64,
    lambda *_: "é" * 64,
    lambda *_: b"v0=" + "ü".encode() * 32,
    lambda *_: "v0=" + "a" * 9000,
    lambda now, body: sign("another secret", now, body),
    lambda now, body: sign(SECRET, now, body + b"."),
    lambda now, body: sign(SECRET, now, body).upper(),
    lambda now, body: sign(SECRET, now, body).replace("v0", "v1"),
)


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    with at_home(sqlite_url) as (made, _):
        yield made


@pytest.fixture
def seen_by_bolt(house: House) -> list[Any]:
    """Everything that Bolt got to see."""
    seen: list[Any] = []

    def note(body: dict[str, Any], next: Callable[[], Any]) -> Any:  # noqa: A002 - Bolt goes by the name
        seen.append(body)
        return next()

    door = house.program._door
    assert door is not None
    door.app.use(note)
    return seen


def forged(chance: random.Random, now: str) -> tuple[bytes, dict[str, Any]]:
    """A request with something wrong in it."""
    body = chance.choice(BODIES)
    stamp, signature = chance.choice(STAMPS)(now, body), chance.choice(SIGNATURES)(now, body)
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature, "Content-Type": chance.choice(KINDS)}
    if chance.random() < 0.2:
        del headers[chance.choice(sorted(headers))]
    if chance.random() < 0.1:
        headers["Content-Encoding"] = "gzip"
    return body, {name: each.encode("latin-1") if isinstance(each, str) else each for name, each in headers.items()}


def test_two_thousand_forged_requests_cost_nothing(
    house: House, seen_by_bolt: list[Any], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    chance, now = random.Random(20261122), str(int(house.clock.now().timestamp()))  # noqa: S311 - made up, to be the same again
    answers = Counter[int]()
    for _ in range(SIZE):
        body, headers = forged(chance, now)
        answers[house.post(body, headers)[0]] += 1
    assert set(answers) <= {401, 415, 431}, answers
    assert answers[401] > SIZE / 4
    assert seen_by_bolt == []
    # That each is refused within 50 ms is measured in `make bench`; here others may hold the machine.
    assert CANARY not in caplog.text + "".join(capfd.readouterr())


SIGNED = (DEEP, b'{"type":' + DEEP, b"null", b"5", b"\xff", b'{"type": "event_callback"}', b'{"type": [1]}', b"{}")


@pytest.mark.parametrize("kind", [JSON, FORM])
def test_what_is_signed_and_makes_no_sense_is_a_400_and_no_500(
    house: House, seen_by_bolt: list[Any], kind: str
) -> None:
    for told in SIGNED:
        body = told if kind == JSON else b"payload=" + told
        assert house.post(body, house.headers(body, kind))[0] == 400
    assert seen_by_bolt == []


def test_what_nobody_listens_for_is_a_404(house: House) -> None:
    assert house.form(payload=json.dumps({"type": "shortcut", "callback_id": "x"}))[0] == 404
    assert house.form(command="/else", user_id="U1", channel_id="C1", trigger_id="1")[0] == 404


def test_a_body_just_under_the_cap_is_read_and_one_over_it_is_not(house: House) -> None:
    assert house.post(HUGE, house.headers(HUGE))[0] == 400
    head = f"POST {EVENTS} HTTP/1.1\r\nContent-Type: {JSON}\r\n"
    assert house.knock(f"{head}Content-Length: {MOST_BODY}\r\n\r\n".encode()) == 413
    assert house.knock(f"{head}Content-Length: {50 * MOST_BODY}\r\n\r\n".encode()) == 413
    assert house.knock(f"{head}Content-Length: {50 * MOST_BODY}\r\nExpect: 100-continue\r\n\r\n".encode()) == 413


POST = f"POST {EVENTS} HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\n".encode()
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
STRANGE = {
    "two lengths": POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
    "two different lengths": POST + b"Content-Length: 2\r\nContent-Length: 20\r\n\r\n{}",
    "length and chunks": POST + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "chunks and length": POST + b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "chunks in 1.0": POST.replace(b"1.1", b"1.0") + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "another coding": POST + b"Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n",
    "two codings": POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "a coding in disguise": POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "a space before the colon": POST + b"Content-Length : 2\r\n\r\n{}",
    "a folded header": POST + b"X-A: 1\r\n Content-Length: 2\r\n\r\n{}",
    "a bare line feed": POST + b"X-A: 1\nX-B: 2\r\n\r\n",
    "a zero in a header": POST + b"X-A: \x00\r\n\r\n",
    "a negative length": POST + b"Content-Length: -1\r\n\r\n",
    "a length with a sign": POST + b"Content-Length: +2\r\n\r\n{}",
    "a length in words": POST + b"Content-Length: two\r\n\r\n{}",
    "an endless length": POST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
    "no hex": CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n",
    "a chunk that lies": CHUNKED + b"2\r\n{}{}{}\r\n0\r\n\r\n",
    "an endless chunk": CHUNKED + b"FFFFFFFFFFFFFFFF\r\n" + b"x" * (MOST_BODY + 9000),
    "a chunk never ended": CHUNKED + b"5\r\n{}",
    "an empty chunk": CHUNKED + b"0\r\n\r\n",
    "half an address": b"POST http://[ HTTP/1.1\r\n\r\n",
    "no address": b"POST HTTP/1.1\r\n\r\n",
    "a long address": b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n",
    "a zero in the address": b"GET /%00%ff HTTP/1.1\r\n\r\n",
    "two slashes": b"POST //slack/events HTTP/1.1\r\n\r\n",
    "a star": b"OPTIONS * HTTP/1.1\r\n\r\n",
    "another version": POST.replace(b"1.1", b"9.9") + b"\r\n",
    "no version": b"GET /\r\n\r\n",
    "a small verb": b"post / HTTP/1.1\r\n\r\n",
    "a long header": POST + b"X-A: " + b"a" * 20000 + b"\r\n\r\n",
    "many headers": POST + b"".join(b"X-%d: a\r\n" % n for n in range(2000)) + b"\r\n",
    "a handshake": bytes.fromhex("16030100f8010000f40303") + bytes(range(256)),
    "nothing at all": b"\r\n\r\n\r\n",
}
UNANSWERED = {"a chunk never ended", "nothing at all", "a handshake", "an endless chunk"}
"""Some wait for more and are hung up on; some are cut while they still send."""


@pytest.mark.parametrize("name", STRANGE)
def test_shapes_that_smuggle_or_lie_are_refused(
    house: House, seen_by_bolt: list[Any], caplog: pytest.LogCaptureFixture, name: str
) -> None:
    status = house.knock(STRANGE[name])
    assert 400 <= status < 500 or (status == 0 and name in UNANSWERED), status
    assert seen_by_bolt == []
    assert not [line for line in caplog.records if line.levelname in ("ERROR", "CRITICAL")]
