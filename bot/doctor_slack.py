"""The doctor asks Slack: the two tokens, the scopes, and what time it is there. Posts nothing, opens no socket."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.config import Settings
from bot.manifest import SCOPES
from bot.symptoms import Symptom, fault, look, ok
from bot.wire import Client, NotSent, TooBig, Unclear

ASK_WITHIN = 6.0
FAULT_SECONDS, LOOK_SECONDS = 60, 2
HALF_A_SECOND = 0.5
"""Slack's Date names a whole second, cut off."""
BOT, APP, SCOPE, CLOCK = "bot token", "app token", "scopes", "clock"
COPY_IT = "Copy the Bot User OAuth Token from the app's page, OAuth & Permissions, into SLACK_BOT_TOKEN."
MAKE_ONE = (
    "Make an app-level token with connections:write on the app's page, Basic Information, and set SLACK_APP_TOKEN."
)
NO_WAY = "Check this machine's network, its proxy settings, and SLACK_API_URL."
Now = Callable[[], datetime]


def ask_with_bot_token(settings: Settings, now: Now) -> list[Symptom]:
    """Who Slack takes us for, what we may do there, and how far our clocks are apart."""
    if not settings.bot_token:
        return [look(each, "not asked: there is no bot token") for each in (BOT, SCOPE, CLOCK)]
    asked = now()
    try:
        told: Any = Client(settings, settings.bot_token, ASK_WITHIN).auth_test()
    except SlackApiError as error:
        return [_refused(BOT, error, COPY_IT), _compare_clocks(error.response, asked, now())]
    except (NotSent, Unclear, TooBig, OSError) as error:
        return [_not_reached(BOT, error)]
    known = ok(BOT, f"Slack knows us: {told.get('user')} in {told.get('team')} ({told.get('team_id')})")
    return [known, _compare_scopes(told), _compare_clocks(told, asked, now())]


def ask_with_app_token(settings: Settings) -> list[Symptom]:
    """Whether a socket would be opened for us; it is not connected."""
    if settings.speaks_http:
        return [ok(APP, "not needed: Slack connects to us over HTTP")]
    if not settings.app_token:
        return [look(APP, "not asked: there is no app token")]
    try:
        Client(settings, "", ASK_WITHIN).apps_connections_open(app_token=settings.app_token)
    except SlackApiError as error:
        return [_refused(APP, error, MAKE_ONE)]
    except (NotSent, Unclear, TooBig, OSError) as error:
        return [_not_reached(APP, error)]
    return [ok(APP, "Slack would open a socket for us")]


def _refused(about: str, error: SlackApiError, remedy: str) -> Symptom:
    status, code = int(error.response.status_code or 0), error.response.get("error")
    if status != 200:
        wait = "Slack itself is in trouble or asks for patience: try again in a minute, see slack-status.com."
        return fault(about, f"Slack answers with HTTP {status}", wait)
    return fault(about, f"Slack says {code}", remedy)


def _not_reached(about: str, error: Exception) -> Symptom:
    why = str(error).replace("URLError: <urlopen error ", "").replace(">", "")
    return fault(about, f"Slack cannot be reached ({why})", NO_WAY)


def _compare_scopes(told: SlackResponse) -> Symptom:
    said = _header(told, "x-oauth-scopes")
    if not said:
        return look(SCOPE, "Slack did not say which we have")
    have = {scope.strip() for scope in said.split(",")} - {""}
    missing, more = sorted(set(SCOPES) - have), sorted(have - set(SCOPES))
    if missing:
        remedy = "Paste what `python -m bot manifest` prints as the app's manifest, then install the app again."
        return fault(SCOPE, f"missing: {', '.join(missing)}", remedy)
    if more:
        return look(SCOPE, f"more than we need: {', '.join(more)}", "Take them away, on the app's page.")
    return ok(SCOPE, f"all {len(SCOPES)} of the manifest, and no more")


def _compare_clocks(told: SlackResponse, asked: datetime, heard: datetime) -> Symptom:
    try:
        there = parsedate_to_datetime(_header(told, "date")).astimezone(UTC)
    except (TypeError, ValueError):
        return look(CLOCK, "Slack did not say what time it is there")
    middle = asked + (heard - asked) / 2
    apart = (middle - there).total_seconds() - HALF_A_SECOND
    words = f"{abs(apart):.0f} s {'ahead of' if apart > 0 else 'behind'} Slack's"
    if abs(apart) > FAULT_SECONDS:
        return fault(CLOCK, words, "Set this machine's clock by NTP: calls would go out at the wrong time.")
    if abs(apart) > LOOK_SECONDS:
        return look(CLOCK, words, "Set this machine's clock by NTP.")
    return ok(CLOCK, "agrees with Slack's")


def _header(told: SlackResponse, name: str) -> str:
    headers = {str(key).lower(): value for key, value in dict(told.headers or {}).items()}
    value = headers.get(name, "")
    return str(value[0] if isinstance(value, list) else value)
