"""Slack's pace, kept before Slack has to say no. Figures: slack.dev rate limits, per method and workspace.

Two kinds of limit: a bucket that lets a burst through and then one more each so often, and a window that lets so
many through in any span of time, however they are spread.
"""

from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Bucket:
    """So many at once, and one more each `every` after that."""

    burst: int
    every: timedelta


@dataclass(frozen=True, slots=True)
class Window:
    """So many in any `span`."""

    most: int
    span: timedelta


SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
PER_CHANNEL = Bucket(5, SECOND)
POSTS = Window(300, MINUTE)
"""Slack says "several hundred" posts a minute in a workspace."""
BUCKETS = {
    "chat.update": Bucket(50, SECOND * 1.2),
    "reactions.add": Bucket(50, SECOND * 1.2),
    "reactions.remove": Bucket(20, SECOND * 3),
    "conversations.open": Bucket(50, SECOND * 1.2),
    "users.info": Bucket(100, SECOND * 0.6),
}
POST = "chat.postMessage"
BETWEEN_EDITS = SECOND
"""A message that is read on forty phones is not edited more often; what happens meanwhile is in the next edit."""


class Pace:
    """When the next call of a method may go. Kept in memory: after a restart Slack's own 429 teaches it."""

    def __init__(self) -> None:
        self._full: dict[tuple[str, ...], datetime] = {}
        self._posts: dict[str, deque[datetime]] = {}
        self._blocked: dict[tuple[str, str, str], datetime] = {}
        self._edited: dict[tuple[str, int], datetime] = {}
        self._seen = datetime.min.replace(tzinfo=UTC) + SECOND

    def earliest(self, team: str, method: str, channel: str, now: datetime) -> datetime:
        """The instant (UTC) at which this call may go; `now` when it may go at once. Takes nothing.

        For channel "" only what holds the method in the whole workspace counts.
        """
        self._forget_the_future(team, now)
        held = [self._blocked.get((team, method, there), now) for there in {"", channel}]
        held += [self._free_at(key, bucket, now) for key, bucket in self._buckets(team, method, channel)]
        posts = self._posts.get(team) if method == POST else None
        if posts and len(posts) == POSTS.most:
            held.append(posts[0] + POSTS.span)
        return max([now, *held])

    def next_edit(self, team: str, message: int, now: datetime) -> datetime:
        """The instant (UTC) at which this message may be edited again; `now` when it may be at once."""
        self._forget_the_future(team, now)
        return max(now, self._edited.get((team, message), now))

    def spend(self, team: str, method: str, channel: str, now: datetime, edits: int = 0) -> None:
        """Count a call that goes now; `edits` is the message that it edits."""
        if edits:
            self._edited = {key: at for key, at in self._edited.items() if at > now}
            self._edited[team, edits] = now + BETWEEN_EDITS
        for key, bucket in self._buckets(team, method, channel):
            self._full[key] = max(self._full.get(key, now), now) + bucket.every
        if method == POST:
            self._posts.setdefault(team, deque(maxlen=POSTS.most)).append(now)

    def block(self, team: str, method: str, channel: str, until: datetime) -> None:
        """Slack asked to wait with this method in this channel."""
        self._blocked = {key: at for key, at in self._blocked.items() if at > until - timedelta(hours=2)}
        self._blocked[team, method, channel] = until

    def _buckets(self, team: str, method: str, channel: str) -> list[tuple[tuple[str, ...], Bucket]]:
        if method == POST:
            return [((team, method, channel), PER_CHANNEL)] if channel else []
        return [((team, method), BUCKETS[method])] if method in BUCKETS else []

    def _free_at(self, key: tuple[str, ...], bucket: Bucket, now: datetime) -> datetime:
        # Each call pushes the mark by `every`; the burst is how far the mark may run ahead of now.
        return max(now, self._full.get(key, now) - bucket.every * (bucket.burst - 1))

    def _forget_the_future(self, team: str, now: datetime) -> None:
        """The clock was set back: what was counted before tells nothing any more, and Slack's own 429 teaches it."""
        posts = self._posts.get(team)
        if now < self._seen - SECOND or (posts and posts[-1] > now + SECOND):
            self._full.clear()
            self._posts.clear()
            self._blocked.clear()
            self._edited.clear()
        self._seen = now
