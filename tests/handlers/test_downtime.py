"""The bot was away: what still helps is sent once, what is too late is told in one message, nothing bursts."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.app import build
from bot.clock import HandClock
from bot.moving import Mover
from bot.sandbox.sandbox import Sandbox
from bot.story.cast import CAST, CHANNEL
from bot.trying import settings_for
from storage.store import Store
from tests.handlers.troupe import NEW, START, Troupe, utc


class Place:
    """One Slack and one book, in which the bot can be started again and again."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.clock = HandClock(START)
        self.slack = Sandbox(self.clock.now)

    @contextmanager
    def bot(self, at: str) -> Iterator[Troupe]:
        """The bot at work from that instant (UTC) on, until the block ends."""
        self.clock.set(utc(at))
        program = build(settings_for(self.slack, self.url), self.clock, Store.open(self.url))
        program.start()
        try:
            mover = Mover(program, self.clock, self.slack)
            yield Troupe(
                self.slack, mover, f"C0{CHANNEL.upper().replace('-', '')}", Path(self.url.removeprefix("sqlite:///"))
            )
        finally:
            program.stop()


@pytest.fixture
def place(sqlite_url: str) -> Iterator[Place]:
    """A place where Ana has been called to Lisbon, 1 October, and has not answered."""
    here = Place(sqlite_url)
    with here.slack:
        for one in CAST:
            here.slack.add_person(one.name, tz=one.zone)
        here.slack.add_channel(CHANNEL, [one.name for one in CAST])
        with here.bot("2026-09-10 09:00") as troupe:
            troupe.person("tess").types(NEW)
            troupe.person("tess").types("/gig call #1 @ana FOH 14:00")
        yield here


def said_from(place: Place, at: str, until: str) -> list[str]:
    """What the bot says between two instants after having been away, with the instants."""
    since = place.slack.ledger.next_seq
    with place.bot(at) as troupe:
        troupe.move(until)
        times = [f"{line.at:%m-%d %H:%M}" for line in troupe.posts(since=since)]
        return [f"{time} {words}" for time, words in zip(times, troupe.said(since), strict=True)]


def test_an_evening_away_over_the_day_sheet_sends_it_late_but_once(place: Place) -> None:
    said_from(place, "2026-09-10 09:10", "2026-09-30 16:00")
    after = said_from(place, "2026-09-30 20:00", "2026-10-01 07:00")
    assert [line for line in after if "sheet" in line] == ["09-30 20:00 day_sheet"]


def test_a_week_away_tells_all_that_was_missed_in_one_message(place: Place) -> None:
    said_from(place, "2026-09-10 09:10", "2026-09-24 12:00")
    after = said_from(place, "2026-10-01 16:40", "2026-10-01 16:41")
    assert [line for line in after if "missed" in line] == ["10-01 16:40 missed to tess"]
    assert not [line for line in after if "ask" in line or "sheet" in line or "not_here" in line]


def test_a_digest_that_was_missed_comes_again_the_next_morning(place: Place) -> None:
    said_from(place, "2026-09-10 09:10", "2026-09-15 12:00")
    after = said_from(place, "2026-09-18 20:00", "2026-09-19 12:00")
    assert [line for line in after if "digest to tess" in line] == ["09-19 08:00 digest to tess"]
