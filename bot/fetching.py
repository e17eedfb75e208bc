"""Fetches a dropped file: who it is, and its bytes, within one second in all."""

import time
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request

from slack_sdk.errors import SlackApiError

from bot.config import Settings
from bot.log import logger
from bot.wire import Client, Line, NotSent, TooBig, Unclear
from checklists.errors import Refusal
from handlers.asked import Dropped

SECONDS = 1.0
MOST = 1024 * 1024
SHEET = ".csv"
"""What the command line takes in any size."""
log = logger("fetching")


class Fetcher:
    """Fetches with the workspace's token, which it shows to Slack's own hosts only."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def fetch(self, file_id: str) -> Dropped:
        """The file. Raises Refusal in plain words when it is too big, gone, or does not come in time."""
        ends = time.monotonic() + SECONDS
        told = self._ask(file_id)
        name = str(told.get("name") or file_id)
        if int(told.get("size") or 0) > MOST:
            raise _too_big(name)
        address = str(told.get("url_private_download") or told.get("url_private") or "")
        if not self._is_slacks(address):
            raise Refusal(f"{name} lies outside Slack. Drop the file itself into the channel.")
        return Dropped(file_id, name, self._download(address, name, max(0.05, ends - time.monotonic())))

    def _ask(self, file_id: str) -> dict[str, Any]:
        try:
            client = Client(self._settings, self._settings.bot_token, SECONDS)
            answer = client.files_info(file=file_id)
        except SlackApiError as error:
            log.warning("no file", file=file_id, error=str(error.response.get("error")))
            raise Refusal("Slack does not give me that file. Drop it into the channel again.") from error
        except (NotSent, Unclear, TooBig) as error:
            raise _came_late(error) from error
        return dict(answer.get("file") or {})

    def _download(self, address: str, name: str, seconds: float) -> bytes:
        request = Request(address, headers={"Authorization": f"Bearer {self._settings.bot_token}"})  # noqa: S310
        try:
            answer = Line(seconds, self._settings.stays_here).exchange(request, MOST)
        except TooBig as error:
            raise _too_big(name) from error
        except (NotSent, Unclear) as error:
            raise _came_late(error) from error
        if answer["status"] != 200 or answer["headers"].get_content_type() == "text/html":
            raise Refusal(f"Slack does not let me read {name}. Drop it into the channel again.")
        body: bytes = answer["body"]
        return body

    def _is_slacks(self, address: str) -> bool:
        host, home = urlsplit(address), urlsplit(self._settings.api_url)
        if (host.scheme, host.netloc) == (home.scheme, home.netloc):
            return True
        name = host.hostname or ""
        return host.scheme == "https" and (name == "slack.com" or name.endswith(".slack.com"))


def _too_big(name: str) -> Refusal:
    more = ", or use `python -m bot import`" if name.casefold().endswith(SHEET) else ""
    return Refusal(f"{name} is larger than 1 MB, which is the most I read. Drop a smaller file{more}.")


def _came_late(error: Exception) -> Refusal:
    log.warning("file did not come", error=str(error))
    return Refusal("The file did not come from Slack in time. Type the same again in a moment.")
