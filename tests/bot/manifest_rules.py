"""What Slack takes as an app's manifest. Sources: Slack's published manifest schema (version 1), and the pages of its
methods and events for their scopes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

ADDRESS = r"^https?://"


@dataclass(frozen=True)
class Words:
    """A text of so many characters."""

    least: int = 0
    most: int = 4000
    pattern: str = ""


@dataclass(frozen=True)
class Flag:
    """True or false."""


@dataclass(frozen=True)
class Whole:
    """A whole number."""


@dataclass(frozen=True)
class Many:
    """A list of these, none twice."""

    each: "Rule"
    least: int = 0
    most: int = 50


@dataclass(frozen=True)
class Parts:
    """An object with these keys and no others."""

    keys: Mapping[str, "Rule"]
    needed: tuple[str, ...] = field(default=())


Rule = Words | Flag | Whole | Many | Parts

SHORTCUT = Parts(
    {
        "name": Words(1, 24),
        "type": Words(pattern="^(message|global)$"),
        "callback_id": Words(1, 255),
        "description": Words(1, 150),
    },
    ("name", "type", "callback_id", "description"),
)
COMMAND = Parts(
    {
        "command": Words(2, 32, r"^/\S+$"),
        "url": Words(most=3000, pattern=ADDRESS),
        "description": Words(1, 2000),
        "usage_hint": Words(1, 1000),
        "should_escape": Flag(),
    },
    ("command", "description"),
)
SCOPE_LIST = Many(Words(1, 50), most=255)
EVENT_LIST = Many(Words(1, 50), most=100)
LINK = Words(most=3500, pattern=ADDRESS)
MANIFEST = Parts(
    {
        "_metadata": Parts({"major_version": Whole(), "minor_version": Whole()}),
        "display_information": Parts(
            {
                "name": Words(1, 35),
                "description": Words(1, 140),
                "background_color": Words(4, 7, r"^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$"),
                "long_description": Words(175, 4000),
            },
            ("name",),
        ),
        "features": Parts(
            {
                "app_home": Parts(
                    {
                        "home_tab_enabled": Flag(),
                        "messages_tab_enabled": Flag(),
                        "messages_tab_read_only_enabled": Flag(),
                    }
                ),
                "bot_user": Parts({"display_name": Words(1, 80), "always_online": Flag()}, ("display_name",)),
                "shortcuts": Many(SHORTCUT, 1, 10),
                "slash_commands": Many(COMMAND, 1, 50),
                "unfurl_domains": Many(Words(1, 255), 1, 5),
            }
        ),
        "oauth_config": Parts(
            {
                "redirect_urls": Many(Words(most=2500, pattern=ADDRESS), most=1000),
                "scopes": Parts(dict.fromkeys(("bot", "user", "bot_optional", "user_optional"), SCOPE_LIST)),
                "token_management_enabled": Flag(),
                "pkce_enabled": Flag(),
            }
        ),
        "settings": Parts(
            {
                "allowed_ip_address_ranges": Many(Words(7, 18), 1, 50),
                "event_subscriptions": Parts(
                    {"request_url": LINK, "bot_events": EVENT_LIST, "user_events": EVENT_LIST},
                ),
                "interactivity": Parts(
                    {"is_enabled": Flag(), "request_url": LINK, "message_menu_options_url": LINK}, ("is_enabled",)
                ),
                "org_deploy_enabled": Flag(),
                "socket_mode_enabled": Flag(),
                "token_rotation_enabled": Flag(),
            }
        ),
    },
    ("display_information",),
)

METHOD_SCOPES: Mapping[str, tuple[str, ...]] = {
    "api.test": (),
    "apps.connections.open": (),  # by the app-level token
    "auth.test": (),
    "chat.delete": ("chat:write",),
    "chat.getPermalink": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": ("channels:history", "groups:history", "im:history"),
    "conversations.info": ("channels:read", "groups:read"),
    "conversations.join": ("channels:join",),
    "conversations.members": ("channels:read", "groups:read"),
    "conversations.open": ("im:write",),
    "conversations.replies": ("channels:history", "groups:history", "im:history"),
    "files.info": ("files:read",),
    "oauth.v2.access": (),
    "reactions.add": ("reactions:write",),
    "reactions.get": ("reactions:read",),
    "reactions.remove": ("reactions:write",),
    "team.info": ("team:read",),
    "users.info": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}
"""What a bot in public and private channels and in direct messages needs for each method."""

EVENT_SCOPES: Mapping[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "channel_archive": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "channel_id_changed": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "file_shared": ("files:read",),
    "group_archive": ("groups:read",),
    "group_deleted": ("groups:read",),
    "group_rename": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "team_join": ("users:read",),
    "tokens_revoked": (),
    "user_change": ("users:read",),
}

SCOPES = frozenset(
    {"commands"}
    | {scope for needed in METHOD_SCOPES.values() for scope in needed}
    | {scope for needed in EVENT_SCOPES.values() for scope in needed}
)


def problems(made: Mapping[str, Any]) -> list[str]:
    """Everything that Slack would not take, or that would not work; [] for a sound manifest."""
    shape = list(_breaches(made, MANIFEST, ""))
    return shape or [*_unscoped(made), *_unreachable(made)]


def lacking(made: Mapping[str, Any], methods: Iterable[str]) -> dict[str, list[str]]:
    """By method, the scopes that it needs and the manifest does not ask for. Raises KeyError for one not known."""
    held = set(made["oauth_config"]["scopes"]["bot"])
    found = {method: [scope for scope in METHOD_SCOPES[method] if scope not in held] for method in methods}
    return {method: missing for method, missing in found.items() if missing}


def _breaches(value: Any, rule: Rule, at: str) -> Iterator[str]:
    match rule:
        case Words():
            yield from _words(value, rule, at)
        case Flag():
            yield from [] if isinstance(value, bool) else [f"{at}: must be true or false"]
        case Whole():
            yield from [] if type(value) is int else [f"{at}: must be a whole number"]
        case Many():
            yield from _many(value, rule, at)
        case Parts():
            yield from _parts(value, rule, at)


def _words(value: Any, rule: Words, at: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{at}: must be a text"
    elif not rule.least <= len(value) <= rule.most:
        yield f"{at}: {len(value)} characters, must be {rule.least} to {rule.most}"
    elif rule.pattern and not re.search(rule.pattern, value):
        yield f"{at}: does not look like {rule.pattern}"


def _many(value: Any, rule: Many, at: str) -> Iterator[str]:
    if not isinstance(value, list) or not rule.least <= len(value) <= rule.most:
        yield f"{at}: must be a list of {rule.least} to {rule.most}"
        return
    if any(each in value[:place] for place, each in enumerate(value)):
        yield f"{at}: something stands there twice"
    for place, each in enumerate(value):
        yield from _breaches(each, rule.each, f"{at}/{place}")


def _parts(value: Any, rule: Parts, at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{at}: must be an object"
        return
    yield from (f"{at}/{key}: is needed" for key in rule.needed if key not in value)
    for key, part in value.items():
        if key in rule.keys:
            yield from _breaches(part, rule.keys[key], f"{at}/{key}")
        else:
            yield f"{at}/{key}: Slack knows no such key"


def _unscoped(made: Mapping[str, Any]) -> Iterator[str]:
    scopes = made.get("oauth_config", {}).get("scopes", {}).get("bot", [])
    yield from (f"scope {scope}: not known" for scope in scopes if scope not in SCOPES)
    for event in made.get("settings", {}).get("event_subscriptions", {}).get("bot_events", []):
        if event not in EVENT_SCOPES:
            yield f"event {event}: not known"
        yield from (f"event {event}: needs {s}" for s in EVENT_SCOPES.get(event, ()) if s not in scopes)
    if made.get("features", {}).get("slash_commands") and "commands" not in scopes:
        yield "slash commands: need the scope commands"
    if scopes and "bot_user" not in made.get("features", {}):
        yield "scopes of a bot: need a bot_user"


def _unreachable(made: Mapping[str, Any]) -> Iterator[str]:
    """Without Socket Mode everything that Slack sends needs an address."""
    features, settings = made.get("features", {}), made.get("settings", {})
    home = features.get("app_home", {})
    events = settings.get("event_subscriptions", {})
    if "message.im" in events.get("bot_events", []) and home.get("messages_tab_read_only_enabled", True):
        yield "message.im: nobody can write to the bot while its messages tab is read-only"
    if settings.get("socket_mode_enabled"):
        return
    if events.get("bot_events") and "request_url" not in events:
        yield "events: need a request_url without Socket Mode"
    if settings.get("interactivity", {}).get("is_enabled") and "request_url" not in settings["interactivity"]:
        yield "interactivity: needs a request_url without Socket Mode"
    yield from (f"{c['command']}: needs a url" for c in features.get("slash_commands", []) if "url" not in c)
