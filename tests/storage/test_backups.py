"""A backup holds the whole book from one state, is readable by its owner alone, and knows when it is not whole."""

import hashlib
import json
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.errors import Refusal
from storage import backups
from storage.store import Store
from tests.storage.books import LATER, fill, lines_of, write_lines
from tests.storage.built import NOW, TEAM, a_gig

Spoil = Callable[[list[bytes]], list[bytes]]


@pytest.fixture
def filled(store_url: str) -> str:
    fill(store_url)
    return store_url


@pytest.fixture
def backup(sqlite_url: str, tmp_path: Path) -> Path:
    fill(sqlite_url)
    backups.write(sqlite_url, tmp_path / "one.gz", LATER)
    return tmp_path / "one.gz"


def test_a_backup_says_what_it_holds_and_holds_it(filled: str, tmp_path: Path) -> None:
    path = tmp_path / "one.gz"
    header = backups.write(filled, path, LATER)
    first, *rows, last = lines_of(path)
    assert (first["revision"], first["made_at"]) == (header.revision, "2026-03-04T12:00:00.000000Z")
    assert {name: kept["rows"] for name, kept in first["tables"].items()}["deliveries"] == 8
    assert last["rows"] == len(rows) == header.rows
    assert backups.verify(path) == header


def test_only_its_owner_can_read_it_and_no_half_of_it_stays(filled: str, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    backups.write(filled, folder / "one.gz", LATER)
    assert [path.name for path in folder.iterdir()] == ["one.gz"]
    assert stat.S_IMODE((folder / "one.gz").stat().st_mode) == 0o600


def test_a_backup_never_takes_the_place_of_another(filled: str, tmp_path: Path) -> None:
    (tmp_path / "one.gz").write_text("precious")
    with pytest.raises(Refusal, match="is there already"):
        backups.write(filled, tmp_path / "one.gz", LATER)
    assert (tmp_path / "one.gz").read_text() == "precious"


def test_where_it_cannot_be_written_nothing_is_left(filled: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="cannot be written"):
        backups.write(filled, tmp_path / "no" / "folder.gz", LATER)


def test_it_shows_one_state_while_others_write(filled: str, tmp_path: Path) -> None:
    with backups.connected(filled) as connection:
        before = backups.count_rows(connection, "gigs")
        store = Store.open(filled)
        with store.begin(TEAM) as book:
            a_gig(book, book.tours.all()[0])
        store.close()
        header = backups.write_from(connection, tmp_path / "one.gz", LATER)
    assert header.tables["gigs"].rows == before
    assert backups.verify(tmp_path / "one.gz") == header


def test_who_is_at_work_this_minute_is_no_part_of_it(filled: str, tmp_path: Path) -> None:
    assert "senders" not in backups.write(filled, tmp_path / "one.gz", LATER).tables


def test_no_token_is_in_it(backup: Path) -> None:
    assert not re.search(r"xox|xapp", json.dumps(lines_of(backup)))


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no database at"):
        backups.write(f"sqlite:///{tmp_path}/none.db", tmp_path / "one.gz", NOW)
    assert list(tmp_path.iterdir()) == []


def sealed_again(lines: list[bytes]) -> list[bytes]:
    """With a seal that fits: only the counts can tell."""
    seal = {"rows": len(lines) - 2, "sha256": hashlib.sha256(b"".join(lines[:-1])).hexdigest()}
    return [*lines[:-1], json.dumps(seal).encode()]


SPOILS: dict[str, Spoil] = {
    "the end is missing": lambda lines: lines[:-1],
    "a row is missing": lambda lines: [*lines[:5], *lines[6:]],
    "a row is missing and it was sealed again": lambda lines: sealed_again([*lines[:5], *lines[6:]]),
    "a row is there twice": lambda lines: [*lines[:5], lines[4], *lines[5:]],
    "a word was changed": lambda lines: [line.replace(b"Lisbon", b"Porto!") for line in lines],
    "a line is cut": lambda lines: [*lines[:3], lines[3][:-9], *lines[4:]],
    "a line is of a strange table": lambda lines: [*lines[:3], b'["users", 1]\n', *lines[3:]],
    "a line is no list": lambda lines: [*lines[:3], b"7\n", *lines[3:]],
    "a line is nested without end": lambda lines: [*lines[:3], b"[" * 100_000 + b"\n", *lines[3:]],
    "something follows": lambda lines: [*lines, b"[]\n"],
    "the first line is of another": lambda lines: [b'{"version": 1}\n', *lines[1:]],
    "the first line was changed": lambda lines: [lines[0].replace(b'"tables"', b'"table"'), *lines[1:]],
    "it is empty": lambda _: [],
}


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_file_that_is_not_whole_is_refused(backup: Path, spoil: str) -> None:
    lines = [json.dumps(line).encode() + b"\n" for line in lines_of(backup)]
    write_lines(backup, SPOILS[spoil](sealed_again(lines)))
    with pytest.raises(Refusal, match="not a whole backup"):
        backups.verify(backup)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"date,city\n", b"SQLite format 3\x00" * 99):
        (tmp_path / "other").write_bytes(content)
        with pytest.raises(Refusal, match="not a whole backup"):
            backups.verify(tmp_path / "other")
    with pytest.raises(Refusal, match="no file"):
        backups.verify(tmp_path / "missing")
    with pytest.raises(Refusal, match="cannot be read"):
        backups.verify(tmp_path)


@pytest.fixture(scope="module")
def whole(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("whole")
    url = f"sqlite:///{folder}/book.db"
    (folder / "book.db").write_bytes(sqlite_template.read_bytes())
    fill(url)
    backups.write(url, folder / "one.gz", LATER)
    return (folder / "one.gz").read_bytes()


@given(place=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255), cut=st.booleans())
def test_no_single_changed_or_cut_byte_goes_unseen(
    whole: bytes, tmp_path_factory: pytest.TempPathFactory, place: float, change: int, cut: bool
) -> None:
    at = int(place * len(whole))
    spoilt = whole[:at] if cut else whole[:at] + bytes([whole[at] ^ change]) + whole[at + 1 :]
    path = tmp_path_factory.getbasetemp() / "spoilt.gz"
    path.write_bytes(spoilt)
    try:
        backups.verify(path)
    except Refusal:
        return
    # The few bytes of gzip's own head (time, system) carry nothing of the book.
    assert not cut
    assert at < 10
