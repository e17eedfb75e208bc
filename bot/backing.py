"""`db backup`, `db restore`, `db check`: the tour book in a file, and back."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.config import Settings
from storage import backups, checkup, restoring
from storage.backups import Header

Say = Callable[[str], object]
MEGABYTE = 1_000_000


def back_up(settings: Settings, file: Path | None, now: datetime, say: Say) -> None:
    """One file with everything in it; `serve` may go on meanwhile. Raises Refusal."""
    path = (file or Path(name_for("buscall", now))).absolute()
    header = backups.write(settings.database_url, path, now)
    size = path.stat().st_size / MEGABYTE
    say(f"Backed up {_counted(header)} to {path} ({size:.1f} MB). Only you can read it.")


def restore(settings: Settings, file: Path, now: datetime, say: Say, *, replace: bool) -> None:
    """Makes the database what it was when the file was made. Raises Refusal, and then has changed nothing."""
    aside = Path(name_for("buscall-before-restore", now)).absolute()
    restored = restoring.restore(settings.database_url, file, aside, now, replace=replace)
    header = restored.header
    say(f"Restored {_counted(header)}, as it was on {header.made_at:%d %b %Y at %H:%M} UTC.")
    if restored.before:
        say(f"What was there before is kept in {restored.before}.")
    say("Nothing of the past is posted again: whatever may be in Slack already is looked for there first.")


def check(settings: Settings, say: Say) -> int:
    """A line for each question about the database; gives the exit code."""
    answers = checkup.check(settings.database_url)
    for answer in answers:
        say(
            f"{'FAULT' if answer.findings else 'ok   '}  {answer.about}{': ' if answer.findings else ''}"
            f"{'; '.join(answer.findings)}"
        )
    return 1 if any(answer.findings for answer in answers) else 0


def name_for(what: str, now: datetime) -> str:
    """A file name that sorts by time (UTC)."""
    return f"{what}-{now:%Y-%m-%d-%H%M%S}.jsonl.gz"


def _counted(header: Header) -> str:
    gigs = header.tables["gigs"].rows if "gigs" in header.tables else 0
    return f"{header.rows:,} rows ({gigs:,} gig{'' if gigs == 1 else 's'}, schema {header.revision})"
