"""auth, apps, team, bots, users, reactions: who is here, and what they put under a message."""

import re
import uuid

from bot.sandbox import posting
from bot.sandbox.records import Json, Person
from bot.sandbox.web_api import ApiError, Call, Method, page_through

EMOJI = re.compile(r"[a-z0-9_+'\-]{1,100}(::skin-tone-[2-6])?")
MOST_REACTIONS = 50


def greet(call: Call) -> Json:
    """auth.test."""
    names = call.slack.names
    told: Json = {"url": f"{call.slack.base_url}/", "team": names.team_name, "team_id": names.team_id}
    told |= {"user": names.bot_name, "user_id": names.bot_user, "bot_id": names.bot_id}
    return told | {"is_enterprise_install": False}


def open_connection(call: Call) -> Json:
    """apps.connections.open: a WebSocket address that works once."""
    ticket = uuid.uuid4().hex
    call.slack.line.open_tickets.add(ticket)
    address = call.slack.base_url.replace("http://", "ws://", 1)
    return {"url": f"{address}/link?ticket={ticket}&app_id={call.slack.names.app_id}"}


def describe_team(call: Call) -> Json:
    names = call.slack.names
    return {"team": {"id": names.team_id, "name": names.team_name, "domain": names.team_name.lower()}}


def describe_bot(call: Call) -> Json:
    names = call.slack.names
    if call.optional("bot") not in ("", names.bot_id):
        raise ApiError("bot_not_found")
    bot: Json = {"id": names.bot_id, "deleted": False, "name": names.bot_name, "app_id": names.app_id}
    return {"bot": bot | {"user_id": names.bot_user}}


def _told(call: Call, person: Person) -> Json:
    return person.to_json(call.slack.workspace.now(), call.slack.names.team_id)


def describe_person(call: Call) -> Json:
    """users.info."""
    return {"user": _told(call, call.person())}


def list_people(call: Call) -> Json:
    people = list(call.slack.workspace.people.values())
    page, more = page_through(call, people, call.whole("limit", 1000, 1000))
    return {"members": [_told(call, person) for person in page], "response_metadata": more}


def find_by_email(call: Call) -> Json:
    wanted = call.text("email").lower()
    for person in call.slack.workspace.people.values():
        is_ours = person.team_id == call.slack.names.team_id and not person.deleted
        if is_ours and person.email.lower() == wanted:
            return {"user": _told(call, person)}
    raise ApiError("users_not_found")


def add_reaction(call: Call) -> Json:
    """reactions.add."""
    name = call.text("name").strip(":")
    if not EMOJI.fullmatch(name):
        raise ApiError("invalid_name")
    message = call.message(call.open_channel(), "timestamp")
    if len(message.reactions) >= MOST_REACTIONS:
        raise ApiError("too_many_emoji")
    if not posting.react(call.slack, message, call.slack.names.bot_user, name, call.method):
        raise ApiError("already_reacted")
    return {}


def remove_reaction(call: Call) -> Json:
    """reactions.remove."""
    message = call.message(call.own_channel(), "timestamp")
    name = call.text("name").strip(":")
    if not posting.unreact(call.slack, message, call.slack.names.bot_user, name, call.method):
        raise ApiError("no_reaction")
    return {}


def list_reactions(call: Call) -> Json:
    """reactions.get: the message with everybody who reacted on it."""
    message = call.message(call.own_channel(), "timestamp")
    told = call.slack.workspace.message_json(message)
    return {"type": "message", "channel": message.channel, "message": told}


METHODS: dict[str, Method] = {
    "auth.test": greet,
    "apps.connections.open": open_connection,
    "team.info": describe_team,
    "bots.info": describe_bot,
    "users.info": describe_person,
    "users.list": list_people,
    "users.lookupByEmail": find_by_email,
    "reactions.add": add_reaction,
    "reactions.get": list_reactions,
    "reactions.remove": remove_reaction,
}
