"""The sender's seat: taken once, held for life, shown to be alive, and taken over from whoever is stuck.

A stuck holder is one whose beat has not moved for a whole lease while we looked on; age by the clock alone never
counts, and a dead holder's seat frees itself.
"""

import os
import signal
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bot.clock import Clock
from bot.log import logger, new_reference
from bot.patience import Patience
from storage.sending import Occupant, Seat

LOOKS_AT_LEAST = 5
"""Whoever slept himself has not looked on: a stuck holder was seen this often."""
log = logger("seat")


def who_am_i() -> Occupant:
    """This run of the program."""
    return Occupant(uuid.uuid4().hex, _kernel(), os.getpid(), _born(os.getpid()))


class Holding:
    """Keeps a seat for one run of the program: `is_mine` asks, a thread beats or waits for its turn.

    Both are called in that thread: `on_gain` when the seat has become ours, `on_beat` at each beat, ours or not.
    """

    def __init__(self, seat: Seat, me: Occupant, clock: Clock, patience: Patience) -> None:
        self.me = me
        self._seat = seat
        self._clock = clock
        self._patience = patience
        self._lock = threading.Lock()
        self._enough = threading.Event()
        self._mine = False
        self._count = 0
        self._free_from = 0.0
        self._watched: tuple[Occupant | None, float, int] = (None, 0.0, 0)
        self._on_gain: Callable[[], None] = _nothing
        self._on_beat: Callable[[], None] = _nothing
        self._thread = threading.Thread(target=self._run, name="seat", daemon=True)

    def start(self, on_gain: Callable[[], None], on_beat: Callable[[], None] | None = None) -> None:
        """Beat, or wait for our turn, until `stop`."""
        self._on_gain, self._on_beat = on_gain, on_beat or _nothing
        self._thread.start()

    def stop(self) -> None:
        """Leave the seat, so that the next one need not wait."""
        self._enough.set()
        if self._thread.is_alive():
            self._thread.join(self._patience.lease)
        with self._lock:
            self._mine = False
            self._seat.leave()

    def lose(self) -> None:
        """It was taken over from us; from now on we wait like anybody else."""
        with self._lock:
            self._mine = False
            self._seat.leave()
        log.error("seat lost", boot=self.me.boot[:8])

    def is_mine(self) -> bool:
        """True while we may send; takes the seat when it is free."""
        return self._mine or self._try_to_take()

    def _try_to_take(self) -> bool:
        with self._lock:
            if self._mine or self._enough.is_set() or time.monotonic() < self._free_from:
                return self._mine
            self._mine = self._seat.take(self.me, self._clock.now())
            if self._mine:
                log.info("seat taken", boot=self.me.boot[:8])
            return self._mine

    def _run(self) -> None:
        while not self._enough.wait(self._patience.beat):
            try:
                self._beat_or_wait()
                self._on_beat()
            except Exception:
                log.exception("seat", ref=new_reference())

    def _beat_or_wait(self) -> None:
        if self._mine:
            self._beat()
        elif self._try_to_take():
            self._on_gain()
        elif time.monotonic() >= self._free_from:
            self._watch()

    def _beat(self) -> None:
        self._count += 1
        with self._lock:
            self._mine = self._seat.beat(self.me, self._count, self._clock.now())
        if not self._mine:
            log.error("seat lost", boot=self.me.boot[:8])

    def _watch(self) -> None:
        """Look whether the holder's beat moves."""
        seen, since, looks = self._watched
        now, holder = time.monotonic(), self._seat.occupant()
        if holder is None or holder != seen:
            self._watched = (holder, now, 1)
        elif now - since < self._patience.lease or looks < LOOKS_AT_LEAST:
            self._watched = (seen, since, looks + 1)
        else:
            self._watched = (None, 0.0, 0)
            self._take_over(holder)

    def _take_over(self, stuck: Occupant) -> None:
        here = bool(stuck.host) and stuck.host == self.me.host and stuck.pid != self.me.pid
        if here and stuck.born and stuck.born == _born(stuck.pid):
            log.error("ending a stuck sender", pid=stuck.pid, boot=stuck.boot[:8])
            with suppress(ProcessLookupError):
                os.kill(stuck.pid, signal.SIGKILL)
        elif stuck.backend:
            # On another machine only its connection can be ended; what it was sending has then had its time.
            log.error("ending a stuck sender's connection", boot=stuck.boot[:8])
            self._free_from = time.monotonic() + self._patience.deadline + self._patience.settle
        self._seat.unseat(stuck)


def _kernel() -> str:
    """The kernel that runs here and our view of its processes; "" where that cannot be told."""
    with suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}:{Path('/proc/self/ns/pid').readlink()}"
    return ""


def _born(pid: int) -> str:
    """When this process began, by the kernel's count, so that a number used again is not mistaken; "" if unknown."""
    with suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[19]
    return ""


def _nothing() -> None:
    return
