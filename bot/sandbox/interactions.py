"""What Slack sends when somebody types a command, presses, chooses or fills in; and what comes of the answer."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.api_views import view_json
from bot.sandbox.controls import Control, state_of
from bot.sandbox.events import Envelope, EnvelopeType
from bot.sandbox.ledger import Entry, Kind
from bot.sandbox.limits import check_suggestions
from bot.sandbox.records import Blocks, Channel, ChannelKind, Json, Message, View
from bot.sandbox.response_url import show_answer
from bot.sandbox.slack import Slack
from bot.sandbox.web_api import ApiError

DIRECT_NAMES = {ChannelKind.DIRECT: "directmessage", ChannelKind.PRIVATE: "privategroup"}


@dataclass(frozen=True)
class Answer:
    """What a person got to see. `text` and `blocks` come from the ack, or else from the first private
    answer given before it; `shown` are all private answers of that moment; `view` a modal that opened."""

    envelope: Envelope
    text: str = ""
    blocks: Blocks = field(default_factory=list)
    ts: str = ""
    ephemeral: bool = True
    timeout: bool = False
    error: str = ""
    shown: list[Entry] = field(default_factory=list)
    view: View | None = None


@dataclass(frozen=True)
class Place:
    """Where an element stands: in a message of a channel, or in a view."""

    user: str
    message: Message | None = None
    view: View | None = None

    @property
    def blocks(self) -> Blocks:
        if self.message is not None:
            return self.message.blocks
        return list(self.view.body["blocks"]) if self.view is not None else []


def opening(slack: Slack, user: str, type_: str) -> Json:
    """What every interaction payload starts with."""
    person, names = slack.workspace.people[user], slack.names
    who = {"id": user, "username": person.name, "name": person.name, "team_id": person.team_id}
    told: Json = {"type": type_, "user": who, "token": "verification", "api_app_id": names.app_id}
    told["team"] = {"id": names.team_id, "domain": names.team_name.lower()}
    return told | {"enterprise": None, "is_enterprise_install": False}


def send_command(slack: Slack, user: str, here: Channel, command: str, text: str) -> Answer:
    """Send a slash command and wait for what it gives."""
    names, person = slack.names, slack.workspace.people[user]
    since = slack.ledger.next_seq
    slack.note(Kind.COMMANDED, user=user, channel=here.id, text=f"{command} {text}".strip())
    payload: Json = {"token": "verification", "team_id": names.team_id, "team_domain": names.team_name.lower()}
    payload |= {"channel_id": here.id, "channel_name": DIRECT_NAMES.get(here.kind, here.name)}
    payload |= {"user_id": user, "user_name": person.name, "command": command, "text": text}
    payload |= {"api_app_id": names.app_id, "is_enterprise_install": "false"}
    payload |= {"response_url": _response_url(slack, user, here.id), "trigger_id": slack.tickets.issue_trigger(user)}
    envelope = slack.line.send(EnvelopeType.COMMAND, payload)
    slack.line.wait_for(envelope)
    if not envelope.answered:
        return _gave_up(slack, envelope, user, here.id, command, since)
    return _show_ack(slack, envelope, user, here.id, since)


def _response_url(slack: Slack, user: str, channel: str, source_ts: str | None = None) -> str:
    token = slack.tickets.issue_response(user, channel, slack.workspace.now(), source_ts)
    return f"{slack.base_url}/response/{token}"


def _show_ack(slack: Slack, envelope: Envelope, user: str, channel: str, since: int) -> Answer:
    body = envelope.response
    if not isinstance(body, dict) or not (body.get("text") or body.get("blocks")):
        return _see(slack, envelope, user, since)
    try:
        message = show_answer(slack, user, channel, body, "ack")
    except ApiError as error:
        note_bad_answer(slack, "ack", error)
        return Answer(envelope, error=error.code)
    seen = _see(slack, envelope, user, since)
    return Answer(
        envelope, message.text, message.blocks, message.ts, bool(message.seen_by), shown=seen.shown, view=seen.view
    )


def note_bad_answer(slack: Slack, via: str, error: ApiError) -> None:
    """Write in the ledger that the app's answer to an interaction was not one that Slack takes."""
    pointers = [{"pointer": problem.pointer, "words": problem.words} for problem in error.problems]
    slack.note(Kind.API_ERROR, via=via, name=error.code, detail={"problems": pointers})


def _see(slack: Slack, envelope: Envelope, user: str, since: int) -> Answer:
    shown = slack.ledger.ephemerals(user=user, since=since)
    opened = slack.ledger.entries(Kind.VIEW_OPENED, Kind.VIEW_PUSHED, since=since, user=user)
    view = slack.workspace.views[opened[-1].name] if opened else None
    if not shown:
        return Answer(envelope, view=view)
    return Answer(envelope, shown[0].text, shown[0].blocks, shown[0].ts, shown=shown, view=view)


def _gave_up(slack: Slack, envelope: Envelope, user: str, channel: str, what: str, since: int) -> Answer:
    error = "dispatch_failed" if envelope.undeliverable else "operation_timeout"
    words = f'{what} failed with the error "{error}"'
    slack.note(Kind.TIMED_OUT, user=user, channel=channel, text=words, name=error)
    seen = _see(slack, envelope, user, since)
    return Answer(envelope, words, timeout=True, error=error, shown=seen.shown, view=seen.view)


def _place_json(slack: Slack, place: Place) -> Json:
    if place.view is not None:
        told = view_json(slack, place.view)
        told["state"] = {"values": state_of(place.blocks, place.view.state)}
        return {"container": {"type": "view", "view_id": place.view.id}, "view": told}
    message = place.message
    if message is None:
        return {}
    container: Json = {"type": "message", "message_ts": message.ts, "channel_id": message.channel}
    container["is_ephemeral"] = bool(message.seen_by)
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    here = slack.workspace.channels[message.channel]
    told = {"container": container, "channel": {"id": here.id, "name": DIRECT_NAMES.get(here.kind, here.name)}}
    # Slack leaves the message out when it is ephemeral.
    return told if message.seen_by else told | {"message": slack.workspace.message_json(message)}


def send_action(slack: Slack, place: Place, control: Control, chosen: Json) -> Answer:
    """Send block_actions for one element; `chosen` is what the action says beside its ids."""
    since, workspace = slack.ledger.next_seq, slack.workspace
    action: Json = {"type": control.kind, "block_id": control.block["block_id"]}
    action |= {"action_id": control.element["action_id"], "action_ts": workspace.stamp(), **chosen}
    if "text" in control.element:
        action["text"] = control.element["text"]
    payload = opening(slack, place.user, "block_actions") | _place_json(slack, place) | {"actions": [action]}
    payload["trigger_id"] = slack.tickets.issue_trigger(place.user, place.view.id if place.view else None)
    channel = ""
    if place.message is not None:
        channel = place.message.channel
        payload["response_url"] = _response_url(slack, place.user, channel, place.message.ts)
        payload["state"] = {"values": state_of(place.blocks)}
    _note_press(slack, place, action)
    envelope = slack.line.send(EnvelopeType.INTERACTIVE, payload)
    if slack.line.wait_for(envelope):
        return _see(slack, envelope, place.user, since)
    label = str(control.element.get("text", {}).get("text", action["action_id"]))
    return _gave_up(slack, envelope, place.user, channel, label, since)


def _note_press(slack: Slack, place: Place, action: Json) -> None:
    spot: Json = {"user": place.user, "name": action["action_id"], "detail": action}
    if place.message is not None:
        spot |= {"channel": place.message.channel, "ts": place.message.ts, "thread_ts": place.message.thread_ts}
    slack.note(Kind.PRESSED, **spot)


def send_shortcut(slack: Slack, user: str, message: Message, callback_id: str) -> Answer:
    """Send what was chosen in a message's own menu, and wait for what it gives."""
    since, workspace = slack.ledger.next_seq, slack.workspace
    here = workspace.channels[message.channel]
    payload = opening(slack, user, "message_action") | {"callback_id": callback_id, "action_ts": workspace.stamp()}
    payload |= {"channel": {"id": here.id, "name": DIRECT_NAMES.get(here.kind, here.name)}, "message_ts": message.ts}
    payload |= {"message": workspace.message_json(message), "trigger_id": slack.tickets.issue_trigger(user)}
    payload["response_url"] = _response_url(slack, user, here.id)
    spot = {"channel": message.channel, "ts": message.ts, "thread_ts": message.thread_ts}
    slack.note(Kind.PRESSED, user=user, name=callback_id, **spot)
    envelope = slack.line.send(EnvelopeType.INTERACTIVE, payload)
    if slack.line.wait_for(envelope):
        return _see(slack, envelope, user, since)
    return _gave_up(slack, envelope, user, here.id, workspace.shortcuts[callback_id], since)


def ask_options(slack: Slack, place: Place, control: Control, query: str) -> list[Json]:
    """Ask the app for the options of an external select; too short a query asks nothing.

    An answer Slack would refuse, or none in time, gives no options and a line in the ledger.
    """
    if len(query) < int(control.element.get("min_query_length", 3)):
        return []
    payload = opening(slack, place.user, "block_suggestion") | _place_json(slack, place)
    payload |= {"action_id": control.element["action_id"], "block_id": control.block["block_id"], "value": query}
    envelope = slack.line.send(EnvelopeType.INTERACTIVE, payload)
    if not slack.line.wait_for(envelope):
        slack.note(Kind.TIMED_OUT, user=place.user, name="operation_timeout", via="block_suggestion")
        return []
    return _read_options(slack, envelope.response)


def _read_options(slack: Slack, answer: Any) -> list[Json]:
    problems = check_suggestions(answer)
    if problems:
        note_bad_answer(slack, "block_suggestion", ApiError("invalid_options", problems))
        return []
    groups = answer.get("option_groups") or [answer]
    return [option for group in groups for option in group["options"]]
