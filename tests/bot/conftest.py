"""A real Slack to try in, and settings that point to it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.clock import HandClock, use_packaged_zones
from bot.config import Settings
from bot.sandbox.sandbox import Sandbox
from storage.store import Store
from tests.bot.desk import Desk

use_packaged_zones()
START = datetime(2024, 8, 1, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> HandClock:
    return HandClock(START)


@pytest.fixture
def slack(clock: HandClock) -> Iterator[Sandbox]:
    with Sandbox(clock.now) as made:
        made.add_person("tess", tz="Europe/London")
        made.add_person("jo", tz="Europe/Lisbon", is_restricted=True)
        made.add_person("rep", team_id="T0ELSEWHERE")
        made.add_channel("wild-god", ["tess", "jo", "rep"])
        made.add_channel("closed", ["tess"], private=True, with_bot=False)
        yield made


@pytest.fixture
def settings(slack: Sandbox) -> Settings:
    return settings_for(slack)


def settings_for(slack: Sandbox, database_url: str = "sqlite:///unused.db") -> Settings:
    env = {"SLACK_BOT_TOKEN": slack.names.bot_token, "SLACK_APP_TOKEN": slack.names.app_token}
    return Settings.from_env(env | {"SLACK_API_URL": slack.base_url, "DATABASE_URL": database_url})


@pytest.fixture
def desk(store: Store, slack: Sandbox, settings: Settings, clock: HandClock) -> Iterator[Desk]:
    made = Desk(store, slack, settings, clock)
    yield made
    made.leave()
