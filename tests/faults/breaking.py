"""Scenes in which the store fails: the server falls over, the file is locked, the disk is full."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import make_url

from tests.faults.books import Book, Postgres, Sqlite
from tests.faults.stage import Stage
from tests.faults.workers import rest

MOUNTED = "12m"
BALLAST = b"x" * 4096


def server_restarted(stage: Stage) -> None:
    """PostgreSQL falls over once or twice around the due instant, while some calls hang or fail after they arrived."""
    stage.gamble(0.3, ("time-out after accept", "time-out without accept", "closed after accept", "late accept"))
    stage.commit()
    stage.start_ready()
    for _ in range(stage.dice.choice((1, 2))):
        stage.until(stage.dice.uniform(-0.1, 1.2))
        _knock_over(stage)


def _knock_over(stage: Stage) -> None:
    if isinstance(stage.books, Postgres) and stage.books.knock_over is not None:
        stage.books.knock_over()


def connections_cut(stage: Stage) -> None:
    """Every connection of the worker's ends, three times, while it sends."""
    stage.gamble(0.2, ("closed after accept", "500 without accept"))
    stage.commit()
    stage.start_ready()
    for _ in range(3):
        stage.until(stage.dice.uniform(-0.1, 0.3))
        if isinstance(stage.books, Postgres):
            stage.books.cut_connections(stage.book)


def file_locked(stage: Stage) -> None:
    """Another process writes and does not come to an end, for 2, 5 or 20 seconds."""
    stage.commit()
    stage.start_ready()
    stage.until(stage.dice.uniform(-0.1, 0.4))
    with closing(sqlite3.connect(_path(stage.book), isolation_level=None, timeout=20)) as other:
        other.execute("BEGIN IMMEDIATE")
        rest(stage.dice.choice((2.0, 2.0, 5.0, 20.0)))
        other.execute("ROLLBACK")


def disk_full(stage: Stage) -> None:
    """No room is left on the disk for some seconds; then there is."""
    stage.commit()
    stage.start_ready()
    stage.until(stage.dice.uniform(-0.2, 0.4))
    ballast = _path(stage.book).with_name("ballast")
    _fill(ballast)
    rest(stage.dice.uniform(1.0, 4.0))
    ballast.unlink()


def _fill(ballast: Path) -> None:
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(BALLAST) == len(BALLAST):
            pass


def _path(book: Book) -> Path:
    return Path(make_url(book.url).database or "")


class SmallDisk(Sqlite):
    """Files on small disks, one each. Their log alone grows to 4 MB before SQLite folds it in."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._folder = folder

    def book(self, name: str) -> Book:
        there = self._folder / f"disk-{name}"
        there.mkdir()
        _mount(there)
        return self.book_in(there, name)

    def drop(self, book: Book) -> None:
        _unmount(_path(book).parent)


def _mount(folder: Path) -> None:
    words = ["mount", "-t", "tmpfs", "-o", f"size={MOUNTED}", "none", str(folder)]
    subprocess.run(words, check=True, capture_output=True, timeout=10)


def _unmount(folder: Path) -> None:
    subprocess.run(["umount", "--lazy", str(folder)], check=False, capture_output=True, timeout=10)


@contextmanager
def _tried_mount(folder: Path) -> Iterator[None]:
    folder.mkdir()
    _mount(folder)
    yield
    _unmount(folder)


def why_no_small_disk(folder: Path) -> str:
    """Why disks cannot be mounted here; "" when they can."""
    if shutil.which("mount") is None:
        return "there is no mount here"
    try:
        with _tried_mount(folder / "tried"):
            return ""
    except (OSError, subprocess.SubprocessError) as error:
        return f"a disk cannot be mounted here: {error}"
