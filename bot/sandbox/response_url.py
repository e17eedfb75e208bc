"""The response_url: five answers within 30 minutes, private unless said otherwise."""

from typing import Any

from bot.sandbox import posting
from bot.sandbox.api_chat import number_blocks, read_blocks, write_as_bot
from bot.sandbox.ledger import Kind
from bot.sandbox.records import Blocks, Json, Message
from bot.sandbox.slack import Slack
from bot.sandbox.tickets import ResponseUrl
from bot.sandbox.web_api import ApiError

DOOR = "response_url"


def answer_url(slack: Slack, token: str, body: Any) -> None:
    """Take what the app posted to a response_url. Raises ApiError (already in the ledger)."""
    with slack.pulse:
        try:
            _answer(slack, token, body)
        except ApiError as error:
            pointers = [{"pointer": problem.pointer, "words": problem.words} for problem in error.problems]
            slack.note(Kind.API_ERROR, via=DOOR, name=error.code, detail={"problems": pointers})
            raise


def _answer(slack: Slack, token: str, body: Any) -> None:
    ticket = slack.tickets.use_response(token, slack.workspace.now())
    if isinstance(ticket, str):
        raise ApiError(ticket)
    if not isinstance(body, dict):
        raise ApiError("invalid_payload")
    if body.get("delete_original"):
        _remove_original(slack, _original(slack, ticket))
        return
    text, blocks = read_answer(body)
    if body.get("replace_original"):
        _replace_original(slack, _original(slack, ticket), text, blocks)
    else:
        show_answer(slack, ticket.user, ticket.channel, body, DOOR)


def _original(slack: Slack, ticket: ResponseUrl) -> Message:
    source = slack.workspace.message(ticket.channel, ticket.source_ts or "")
    if source is None:
        raise ApiError("message_not_found")
    if source.user != slack.names.bot_user:
        raise ApiError("cant_update_message")
    return source


def _remove_original(slack: Slack, source: Message) -> None:
    if source.seen_by:
        posting.take_away(slack, source, DOOR)
    else:
        posting.remove(slack, source, DOOR)


def _replace_original(slack: Slack, source: Message, text: str, blocks: Blocks) -> None:
    numbered = number_blocks(blocks, slack.workspace.stamp())
    change = posting.reshow if source.seen_by else posting.edit
    change(slack, source, {"text": text, "blocks": numbered}, DOOR)


def read_answer(body: Json) -> tuple[str, Blocks]:
    """Text and blocks of an ack or a response_url answer. Raises ApiError no_text, invalid_blocks."""
    text, blocks = str(body.get("text") or ""), read_blocks(body.get("blocks"))
    if not text and not blocks:
        raise ApiError("no_text")
    return text, blocks


def show_answer(slack: Slack, user: str, channel: str, body: Json, via: str) -> Message:
    """Show an answer where it was asked for: to that person, or (`in_channel`) to all, even if the bot
    is not in that channel. Raises ApiError no_text, invalid_blocks."""
    text, blocks = read_answer(body)
    message = write_as_bot(slack, channel, text, blocks)
    message.thread_ts = body.get("thread_ts")
    if body.get("response_type") == "in_channel":
        return posting.post(slack, message, via)
    message.seen_by = user
    return posting.show(slack, message, via)
