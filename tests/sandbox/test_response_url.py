"""The response_url: five uses, half an hour, private by default, originals of the app only."""

import pytest
from slack_sdk.webhook import WebhookClient

from bot.sandbox.ledger import Kind
from tests.sandbox.stage import Stage, actions, button, section


@pytest.fixture
def ana(stage: Stage) -> str:
    return stage.person("ana")


@pytest.fixture
def here(stage: Stage, ana: str) -> str:
    return stage.channel(ana)


def from_command(stage: Stage, ana: str, here: str) -> WebhookClient:
    stage.sandbox.hands.command(ana, here, "/gig")
    return WebhookClient(stage.bot.bodies[-1]["response_url"])


def from_press(stage: Stage, ana: str, here: str, ts: str) -> WebhookClient:
    stage.sandbox.hands.press(ana, here, ts, "go")
    return WebhookClient(stage.bot.bodies[-1]["response_url"])


def test_it_answers_privately_unless_told_otherwise(stage: Stage, ana: str, here: str) -> None:
    door = from_command(stage, ana, here)
    assert door.send(text="psst").body == "ok"
    assert stage.sandbox.messages(here) == []
    line = stage.sandbox.ledger.ephemerals(user=ana)[-1]
    assert (line.text, line.via) == ("psst", "response_url")
    door.send(text="all", response_type="in_channel")
    assert [m.text for m in stage.sandbox.messages(here)] == ["all"]


def test_it_works_five_times(stage: Stage, ana: str, here: str) -> None:
    door = from_command(stage, ana, here)
    assert [door.send(text="x").status_code for _ in range(6)] == [200] * 5 + [404]
    assert stage.sandbox.ledger.errors()[-1].name == "used_url"


def test_it_works_for_half_an_hour_of_the_sandboxs_clock(stage: Stage, ana: str, here: str) -> None:
    door = from_command(stage, ana, here)
    stage.clock.move(minutes=30)
    assert door.send(text="x").status_code == 200
    stage.clock.move(seconds=1)
    assert door.send(text="x").status_code == 404
    assert stage.sandbox.ledger.errors()[-1].name == "expired_url"


def test_it_replaces_and_deletes_the_message_of_the_button(stage: Stage, ana: str, here: str) -> None:
    blocks = [actions(button())]
    ts = stage.client.chat_postMessage(channel=here, text="before", blocks=blocks)["ts"]
    door = from_press(stage, ana, here, ts)
    door.send(text="after", replace_original=True)
    message = stage.sandbox.message(here, ts)
    assert message is not None
    assert (message.text, message.blocks) == ("after", [])
    door.send(delete_original=True)
    assert stage.sandbox.message(here, ts) is None


def test_it_replaces_and_deletes_a_private_answer(stage: Stage, ana: str, here: str) -> None:
    stage.bot.on_command = lambda asked: asked.ack(text="Which?", blocks=[actions(button())])
    ts = stage.sandbox.hands.command(ana, here, "/gig").ts
    door = from_press(stage, ana, here, ts)
    door.send(text="That one", replace_original=True)
    assert stage.sandbox.ledger.ephemerals(user=ana)[-1].kind is Kind.EPHEMERAL_EDITED
    door.send(delete_original=True)
    assert stage.sandbox.message(here, ts) is None


def test_a_command_has_no_original_to_replace(stage: Stage, ana: str, here: str) -> None:
    door = from_command(stage, ana, here)
    assert door.send(text="x", replace_original=True).status_code == 400
    assert door.send(delete_original=True).status_code == 400
    assert stage.sandbox.messages(here) == []


def test_it_takes_only_what_a_message_may_hold(stage: Stage, ana: str, here: str) -> None:
    door = from_command(stage, ana, here)
    assert door.send(text="").status_code == 400
    assert "invalid_blocks" in door.send(text="x", blocks=[section("")]).body
    assert stage.sandbox.ledger.errors()[-1].detail["problems"]
    assert WebhookClient(f"{door.url}9").send(text="x").status_code == 404
