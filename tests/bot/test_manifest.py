"""The manifest: what Slack's rules allow, what the code calls and listens to, what the file holds."""

import ast
import copy
import re
from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.manifest import EVENTS, SCOPES, as_text, manifest
from handlers.verbs import VERBS
from tests.architecture.trees import ROOT
from tests.bot.manifest_rules import EVENT_SCOPES, METHOD_SCOPES, lacking, problems

Break = Callable[[Any], object]
CALLS = {name for name in dir(WebClient) if "_" in name.strip("_") and not name.startswith("_")} - {"api_call"}
LISTENED = re.compile(r'app\.event\(\s*"([a-z_]+)"')


def sources() -> dict[str, str]:
    """The product's modules, but not the Slack to try it in."""
    found = [path for folder in ("bot", "handlers") for path in sorted((ROOT / folder).rglob("*.py"))]
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in found if "sandbox" not in path.parts
    }


def methods_called() -> set[str]:
    """Every method of Slack's Web API that the product names, as slack_sdk spells it: `chat.postMessage`."""
    named = {
        node.attr
        for text in sources().values()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr in CALLS
    }
    return {spelt(name) for name in named}


def spelt(call: str) -> str:
    """`chat_postMessage` as `chat.postMessage`."""
    return call.replace("_", ".")


def test_the_file_is_what_the_code_makes() -> None:
    assert (ROOT / "manifest.json").read_text(encoding="utf-8") == as_text()


def test_slack_would_take_it() -> None:
    assert problems(manifest()) == []


def test_slack_would_take_it_for_http_too() -> None:
    made = manifest("https://bot.example.org")
    assert problems(made) == []
    assert made["settings"]["socket_mode_enabled"] is False


def test_the_scopes_are_enough_for_every_method_that_the_product_calls() -> None:
    called = methods_called()
    assert {"chat.postMessage", "chat.update", "users.info", "files.info", "views.publish", "auth.test"} <= called
    assert called - set(METHOD_SCOPES) == set(), "say in manifest_rules which scopes these need"
    assert lacking(manifest(), called) == {}


def test_no_scope_is_asked_for_that_nothing_needs() -> None:
    needed = {scope for method in methods_called() for scope in METHOD_SCOPES[method]}
    needed |= {scope for event in EVENTS for scope in EVENT_SCOPES[event]}
    assert set(SCOPES) - needed == {"commands"}


def test_the_couriers_methods_are_among_those_found() -> None:
    named = set(re.findall(r'"((?:chat|reactions)\.\w+)"', sources()["bot/voice.py"]))
    assert named
    assert named <= methods_called()


def test_every_event_that_is_asked_for_is_listened_to() -> None:
    listened = {event for text in sources().values() for event in LISTENED.findall(text)}
    if any("enable_token_revocation_listeners" in text for text in sources().values()):
        listened |= {"app_uninstalled", "tokens_revoked"}
    asked = {event.partition(".")[0] for event in EVENTS}
    assert asked <= listened
    assert listened - asked <= {"app_mention"}, "a mention comes as a message too"


def test_every_command_that_is_listened_to_is_in_it() -> None:
    source = sources()["handlers/listener.py"]
    named = {command["command"] for command in manifest()["features"]["slash_commands"]}
    assert named == set(re.findall(r'"(/[a-z]+)"', source))


def test_the_commands_escape_names_so_that_people_are_known_by_their_ids() -> None:
    assert all(command["should_escape"] for command in manifest()["features"]["slash_commands"])


def test_the_hint_names_every_verb() -> None:
    hint = manifest()["features"]["slash_commands"][0]["usage_hint"]
    assert set(hint.split(" | ")) == set(VERBS)


def first_command(made: Any) -> dict[str, Any]:
    found: dict[str, Any] = made["features"]["slash_commands"][0]
    return found


WRONG: dict[str, tuple[Break, str]] = {
    "no name": (lambda m: m["display_information"].pop("name"), "/display_information/name: is needed"),
    "a long name": (lambda m: m["display_information"].update(name="x" * 36), "36 characters, must be 1 to 35"),
    "a long description": (lambda m: m["display_information"].update(description="x" * 141), "must be 1 to 140"),
    "a short long description": (lambda m: m["display_information"].update(long_description="x"), "175 to 4000"),
    "a colour by name": (lambda m: m["display_information"].update(background_color="navy"), "does not look like"),
    "a key at the top": (lambda m: m.update(slash_commands=[]), "/slash_commands: Slack knows no such key"),
    "a key inside": (lambda m: m["settings"].update(socket_mode=True), "/settings/socket_mode: Slack knows no such"),
    "a number as text": (lambda m: m["_metadata"].update(major_version="1"), "must be a whole number"),
    "a flag as text": (lambda m: m["settings"].update(org_deploy_enabled="no"), "must be true or false"),
    "a command without a slash": (lambda m: first_command(m).update(command="gig"), "does not look like ^/"),
    "a command with a space": (lambda m: first_command(m).update(command="/gig new"), "does not look like"),
    "a long command": (lambda m: first_command(m).update(command="/" + "g" * 32), "33 characters"),
    "a long hint": (lambda m: first_command(m).update(usage_hint="x" * 1001), "1001 characters"),
    "an empty hint": (lambda m: first_command(m).update(usage_hint=""), "0 characters"),
    "no commands": (lambda m: m["features"].update(slash_commands=[]), "a list of 1 to 50"),
    "an event twice": (
        lambda m: m["settings"]["event_subscriptions"]["bot_events"].append("user_change"),
        "something stands there twice",
    ),
    "an event of another time": (
        lambda m: m["settings"]["event_subscriptions"]["bot_events"].append("gig_opened"),
        "event gig_opened: not known",
    ),
    "an event without its scope": (
        lambda m: m["oauth_config"]["scopes"]["bot"].remove("reactions:read"),
        "event reaction_added: needs reactions:read",
    ),
    "a scope that is none": (lambda m: m["oauth_config"]["scopes"]["bot"].append("chat:read"), "chat:read: not known"),
    "no scope for commands": (lambda m: m["oauth_config"]["scopes"]["bot"].remove("commands"), "need the scope"),
    "no bot": (lambda m: m["features"].pop("bot_user"), "need a bot_user"),
    "a bot without a name": (lambda m: m["features"]["bot_user"].pop("display_name"), "display_name: is needed"),
    "no flag of interactivity": (lambda m: m["settings"]["interactivity"].clear(), "is_enabled: is needed"),
    "a closed messages tab": (
        lambda m: m["features"]["app_home"].update(messages_tab_read_only_enabled=True),
        "messages tab is read-only",
    ),
    "no socket and no address": (lambda m: m["settings"].update(socket_mode_enabled=False), "/gig: needs a url"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_manifest_is_found_out(name: str) -> None:
    spoil, words = WRONG[name]
    made = copy.deepcopy(manifest())
    spoil(made)
    assert words in "\n".join(problems(made))


@pytest.mark.parametrize("scope", ["chat:write", "im:write", "files:read", "users:read", "reactions:write"])
def test_a_scope_that_a_method_needs_is_missed(scope: str) -> None:
    made = copy.deepcopy(manifest())
    made["oauth_config"]["scopes"]["bot"].remove(scope)
    assert scope in str(lacking(made, methods_called()))
