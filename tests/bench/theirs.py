"""APScheduler's side of the firing bench, in a process of its own: `python -m tests.bench.theirs URL PENDING RUNS`.

One job of its SQLAlchemyJobStore for each reminder; the job does nothing.
"""

import json
import logging
import pickle
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MISSED, EVENT_JOB_REMOVED
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.util import datetime_to_utc_timestamp

from bot.clock import RealClock
from tests.bench.figures import Unmeasured
from tests.bench.stage import rest

FIRED, WORKERS, PATIENCE = 10_000, 20, 300.0
AWAY, DUE_MEANWHILE = timedelta(seconds=5), 1_000
TUNED = {"misfire_grace_time": None, "coalesce": True, "max_instances": FIRED}


def do_nothing() -> None:
    """What each job does."""


class Theirs:
    """A scheduler, paused, whose store holds so many jobs that are not due."""

    def __init__(self, url: str, pending: int, defaults: dict[str, Any]) -> None:
        self.clock = RealClock()
        self.jobs = SQLAlchemyJobStore(url=url)
        self.scheduler = BackgroundScheduler(
            jobstores={"default": self.jobs},
            executors={"default": ThreadPoolExecutor(WORKERS)},
            job_defaults=defaults,
            timezone=UTC,
        )
        self.scheduler.start(paused=True)
        self.over = threading.Event()
        self.ran = self.gone = self.last = 0
        self.scheduler.add_listener(self._note, EVENT_JOB_EXECUTED | EVENT_JOB_MISSED | EVENT_JOB_REMOVED)
        far = self.clock.now() + timedelta(days=100)
        self.write("far", [far] * (pending - FIRED))

    def write(self, name: str, instants: Sequence[datetime]) -> None:
        """Jobs as `add_job` keeps them, but all in one statement."""
        job = self.scheduler.add_job(do_nothing, "date", run_date=self.clock.now() + timedelta(days=200), id=name)
        rows = []
        for n, at in enumerate(instants):
            job.id, job.trigger, job.next_run_time = f"{name}{n}", DateTrigger(at, UTC), at
            state = pickle.dumps(job.__getstate__(), self.jobs.pickle_protocol)
            rows.append({"id": job.id, "next_run_time": datetime_to_utc_timestamp(at), "job_state": state})
        self.scheduler.remove_job(name)
        with self.jobs.engine.begin() as connection:
            for first in range(0, len(rows), FIRED):
                connection.execute(self.jobs.jobs_t.insert(), rows[first : first + FIRED])

    def fire(self, instants: Sequence[datetime]) -> float:
        """Seconds until these jobs have run, or were given up, and are out of the store."""
        self.write("due", instants)
        self.ran, self.gone, self.last = 0, 0, len(instants)
        self.over.clear()
        while self.clock.now() < max(instants):
            rest(0.01)
        began = time.perf_counter()
        self.scheduler.resume()
        if not self.over.wait(PATIENCE):
            raise Unmeasured(f"APScheduler fired {self.ran} of {len(instants)} within {PATIENCE:.0f} s")
        taken = time.perf_counter() - began
        self.scheduler.pause()
        return taken

    def redate(self) -> float:
        """Seconds in which ten thousand jobs get another date."""
        at = self.clock.now() + timedelta(days=50)
        self.write("moved", [at] * FIRED)
        began = time.perf_counter()
        for n in range(FIRED):
            self.scheduler.reschedule_job(f"moved{n}", trigger=DateTrigger(at + timedelta(days=1), UTC))
        taken = time.perf_counter() - began
        with self.jobs.engine.begin() as connection:
            connection.execute(self.jobs.jobs_t.delete().where(self.jobs.jobs_t.c.id.like("moved%")))
        return taken

    def _note(self, event: Any) -> None:
        self.ran += event.code == EVENT_JOB_EXECUTED
        self.gone += event.code == EVENT_JOB_REMOVED
        if self.last and self.gone >= self.last:
            self.over.set()


def read(url: str, pending: int, runs: int, redates: int) -> dict[str, Sequence[float]]:
    """Everything, so many times."""
    logging.disable(logging.CRITICAL)
    theirs = Theirs(url, pending, TUNED)
    now = theirs.clock.now()
    fired = [theirs.fire([now] * FIRED) for _ in range(runs)]
    again = [theirs.redate() for _ in range(redates)]
    theirs.scheduler.shutdown()
    return {"fired": fired, "redated": again, "lost": [_lose(url)]}


def _lose(url: str) -> int:
    """How many of those that fall due over five seconds of downtime never run, with its defaults."""
    theirs = Theirs(url, FIRED, {})
    soon = theirs.clock.now() + timedelta(seconds=1)
    theirs.fire([soon + AWAY * n / DUE_MEANWHILE for n in range(DUE_MEANWHILE)])
    theirs.scheduler.shutdown()
    return DUE_MEANWHILE - theirs.ran


if __name__ == "__main__":
    sys.stdout.write(json.dumps(read(sys.argv[1], *map(int, sys.argv[2:5]))))
