"""The door: Bolt on a real socket."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import Ack, BoltContext
from slack_sdk.errors import SlackApiError

from bot.config import Settings
from bot.door import SocketDoor
from bot.sandbox.sandbox import Sandbox
from bot.wire import Client


def known(settings: Settings) -> dict[str, Any]:
    return dict(Client(settings, settings.bot_token).auth_test().data)  # type: ignore[arg-type]


@pytest.fixture
def door(settings: Settings, slack: Sandbox) -> Iterator[SocketDoor]:
    made = SocketDoor(settings, known(settings))

    def answer(ack: Ack, context: BoltContext, client: Client) -> None:
        ack(f"you are in {context.team_id}, I am {context.bot_user_id}, {type(client).__module__}")

    made.app.command("/gig")(answer)
    made.open()
    yield made
    made.shut()


def test_a_command_comes_in_and_is_answered_with_our_own_client(door: SocketDoor, slack: Sandbox) -> None:
    answer = slack.hands.command("tess", "wild-god", "/gig list")
    assert answer.text == f"you are in {slack.names.team_id}, I am {slack.names.bot_user}, bot.wire"


def test_who_we_are_is_asked_once_and_not_with_each_envelope(door: SocketDoor, slack: Sandbox) -> None:
    for _ in range(3):
        slack.hands.command("tess", "wild-god", "/gig list")
    assert [call.method for call in slack.calls].count("auth.test") == 1


def test_it_reconnects_when_slack_asks(door: SocketDoor, slack: Sandbox) -> None:
    slack.disconnect()
    opened = lambda: [call.method for call in slack.calls].count("apps.connections.open") == 2  # noqa: E731
    assert slack.wait_until(opened)
    assert slack.wait_until(lambda: slack.connected() == 1 and door.is_open)
    assert slack.hands.command("tess", "wild-god", "/gig list").text.startswith("you are in")


def test_it_shuts_for_good(door: SocketDoor, slack: Sandbox) -> None:
    door.shut()
    assert slack.wait_until(lambda: slack.connected() == 0)
    assert not door.is_open


def test_the_socket_ignores_a_proxy_on_this_machine(
    settings: Settings, slack: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    door = SocketDoor(settings, known(settings))
    door.open()
    assert slack.connected() == 1
    door.shut()


def test_a_wrong_app_token_is_told(settings: Settings, slack: Sandbox) -> None:
    about = known(settings)
    env = {"SLACK_BOT_TOKEN": settings.bot_token, "SLACK_APP_TOKEN": "xapp-wrong", "SLACK_API_URL": settings.api_url}
    door = SocketDoor(Settings.from_env(env), about)
    with pytest.raises(SlackApiError):
        door.open()
    door.shut()
