"""Settings: read from the environment once, every problem reported at once."""

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

SLACK_API = "https://slack.com/api/"
HERE = ("127.0.0.1", "localhost", "::1")
LEVELS = ("debug", "info", "warning", "error")


class BadSettings(Exception):  # noqa: N818 - it is told to people, as one list
    """Everything that is wrong with the environment; `problems` are plain sentences."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """What the process was told. Tokens are kept out of its repr."""

    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    api_url: str = SLACK_API
    database_url: str = field(default="sqlite:///buscall.db", repr=False)
    log_level: int = logging.INFO

    @classmethod
    def from_env(cls, env: Mapping[str, str], needs_slack: bool = True) -> Self:
        """Read the variables named in README. Without `needs_slack` the tokens may be missing.

        Raises BadSettings with every problem found.
        """
        found: list[str] = []
        made = cls(
            bot_token=_read(env, "SLACK_BOT_TOKEN", "", _token("xoxb-", needs_slack), found),
            app_token=_read(env, "SLACK_APP_TOKEN", "", _token("xapp-", needs_slack), found),
            api_url=_read(env, "SLACK_API_URL", SLACK_API, _wrong_api, found).rstrip("/") + "/",
            database_url=_read(env, "DATABASE_URL", "sqlite:///buscall.db", _wrong_database, found),
            log_level=_level(_read(env, "BUSCALL_LOG", "info", _wrong_level, found)),
        )
        if found:
            raise BadSettings(found)
        return made

    @property
    def stays_here(self) -> bool:
        """True when the Slack we speak to is on this very machine."""
        return urlsplit(self.api_url).hostname in HERE

    @property
    def store_kind(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.database_url.partition(":")[0].partition("+")[0]


def read_environment(needs_slack: bool = True) -> Settings:
    """The settings of this process. Raises BadSettings."""
    return Settings.from_env(os.environ, needs_slack)


Check = Callable[[str], str]


def _read(env: Mapping[str, str], name: str, usual: str, wrong: Check, found: list[str]) -> str:
    value = env.get(name, "").strip() or usual
    problem = wrong(value)
    if problem:
        found.append(f"{name} {problem}")
    return value


def _token(start: str, needed: bool) -> Check:
    def wrong(value: str) -> str:
        if not value:
            return f"is missing: give the token that begins with {start}" if needed else ""
        return "" if value.startswith(start) else f"must begin with {start}"

    return wrong


def _wrong_api(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme == "https" and parts.hostname:
        return ""
    if parts.scheme == "http" and parts.hostname in HERE:
        return ""
    return "must be an https address (plain http is taken on this machine only)"


def _wrong_database(value: str) -> str:
    if value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        return ""
    return "must begin with sqlite:/// or postgresql://"


def _wrong_level(value: str) -> str:
    return "" if value.lower() in LEVELS else f"must be one of {', '.join(LEVELS)}"


def _level(value: str) -> int:
    return logging.getLevelNamesMapping().get(value.upper(), logging.INFO)
