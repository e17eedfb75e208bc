"""Is this request Slack's? Its signature, over the raw bytes; whatever a stranger sends, the answer is yes or no."""

import hashlib
import hmac
from datetime import datetime

FRESH = 300
LONGEST_STAMP = 12
"""Digits: enough for thirty thousand years, and few enough to count with."""


def is_signed(secret: str, stamp: str, signature: str, body: bytes, now: datetime) -> bool:
    """True when `signature` is Slack's own for this body at `stamp` (its seconds, as text) and that is within
    five minutes of `now` (aware). Header values are text as a web server gives it, Latin-1. Raises nothing.

    Source: Slack, "Verifying requests from Slack".
    """
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= LONGEST_STAMP):
        return False
    if abs(int(stamp) - now.timestamp()) > FRESH:
        return False
    return hmac.compare_digest(sign(secret, stamp, body).encode(), signature.encode("utf-8", errors="replace"))


def sign(secret: str, stamp: str, body: bytes) -> str:
    """The signature of a body sent at `stamp`, as it stands in the header."""
    made = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    return f"v0={made.hexdigest()}"
