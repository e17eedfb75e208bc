"""Slack's pace, kept before Slack has to say no. Figures: slack.dev rate limits, per method and workspace."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and one more each `every` after that."""

    burst: int
    every: timedelta


SECOND = timedelta(seconds=1)
PER_CHANNEL = Rate(5, SECOND)
RATES = {
    "chat.postMessage": Rate(100, SECOND / 5),
    "chat.update": Rate(50, SECOND * 1.2),
    "reactions.add": Rate(50, SECOND * 1.2),
    "reactions.remove": Rate(20, SECOND * 3),
    "conversations.open": Rate(50, SECOND * 1.2),
    "users.info": Rate(100, SECOND * 0.6),
}


class Pace:
    """When the next call of a method may go. Kept in memory: after a restart Slack's own 429 teaches it."""

    def __init__(self) -> None:
        self._full: dict[tuple[str, ...], datetime] = {}
        self._blocked: dict[tuple[str, str, str], datetime] = {}

    def earliest(self, team: str, method: str, channel: str, now: datetime) -> datetime:
        """The instant (UTC) at which this call may go; `now` when it may go at once. Takes nothing."""
        held = [self._blocked.get((team, method, there), now) for there in ("", channel)]
        held += [self._free_at(key, rate, now) for key, rate in self._limits(team, method, channel)]
        return max([now, *held])

    def spend(self, team: str, method: str, channel: str, now: datetime) -> None:
        """Count a call that goes now."""
        for key, rate in self._limits(team, method, channel):
            self._full[key] = max(self._full.get(key, now), now) + rate.every

    def block(self, team: str, method: str, channel: str, until: datetime) -> None:
        """Slack asked to wait with this method in this channel."""
        self._blocked = {key: at for key, at in self._blocked.items() if at > until - timedelta(hours=2)}
        self._blocked[team, method, channel] = until

    def _limits(self, team: str, method: str, channel: str) -> list[tuple[tuple[str, ...], Rate]]:
        limits: list[tuple[tuple[str, ...], Rate]] = [((team, method), RATES[method])] if method in RATES else []
        if method == "chat.postMessage":
            limits.append(((team, method, channel), PER_CHANNEL))
        return limits

    def _free_at(self, key: tuple[str, ...], rate: Rate, now: datetime) -> datetime:
        # Each call pushes the mark by `every`; the burst is how far the mark may run ahead of now.
        return max(now, self._full.get(key, now) - rate.every * (rate.burst - 1))
