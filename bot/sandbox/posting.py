"""What changes in a conversation, whoever does it: kept, written in the ledger, told to the app."""

from bot.sandbox.ledger import Kind
from bot.sandbox.records import Channel, Json, Message
from bot.sandbox.slack import Slack


def post(slack: Slack, message: Message, via: str) -> Message:
    """Keep a new message, note it, and send its event."""
    with slack.pulse:
        here = slack.workspace.channels[message.channel]
        slack.workspace.keep(message)
        _share_files(slack, message)
        _note(slack, Kind.POSTED, message, via)
        slack.tell_message(_as_event(slack, message), here)
        _tell_files(slack, message, here)
        return message


def _as_event(slack: Slack, message: Message) -> Json:
    event = slack.workspace.message_json(message)
    event |= {"channel": message.channel, "event_ts": message.ts}
    if message.in_thread:
        parent = slack.workspace.message(message.channel, message.thread_ts or "")
        event["parent_user_id"] = parent.user if parent else ""
    return event


def _share_files(slack: Slack, message: Message) -> None:
    for key in message.files:
        shared = slack.workspace.files[key]
        shared.channels.append(message.channel)
        shared.shares.setdefault(message.channel, []).append(message.ts)


def _tell_files(slack: Slack, message: Message, here: Channel) -> None:
    for key in message.files:
        event: Json = {"type": "file_shared", "file_id": key, "user_id": message.user, "file": {"id": key}}
        slack.tell(event | {"channel_id": here.id}, here)


def _note(slack: Slack, kind: Kind, message: Message, via: str, user: str = "", name: str = "") -> None:
    slack.note(
        kind,
        user=user or message.seen_by or message.user,
        channel=message.channel,
        ts=message.ts,
        thread_ts=message.thread_ts,
        text=message.text,
        blocks=list(message.blocks),
        metadata=message.metadata,
        via=via,
        name=name,
    )


def edit(slack: Slack, message: Message, changes: Json, via: str) -> None:
    """Change a message (text, blocks, metadata), note it, and send message_changed."""
    with slack.pulse:
        before = slack.workspace.message_json(message)
        for field, value in changes.items():
            setattr(message, field, value)
        at = slack.workspace.stamp()
        message.edited = {"user": message.user, "ts": at}
        _note(slack, Kind.EDITED, message, via)
        event: Json = {"subtype": "message_changed", "hidden": True, "ts": at, "event_ts": at}
        event |= {"message": slack.workspace.message_json(message), "previous_message": before}
        slack.tell_message(event, slack.workspace.channels[message.channel])


def remove(slack: Slack, message: Message, via: str, by: str = "") -> None:
    """Delete a message, note it, and send message_deleted."""
    with slack.pulse:
        before = slack.workspace.message_json(message)
        message.deleted = True
        _note(slack, Kind.DELETED, message, via, user=by)
        at = slack.workspace.stamp()
        event: Json = {"subtype": "message_deleted", "hidden": True, "ts": at, "event_ts": at}
        event |= {"deleted_ts": message.ts, "previous_message": before}
        slack.tell_message(event, slack.workspace.channels[message.channel])


def react(slack: Slack, message: Message, user: str, name: str, via: str) -> bool:
    """Add a reaction; False when this person has it there already."""
    with slack.pulse:
        users = message.reactions.setdefault(name, [])
        if user in users:
            return False
        users.append(user)
        _note(slack, Kind.REACTED, message, via, user=user, name=name)
        _tell_reaction(slack, "reaction_added", message, user, name)
        return True


def unreact(slack: Slack, message: Message, user: str, name: str, via: str) -> bool:
    """Take a reaction away; False when it was not there."""
    with slack.pulse:
        users = message.reactions.get(name, [])
        if user not in users:
            return False
        users.remove(user)
        if not users:
            del message.reactions[name]
        _note(slack, Kind.UNREACTED, message, via, user=user, name=name)
        _tell_reaction(slack, "reaction_removed", message, user, name)
        return True


def _tell_reaction(slack: Slack, type_: str, message: Message, user: str, name: str) -> None:
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    event: Json = {"type": type_, "user": user, "reaction": name, "item": item, "item_user": message.user}
    slack.tell(event, slack.workspace.channels[message.channel])


def show(slack: Slack, message: Message, via: str) -> Message:
    """Show an ephemeral message to the one person in `seen_by`."""
    with slack.pulse:
        slack.workspace.keep(message)
        _note(slack, Kind.EPHEMERAL, message, via)
        return message


def reshow(slack: Slack, message: Message, changes: Json, via: str) -> None:
    """Replace what an ephemeral message says."""
    with slack.pulse:
        for field, value in changes.items():
            setattr(message, field, value)
        _note(slack, Kind.EPHEMERAL_EDITED, message, via)


def take_away(slack: Slack, message: Message, via: str) -> None:
    """Remove an ephemeral message."""
    with slack.pulse:
        message.deleted = True
        _note(slack, Kind.EPHEMERAL_GONE, message, via)


def let_in(slack: Slack, channel: Channel, user: str, inviter: str = "", via: str = "hands") -> None:
    """Let somebody into a channel and send member_joined_channel."""
    with slack.pulse:
        channel.members.append(user)
        slack.note(Kind.JOINED, user=user, channel=channel.id, via=via, name=inviter)
        letter = channel.id[0]
        event: Json = {"type": "member_joined_channel", "user": user, "channel": channel.id}
        event |= {"channel_type": letter, "team": slack.workspace.people[user].team_id}
        slack.tell(event | ({"inviter": inviter} if inviter else {}), channel)
