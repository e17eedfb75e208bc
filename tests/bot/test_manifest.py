"""The manifest: what Slack's rules allow, what the code listens to, what the file holds."""

import re

from bot.manifest import EVENTS, as_text, manifest
from handlers.routes import VERBS
from tests.architecture.trees import ROOT


def test_the_file_is_what_the_code_makes() -> None:
    assert (ROOT / "manifest.json").read_text(encoding="utf-8") == as_text()


def test_slacks_limits_are_kept() -> None:
    made = manifest()
    shown = made["display_information"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    assert re.fullmatch(r"#[0-9a-f]{6}", shown["background_color"])
    for command in made["features"]["slash_commands"]:
        assert command["command"].startswith("/")
        assert len(command["command"]) <= 32
        assert 0 < len(command["usage_hint"]) <= 1000
        assert command["should_escape"] is True


def test_the_hint_names_every_verb() -> None:
    hint = manifest()["features"]["slash_commands"][0]["usage_hint"]
    assert set(hint.split(" | ")) == set(VERBS)


def test_every_event_that_is_asked_for_is_listened_to() -> None:
    source = (ROOT / "handlers" / "listener.py").read_text(encoding="utf-8")
    listened = set(re.findall(r'app\.event\("([a-z_]+)"\)', source))
    assert {event.partition(".")[0] for event in EVENTS} == listened
