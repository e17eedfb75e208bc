"""Slack's bad days: chosen calls fail, stall, or are cut; and Slack's stricter moods as switches."""

import random
import threading
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

ANY_METHOD = "*"
MINUTE = timedelta(minutes=1)


class Trouble(StrEnum):
    RATE_LIMITED = "rate_limited"  # 429 with Retry-After
    SERVER_ERROR = "server_error"  # 500
    NAMED_ERROR = "named_error"  # 200, ok: false, the given error
    CUT = "cut"  # the connection is closed without an answer
    RESET = "reset"  # the connection is reset
    CUT_SHORT = "cut_short"  # 200, and the connection is closed in the middle of the answer
    SILENCE = "silence"  # the connection stands for so many seconds, and nothing is said
    SLOW = "slow"  # the answer comes, one byte every so many seconds
    GIANT = "giant"  # 200 with 300 MB
    LATE = "late"  # the connection is closed at once; the call takes effect so many seconds later
    GARBAGE = "garbage"  # 200 with a page that is not JSON
    DELAY = "delay"  # answered properly, but late


class ClientMsgId(StrEnum):
    """What Slack does with a `client_msg_id` it has seen: nobody documents it, so all three are tried."""

    IGNORED = "ignored"
    SAME_TS = "same_ts"
    ERROR = "error"


@dataclass
class Fault:
    """One planned failure. `accepted`: the call takes effect before it fails. Seconds are real time.

    `channel` "" is any channel.
    """

    method: str
    trouble: Trouble
    calls_to_pass: int = 0
    times: int = 1
    accepted: bool = False
    error: str = "fatal_error"
    retry_after: int = 1
    seconds: float = 0.0
    channel: str = ""

    @property
    def is_paced(self) -> bool:
        """Whether its seconds are of the answer itself, not of a wait before it."""
        return self.trouble in (Trouble.SILENCE, Trouble.SLOW)

    def meets(self, method: str, channel: str) -> bool:
        """Whether it was planned for such a call."""
        return self.method in (method, ANY_METHOD) and self.channel in ("", channel)


@dataclass(frozen=True)
class Gamble:
    """A share of a method's calls fails, each in one of these ways. The same seed fails the same calls: the draw
    is of the method, the channel and how many there were before."""

    method: str
    seed: str
    share: float
    ways: Sequence[Fault]

    def draw(self, method: str, channel: str, count: int) -> Fault | None:
        """What becomes of this call; None when it is spared."""
        if self.method not in (method, ANY_METHOD):
            return None
        dice = random.Random(f"{self.seed} {method} {channel} {count}")  # noqa: S311 - a toy
        return replace(dice.choice(self.ways)) if dice.random() < self.share else None


@dataclass
class Faults:
    """The switches may be set at any time; `plan` adds a failure.

    `posts_per_minute` bounds the posts of the whole workspace in any 60 s (0: unbounded).
    """

    one_post_per_second: bool = False
    posts_per_minute: int = 0
    history_of_strangers: bool = False  # not-Marketplace profile: 1 request a minute, 15 messages
    deliver_events_twice: bool = False
    events_lost: bool = False  # events happen, and are never sent; the ledger keeps them as lost
    client_msg_id: ClientMsgId = ClientMsgId.IGNORED
    planned: list[Fault] = field(default_factory=list)
    gambles: list[Gamble] = field(default_factory=list)
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _posts: deque[datetime] = field(default_factory=deque)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _last_use: dict[str, datetime] = field(default_factory=dict)

    def plan(
        self,
        method: str,
        trouble: Trouble,
        *,
        nth: int = 1,
        times: int = 1,
        accepted: bool = False,
        error: str = "fatal_error",
        retry_after: int = 1,
        seconds: float = 0.0,
        channel: str = "",
    ) -> None:
        """Let the nth call from now (1 = the next) of a method, and the `times - 1` after it, fail.

        `method` "*" is any method, "response_url" and "files" the doors that are not methods.
        """
        fault = Fault(method, trouble, nth - 1, times, accepted, error, retry_after, seconds, channel)
        with self._lock:
            self.planned.append(fault)

    def gamble(self, gamble: Gamble) -> None:
        """Let chance decide over a method's calls, besides what is planned."""
        with self._lock:
            self.gambles.append(gamble)

    def clear(self) -> None:
        """Forget every planned failure and put the switches back."""
        with self._lock:
            self.planned.clear()
            self.gambles.clear()
            self._last_use.clear()
            self._posts.clear()
        self.one_post_per_second = self.history_of_strangers = self.deliver_events_twice = False
        self.events_lost = False
        self.client_msg_id = ClientMsgId.IGNORED
        self.posts_per_minute = 0

    def take(self, method: str, channel: str = "") -> Fault | None:
        """The failure planned for this call, or drawn, if any; counts the call for the others."""
        with self._lock:
            due = None
            for fault in [f for f in self.planned if f.meets(method, channel)]:
                if fault.calls_to_pass > 0:
                    fault.calls_to_pass -= 1
                elif due is None:
                    due = fault
            if due is not None:
                due.times -= 1
                self.planned = [fault for fault in self.planned if fault.times > 0]
            return due or self._draw(method, channel)

    def _draw(self, method: str, channel: str) -> Fault | None:
        self._counts[method, channel] += 1
        draws = (gamble.draw(method, channel, self._counts[method, channel]) for gamble in self.gambles)
        return next((fault for fault in draws if fault is not None), None)

    def wait_to_post(self, now: datetime) -> int:
        """Count a post of the workspace; gives 0 when it may go, else the seconds to wait (Retry-After)."""
        if not self.posts_per_minute:
            return 0
        with self._lock:
            while self._posts and self._posts[0] <= now - MINUTE:
                self._posts.popleft()
            if len(self._posts) >= self.posts_per_minute:
                return max(1, -int(-(self._posts[0] + MINUTE - now).total_seconds() // 1))
            self._posts.append(now)
            return 0

    def wait_for_turn(self, key: str, now: datetime, pace: timedelta) -> int:
        """Use a paced thing; gives 0 when it is its turn, else the seconds to wait (Retry-After)."""
        with self._lock:
            last = self._last_use.get(key)
            if last is not None and timedelta(0) <= now - last < pace:
                return max(1, -int((now - last - pace).total_seconds() // 1))
            self._last_use[key] = now
            return 0
