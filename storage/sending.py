"""Who may send: one sender for each workspace at a time. Private to storage."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

SENDERS = 7_042
"""The first half of the advisory locks of senders; the second is the workspace."""
TRY = text("SELECT pg_try_advisory_lock(:senders, :workspace)")
LEAVE = text("SELECT pg_advisory_unlock(:senders, :workspace)")


@contextmanager
def file_lock(path: Path) -> Iterator[bool]:
    """True when nobody else holds the lock on this file, in this process or another."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def advisory_lock(engine: Engine, workspace: int) -> Iterator[bool]:
    """True when nobody else holds the workspace's lock; it lives on a connection of its own."""
    names = {"senders": SENDERS, "workspace": workspace}
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = bool(connection.scalar(TRY, names))
        try:
            yield mine
        finally:
            if mine and not connection.invalidated:
                connection.execute(LEAVE, names)
