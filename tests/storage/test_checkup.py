"""The check-up finds what cannot be, and nothing in a book that is well."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from checklists.errors import Refusal
from storage import checkup, upgrades
from storage.backups import connected
from tests.storage.books import fill


def findings(url: str) -> str:
    return "\n".join(finding for answer in checkup.check(url) for finding in answer.findings)


def break_it(url: str, *statements: str) -> None:
    with connected(url, writing=True) as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(sa.text("PRAGMA ignore_check_constraints = ON"))
        for statement in statements:
            connection.execute(sa.text(statement))


def test_a_book_that_is_well_has_no_findings(store_url: str) -> None:
    fill(store_url)
    assert findings(store_url) == ""


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        ("UPDATE deliveries SET ts = '' WHERE state = 'sent'", "in Slack, but without a stamp"),
        ("UPDATE deliveries SET sent_at = NULL WHERE state = 'verified'", "nobody knows since when"),
        ("UPDATE deliveries SET channel = '' WHERE state = 'sending'", "but to no channel"),
        ("UPDATE deliveries SET boot = '' WHERE state = 'sending'", "being sent, but by nobody"),
        ("UPDATE deliveries SET sent_at = made_at WHERE state = 'pending'", "pending, but sent already"),
        ("UPDATE deliveries SET look_at = NULL WHERE state = 'unknown'", "never looked for"),
        ("UPDATE deliveries SET op = 'update' WHERE state = 'failed'", "an edit of no message"),
        ("UPDATE deliveries SET key = '' WHERE state = 'failed'", "a post without its key"),
        ("UPDATE gigs SET state = 'played'", "1 of cues waiting for a gig that is over (ids 1)"),
        ("UPDATE gigs SET card_ts = '9.9'", "with a card that nobody posted"),
    ],
)
def test_what_cannot_be_is_found(sqlite_url: str, deed: str, told: str) -> None:
    fill(sqlite_url)
    break_it(sqlite_url, deed)
    assert told in findings(sqlite_url)


def test_a_state_that_is_none_and_a_row_of_nobody_are_found(sqlite_url: str) -> None:
    fill(sqlite_url)
    engine = sa.create_engine(sqlite_url)
    with engine.begin() as careless:
        careless.execute(sa.text("PRAGMA ignore_check_constraints = ON"))
        careless.execute(sa.text("UPDATE calls SET gig_id = 77"))
        careless.execute(sa.text("DROP TRIGGER journal_no_delete"))
    engine.dispose()
    told = findings(sqlite_url)
    assert "1 of calls point to no row of gigs" in told
    assert "triggers" in told
    with engine.begin() as careless:
        careless.execute(sa.text("PRAGMA ignore_check_constraints = ON"))
        careless.execute(sa.text("UPDATE gigs SET state = 'confused'"))
    engine.dispose()
    assert "CHECK constraint failed in gigs" in findings(sqlite_url)


def test_a_trigger_or_a_number_that_is_lost_is_found_on_postgresql(postgres_url: str) -> None:
    fill(postgres_url)
    break_it(
        postgres_url,
        "ALTER TABLE journal DISABLE TRIGGER journal_grows_only",
        "SELECT setval(pg_get_serial_sequence('calls', 'id'), 1)",
        "UPDATE calls SET id = 1000000",
    )
    told = findings(postgres_url)
    break_it(
        postgres_url,
        "ALTER TABLE journal ENABLE TRIGGER journal_grows_only",
        "SELECT setval(pg_get_serial_sequence('calls', 'id'), 1000000)",
    )
    assert "calls counts on from 1, but has 1000000 already" in told
    assert "triggers" in told


def test_a_file_that_is_damaged_is_found(sqlite_url: str) -> None:
    fill(sqlite_url)
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    engine = sa.create_engine(sqlite_url)
    with engine.connect() as connection:
        connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()
    content = bytearray(path.read_bytes())
    content[8192:40960] = b"\xff" * (40960 - 8192)
    path.write_bytes(content)
    assert told_of(sqlite_url) != ""


def told_of(url: str) -> str:
    try:
        return findings(url)
    except Refusal as no:
        return str(no)


def test_an_older_schema_is_told_and_the_rest_left_for_later(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/old.db"
    with connected(url, writing=True) as connection:
        upgrades.upgrade(connection, "0001_first")
    assert "`python -m bot db upgrade`" in findings(url)
    assert len(checkup.check(url)) == 2


def test_a_database_that_is_not_there_is_a_plain_no(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no database"):
        checkup.check(f"sqlite:///{tmp_path}/none.db")
