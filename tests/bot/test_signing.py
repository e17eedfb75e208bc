"""A signature is Slack's or it is not; nothing that stands in a header makes the check fall over."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.signing import FRESH, is_signed, sign

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
HEADER = st.text(st.characters(max_codepoint=255))


def test_slacks_own_example_is_signed() -> None:
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F"
        b"96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    told = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert is_signed(SECRET, "1531420618", told, body, datetime.fromtimestamp(1531420618, UTC))


@given(st.binary(), st.integers(-FRESH, FRESH))
def test_what_is_signed_and_fresh_is_taken(body: bytes, off: int) -> None:
    assert is_signed(SECRET, STAMP, sign(SECRET, STAMP, body), body, NOW + timedelta(seconds=off))


@given(st.binary(), st.integers(FRESH + 1, 10**9), st.sampled_from([1, -1]))
def test_what_is_stale_or_from_the_future_is_not(body: bytes, off: int, way: int) -> None:
    assert not is_signed(SECRET, STAMP, sign(SECRET, STAMP, body), body, NOW + way * timedelta(seconds=off))


@given(HEADER, HEADER, st.binary())
def test_any_headers_get_a_no_and_never_an_error(stamp: str, signature: str, body: bytes) -> None:
    assert not is_signed(SECRET, stamp, signature, body, NOW)
    assert not is_signed(SECRET, STAMP, signature, body, NOW)


@pytest.mark.parametrize(
    "stamp", ["", "1e5000", "-1", "+" + STAMP, " " + STAMP, "9" * 5000, "\u0661\u0662", "\u00b2" * 10]
)
def test_only_plain_digits_are_a_time(stamp: str) -> None:
    assert not is_signed(SECRET, stamp, sign(SECRET, stamp, b""), b"", NOW)


@given(st.binary(min_size=1), st.data())
def test_one_other_byte_is_another_body(body: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(body) - 1))
    other = bytearray(body)
    other[place] ^= data.draw(st.integers(1, 255))
    assert not is_signed(SECRET, STAMP, sign(SECRET, STAMP, body), bytes(other), NOW)
