"""chat.*: posting, changing, deleting; ephemeral posts; permalinks."""

import json
from datetime import timedelta
from typing import Any

from bot.sandbox import posting
from bot.sandbox.faults import ClientMsgId
from bot.sandbox.inspection import Problem
from bot.sandbox.limits import check_message, is_too_long
from bot.sandbox.markup import ADVISED_TEXT, LONGEST_TEXT, link_names, split
from bot.sandbox.records import Blocks, Channel, Json, Message
from bot.sandbox.slack import Slack
from bot.sandbox.web_api import ApiError, Call, Method

LONGEST_METADATA = 16_000
ONE_SECOND = timedelta(seconds=1)


def read_blocks(raw: Any) -> Blocks:
    """Blocks that Slack takes in a message. Raises ApiError invalid_blocks, msg_blocks_too_long."""
    if raw is None:
        return []
    if not isinstance(raw, list):
        raise ApiError("invalid_blocks_format")
    problems = check_message(raw)
    if problems:
        raise ApiError("invalid_blocks", problems)
    if is_too_long(raw):
        raise ApiError("msg_blocks_too_long")
    return raw


def number_blocks(blocks: Blocks, stamp: str) -> Blocks:
    """Give every block without a block_id one, as Slack does; elements likewise get an action_id."""
    numbered = json.loads(json.dumps(blocks))
    for index, block in enumerate(numbered):
        block.setdefault("block_id", f"b{stamp.replace('.', '')}-{index}")
        parts = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        interactive = [p for p in parts if isinstance(p, dict) and p.get("type") not in INERT]
        for place, element in enumerate(interactive):
            element.setdefault("action_id", f"a{index}-{place}")
    return list(numbered)


INERT = {"mrkdwn", "plain_text", "image", "rich_text_section", "rich_text_list", "rich_text_preformatted"} | {
    "rich_text_quote"
}


def _read_content(call: Call) -> tuple[str, Blocks]:
    blocks = read_blocks(call.nested("blocks", "invalid_blocks_format"))
    text = call.args.get("text")
    if text is not None and not isinstance(text, str):
        raise ApiError("invalid_arguments", [Problem("/text", "must be a string")])
    if not text and not blocks:
        raise ApiError("no_text")
    text = text or ""
    if call.flag("link_names") or call.optional("parse") == "full":
        workspace = call.slack.workspace
        text = link_names(text, workspace.mentionable(), workspace.linkable())
    return text, blocks


def _read_metadata(call: Call) -> Json | None:
    metadata = call.nested("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise ApiError("invalid_metadata_format")
    payload = metadata.get("event_payload")
    if not isinstance(payload, dict) or not all(_is_shallow(value) for value in payload.values()):
        raise ApiError("invalid_metadata_schema")
    if len(json.dumps(metadata)) > LONGEST_METADATA:
        raise ApiError("metadata_too_large")
    return metadata


def _is_shallow(value: Any) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return not any(isinstance(part, dict | list) for part in inner)


def _destination(call: Call) -> Channel:
    """A channel id; or a user id, which means that person's conversation with the app."""
    workspace = call.slack.workspace
    to = call.text("channel")
    if to in workspace.people:
        person = workspace.people[to]
        if person.deleted or person.is_bot:
            raise ApiError("channel_not_found")
        return workspace.open_direct(to, workspace.names.bot_user)[0]
    named = [key for key, here in workspace.channels.items() if to.removeprefix("#") == here.name]
    here = Call(call.slack, call.method, {"channel": named[0] if named else to}).open_channel()
    others = [workspace.people[user] for user in here.members if user != workspace.names.bot_user]
    if here.kind == "im" and all(person.deleted for person in others):
        raise ApiError("is_archived")
    return here


def _check_thread(here: Channel, thread_ts: str) -> None:
    parent = here.messages.get(thread_ts)
    if parent is None or parent.deleted or parent.in_thread:
        raise ApiError("thread_not_found")


def _check_pace(slack: Slack, here: Channel) -> None:
    if slack.faults.one_post_per_second:
        wait = slack.faults.wait_for_turn(f"post {here.id}", slack.workspace.now(), ONE_SECOND)
        if wait:
            raise ApiError("ratelimited", retry_after=wait)


def _seen_before(call: Call, here: Channel) -> Message | None:
    key, mood = call.optional("client_msg_id"), call.slack.faults.client_msg_id
    if not key or mood is ClientMsgId.IGNORED:
        return None
    known = next((m for m in here.messages.values() if m.client_msg_id == key), None)
    if known is not None and mood is ClientMsgId.ERROR:
        raise ApiError("duplicate_message_not_found")
    return known


def post_message(call: Call) -> Json:
    """chat.postMessage: long text without blocks is split; the answer names the first part."""
    here = _destination(call)
    text, blocks = _read_content(call)
    metadata = _read_metadata(call)
    thread_ts = call.optional("thread_ts") or None
    if thread_ts:
        _check_thread(here, thread_ts)
    _check_pace(call.slack, here)
    known = _seen_before(call, here)
    if known is not None:
        return _told(call.slack, known)
    parts = [text[:LONGEST_TEXT]] if blocks else split(text)
    posted = [_post_part(call, here, part, blocks, metadata, thread_ts) for part in parts]
    return _told(call.slack, posted[0])


def _post_part(
    call: Call, here: Channel, text: str, blocks: Blocks, metadata: Json | None, thread_ts: str | None
) -> Message:
    message = write_as_bot(call.slack, here.id, text, blocks)
    message.metadata, message.thread_ts = metadata, thread_ts
    message.client_msg_id = call.optional("client_msg_id")
    if thread_ts and call.flag("reply_broadcast"):
        message.subtype = "thread_broadcast"
    return posting.post(call.slack, message, call.method)


def write_as_bot(slack: Slack, channel: str, text: str, blocks: Blocks) -> Message:
    """A message of the app's, not yet posted."""
    names, stamp = slack.names, slack.workspace.stamp()
    numbered = number_blocks(blocks, stamp)
    return Message(channel, stamp, names.bot_user, text, numbered, bot_id=names.bot_id, app_id=names.app_id)


def _told(slack: Slack, message: Message) -> Json:
    written = slack.workspace.message_json(message)
    return {"channel": message.channel, "ts": message.ts, "message": written}


def _own_message(call: Call, error: str) -> Message:
    found = call.message(call.open_channel(), "ts")
    if found.user != call.slack.names.bot_user:
        raise ApiError(error)
    return found


def update_message(call: Call) -> Json:
    """chat.update: own messages only; text without blocks drops the blocks; text at most 4,000."""
    message = _own_message(call, "cant_update_message")
    text, blocks = _read_content(call)
    if len(text) > (LONGEST_TEXT if blocks else ADVISED_TEXT):
        raise ApiError("msg_too_long")
    changes: Json = {"text": text, "blocks": number_blocks(blocks, call.slack.workspace.stamp())}
    if "metadata" in call.args:
        changes["metadata"] = _read_metadata(call)
    posting.edit(call.slack, message, changes, call.method)
    return _told(call.slack, message) | {"text": text}


def delete_message(call: Call) -> Json:
    """chat.delete: own messages only."""
    message = _own_message(call, "cant_delete_message")
    posting.remove(call.slack, message, call.method)
    return {"channel": message.channel, "ts": message.ts}


def post_ephemeral(call: Call) -> Json:
    """chat.postEphemeral: the person must be in the channel."""
    here = call.open_channel()
    user = call.slack.workspace.people.get(call.text("user"))
    if user is None or user.id not in here.members:
        raise ApiError("user_not_in_channel")
    text, blocks = _read_content(call)
    if len(text) > LONGEST_TEXT:
        raise ApiError("msg_too_long")
    message = write_as_bot(call.slack, here.id, text, blocks)
    message.seen_by, message.thread_ts = user.id, call.optional("thread_ts") or None
    posting.show(call.slack, message, call.method)
    return {"message_ts": message.ts}


def find_permalink(call: Call) -> Json:
    """chat.getPermalink."""
    here = call.channel()
    message = call.message(here, "message_ts")
    link = f"{call.slack.base_url}/archives/{here.id}/p{message.ts.replace('.', '')}"
    if message.in_thread:
        link += f"?thread_ts={message.thread_ts}&cid={here.id}"
    return {"channel": here.id, "permalink": link}


METHODS: dict[str, Method] = {
    "chat.postMessage": post_message,
    "chat.update": update_message,
    "chat.delete": delete_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.getPermalink": find_permalink,
}
