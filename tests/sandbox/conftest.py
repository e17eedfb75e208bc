"""One sandbox and one Bolt app for all tests of this folder; every test gets fresh listeners and faults."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from slack_sdk import WebClient

from bot.sandbox.sandbox import Sandbox
from tests.sandbox.stage import Bot, HandClock, Stage, connect


@pytest.fixture(scope="session")
def whole_stage() -> Iterator[Stage]:
    clock = HandClock()
    with Sandbox(clock.now) as sandbox:
        client = WebClient("xoxb-sandbox", base_url=sandbox.base_url, retry_handlers=[])
        stage = Stage(sandbox, clock, client)
        handler = connect(stage)
        stage.handlers.append(handler)
        yield stage
        handler.client.auto_reconnect_enabled = False
        sandbox.hang_up()
        # The client's own thread may close the socket that was hung up at the same instant, and unset it.
        with suppress(AttributeError):
            handler.close()  # type: ignore[no-untyped-call]


@pytest.fixture
def stage(whole_stage: Stage) -> Iterator[Stage]:
    whole_stage.bot = Bot()
    whole_stage.clock.move(minutes=1)
    yield whole_stage
    whole_stage.sandbox.faults.clear()
    whole_stage.sandbox.ack_seconds = whole_stage.sandbox.trigger_seconds = 3.0
    whole_stage.bot = Bot()
    whole_stage.clock.move(hours=1)
    whole_stage.settle()


@pytest.fixture
def impatient(stage: Stage) -> Stage:
    """Slack gives up after a fifth of a second instead of three."""
    stage.sandbox.ack_seconds = 0.2
    return stage
