"""A backup from the middle of a tour, put back days later: the past is not posted again, and nothing is lost."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.app import build
from bot.clock import HandClock
from bot.moving import Mover
from bot.sandbox.faults import Trouble
from bot.sandbox.sandbox import Sandbox
from storage import backups, checkup, restoring
from tests.bot.conftest import START, settings_for
from tests.sandbox.patient import patient_slack
from tests.storage.books import lines_of

MIDDLE, LATER, OVER = (datetime(2024, 8, day, hour, tzinfo=UTC) for day, hour in ((7, 10), (9, 11), (9, 20)))
WANTED = {"card", "ask", "ask_again", "ask_dm", "silent_list", "day_sheet"}
UNSETTLED = "SELECT key FROM deliveries WHERE op = 'post' AND state NOT IN ('sent', 'verified', 'expired')"
PEOPLE = ("tess", "jo", "ana")


@contextmanager
def at_work(slack: Sandbox, clock: HandClock, url: str) -> Iterator[Mover]:
    program = build(settings_for(slack, url), clock)
    program.start()
    try:
        yield Mover(program, clock, slack)
    finally:
        assert program.stop()


def plan(slack: Sandbox, mover: Mover) -> None:
    mover.settle()
    for words in ("/gig new The Lanterns, Musicbox Lisbon, 10 Aug 2024", "/gig call lisbon @jo FOH 14:00"):
        assert slack.hands.command("tess", "wild-god", words).text
        mover.settle()


def call_late(slack: Sandbox, mover: Mover) -> None:
    """An ask that Slack does not take for two minutes."""
    slack.faults.plan("chat.postMessage", Trouble.RATE_LIMITED, retry_after=120)
    slack.hands.command("tess", "wild-god", "/gig call lisbon @ana MON 14:00")
    mover.settle()


def keys(slack: Sandbox) -> Counter[str]:
    """How often each thing was said: what is posted carries its key."""
    posted = [entry.metadata or {} for entry in slack.posts()]
    return Counter(f"{each['event_type']} {each['event_payload']['key']}" for each in posted)


def people_in(slack: Sandbox) -> None:
    for name in PEOPLE:
        slack.add_person(name, tz="Europe/Lisbon")
    slack.add_channel("wild-god", PEOPLE)


def test_after_a_restore_nothing_is_doubled_and_nothing_lost(sqlite_url: str, tmp_path: Path) -> None:
    clock = HandClock(START)
    with patient_slack(clock.now) as slack:
        people_in(slack)
        with at_work(slack, clock, sqlite_url) as mover:
            plan(slack, mover)
            mover.move(MIDDLE)
            call_late(slack, mover)
            backups.write(sqlite_url, tmp_path / "middle.gz", clock.now())
            check_backup(tmp_path / "middle.gz")
            middle = len(slack.posts())
            mover.move(LATER)
        assert len(slack.posts()) >= middle + 3
        aside = tmp_path / "aside.gz"
        restoring.restore(sqlite_url, tmp_path / "middle.gz", aside, clock.now(), replace=True)
        with at_work(slack, clock, sqlite_url) as mover:
            mover.settle()
            mover.move(clock.now() + timedelta(hours=1))
            mover.move(OVER)
        said = keys(slack)
        assert {what: count for what, count in said.items() if count > 1} == {}
        assert {what.partition(" ")[0].removeprefix("buscall_") for what in said} >= WANTED
    assert unsettled(sqlite_url) == []
    assert [answer for answer in checkup.check(sqlite_url) if answer.findings] == []


def unsettled(url: str) -> list[str]:
    """Posts that are neither in Slack nor known not to be worth it."""
    with backups.connected(url) as connection:
        return list(connection.scalars(sa.text(UNSETTLED)))


def check_backup(path: Path) -> None:
    """It holds a call on its way, and no secret."""
    first, *rows, _ = lines_of(path)
    state = first["tables"]["deliveries"]["columns"].index("state") + 1
    assert "pending" in {row[state] for row in rows if row[0] == "deliveries"}
    assert "xox" not in str(rows)
    assert "xapp" not in str(rows)
