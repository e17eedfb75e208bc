"""`db backup`, `db restore`, `db check`, as a person types them."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot import backing
from bot.config import Settings
from checklists.errors import Refusal
from tests.storage.books import LATER, fill
from tests.storage.built import NOW

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def settings(sqlite_url: str) -> Settings:
    fill(sqlite_url)
    return Settings(database_url=sqlite_url)


def test_a_backup_without_a_name_goes_into_this_folder(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said: list[str] = []
    backing.back_up(settings, None, NOW, said.append)
    path = tmp_path / "buscall-2026-03-01-120000.jsonl.gz"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert str(path) in said[0]
    assert "(1 gig, schema" in said[0]


def test_a_restore_says_where_the_old_state_is(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said: list[str] = []
    backing.back_up(settings, Path("one.gz"), NOW, said.append)
    with pytest.raises(Refusal, match="--replace"):
        backing.restore(settings, Path("one.gz"), LATER, said.append, replace=False)
    backing.restore(settings, Path("one.gz"), LATER, said.append, replace=True)
    aside = tmp_path / "buscall-before-restore-2026-03-04-120000.jsonl.gz"
    assert aside.exists()
    assert "as it was on 01 Mar 2026 at 12:00 UTC" in said[-3]
    assert str(aside) in said[-2]


def test_a_check_says_a_line_for_each_question(settings: Settings) -> None:
    said: list[str] = []
    assert backing.check(settings, said.append) == 0
    assert len(said) >= 8
    assert all(line.startswith("ok ") for line in said)


def test_the_command_line_backs_up_and_refuses_in_one_sentence(settings: Settings, tmp_path: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        env = {"DATABASE_URL": settings.database_url, "PATH": "/usr/bin:/bin"}
        call = [sys.executable, "-m", "bot", "db", *words]
        return subprocess.run(call, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)

    assert run("backup", str(tmp_path / "one.gz")).returncode == 0
    again = run("restore", str(tmp_path / "one.gz"))
    assert (again.returncode, len(again.stderr.strip().splitlines())) == (1, 1)
    assert "--replace" in again.stderr
