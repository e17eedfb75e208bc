"""The doctor sees what is wrong, says what to do, and keeps secrets."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot import doctor, doctor_here, doctor_slack
from bot.clock import RealClock
from bot.config import Settings, sort_out
from bot.manifest import SCOPES
from bot.sandbox.sandbox import Sandbox
from bot.symptoms import Mark, Symptom, ok
from storage.backups import connected
from storage.upgrades import upgrade
from tests.bot.conftest import settings_for

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KNOWN = {"ok": True, "team": "Sandbox", "team_id": "T1", "user": "buscall", "url": "wss://secret-ticket"}


@contextmanager
def a_slack(headers: Mapping[str, str], told: Mapping[str, object] = KNOWN, status: int = 200) -> Iterator[Settings]:
    """A Slack of one answer."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = json.dumps(told).encode()
            self.send_response_only(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield Settings(
            bot_token="xoxb-hidden", app_token="xapp-hidden", api_url=f"http://127.0.0.1:{server.server_port}/api/"
        )
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def asked(headers: Mapping[str, str], **facts: object) -> dict[str, Symptom]:
    with a_slack(headers, **facts) as settings:  # type: ignore[arg-type]
        return {each.about: each for each in doctor_slack.ask_with_bot_token(settings, lambda: NOW)}


def test_in_a_slack_that_is_well_nothing_stands_in_the_way(slack: Sandbox, sqlite_url: str) -> None:
    said: list[str] = []
    code = doctor.examine(settings_for(slack, sqlite_url), [], RealClock().now, said.append)
    whole = "\n".join(said)
    assert code == 0, whole
    assert said[-1] == "Nothing stands in the way."
    assert "Slack knows us" in whole
    assert "Slack would open a socket for us" in whole
    assert all(len(line) <= 80 for line in whole.splitlines())
    assert "xox" not in whole
    assert "ticket" not in whole


@pytest.mark.parametrize(
    ("scopes", "mark", "told"),
    [
        (SCOPES, Mark.OK, "and no more"),
        (SCOPES[1:], Mark.FAULT, f"missing: {SCOPES[0]}"),
        ((*SCOPES, "admin"), Mark.LOOK, "more than we need: admin"),
        ((), Mark.LOOK, "did not say"),
    ],
)
def test_scopes_are_compared_with_the_manifest(scopes: tuple[str, ...], mark: Mark, told: str) -> None:
    seen = asked({"x-oauth-scopes": ",".join(scopes)})["scopes"]
    assert (seen.mark, told in seen.saw) == (mark, True)


@pytest.mark.parametrize(
    ("seconds", "mark", "told"),
    [
        *((0, Mark.OK, "agrees"), (1, Mark.OK, "agrees"), (5, Mark.LOOK, "s behind"), (-5, Mark.LOOK, "s ahead")),
        *((90, Mark.FAULT, "s behind"), (-3600, Mark.FAULT, "s ahead")),
    ],
)
def test_the_clock_is_compared_with_slacks(seconds: int, mark: Mark, told: str) -> None:
    date = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    seen = asked({"Date": date})["clock"]
    assert (seen.mark, told in seen.saw) == (mark, True)


def test_a_slack_that_does_not_tell_the_time_is_told() -> None:
    assert asked({})["clock"].mark is Mark.LOOK
    assert asked({"Date": "yesterday"})["clock"].mark is Mark.LOOK


@pytest.mark.parametrize(
    ("told", "status", "words"),
    [({"ok": False, "error": "invalid_auth"}, 200, "Slack says invalid_auth"), ({"ok": False}, 503, "HTTP 503")],
)
def test_a_token_that_is_refused_is_a_fault(told: Mapping[str, object], status: int, words: str) -> None:
    seen = asked({}, told=told, status=status)["bot token"]
    assert (seen.mark, words in seen.saw, bool(seen.remedy)) == (Mark.FAULT, True, True)


def test_an_app_token_that_is_refused_is_a_fault(settings: Settings) -> None:
    assert doctor_slack.ask_with_app_token(settings)[0].mark is Mark.OK
    [seen] = doctor_slack.ask_with_app_token(replace(settings, app_token="xapp-wrong"))
    assert (seen.mark, "invalid_auth" in seen.saw) == (Mark.FAULT, True)


def test_without_a_network_it_says_so_and_looks_at_the_rest(sqlite_url: str) -> None:
    said: list[str] = []
    away = Settings(
        bot_token="xoxb-hidden", app_token="xapp-hidden", api_url="http://127.0.0.1:9/api/", database_url=sqlite_url
    )
    assert doctor.examine(away, [], RealClock().now, said.append) == 1
    whole = "\n".join(said)
    assert whole.count("Slack cannot be reached") == 2
    assert "commits     last through a power cut" in whole
    assert "hidden" not in whole


def test_every_wrong_setting_is_told_and_the_right_ones_are_used() -> None:
    settings, problems = sort_out({"DATABASE_URL": "sqlite:////x.db", "BUSCALL_LOG": "loud", "SLACK_APP_TOKEN": "xoxb"})
    assert settings.database_url == "sqlite:////x.db"
    assert [problem.split()[0] for problem in problems] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "BUSCALL_LOG"]
    assert [each.mark for each in doctor_here.look_at_settings(problems)] == [Mark.FAULT] * 3
    assert doctor_here.look_at_settings([])[0].mark is Mark.OK


def marks(settings: Settings) -> dict[str, Mark]:
    return {each.about: each.mark for each in doctor_here.look_at_database(settings)}


def test_the_database_is_looked_at_and_never_made(tmp_path: Path, store_url: str) -> None:
    seen = marks(Settings(database_url=store_url))
    assert seen["schema"] is Mark.OK
    assert marks(Settings(database_url=f"sqlite:///{tmp_path}/new.db")) == {"database": Mark.LOOK}
    assert not (tmp_path / "new.db").exists()
    assert marks(Settings(database_url=f"sqlite:///{tmp_path}/no/folder.db")) == {"database": Mark.FAULT}
    assert marks(Settings(database_url="postgresql://a:secret@127.0.0.1:9/x")) == {"database": Mark.FAULT}


def test_an_older_schema_is_a_look_and_a_strange_one_a_fault(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/old.db"
    with connected(url, writing=True) as connection:
        upgrade(connection, "0001_first")
    assert marks(Settings(database_url=url))["schema"] is Mark.LOOK
    with connected(url, writing=True) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999_later'")
    assert marks(Settings(database_url=url))["schema"] is Mark.FAULT


def test_zones_are_of_the_package_and_new_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor_here.look_at_zones()[0].mark is Mark.OK
    monkeypatch.setattr(doctor_here, "KNOWN_ANSWERS", {"America/Vancouver": -8, "Nowhere/Land": 0})
    [seen] = doctor_here.look_at_zones()
    assert (seen.mark, "America/Vancouver, Nowhere/Land" in seen.saw) == (Mark.FAULT, True)


def test_little_room_is_worth_a_look(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = replace(settings, database_url=f"sqlite:///{tmp_path}/x.db")
    assert doctor_here.look_at_disk(here)[0].mark is Mark.OK
    monkeypatch.setattr(doctor_here, "LEAST_FREE", 10**18)
    assert doctor_here.look_at_disk(here)[0].mark is Mark.LOOK
    assert doctor_here.look_at_disk(replace(settings, database_url="postgresql://x/y"))[0].mark is Mark.OK


def test_a_question_without_an_answer_does_not_hold_up_the_others() -> None:
    held = threading.Event()

    def never() -> list[Symptom]:
        held.wait(10)
        return []

    def broken() -> list[Symptom]:
        raise RuntimeError("oops")

    found = doctor.ask_all({"never": never, "well": lambda: [ok("well", "yes")], "broken": broken}, 0.2)
    held.set()
    assert [[each.mark for each in some] for some in found] == [[Mark.FAULT], [Mark.OK], [Mark.FAULT]]


def test_no_token_and_no_second_line_come_out() -> None:
    line = doctor.told(Symptom(Mark.FAULT, "bot token", "xoxb-1-2 said\nno\x1b[0m", "Look"))
    assert "xoxb" not in line
    assert "\x1b" not in line
    assert line.startswith("fault  bot token   ")
