"""What became of a call to Slack: one answer, or one failure, read as one of five outcomes.

Rule: a call counts as refused only on an answer that is known to mean it; whatever is not clear is unknown,
because Slack may have posted the message all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web import SlackResponse

from bot.wire import NotSent


class Result(StrEnum):
    """Done; later: certainly not done, try again; out: the channel does not let us in; refused: for good;
    unclear: nobody knows."""

    DONE = "done"
    LATER = "later"
    OUT = "out"
    REFUSED = "refused"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`seconds` is how long Slack asked to wait (0: it did not say); `ts` and `channel` what it answered."""

    result: Result
    error: str = ""
    seconds: int = 0
    ts: str = ""
    channel: str = ""


OUTSIDE = frozenset({"not_in_channel", "channel_not_found"})
REFUSALS = frozenset(
    {
        "account_inactive", "access_denied", "as_user_not_supported", "bad_timestamp", "block_mismatch",
        "cannot_dm_bot", "cannot_find_message", "cannot_reply_to_message", "cant_update_message",
        "ekm_access_denied", "edit_window_closed", "enterprise_is_restricted", "external_channel_migrating",
        "invalid_arguments", "invalid_array_arg", "invalid_auth", "invalid_charset", "invalid_form_data",
        "invalid_json", "invalid_metadata_format", "invalid_metadata_schema", "invalid_name",
        "invalid_post_type", "invalid_user_combination", "is_archived", "is_inactive", "json_not_object",
        "message_not_found", "messages_tab_disabled", "metadata_must_be_sent_from_app", "metadata_too_large",
        "method_not_supported_for_channel_type", "missing_post_type", "missing_scope", "msg_blocks_too_long",
        "msg_too_long", "no_item_specified", "no_permission", "no_text", "not_allowed_token_type",
        "not_authed", "not_reactable", "org_login_required", "slack_connect_blocked_file_type",
        "team_access_not_granted", "team_not_found", "thread_locked", "token_expired", "token_revoked",
        "too_many_attachments", "too_many_contact_cards", "too_many_emoji", "too_many_reactions",
        "two_factor_setup_required", "unknown_method", "user_disabled", "user_not_found", "user_not_visible",
        "users_list_not_supplied",
    }
)  # fmt: skip
REFUSED_STARTS = ("invalid_blocks", "restricted_action")
DONE_ANYWAY = frozenset({"already_reacted", "no_reaction"})


def read_answer(answer: SlackResponse) -> Outcome:
    """The outcome of an answer that says ok."""
    channel = answer.get("channel")
    there = channel.get("id") if isinstance(channel, Mapping) else channel
    return Outcome(Result.DONE, ts=str(answer.get("ts") or ""), channel=str(there or ""))


def read_failure(error: Exception) -> Outcome:
    """The outcome of a call that raised."""
    if isinstance(error, SlackApiError):
        return _read_refusal(error)
    said = f"{type(error).__name__}: {error}"[:200]
    if isinstance(error, NotSent | SlackRequestError):
        return Outcome(Result.LATER, said)
    return Outcome(Result.UNCLEAR, said)


def _read_refusal(error: SlackApiError) -> Outcome:
    status, code = int(error.response.status_code or 0), str(error.response.get("error") or "")
    if status == 429:
        return Outcome(Result.LATER, "ratelimited", _asked_to_wait(error))
    if status != 200:
        return Outcome(Result.UNCLEAR, f"http {status}")
    return _read_code(code, _asked_to_wait(error))


def _read_code(code: str, seconds: int) -> Outcome:
    if code in DONE_ANYWAY:
        return Outcome(Result.DONE)
    if code in ("ratelimited", "rate_limited"):
        return Outcome(Result.LATER, code, seconds)
    if code in OUTSIDE:
        return Outcome(Result.OUT, code)
    if code in REFUSALS or code.startswith(REFUSED_STARTS):
        return Outcome(Result.REFUSED, code)
    return Outcome(Result.UNCLEAR, code[:80])


def _asked_to_wait(error: SlackApiError) -> int:
    headers = {str(name).lower(): value for name, value in dict(error.response.headers or {}).items()}
    value = headers.get("retry-after", "")
    said = str(value[0] if isinstance(value, list) else value)
    return min(int(said), 3_600) if said.isascii() and said.isdigit() else 1
