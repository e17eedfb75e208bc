"""`import FILE`: a tour from its spreadsheet, without Slack."""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.clock import use_packaged_zones
from bot.config import Settings
from checklists.errors import Refusal
from checklists.routing import PlacedRow, RowStatus, as_json
from handlers.tours import import_sheet
from storage.store import Store

LARGEST = 64 * 1024 * 1024


def import_file(
    settings: Settings, file: Path, tour: str, workspace: str, now: datetime, *, dry_run: bool, as_list: bool
) -> None:
    """Place every row, keep what was placed (unless `dry_run`), and show all of them.

    Raises Refusal for a file that cannot be read and for a workspace that is not known.
    """
    use_packaged_zones()
    content = _read(file)
    told = Console(stderr=True)
    with told.status(f"Placing the rows of {file.name}…") if told.is_terminal else told, TemporaryDirectory() as spare:
        store = Store.open(_store_for(settings.database_url, spare, dry_run))
        try:
            rows = _place(store, content, file.name, tour, workspace, now, dry_run)
        finally:
            store.close()
    if as_list:
        # Straight to the file: rich would fold long lines.
        Console().file.write(json.dumps([as_json(row) for row in rows], ensure_ascii=False, indent=1) + "\n")
    else:
        _show(rows, dry_run)


def _store_for(url: str, spare: str, dry_run: bool) -> str:
    # A dry run leaves no new database behind.
    kept = Path(url.removeprefix("sqlite:///"))
    absent = url.startswith("sqlite:///") and not kept.exists()
    return f"sqlite:///{spare}/dry.db" if dry_run and absent else url


def _place(
    store: Store, content: bytes, name: str, tour: str, workspace: str, now: datetime, dry_run: bool
) -> list[PlacedRow]:
    store.upgrade()
    team = _choose_team(store, workspace, now)
    with store.begin(team) as book:
        return import_sheet(book, content, name, tour, now, dry_run=dry_run)


def _read(file: Path) -> bytes:
    if not file.is_file():
        raise Refusal(f"There is no file {file}.")
    if file.stat().st_size > LARGEST:
        raise Refusal(f"{file.name} is larger than 64 MB. Is it a CSV?")
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refusal(f"{file} cannot be read: {error.strerror}.") from error


def _choose_team(store: Store, workspace: str, now: datetime) -> str:
    teams = store.teams()
    if workspace:
        if workspace not in teams:
            raise Refusal(f"No workspace {workspace} has connected to this database. Known: {_listed(teams)}.")
        return workspace
    if len(teams) > 1:
        raise Refusal(f"Several workspaces use this database. Say which: --workspace, one of {_listed(teams)}.")
    return teams[0] if teams else store.wait_for_team(now)


def _listed(teams: list[str]) -> str:
    return ", ".join(teams) or "none yet"


def _show(rows: list[PlacedRow], dry_run: bool) -> None:
    console = Console(markup=False, highlight=False)
    table = Table("line", "date", "city", "venue", "zone", "20:00 there is", "status", "notes")
    for row in rows:
        said = as_json(row)
        names = ("date", "city", "venue", "zone", "utc_of_20_00_local", "status", "notes")
        table.add_row(str(row.line), *(Text(str(said[name] or "")) for name in names))
    console.print(table)
    counts = Counter(row.status for row in rows)
    summary = ", ".join(f"{counts[status]} {status}" for status in RowStatus if counts[status])
    console.print(f"{summary or 'no rows'}. {'Nothing was kept.' if dry_run else ''}".strip())
