"""Settings: read from the environment once, every problem reported at once."""

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Self
from urllib.parse import urlsplit

from bot.patience import USUAL, Patience

SLACK_API = "https://slack.com/api/"
HERE = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = "0.0.0.0"  # noqa: S104 - a platform's router comes from outside; HOST narrows it
HTTP = ("PORT", "SLACK_SIGNING_SECRET")
SHORTEST_SECRET = 16
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
    patience: Patience = USUAL
    signing_secret: str = field(default="", repr=False)
    host: str = EVERYWHERE
    port: int | None = None

    @classmethod
    def from_env(cls, env: Mapping[str, str], needs_slack: bool = True) -> Self:
        """Read the variables named in README. Without `needs_slack` the tokens may be missing.

        Raises BadSettings with every problem found.
        """
        found: list[str] = []
        made = cls(
            bot_token=_read(env, "SLACK_BOT_TOKEN", "", _token("xoxb-", needs_slack), found),
            app_token=_read(env, "SLACK_APP_TOKEN", "", _token("xapp-", needs_slack and not _is_http(env)), found),
            api_url=_read(env, "SLACK_API_URL", SLACK_API, _wrong_api, found).rstrip("/") + "/",
            database_url=_read(env, "DATABASE_URL", "sqlite:///buscall.db", _wrong_database, found),
            log_level=_level(_read(env, "BUSCALL_LOG", "info", _wrong_level, found)),
            patience=_patience(env, found),
            signing_secret=_read(env, "SLACK_SIGNING_SECRET", "", _wrong_secret, found),
            host=_read(env, "HOST", EVERYWHERE, _wrong_host if _is_http(env) else _right, found),
            port=_port(env, found),
        )
        found += _half_http(env) if needs_slack else []
        if found:
            raise BadSettings(found)
        return made

    @property
    def stays_here(self) -> bool:
        """True when the Slack we speak to is on this very machine."""
        return urlsplit(self.api_url).hostname in HERE

    @property
    def speaks_http(self) -> bool:
        """True when Slack is to connect to us; else we connect to Slack."""
        return self.port is not None and bool(self.signing_secret)

    @property
    def store_kind(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.database_url.partition(":")[0].partition("+")[0]


def read_environment(needs_slack: bool = True) -> Settings:
    """The settings of this process. Raises BadSettings."""
    return Settings.from_env(os.environ, needs_slack)


def read_what_is_right() -> tuple[Settings, list[str]]:
    """The settings of this process as far as they are right, and every problem with the others."""
    return sort_out(os.environ)


def sort_out(env: Mapping[str, str]) -> tuple[Settings, list[str]]:
    """The same of any environment."""
    try:
        return Settings.from_env(env), []
    except BadSettings as wrong:
        names = {problem.partition(" ")[0] for problem in wrong.problems}
        right = {name: value for name, value in env.items() if name not in names}
        return Settings.from_env(right, needs_slack=False), wrong.problems


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


def _patience(env: Mapping[str, str], found: list[str]) -> Patience:
    """Shorter waits are for tests: they are taken only with a Slack on this very machine."""
    value = _read(env, "BUSCALL_PATIENCE", "1", _wrong_factor, found)
    near = urlsplit(env.get("SLACK_API_URL", "").strip()).hostname in HERE
    return USUAL.scaled(float(value)) if near and not _wrong_factor(value) else USUAL


def _wrong_factor(value: str) -> str:
    parts = value.split(".")
    plain = len(parts) <= 2 and all(part.isascii() and part.isdigit() for part in parts)
    return "" if plain and 0.005 <= float(value) <= 1 else "must be a number from 0.005 to 1"


def _is_http(env: Mapping[str, str]) -> bool:
    return all(env.get(name, "").strip() for name in HTTP)


def _half_http(env: Mapping[str, str]) -> list[str]:
    given = [name for name in HTTP if env.get(name, "").strip()]
    if len(given) != 1:
        return []
    missing = next(name for name in HTTP if name not in given)
    return [f"{missing} is missing and {given[0]} is set: set both for HTTP, or neither for Socket Mode"]


def _port(env: Mapping[str, str], found: list[str]) -> int | None:
    value = _read(env, "PORT", "", _wrong_port, found)
    return int(value) if value and not _wrong_port(value) else None


def _wrong_port(value: str) -> str:
    plain = value.isascii() and value.isdigit() and len(value) <= 5
    return "" if not value or (plain and 1 <= int(value) <= 65535) else "must be a number from 1 to 65535"


def _wrong_secret(value: str) -> str:
    plain = value.isascii() and value.isalnum() and len(value) >= SHORTEST_SECRET
    return "" if not value or plain else "must be the app's signing secret: letters and digits, from Basic Information"


def _right(_: str) -> str:
    return ""


def _wrong_host(value: str) -> str:
    try:
        ip_address(value)
    except ValueError:
        return "must be an address of this machine, as numbers: 127.0.0.1 or 0.0.0.0"
    return ""


def _wrong_level(value: str) -> str:
    return "" if value.lower() in LEVELS else f"must be one of {', '.join(LEVELS)}"


def _level(value: str) -> int:
    return logging.getLevelNamesMapping().get(value.upper(), logging.INFO)
