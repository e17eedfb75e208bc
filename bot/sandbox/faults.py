"""Slack's bad days: chosen calls fail, stall, or are cut; and Slack's stricter moods as switches."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

ANY_METHOD = "*"


class Trouble(StrEnum):
    RATE_LIMITED = "rate_limited"  # 429 with Retry-After
    SERVER_ERROR = "server_error"  # 500
    NAMED_ERROR = "named_error"  # 200, ok: false, the given error
    CUT = "cut"  # the connection is closed without an answer
    GARBAGE = "garbage"  # 200 with a page that is not JSON
    DELAY = "delay"  # answered properly, but late


class ClientMsgId(StrEnum):
    """What Slack does with a `client_msg_id` it has seen: nobody documents it, so all three are tried."""

    IGNORED = "ignored"
    SAME_TS = "same_ts"
    ERROR = "error"


@dataclass
class Fault:
    """One planned failure. `accepted`: the call takes effect before it fails. Seconds are real time."""

    method: str
    trouble: Trouble
    calls_to_pass: int = 0
    times: int = 1
    accepted: bool = False
    error: str = "fatal_error"
    retry_after: int = 1
    seconds: float = 0.0


@dataclass
class Faults:
    """The switches may be set at any time; `plan` adds a failure."""

    one_post_per_second: bool = False
    history_of_strangers: bool = False  # not-Marketplace profile: 1 request a minute, 15 messages
    deliver_events_twice: bool = False
    client_msg_id: ClientMsgId = ClientMsgId.IGNORED
    planned: list[Fault] = field(default_factory=list)
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
    ) -> None:
        """Let the nth call from now (1 = the next) of a method, and the `times - 1` after it, fail.

        `method` "*" is any method, "response_url" and "files" the doors that are not methods.
        """
        fault = Fault(method, trouble, nth - 1, times, accepted, error, retry_after, seconds)
        with self._lock:
            self.planned.append(fault)

    def clear(self) -> None:
        """Forget every planned failure and put the switches back."""
        with self._lock:
            self.planned.clear()
            self._last_use.clear()
        self.one_post_per_second = self.history_of_strangers = self.deliver_events_twice = False
        self.client_msg_id = ClientMsgId.IGNORED

    def take(self, method: str) -> Fault | None:
        """The failure planned for this call, if any; counts the call for the others."""
        with self._lock:
            due = None
            for fault in [f for f in self.planned if f.method in (method, ANY_METHOD)]:
                if fault.calls_to_pass > 0:
                    fault.calls_to_pass -= 1
                elif due is None:
                    due = fault
            if due is not None:
                due.times -= 1
                self.planned = [fault for fault in self.planned if fault.times > 0]
            return due

    def wait_for_turn(self, key: str, now: datetime, pace: timedelta) -> int:
        """Use a paced thing; gives 0 when it is its turn, else the seconds to wait (Retry-After)."""
        with self._lock:
            last = self._last_use.get(key)
            if last is not None and timedelta(0) <= now - last < pace:
                return max(1, -int((now - last - pace).total_seconds() // 1))
            self._last_use[key] = now
            return 0
