"""A restore makes a store what it was, on either engine, or changes nothing; and it doubts the past."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from checklists.errors import Refusal
from checklists.gig import Gig
from storage import backups, checkup, restoring, upgrades
from storage.backups import Header, connected
from storage.restoring import Restored, restore
from storage.sending import Occupant
from storage.store import Store
from tests.storage.books import LATER, fill, lines_of, write_lines
from tests.storage.built import NOW, TEAM, a_gig, connect

Forge = Callable[[list[bytes]], list[bytes]]
ME = Occupant("boot", "host", 1, "born")


@pytest.fixture
def backup(tmp_path: Path, sqlite_template: Path) -> Path:
    """Of a SQLite store."""
    (tmp_path / "from.db").write_bytes(sqlite_template.read_bytes())
    fill(f"sqlite:///{tmp_path}/from.db")
    backups.write(f"sqlite:///{tmp_path}/from.db", tmp_path / "one.gz", NOW)
    return tmp_path / "one.gz"


def bring_back(url: str, backup: Path, *, replace: bool = False) -> Restored:
    return restore(url, backup, backup.with_name("before.gz"), LATER, replace=replace)


def again(url: str, backup: Path) -> Path:
    path = backup.with_name("again.gz")
    backups.write(url, path, LATER)
    return path


def books(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """The rows without what a restore sets."""
    first, *rows, _ = lines_of(path)
    unset = {"look_since", "look_at", "restored_at", "looks"}
    columns = {name: kept["columns"] for name, kept in first["tables"].items()}
    return [(row[0], {c: v for c, v in zip(columns[row[0]], row[1:], strict=True) if c not in unset}) for row in rows]


def settled(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """The same, with the one state that a restore changes."""
    return [(name, {**row, "state": "unknown"} if row.get("state") == "sending" else row) for name, row in books(path)]


def test_what_was_there_is_there_again_on_either_engine(backup: Path, store_url: str) -> None:
    restored = bring_back(store_url, backup)
    assert restored.before is None
    assert books(again(store_url, backup)) == settled(backup)
    assert [answer for answer in checkup.check(store_url) if answer.findings] == []


def test_from_postgresql_back_into_sqlite(postgres_url: str, sqlite_url: str, tmp_path: Path) -> None:
    fill(postgres_url)
    backups.write(postgres_url, tmp_path / "one.gz", NOW)
    bring_back(sqlite_url, tmp_path / "one.gz")
    assert books(again(sqlite_url, tmp_path / "one.gz")) == settled(tmp_path / "one.gz")


def test_into_a_database_that_was_never_made(backup: Path, tmp_path: Path) -> None:
    bring_back(f"sqlite:///{tmp_path}/new.db", backup)
    store = Store.open(f"sqlite:///{tmp_path}/new.db")
    assert store.revision() == store.head()
    store.close()


def test_the_past_is_doubted(backup: Path, store_url: str) -> None:
    bring_back(store_url, backup)
    with connected(store_url) as connection:
        seen = sa.select(sa.text("key, state, look_since, look_at, made_at FROM deliveries"))
        rows = {row.key.partition(":")[0]: row for row in connection.execute(seen)}
        restored = [str(at) for at in connection.scalars(sa.text("SELECT restored_at FROM workspaces"))]
    assert {key: row.state for key, row in rows.items()}["sending"] == "unknown"
    assert {key for key, row in rows.items() if row.look_since == row.made_at} == {"pending", "digest"}
    assert {key for key, row in rows.items() if row.look_at is not None} == {"sending", "unknown"}
    assert [at[:10] for at in restored] == [f"{LATER:%Y-%m-%d}"]


def test_new_rows_get_new_numbers_and_the_journal_only_grows(backup: Path, store_url: str) -> None:
    bring_back(store_url, backup)
    store = Store.open(store_url)
    with store.begin(TEAM) as book:
        gig = a_gig(book, book.tours.all()[0], day=NOW.date() + timedelta(days=9))
        book.journal.write(LATER, "UTESS", "opened", gig_id=gig.id)
    store.close()
    for deed in ("UPDATE journal SET who = 'x'", "DELETE FROM journal"):
        with pytest.raises(Refusal, match="append-only"), connected(store_url, writing=True) as connection:
            connection.execute(sa.text(deed))


def test_a_store_that_is_not_empty_is_kept(backup: Path, store_url: str) -> None:
    gig = one_gig(store_url)
    with pytest.raises(Refusal, match="--replace"):
        bring_back(store_url, backup)
    assert cities(store_url) == [gig.id]
    assert not backup.with_name("before.gz").exists()


def test_with_replace_what_was_there_is_kept_aside_first(backup: Path, store_url: str, tmp_path: Path) -> None:
    one_gig(store_url)
    restored = bring_back(store_url, backup, replace=True)
    assert restored.before == backup.with_name("before.gz")
    assert backups.verify(restored.before).tables["gigs"].rows == 1
    assert books(again(store_url, backup)) == settled(backup)
    bring_back(f"sqlite:///{tmp_path}/aside.db", restored.before)


def one_gig(url: str) -> Gig:
    store = Store.open(url)
    connect(store)
    with store.begin(TEAM) as book:
        gig = a_gig(book)
    store.close()
    return gig


def cities(url: str) -> list[int]:
    with connected(url) as connection:
        return list(connection.scalars(sa.text("SELECT id FROM gigs")))


def test_not_while_a_sender_lives(backup: Path, store_url: str) -> None:
    gig = one_gig(store_url)
    store = Store.open(store_url)
    with store.sender(TEAM, ME, NOW) as mine:
        assert mine
        with pytest.raises(Refusal, match="A sender is at work"):
            bring_back(store_url, backup, replace=True)
    assert cities(store_url) == [gig.id]
    with store.sender(TEAM, ME, NOW) as mine:
        assert mine
    store.close()
    bring_back(store_url, backup, replace=True)


@pytest.mark.parametrize("spoilt", ["cut", "edited", "foreign"])
def test_a_spoilt_file_changes_nothing(backup: Path, sqlite_url: str, spoilt: str) -> None:
    gig = one_gig(sqlite_url)
    content = backup.read_bytes()
    new = {"cut": content[: len(content) // 2], "edited": content[:-20] + b"x" * 20, "foreign": b"PK\x03\x04"}
    backup.write_bytes(new[spoilt])
    with pytest.raises(Refusal, match="not a whole backup"):
        bring_back(sqlite_url, backup, replace=True)
    assert cities(sqlite_url) == [gig.id]


def test_what_the_database_refuses_changes_nothing(backup: Path, store_url: str) -> None:
    gig = one_gig(store_url)
    forged(backup, lambda rows: [row.replace(b'"confirmed"', b'"confused"') for row in rows])
    with pytest.raises(Refusal, match="The database says"):
        bring_back(store_url, backup, replace=True)
    assert cities(store_url) == [gig.id]


def test_a_reference_to_nothing_changes_nothing(backup: Path, store_url: str) -> None:
    gig = one_gig(store_url)
    forged(backup, lambda rows: [row.replace(b'["calls",1,1,1,', b'["calls",1,1,77,') for row in rows])
    with pytest.raises(Refusal, match="The database says"):
        bring_back(store_url, backup, replace=True)
    assert cities(store_url) == [gig.id]


def forged(path: Path, change: Forge) -> None:
    """A file that is whole by its seal, and wrong."""
    header, rows = backups.read(path)
    lines = [backups._line([name, *values]) for name, values in rows]
    kept: list[bytes] = []
    backups._write_lines(kept.append, header, iter(change(lines)))
    write_lines(path, kept)


def test_a_file_of_a_newer_version_is_refused(backup: Path, sqlite_url: str) -> None:
    lines = [backups._line([name, *values]) for name, values in backups.read(backup)[1]]
    header = backups.read(backup)[0]
    kept: list[bytes] = []
    backups._write_lines(kept.append, Header("9999_later", header.made_at, "sqlite", header.tables), iter(lines))
    write_lines(backup, kept)
    with pytest.raises(Refusal, match="newer Buscall"):
        bring_back(sqlite_url, backup)


def test_a_backup_of_the_first_schema_comes_to_head(store_url: str, tmp_path: Path) -> None:
    old = f"sqlite:///{tmp_path}/old.db"
    with connected(old, writing=True) as connection:
        upgrades.upgrade(connection, "0001_first")
        connection.execute(sa.text(FIRST_TEAM))
        connection.execute(sa.text(FIRST_TOUR))
        connection.execute(sa.text(FIRST_DELIVERY))
    assert backups.write(old, tmp_path / "old.gz", NOW).revision == "0001_first"
    bring_back(store_url, tmp_path / "old.gz")
    store = Store.open(store_url)
    with store.read("T1") as book:
        said = book.outbox.get(7)
    assert said is not None
    assert (said.key, said.look_since) == ("overview:1", said.made_at)
    assert store.revision() == store.head()
    store.close()


def test_a_held_database_is_told_and_kept(backup: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restoring, "LOCK_WITHIN", "200ms")
    one_gig(postgres_url)
    engine = sa.create_engine(postgres_url)
    with engine.begin() as busy:
        busy.execute(sa.text("SELECT * FROM gigs"))
        with pytest.raises(Refusal, match="lock timeout"):
            bring_back(postgres_url, backup, replace=True)
    engine.dispose()


STAMP = "'2026-01-01T00:00:00.000000Z'"
FIRST_TEAM = (
    "INSERT INTO workspaces (id, team_id, name, bot_user, gigs_made, made_at) "
    f"VALUES (3, 'T1', 'Team', 'UBOT', 0, {STAMP})"
)
FIRST_TOUR = (
    "INSERT INTO tours (id, workspace_id, name, channel, lead, reachable, made_at) "
    f"VALUES (1, 3, 'Tour', 'C1', 'UL', 1, {STAMP})"
)
FIRST_DELIVERY = (
    "INSERT INTO deliveries (id, workspace_id, letter, op, room, tour_id, person, subject, key, not_before, state, "
    "channel, thread_ts, ts, body, body_hash, tries, error, boot, made_at, changed_at) VALUES (7, 3, 'overview', "
    f"'post', 'channel', 1, '', '{{}}', 'overview:1', {STAMP}, 'pending', "
    f"'', '', '', '', '', 0, '', '', {STAMP}, {STAMP})"
)
