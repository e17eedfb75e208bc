"""The program and its hand clock, as a whole: real Slack, real stores, real handlers."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError

from bot.app import Program, build
from bot.clock import HandClock
from bot.config import Settings
from bot.moving import Mover, Stuck
from bot.sandbox.ledger import Kind
from bot.sandbox.sandbox import Sandbox
from checklists import rules
from checklists.cues import Cue, CueKind
from checklists.errors import Refusal
from storage.store import Store
from tests.bot.conftest import settings_for

CSV = (
    b"date,city,country,venue\n2024-09-24,Oberhausen,Germany,Rudolf Weber-ARENA\n2024-10-27,Lisbon,Portugal,MEO Arena\n"
)


@pytest.fixture
def program(store: Store, slack: Sandbox, settings: Settings, clock: HandClock) -> Iterator[Program]:
    made = build(settings, clock, store)
    made.start()
    yield made
    assert made.stop()


@pytest.fixture
def mover(program: Program, slack: Sandbox, clock: HandClock) -> Mover:
    return Mover(program, clock, slack)


def test_it_starts_with_its_team_known_and_nothing_due(program: Program, slack: Sandbox) -> None:
    assert program.team == slack.names.team_id
    assert program.next_due() is None
    assert slack.connected() == 1


def test_a_tour_is_imported_and_its_cards_come_two_weeks_ahead(mover: Mover, slack: Sandbox) -> None:
    slack.hands.drop_file("tess", "wild-god", "wild_god.csv", CSV)
    mover.settle()
    answer = slack.hands.command("tess", "wild-god", "/gig import")
    mover.settle()
    assert "2 gigs imported" in answer.text
    assert len(slack.posts("wild-god")) == 1
    mover.move(datetime(2024, 9, 10, 9, 59, tzinfo=UTC))
    assert [entry for entry in slack.posts("wild-god") if "Oberhausen" in entry.text][1:] == []
    mover.move(datetime(2024, 9, 10, 10, 0, tzinfo=UTC))
    cards = [e for e in slack.posts("wild-god") if e.metadata and e.metadata["event_type"] == "buscall_card"]
    assert [card.at for card in cards] == [datetime(2024, 9, 10, 10, 0, tzinfo=UTC)]
    assert slack.ledger.entries(Kind.TIMED_OUT) == []


def test_the_mover_stops_at_each_due_instant(mover: Mover, program: Program, clock: HandClock) -> None:
    start, seen = clock.now(), list[datetime]()
    program.on_rest(lambda: seen.append(clock.now()))
    with program.store.begin(program.team) as book:
        for hours in (1, 2, 5):
            cue = Cue(CueKind.DIGEST, start + timedelta(hours=hours), person="U0TESS", anchor="d", version=str(hours))
            book.cues.put(cue, start)
    mover.move(start + timedelta(hours=3))
    assert clock.now() == start + timedelta(hours=3)
    assert {start + timedelta(hours=hours) for hours in (1, 2)} <= set(seen)
    assert program.next_due() is not None


def test_settling_leaves_the_clock_alone_when_nothing_is_due(mover: Mover, clock: HandClock) -> None:
    start = clock.now()
    mover.settle()
    assert clock.now() == start


def test_a_program_that_is_stuck_is_named(program: Program, slack: Sandbox, clock: HandClock) -> None:
    gate = threading.Event()
    mover = Mover(program, clock, slack, patience=0.3)
    with program.store.read(program.team) as book:
        tours = book.tours.all()
    assert tours == []
    program.rounds[0]._work = lambda _: _wait_for(gate)
    program.wake()
    with pytest.raises(Stuck, match="bell at work"):
        mover.move(clock.now() + timedelta(hours=1))
    gate.set()


def _wait_for(gate: threading.Event) -> None:
    gate.wait()


def test_it_stops_in_time_and_twice_is_once(store: Store, slack: Sandbox, settings: Settings, clock: HandClock) -> None:
    made = build(settings, clock, store)
    made.start()
    assert made.stop(5)
    assert slack.wait_until(lambda: slack.connected() == 0)
    assert all(thread.name not in ("bell", "courier", "errands") for thread in threading.enumerate())


def test_a_token_slack_does_not_take_is_told_at_the_start(store: Store, slack: Sandbox, clock: HandClock) -> None:
    env = {"SLACK_BOT_TOKEN": "xoxb-wrong", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": slack.base_url}
    made = build(Settings.from_env(env), clock, store)
    with pytest.raises(SlackApiError):
        made.start()
    assert made.stop()


def test_an_empty_store_of_the_settings_is_opened_and_upgraded(
    slack: Sandbox, clock: HandClock, sqlite_url: str
) -> None:
    made = build(settings_for(slack, sqlite_url.replace("book.db", "new.db")), clock)
    made.start()
    assert made.store.teams() == [slack.names.team_id]
    assert made.stop()


def test_rules_of_readiness_that_do_not_load_keep_it_from_starting(
    settings: Settings, clock: HandClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "rules.yaml"
    broken.write_text(rules.FILE.read_text(encoding="utf-8").replace("rest_red: 8 h", "rest_red: eight"), "utf-8")
    monkeypatch.setattr(rules, "FILE", broken)
    for read in (rules.usual, rules.usual_figures):
        read.cache_clear()
    with pytest.raises(Refusal, match=r"do not load: rules\.yaml, line 12: rest red"):
        build(settings, clock)
