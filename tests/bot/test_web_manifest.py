"""The manifest for HTTP: every address is the door's, and Socket Mode is off."""

import json

import pytest

from bot.manifest import manifest
from bot.web import EVENTS
from checklists.errors import Refusal
from tests.bot.manifest_rules import problems


def test_with_an_address_everything_comes_to_the_door_and_nothing_by_the_socket() -> None:
    made = manifest("https://bot.example.org/")
    address = f"https://bot.example.org{EVENTS}"
    assert problems(made) == []
    assert made["settings"]["socket_mode_enabled"] is False
    assert json.dumps(made).count(address) == 3 + len(made["features"]["slash_commands"])
    assert manifest()["settings"]["socket_mode_enabled"] is True


@pytest.mark.parametrize(
    "url", ["http://bot.example.org", "bot.example.org", "https://", "https://a.b/c", "https://a.b?c"]
)
def test_an_address_that_slack_cannot_use_is_refused_with_what_to_type(url: str) -> None:
    with pytest.raises(Refusal, match="--url https://"):
        manifest(url)
