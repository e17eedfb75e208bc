"""conversations.*: channels and who is in them; what was said in them."""

import re
from datetime import timedelta

from bot.sandbox import posting
from bot.sandbox.ledger import Kind
from bot.sandbox.records import Channel, ChannelKind, Json, Message
from bot.sandbox.web_api import ApiError, Call, Method, page_through

CHANNEL_NAME = re.compile(r"[\w-]{1,80}")
STRANGERS_PAGE = 15
STRANGERS_PACE = timedelta(minutes=1)


def channel_json(call: Call, here: Channel) -> Json:
    """The conversation object, as the bot sees it."""
    workspace = call.slack.workspace
    is_direct = here.kind is ChannelKind.DIRECT
    told: Json = {"id": here.id, "created": here.created, "creator": here.creator}
    told |= {"is_archived": here.is_archived, "is_im": is_direct, "is_mpim": here.kind is ChannelKind.GROUP}
    told |= {"is_channel": here.kind is ChannelKind.PUBLIC, "is_group": here.kind is ChannelKind.PRIVATE}
    told |= {"is_private": here.kind is not ChannelKind.PUBLIC, "is_member": workspace.bot_is_in(here)}
    told |= {"is_ext_shared": workspace.is_shared_outside(here), "context_team_id": workspace.names.team_id}
    if is_direct:
        others = [user for user in here.members if user != workspace.names.bot_user]
        return told | {"user": others[0] if others else here.creator}
    topic = {"value": here.topic, "creator": here.creator if here.topic else "", "last_set": 0}
    return told | {"name": here.name, "name_normalized": here.name, "topic": topic}


def list_channels(call: Call) -> Json:
    kinds = call.names("types") or [ChannelKind.PUBLIC.value]
    workspace = call.slack.workspace
    seen = [
        here
        for here in workspace.channels.values()
        if here.kind in kinds and (here.kind is ChannelKind.PUBLIC or workspace.bot_is_in(here))
        if not (here.is_archived and call.flag("exclude_archived"))
    ]
    page, more = page_through(call, seen, call.whole("limit", 100, 1000))
    return {"channels": [channel_json(call, here) for here in page], "response_metadata": more}


def describe_channel(call: Call) -> Json:
    here = call.channel()
    told = channel_json(call, here)
    if call.flag("include_num_members"):
        told["num_members"] = len(here.members)
    return {"channel": told}


def list_members(call: Call) -> Json:
    page, more = page_through(call, call.channel().members, call.whole("limit", 100, 1000))
    return {"members": page, "response_metadata": more}


def open_direct(call: Call) -> Json:
    """conversations.open: the one conversation with these people; externals only over a shared channel."""
    if call.optional("channel"):
        here, known = call.own_channel(), True
    else:
        users = call.names("users")
        _check_reachable(call, users)
        here, known = call.slack.workspace.open_direct(*users, call.slack.names.bot_user)
    told = channel_json(call, here) if call.flag("return_im") else {"id": here.id}
    return {"channel": told, "no_op": known, "already_open": known}


def _check_reachable(call: Call, users: list[str]) -> None:
    workspace = call.slack.workspace
    if not users:
        raise ApiError("users_list_not_supplied")
    for user in users:
        person = workspace.people.get(user)
        if person is None:
            raise ApiError("user_not_found")
        if person.deleted:
            raise ApiError("user_disabled")
        shared = [here for here in workspace.channels.values() if user in here.members]
        if workspace.is_external(user) and not any(workspace.bot_is_in(here) for here in shared):
            raise ApiError("user_not_visible")


def create_channel(call: Call) -> Json:
    name, workspace = call.text("name"), call.slack.workspace
    if len(name) > 80:
        raise ApiError("invalid_name_maxlength")
    if not CHANNEL_NAME.fullmatch(name) or name != name.lower():
        raise ApiError("invalid_name_specials")
    if any(here.name == name for here in workspace.channels.values()):
        raise ApiError("name_taken")
    kind = ChannelKind.PRIVATE if call.flag("is_private") else ChannelKind.PUBLIC
    bot = workspace.names.bot_user
    here = workspace.add_channel(name, kind, bot, [bot])
    call.slack.note(Kind.CHANNEL_CHANGED, user=bot, channel=here.id, via=call.method, name="created")
    return {"channel": channel_json(call, here)}


def join_channel(call: Call) -> Json:
    here = call.channel()
    if here.kind is not ChannelKind.PUBLIC:
        raise ApiError("method_not_supported_for_channel_type")
    if here.is_archived:
        raise ApiError("is_archived")
    if not call.slack.workspace.bot_is_in(here):
        posting.let_in(call.slack, here, call.slack.names.bot_user, via=call.method)
    return {"channel": channel_json(call, here)}


def invite_people(call: Call) -> Json:
    here, users = call.open_channel(), call.names("users")
    for user in users:
        if user not in call.slack.workspace.people:
            raise ApiError("user_not_found")
        if user == call.slack.names.bot_user:
            raise ApiError("cant_invite_self")
        if user in here.members:
            raise ApiError("already_in_channel")
    for user in users:
        posting.let_in(call.slack, here, user, call.slack.names.bot_user, call.method)
    return {"channel": channel_json(call, here)}


def _check_history_pace(call: Call) -> int:
    faults = call.slack.faults
    if not faults.history_of_strangers:
        return call.whole("limit", 100, 999)
    wait = faults.wait_for_turn(call.method, call.slack.workspace.now(), STRANGERS_PACE)
    if wait:
        raise ApiError("ratelimited", retry_after=wait)
    return call.whole("limit", STRANGERS_PAGE, STRANGERS_PAGE)


def _is_between(call: Call, message: Message) -> bool:
    oldest, latest = call.optional("oldest") or "0", call.optional("latest") or "99999999999"
    if message.deleted:
        return False
    stamp, low, high = float(message.ts), float(oldest), float(latest)
    return low <= stamp <= high if call.flag("inclusive") else low < stamp < high


def read_history(call: Call) -> Json:
    """conversations.history: newest first, without replies unless they were broadcast."""
    here, limit = call.own_channel(), _check_history_pace(call)
    seen = [m for m in here.messages.values() if not m.in_thread or m.subtype == "thread_broadcast"]
    seen = sorted((m for m in seen if _is_between(call, m)), key=lambda m: m.ts, reverse=True)
    page, more = page_through(call, seen, limit)
    return _told_messages(call, page, more)


def read_replies(call: Call) -> Json:
    """conversations.replies: the parent first, then its replies, oldest first."""
    here, limit = call.own_channel(), _check_history_pace(call)
    asked = here.messages.get(call.text("ts"))
    if asked is None or asked.deleted:
        raise ApiError("thread_not_found")
    parent = here.messages[asked.thread_ts] if asked.in_thread and asked.thread_ts else asked
    replies = [m for m in here.thread(parent.ts) if _is_between(call, m)]
    page, more = page_through(call, replies, limit)
    return _told_messages(call, [parent, *page], more)


def _told_messages(call: Call, page: list[Message], more: Json) -> Json:
    whole = call.flag("include_all_metadata")
    written = [call.slack.workspace.message_json(m, with_metadata=whole) for m in page]
    told: Json = {"messages": written, "has_more": bool(more["next_cursor"])}
    return told | ({"response_metadata": more} if more["next_cursor"] else {})


def archive_channel(call: Call) -> Json:
    here = call.own_channel()
    if here.is_archived:
        raise ApiError("already_archived")
    here.is_archived = True
    call.slack.note(
        Kind.CHANNEL_CHANGED, user=call.slack.names.bot_user, channel=here.id, via=call.method, name="archived"
    )
    return {}


def set_topic(call: Call) -> Json:
    here, topic = call.open_channel(), call.optional("topic")
    if len(topic) > 250:
        raise ApiError("too_long")
    here.topic = topic
    bot = call.slack.names.bot_user
    call.slack.note(Kind.CHANNEL_CHANGED, user=bot, channel=here.id, via=call.method, name="topic", text=topic)
    return {"channel": channel_json(call, here)}


METHODS: dict[str, Method] = {
    "conversations.list": list_channels,
    "conversations.info": describe_channel,
    "conversations.members": list_members,
    "conversations.open": open_direct,
    "conversations.create": create_channel,
    "conversations.join": join_channel,
    "conversations.invite": invite_people,
    "conversations.history": read_history,
    "conversations.replies": read_replies,
    "conversations.archive": archive_channel,
    "conversations.setTopic": set_topic,
}
