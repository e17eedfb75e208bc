"""Settings: all problems at once, tokens never shown."""

import pytest

from bot.config import SLACK_API, BadSettings, Settings

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-secret", "SLACK_APP_TOKEN": "xapp-secret"}


def test_tokens_alone_are_enough() -> None:
    settings = Settings.from_env(TOKENS)
    assert (settings.api_url, settings.database_url) == (SLACK_API, "sqlite:///buscall.db")
    assert not settings.stays_here


def test_every_problem_is_reported_at_once() -> None:
    wrong = {
        "SLACK_APP_TOKEN": "xoxb-1",
        "SLACK_API_URL": "http://evil.example/",
        "DATABASE_URL": "mysql://",
        "BUSCALL_LOG": "loud",
    }
    with pytest.raises(BadSettings) as caught:
        Settings.from_env(wrong)
    said = "\n".join(caught.value.problems)
    assert len(caught.value.problems) == 5
    for name in ("SLACK_BOT_TOKEN", *wrong):
        assert name in said


def test_problems_never_repeat_the_value() -> None:
    with pytest.raises(BadSettings) as caught:
        Settings.from_env({"SLACK_BOT_TOKEN": "hunter2", "SLACK_APP_TOKEN": "hunter2", "DATABASE_URL": "hunter2"})
    assert "hunter2" not in str(caught.value)


def test_tokens_and_database_are_not_in_the_repr() -> None:
    settings = Settings.from_env(TOKENS | {"DATABASE_URL": "postgresql://me:hunter2@db/x"})
    assert "secret" not in repr(settings)
    assert "hunter2" not in repr(settings)


def test_without_slack_the_tokens_may_be_missing() -> None:
    assert Settings.from_env({}, needs_slack=False).bot_token == ""


@pytest.mark.parametrize("url", ["http://127.0.0.1:4000/api", "http://localhost:4000/api/"])
def test_a_slack_on_this_machine_may_be_plain_http(url: str) -> None:
    settings = Settings.from_env(TOKENS | {"SLACK_API_URL": url})
    assert settings.stays_here
    assert settings.api_url.endswith("/api/")


@pytest.mark.parametrize(("url", "kind"), [("sqlite:///a.db", "sqlite"), ("postgresql+psycopg://db/x", "postgresql")])
def test_the_kind_of_store_is_told_without_its_address(url: str, kind: str) -> None:
    assert Settings.from_env({"DATABASE_URL": url}, needs_slack=False).store_kind == kind


HTTP = {"SLACK_BOT_TOKEN": "xoxb-secret", "PORT": "8080", "SLACK_SIGNING_SECRET": "0123456789abcdef0123456789abcdef"}


def test_a_port_and_a_signing_secret_make_http_and_need_no_app_token() -> None:
    settings = Settings.from_env(HTTP)
    assert settings.speaks_http
    assert (settings.host, settings.port) == ("0.0.0.0", 8080)
    assert not Settings.from_env(TOKENS).speaks_http


@pytest.mark.parametrize(("given", "missing"), [("PORT", "SLACK_SIGNING_SECRET"), ("SLACK_SIGNING_SECRET", "PORT")])
def test_one_without_the_other_is_told(given: str, missing: str) -> None:
    with pytest.raises(BadSettings) as caught:
        Settings.from_env(TOKENS | {given: HTTP[given]})
    (problem,) = caught.value.problems
    assert problem.startswith(f"{missing} is missing and {given} is set")
    assert Settings.from_env({given: HTTP[given]}, needs_slack=False).bot_token == ""


WRONG = [
    *(("PORT", value) for value in ("0", "65536", "http", "٨٠", "9" * 5000)),
    *(("SLACK_SIGNING_SECRET", value) for value in ("short", "xoxb-not-the-secret-at-all")),
    ("HOST", "my-host"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_one_is_told_without_its_value(name: str, value: str) -> None:
    with pytest.raises(BadSettings) as caught:
        Settings.from_env(HTTP | {name: value})
    (problem,) = caught.value.problems
    assert problem.startswith(f"{name} must be ")
    assert value not in problem


def test_a_shells_own_host_is_nothing_to_socket_mode() -> None:
    assert Settings.from_env(TOKENS | {"HOST": "my-laptop"}).app_token == "xapp-secret"


def test_the_signing_secret_is_not_in_the_repr() -> None:
    assert HTTP["SLACK_SIGNING_SECRET"] not in repr(Settings.from_env(HTTP))
