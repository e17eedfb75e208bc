"""The only reader of the clock: real, or moved by hand.

A clock holds no business: it calls a name back at an instant, and that name then asks the store what is due.
"""

import contextlib
import importlib.metadata
import threading
import time
import zoneinfo
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from apscheduler.executors.debug import DebugExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

from bot.log import logger

BEAT = timedelta(seconds=20)
JUMP = timedelta(minutes=1)
"""How far the wall clock may part from the steady one, and from Slack's, before it is not trusted."""
log = logger("clock")
Call = Callable[[], None]


class Clock(Protocol):
    """Time, and being woken. All instants are aware UTC.

    `breath` is how long, in real seconds, work that a commit brings waits for that commit's ack to leave.
    """

    breath: float

    def now(self) -> datetime:
        """The instant it is."""

    def wake_at(self, name: str, at: datetime | None, call: Call) -> None:
        """Call once at that instant (at once when it is past); replaces the name's earlier wish.

        With None the name wishes for nothing; the real clock's safety beat calls it all the same.
        """

    def start(self) -> None:
        """Begin to call."""

    def stop(self) -> None:
        """Call nobody any more."""


def use_packaged_zones() -> str:
    """Take time zones from the tzdata package and never from the host; gives the release in use.

    Host copies can be years old and win otherwise. Must run before the first zone is read.
    Raises importlib.metadata.PackageNotFoundError without the package.
    """
    zoneinfo.reset_tzpath(to=[])
    zoneinfo.ZoneInfo.clear_cache()
    return importlib.metadata.version("tzdata")


class RealClock:
    """The machine's clock; wakes by a scheduler that lives in memory, plus a slow beat for clock jumps.

    Calls run in the scheduler's own thread, so they must be short.
    """

    breath = 0.004

    def __init__(self, beat: timedelta = BEAT) -> None:
        self._calls: dict[str, Call] = {}
        self._beat = beat
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": DebugExecutor()},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def now(self) -> datetime:
        return datetime.now(UTC)

    def start(self) -> None:
        self._scheduler.add_job(self._call_all, "interval", seconds=self._beat.total_seconds(), id="beat")
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            # Its thread dies of a missing job when it is shut down in the middle of one; so first it is emptied.
            self._scheduler.pause()
            self._scheduler.remove_all_jobs()
            self._scheduler.shutdown(wait=False)

    def wake_at(self, name: str, at: datetime | None, call: Call) -> None:
        self._calls[name] = call
        if at is not None:
            self._scheduler.add_job(call, "date", run_date=at, id=name, replace_existing=True)
        elif self._scheduler.get_job(name) is not None:
            with contextlib.suppress(JobLookupError):
                self._scheduler.remove_job(name)

    def _call_all(self) -> None:
        for call in list(self._calls.values()):
            call()


def steady_seconds() -> float:
    """Seconds that nobody sets; where the system knows how, those in which the machine slept count too."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class ClockGuard:
    """Sees that the wall clock was set while the program ran, and holds sending until it can be trusted again.

    `now` is the wall clock and `steady` counts seconds that nobody sets. After a jump `ask` may ask Slack for
    anything: what its clock says, `hear` is told, and that decides; while it says no it is asked once a beat.
    Without word from Slack a clock that went steadily for one beat is believed.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        ask: Callable[[], None] = lambda: None,
        steady: Callable[[], float] = steady_seconds,
    ) -> None:
        self._now = now
        self._ask = ask
        self._steady = steady
        self._seen: tuple[datetime, float] | None = None
        self._jumped_at: float | None = None
        self._asked_at = 0.0
        self._ahead: timedelta | None = None

    def hear(self, told: datetime) -> None:
        """What Slack's clock said just now (UTC)."""
        ahead = self._now() - told
        if self._jumped_at is not None and abs(ahead) > JUMP and self._ahead is None:
            log.error("clock is wrong", ahead_s=round(ahead.total_seconds()), held="until it is set right")
        self._ahead = ahead

    def is_steady(self) -> bool:
        """False while nothing may be sent by this clock."""
        wall, steady = self._now(), self._steady()
        if self._seen is not None:
            gone = timedelta(seconds=steady - self._seen[1])
            self._note_jump(wall - self._seen[0] - gone, steady)
        self._seen = (wall, steady)
        return self._jumped_at is None or self._is_trusted_again(self._jumped_at, steady)

    def _note_jump(self, by: timedelta, steady: float) -> None:
        if abs(by) > JUMP:
            log.error("clock jumped", by_s=round(by.total_seconds()), held="until it is known to be right")
            self._jumped_at, self._ahead = steady, None
            self._ask_now(steady)

    def _ask_now(self, steady: float) -> None:
        self._asked_at = steady
        self._ask()

    def _is_trusted_again(self, jumped_at: float, steady: float) -> bool:
        went_steadily = steady - jumped_at >= BEAT.total_seconds()
        if self._ahead is not None and abs(self._ahead) > JUMP and steady - self._asked_at >= BEAT.total_seconds():
            # Slack's word may have come at the very moment of the jump, or the clock was set right little by little.
            self._ask_now(steady)
        trusted = went_steadily if self._ahead is None else abs(self._ahead) <= JUMP
        if trusted:
            log.warning("clock trusted again", after_s=round(steady - jumped_at))
            self._jumped_at = None
        return trusted


class HandClock:
    """A clock that stands still until somebody sets it."""

    breath = 0.0

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._wishes: dict[str, tuple[datetime, Call]] = {}
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return self._now

    def start(self) -> None:
        return

    def stop(self) -> None:
        self._wishes.clear()

    def wake_at(self, name: str, at: datetime | None, call: Call) -> None:
        with self._lock:
            self._wishes.pop(name, None)
            if at is not None:
                self._wishes[name] = (at, call)
        self._call_due()

    def set(self, to: datetime) -> None:
        """Move to an instant and call whoever wished to be called by then. Raises ValueError when it is back."""
        with self._lock:
            if to < self._now:
                raise ValueError(f"time does not go back: {to} is before {self._now}")
            self._now = to.astimezone(UTC)
        self._call_due()

    def _call_due(self) -> None:
        with self._lock:
            due = [name for name, (at, _) in self._wishes.items() if at <= self._now]
            calls = [self._wishes.pop(name)[1] for name in due]
        for call in calls:
            call()
