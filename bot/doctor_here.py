"""The doctor looks around on this machine: settings, time zones, disk, database, who sends."""

import shutil
import zoneinfo
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError

from bot.clock import use_packaged_zones
from bot.config import Settings
from bot.symptoms import Symptom, fault, look, ok
from checklists.errors import Refusal
from storage import vitals
from storage.vitals import Sender, Vitals

SETTINGS, ZONES, DISK, DATABASE, SCHEMA, LASTS, SENDS = (
    *("settings", "time zones", "disk", "database", "schema", "commits"),
    "who sends",
)
LEAST_FREE = 200_000_000
WINTER = datetime(2026, 12, 1, 12, tzinfo=UTC)
KNOWN_ANSWERS = {"America/Vancouver": -7, "Africa/Casablanca": 0, "America/Winnipeg": -5}
"""Hours from UTC at noon of 1 December 2026, by IANA's release 2026f; each was changed in 2026."""
UPGRADE = "`python -m bot db upgrade` brings it there, and so does `serve`."


def look_at_settings(problems: Sequence[str]) -> list[Symptom]:
    """A line for each problem."""
    found = [fault(SETTINGS, problem, "README lists every setting.") for problem in problems]
    return found or [ok(SETTINGS, "every one is readable")]


def look_at_zones() -> list[Symptom]:
    """Zones come from the tzdata package, and know what was changed in 2026."""
    remedy = "Install the pinned packages again (`make setup`), or `pip install --upgrade tzdata`."
    try:
        release = use_packaged_zones()
    except PackageNotFoundError:
        return [fault(ZONES, "the tzdata package is missing", remedy)]
    if zoneinfo.TZPATH:
        return [fault(ZONES, "the host's own zones are used", "Unset PYTHONTZPATH.")]
    wrong = [name for name, hours in KNOWN_ANSWERS.items() if not _answers(name, hours)]
    if wrong:
        return [fault(ZONES, f"tzdata {release} is old: wrong in {', '.join(wrong)}", remedy)]
    return [ok(ZONES, f"tzdata {release}, the host's copy is ignored")]


def _answers(name: str, hours: int) -> bool:
    try:
        return WINTER.astimezone(zoneinfo.ZoneInfo(name)).utcoffset() == timedelta(hours=hours)
    except zoneinfo.ZoneInfoNotFoundError:
        return False


def look_at_disk(settings: Settings) -> list[Symptom]:
    """Room for the database, where it is on this machine."""
    file = vitals.file_of(settings.database_url)
    if file is None:
        return [ok(DISK, "the database is on its server: not seen from here")]
    folder = file.parent
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return [fault(DISK, f"{folder}: {error.strerror}", "DATABASE_URL must name a file in a folder that is there.")]
    if free < LEAST_FREE:
        remedy = "Make room: without it nothing new can be saved."
        return [look(DISK, f"{free // 1_000_000:,} MB free at {folder}", remedy)]
    return [ok(DISK, f"{free // 1_000_000:,} MB free at {folder}")]


def look_at_database(settings: Settings) -> list[Symptom]:
    """Reachable, at this program's schema, made so that commits last; and who sends for it."""
    file = vitals.file_of(settings.database_url)
    if file is not None and file.parent.is_dir() and not file.exists():
        return [
            look(DATABASE, f"there is none yet at {file}", "`python -m bot db upgrade` makes it, and so does `serve`.")
        ]
    try:
        seen = vitals.take(settings.database_url)
    except Refusal as no:
        return [fault(DATABASE, str(no), "Check DATABASE_URL.")]
    return [_engine(seen), _schema(seen), _lasts(seen), *_who_sends(seen.senders)]


def _engine(seen: Vitals) -> Symptom:
    if seen.loses_commits:
        remedy = "Take a Python with SQLite 3.51.3 or newer, or PostgreSQL."
        return look(DATABASE, f"{seen.engine} can lose commits in a rare case (WAL reset)", remedy)
    return ok(DATABASE, f"{seen.engine} answers")


def _schema(seen: Vitals) -> Symptom:
    if seen.revision == seen.head:
        return ok(SCHEMA, f"at {seen.head}")
    if seen.revision is None:
        return look(SCHEMA, "the database is empty", UPGRADE)
    if seen.is_known:
        return look(SCHEMA, f"at {seen.revision}, this program is at {seen.head}", UPGRADE)
    return fault(SCHEMA, f"at {seen.revision}, newer than this program", "Update the program.")


def _lasts(seen: Vitals) -> Symptom:
    if seen.risk:
        return fault(LASTS, f"may be lost when the power fails: {seen.risk}", "Set it back: calls depend on it.")
    return ok(LASTS, "last through a power cut")


def _who_sends(senders: Sequence[Sender]) -> Iterator[Symptom]:
    for each in senders:
        team = each.team or "the team that is to connect"
        if each.is_there:
            yield ok(SENDS, f"process {each.pid} for {team}")
        elif each.team:
            yield look(SENDS, f"nobody for {team}", "`python -m bot serve` starts a sender.")
