"""A Slack that is patient: it gives three seconds for an ack, but here others may hold the machine."""

from collections.abc import Callable
from datetime import datetime

from bot.sandbox.sandbox import Sandbox

ANSWERED_WITHIN = 15.0


def patient_slack(now: Callable[[], datetime]) -> Sandbox:
    """A sandbox that waits so many seconds; its clock is `now` (UTC)."""
    made = Sandbox(now)
    made.ack_seconds = made.trigger_seconds = ANSWERED_WITHIN
    return made
