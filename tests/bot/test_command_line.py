"""The command line, as a person runs it: in a process of its own, or here where that was shown already."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.sandbox.sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[2]
CSV = "date,city,country,venue\n2026-12-12,Amsterdam,Netherlands,Paradiso\n2026-12-14,Nowherecity,Germany,[bold]X\n"


def environment(url: str, **more: str) -> dict[str, str]:
    return {"DATABASE_URL": url, "PATH": "/usr/bin:/bin", **more}


def run(env: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "bot", *words]
    return subprocess.run(call, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)


def here(env: Mapping[str, str], *words: str) -> Result:
    """The same without a process, which costs a second."""
    return CliRunner().invoke(app, words, env=env)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "winter_tour.csv"
    path.write_text(CSV)
    return path


def test_help_names_every_command_and_loads_nothing_heavy_to_do_so() -> None:
    call = [sys.executable, "-X", "importtime", "-m", "bot", "--help"]
    told = subprocess.run(call, cwd=ROOT, env={}, capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 0
    assert "typer" in told.stderr
    assert not [name for name in ("sqlalchemy", "slack_sdk", "slack_bolt", "jinja2") if name in told.stderr]
    for word in ("serve", "try", "import", "db"):
        assert word in told.stdout


def test_every_wrong_setting_is_told_at_once() -> None:
    told = run({"DATABASE_URL": "mysql://"}, "serve")
    assert told.returncode == 1
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "DATABASE_URL"):
        assert name in told.stderr
    assert "Traceback" not in told.stderr


def test_import_prints_every_row_as_json(sqlite_url: str, sheet: Path) -> None:
    told = run(environment(sqlite_url), "import", str(sheet), "--json")
    rows = json.loads(told.stdout)
    assert told.returncode == 0
    assert [row["status"] for row in rows] == ["placed", "unknown"]
    assert (rows[0]["zone"], rows[0]["utc_of_20_00_local"]) == ("Europe/Amsterdam", "2026-12-12T19:00Z")
    again = json.loads(here(environment(sqlite_url), "import", str(sheet), "--json").stdout)
    assert again[0]["status"] == "duplicate"


def test_a_dry_run_keeps_nothing_and_leaves_no_new_database(tmp_path: Path, sqlite_url: str, sheet: Path) -> None:
    new = tmp_path / "new.db"
    told = run(environment(f"sqlite:///{new}"), "import", str(sheet), "--dry-run")
    assert told.returncode == 0
    assert "Nothing was kept" in told.stdout
    assert "[bold]X" in told.stdout
    assert not new.exists()
    here(environment(sqlite_url), "import", str(sheet), "--dry-run")
    rows = json.loads(here(environment(sqlite_url), "import", str(sheet), "--json").stdout)
    assert rows[0]["status"] == "placed"


def test_a_file_that_cannot_be_read_is_one_plain_sentence(tmp_path: Path, sqlite_url: str) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    for name in ("missing.csv", "empty.csv"):
        told = here(environment(sqlite_url), "import", str(tmp_path / name))
        assert told.exit_code == 1
        assert len(told.stderr.strip().splitlines()) == 1
        assert "Traceback" not in told.stderr


def test_an_unknown_workspace_is_refused(sqlite_url: str, sheet: Path) -> None:
    told = here(environment(sqlite_url), "import", str(sheet), "--workspace", "T0NOBODY")
    assert told.exit_code == 1
    assert "T0NOBODY" in told.stderr


def test_db_upgrade_makes_the_database_and_does_it_once(tmp_path: Path) -> None:
    env = environment(f"sqlite:///{tmp_path}/fresh.db")
    assert run(env, "db", "upgrade").returncode == 0
    assert "already" in here(env, "db", "upgrade").stdout


class Served:
    """`serve` at work against a Slack."""

    def __init__(self, slack: Sandbox, url: str) -> None:
        names = slack.names
        tokens = {"SLACK_BOT_TOKEN": names.bot_token, "SLACK_APP_TOKEN": names.app_token}
        env = environment(url, SLACK_API_URL=slack.base_url, HTTP_PROXY="http://127.0.0.1:9", **tokens)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"], cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True
        )

    def wait_until_ready(self) -> str:
        assert self.process.stderr is not None
        return next(line for line in self.process.stderr if " ready " in line)

    def memory(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


@pytest.fixture
def served(slack: Sandbox, sqlite_url: str) -> Iterator[Served]:
    made = Served(slack, sqlite_url)
    yield made
    made.process.kill()
    made.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_says_when_it_is_ready_answers_and_stops_when_told(
    served: Served, slack: Sandbox, number: signal.Signals
) -> None:
    ready = served.wait_until_ready()
    assert slack.names.team_id in ready
    assert "sqlite" in ready
    assert "xoxb" not in ready
    assert slack.hands.command("tess", "wild-god", "/gig help").text
    served.process.send_signal(number)
    assert served.process.wait(30) == 0


def test_serve_without_a_slack_says_so_and_leaves(sqlite_url: str) -> None:
    tokens = {"SLACK_BOT_TOKEN": "xoxb-secret", "SLACK_APP_TOKEN": "xapp-secret"}
    told = run(environment(sqlite_url, SLACK_API_URL="http://127.0.0.1:9/api/", **tokens), "serve")
    assert told.returncode == 1
    assert "cannot be reached" in told.stderr
    assert "secret" not in told.stderr
