"""The bot was away: what still helps is sent once, what is too late is told in one message, nothing bursts."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.app import build
from bot.clock import HandClock
from bot.moving import Mover
from bot.story.cast import CAST, CHANNEL
from bot.trying import settings_for
from storage.store import Store
from tests.handlers.troupe import NEW, START, Troupe, kind_of, utc
from tests.sandbox.patient import patient_slack


class Place:
    """One Slack and one book, in which the bot can be started again and again."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.clock = HandClock(START)
        self.slack = patient_slack(self.clock.now)

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


@contextmanager
def called_at(url: str, at: str) -> Iterator[Place]:
    """A place where Ana was called then to Lisbon, 1 October, and has not answered."""
    here = Place(url)
    with here.slack:
        for one in CAST:
            here.slack.add_person(one.name, tz=one.zone)
        here.slack.add_channel(CHANNEL, [one.name for one in CAST])
        with here.bot(at) as troupe:
            troupe.person("tess").types(NEW)
            troupe.person("tess").types("/gig call #1 @ana FOH 14:00")
        yield here


@pytest.fixture
def place(sqlite_url: str) -> Iterator[Place]:
    """She was called three weeks before."""
    with called_at(sqlite_url, "2026-09-10 09:00") as here:
        yield here


@pytest.fixture
def eve(sqlite_url: str) -> Iterator[Place]:
    """She was called on the afternoon before."""
    with called_at(sqlite_url, "2026-09-30 14:00") as here:
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
    lines = [line for line in told_of(place).splitlines() if line.startswith("•")]
    assert f"*{len(lines)} fell due while I was away: " in told_of(place)
    assert sum("too late to be of use" in line for line in lines) >= 4


def test_a_digest_that_was_missed_comes_again_the_next_morning(place: Place) -> None:
    said_from(place, "2026-09-10 09:10", "2026-09-15 12:00")
    after = said_from(place, "2026-09-18 20:00", "2026-09-19 12:00")
    assert [line for line in after if "digest to tess" in line] == ["09-19 08:00 digest to tess"]


def told_of(place: Place) -> str:
    """The words of the newest summary to the tour manager."""
    return [line.text for line in place.slack.posts() if kind_of(line) == "missed"][-1]


def test_an_evening_away_is_summed_up_with_what_was_sent_late(eve: Place) -> None:
    said_from(eve, "2026-09-30 14:10", "2026-09-30 16:00")
    after = said_from(eve, "2026-09-30 20:00", "2026-09-30 20:05")
    assert [line for line in after if "missed" in line] == ["09-30 20:00 missed to tess"]
    text = told_of(eve)
    assert "*1 fell due while I was away: 1 sent*" in text
    assert "#1 Lisbon: day sheet, due Wed 30 Sep 18:00 WEST: sent late" in text
    assert "not sent" not in text


def test_what_goes_out_late_says_when_it_was_due_and_what_is_on_time_does_not(eve: Place) -> None:
    said_from(eve, "2026-09-30 14:10", "2026-09-30 16:00")
    with eve.bot("2026-09-30 20:00") as troupe:
        troupe.move("2026-10-01 11:30")
        assert "(was due 18:00 WEST)" in troupe.post("day_sheet").text
        assert "(was due" not in troupe.post("on_your_way").text
        troupe.person("ana").types("/gig list")
        tess = troupe.person("tess")
        tess.types("/gig times #1 doors 20:00")
        assert "(was due" not in troupe.card()


def test_an_edit_of_what_went_out_on_time_is_not_marked_late(place: Place) -> None:
    with place.bot("2026-09-28 10:00") as troupe:
        troupe.move("2026-09-28 11:00")
        troupe.wait(hours=2)
        troupe.person("ana").says("in")
        assert "(was due" not in troupe.now_reads(troupe.post("ask_again")).text


def test_eight_hours_asleep_over_a_show_day_say_each_thing_once_and_only_what_still_helps(eve: Place) -> None:
    said_from(eve, "2026-09-30 14:10", "2026-10-01 08:00")
    # Call 14:00 Lisbon is 13:00Z: check-in 11:30, on your way 11:30, +10, +15 all pass.
    after = said_from(eve, "2026-10-01 13:20", "2026-10-01 13:25")
    reminders = [line for line in after if "missed" not in line]
    assert reminders == ["10-01 13:20 no_show to tess"], "the call's +15 stands for its +10"
    text = told_of(eve)
    assert "2 fell due while I was away: 1 sent, 1 expired" in text
    assert "on your way" in text
    assert "no show" in text
    assert "What was not sent will not come any more." in text


def test_two_returns_are_two_summaries(sqlite_url: str) -> None:
    with called_at(sqlite_url, "2026-09-28 10:00") as place:
        first = said_from(place, "2026-09-28 12:00", "2026-09-28 12:05")
        second = said_from(place, "2026-09-29 13:00", "2026-09-29 13:05")
        assert [line for line in first if "missed" in line] == ["09-28 12:00 missed to tess"]
        assert [line for line in second if "missed" in line] == ["09-29 13:00 missed to tess"]
        assert "ask dm" in told_of(place)
        assert "ask again" not in told_of(place)
