"""Signed bodies: read as Slack means them, refused when Bolt or a handler would fall over them."""

import json
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.request.internals import parse_body

from bot.bodies import FORM, JSON, Malformed, read_body

COMMAND = {"command": "/gig", "user_id": "U1", "channel_id": "C1", "trigger_id": "1.2.x"}
DEEP = "[" * 100_000 + "]" * 100_000


def event(**told: object) -> bytes:
    return json.dumps({"type": "event_callback", "event_id": "Ev1", "event": told}).encode()


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["payload", "payload=", "Payload", "%payload", ""]))
def test_bolt_reads_every_command_as_it_was_typed(text: str, word: str) -> None:
    said = COMMAND | {"text": f"new {word} {text}"}
    mended = read_body(FORM, urlencode(said).encode())
    assert mended.said == said
    assert parse_body(mended.raw.decode(), FORM) == said


def test_bare_bolt_does_not_when_the_word_is_payload() -> None:
    assert parse_body(urlencode(COMMAND | {"text": "new payload tour"}), FORM) == {}


def test_a_press_is_read_from_its_payload() -> None:
    press = {"type": "block_actions", "user": {"id": "U1"}, "actions": [{"action_id": "payload"}]}
    assert read_body(FORM, urlencode({"payload": json.dumps(press)}).encode()).said == press


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (JSON, b""),
        (JSON, b"{"),
        (JSON, b"null"),
        (JSON, b"[1]"),
        (JSON, b"\xff\xfe"),
        (JSON, DEEP.encode()),
        (JSON, b'{"type":' + DEEP.encode() + b"}"),
        (JSON, b'{"type": "event_callback"}'),
        (JSON, b'{"type": "event_callback", "event_id": "Ev1", "event": 5}'),
        (JSON, b'{"type": "event_callback", "event_id": "Ev1", "event": {"type": []}}'),
        (JSON, b'{"type": {"event_callback": 1}}'),
        (JSON, event(type="message", text="no channel")),
        (JSON, event(type="message", channel="C1", ts="1.2", text="\ud800")),
        (JSON, event(type="reaction_added", user=5)),
        (JSON, event(type="user_change", user="U1")),
        (FORM, b""),
        (FORM, b"a"),
        (FORM, b'{"command": "/gig"}'),
        (FORM, b"payload="),
        (FORM, b"payload=null"),
        (FORM, b"payload={"),
        (FORM, b"payload=" + DEEP.encode()),
        (FORM, b"payload=%7B%22type%22%3A%22block_actions%22%2C%22actions%22%3A%5B%5D%7D"),
        (FORM, b"command=%2Fgig&text=hi"),
        (FORM, b"&".join(b"a%d=1" % n for n in range(1000))),
    ],
)
def test_what_is_not_whole_is_refused(kind: str, raw: bytes) -> None:
    with pytest.raises(Malformed):
        read_body(kind, raw)


@given(st.sampled_from([JSON, FORM]), st.binary())
def test_any_bytes_are_read_or_refused(kind: str, raw: bytes) -> None:
    try:
        read_body(kind, raw)
    except Malformed:
        return


def test_an_unknown_event_is_whole() -> None:
    assert read_body(JSON, event(type="never_heard_of")).said["event"] == {"type": "never_heard_of"}
