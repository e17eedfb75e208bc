"""The tour of the story on the whole product: real Bolt, real HTTP and WebSocket, each database in turn."""

import pytest

from bot.clock import HandClock
from bot.moving import Mover
from bot.story.cast import CURTAIN
from bot.story.play import play
from bot.story.stage import Stage
from bot.trying import running
from tests.sandbox.patient import patient_slack


@pytest.mark.long
def test_a_tour_runs_from_its_spreadsheet_to_the_last_load_out(store_url: str) -> None:
    clock = HandClock(CURTAIN)
    told: list[str] = []
    with running(patient_slack, clock, store_url) as (slack, program, channel):
        mover = Mover(program, clock, slack)
        outcome = play(Stage(slack.hands, slack.ledger, mover, channel, slack.names.bot_user), told.append)
    assert outcome.problems == []
    assert told[-1] == "396 messages, unexpected 0 · sent 396, doubled 0 · 28 gigs, 343 reminders due, lost 0"
    assert outcome.is_clean
