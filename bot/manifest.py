"""The app's manifest for Slack, made from the list of routes: `python -m bot manifest`."""

import json
from typing import Any
from urllib.parse import urlsplit

from checklists.errors import Refusal
from handlers.cards.ids import Action
from handlers.verbs import VERBS

HINT_MOST = 1000
REQUESTS = "/slack/events"
"""Where `bot/web.py` takes what Slack sends."""
SCOPES = (
    "channels:history",  # replies in threads of public channels
    "channels:read",
    "chat:write",
    "commands",
    "files:read",  # the CSV that is dropped for /gig import
    "groups:history",
    "groups:read",
    "im:history",  # answers written to the bot
    "im:write",
    "reactions:read",
    "reactions:write",
    "users:read",  # name, zone, guest or not
)
EVENTS = (
    "app_home_opened",
    "file_shared",
    "member_joined_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "reaction_removed",
    "user_change",
)
SHORTCUTS = {Action.WHY: ("Why did I get this?", "Says privately which rule sent this message, and what stops it")}
"""What a message's own menu offers: by callback_id, its words (24 characters, as Slack has it) and what it does."""
DESCRIPTION = "Gets live gigs ready: calls crew, chases checklists, runs the show day."
LONG = (
    "Buscall gets live gigs ready. A tour manager plans gigs with slash commands in the tour's channel; crew confirm "
    "in the gig's thread by button, by plain words or by a thumbs-up; a scheduler runs the venue and gear checklists "
    "and the call reminders, and sends the day sheet, the doors gates, curfew and load-out by itself. Each gig has one "
    "living card that says who has not confirmed and why the gig is not ready yet."
)


def manifest(url: str = "") -> dict[str, Any]:
    """The manifest as Slack's app configuration takes it, with the scopes that are used and no more.

    For Socket Mode, or for HTTP when the bot's own address is given. Raises Refusal when that is not https.
    """
    made = _for_socket()
    if url:
        _set_address(made, _request_url(url))
    return made


def _request_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.path.strip("/") or parts.query:
        raise Refusal("Give the bot's address as Slack reaches it, and no more: --url https://bot.example.org")
    return f"https://{parts.netloc}{REQUESTS}"


def _set_address(made: dict[str, Any], address: str) -> None:
    settings = made["settings"]
    settings["socket_mode_enabled"] = False
    settings["event_subscriptions"]["request_url"] = address
    settings["interactivity"] |= {"request_url": address, "message_menu_options_url": address}
    for command in made["features"]["slash_commands"]:
        command["url"] = address


def _for_socket() -> dict[str, Any]:
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "Buscall",
            "description": DESCRIPTION,
            "long_description": LONG,
            "background_color": "#1f2937",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Buscall", "always_online": True},
            "shortcuts": [
                {"name": name, "type": "message", "callback_id": action.value, "description": about}
                for action, (name, about) in SHORTCUTS.items()
            ],
            "slash_commands": [
                _command("/gig", "Plan gigs and get them ready"),
                _command("/buscall", "The same as /gig"),
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def _command(name: str, description: str) -> dict[str, Any]:
    hint = " | ".join(VERBS)[:HINT_MOST]
    return {"command": name, "description": description, "usage_hint": hint, "should_escape": True}


def as_text(url: str = "") -> str:
    """The manifest as the file `manifest.json` holds it; with the bot's address for HTTP. Raises Refusal."""
    return json.dumps(manifest(url), indent=2) + "\n"
