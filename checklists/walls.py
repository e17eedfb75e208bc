"""Wall times on a show day, and the instants they stand for.

A show day rolls over at 06:00 venue time: a 01:30 load-out belongs to the night before.
"""

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ROLLOVER = time(6, 0)
MINUTES_A_DAY = 24 * 60


@lru_cache(maxsize=512)
def zone_rules(name: str) -> ZoneInfo:
    """The rules of an IANA zone; raises ZoneInfoNotFoundError for a name that is none."""
    return ZoneInfo(name)


def known_zone(name: str) -> str:
    """The zone's name when its rules are at hand, else ""."""
    try:
        return name and zone_rules(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""


@dataclass(frozen=True, slots=True)
class Wall:
    """A wall time of a show day: `day` 1 is the calendar day after the show date.

    `fold` chooses the first (0) or second (1) of a time that exists twice; None while it exists once.
    """

    at: time
    day: int = 0
    fold: int | None = None

    def __str__(self) -> str:
        return f"{self.at:%H:%M}"

    def encode(self) -> str:
        """`HH:MM+D` or `HH:MM+D/F`, as the store keeps it."""
        return f"{self.at:%H:%M}+{self.day}" + ("" if self.fold is None else f"/{self.fold}")

    @classmethod
    def decode(cls, text: str) -> "Wall":
        """The wall time that `encode` wrote."""
        clock, _, rest = text.partition("+")
        day, _, fold = rest.partition("/")
        hour, minute = clock.split(":")
        return cls(time(int(hour), int(minute)), int(day), int(fold) if fold else None)

    @classmethod
    def of_minutes(cls, minutes: int) -> "Wall":
        """The wall time so many minutes after 00:00 of the show date."""
        day, rest = divmod(minutes, MINUTES_A_DAY)
        return cls(time(rest // 60, rest % 60), day)

    @property
    def minutes(self) -> int:
        """Wall minutes since 00:00 of the show date."""
        return self.day * MINUTES_A_DAY + self.at.hour * 60 + self.at.minute

    def on(self, day: date) -> date:
        """The calendar date of this wall time on the show day `day`."""
        return day + timedelta(days=self.day)

    def with_fold(self, fold: int) -> "Wall":
        """The same wall time, the first (0) or second (1) that the clock shows it."""
        return replace(self, fold=fold)


def by_night(at: time) -> Wall:
    """A time of the evening: before 06:00 it belongs to the night of the show date."""
    return Wall(at, 1 if at < ROLLOVER else 0)


def instant(day: date, wall: Wall, zone: str) -> datetime:
    """The UTC instant of a wall time on the show day `day`.

    A time that does not exist is taken an hour on, as clocks do; ask `exists` first.
    """
    local = datetime.combine(wall.on(day), wall.at, zone_rules(zone)).replace(fold=wall.fold or 0)
    return local.astimezone(UTC)


def exists(day: date, wall: Wall, zone: str) -> bool:
    """False for a wall time that the clock change of that day skips."""
    there = instant(day, wall, zone).astimezone(zone_rules(zone))
    return there.time() == wall.at


def readings(day: date, wall: Wall, zone: str) -> list[datetime]:
    """The UTC instants at which the clock shows this wall time: none, one or two."""
    if not exists(day, wall, zone):
        return []
    both = [instant(day, wall.with_fold(fold), zone) for fold in (0, 1)]
    return both if both[0] != both[1] else both[:1]


def is_open_question(day: date, wall: Wall, zone: str) -> bool:
    """True for a wall time that exists twice and of which nobody has said which."""
    return wall.fold is None and len(readings(day, wall, zone)) > 1


def local(at: datetime, zone: str) -> datetime:
    """The instant as the clocks of that zone show it."""
    return at.astimezone(zone_rules(zone))


def zone_word(at: datetime, zone: str) -> str:
    """`WET`, `CEST`; `UTC+10` or `UTC-03:30` where the zone has no letters of its own."""
    there = local(at, zone)
    name = there.tzname() or ""
    if name.isalpha():
        return name
    offset = there.utcoffset() or timedelta()
    sign = "-" if offset < timedelta() else "+"
    hours, minutes = divmod(abs(int(offset.total_seconds())) // 60, 60)
    return f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "")


def at_clock(day: date, clock: time, zone: str) -> datetime:
    """The UTC instant of a clock time on a calendar day: gaps are taken an hour on, folds the first."""
    return instant(day, Wall(clock), zone)


def after_quiet(at: datetime, zone: str) -> datetime:
    """`at`, or 08:00 of the same quiet night (23:00-08:00 in that zone)."""
    there = local(at, zone)
    if there.time() < time(8):
        return at_clock(there.date(), time(8), zone)
    if there.time() >= time(23):
        return at_clock(there.date() + timedelta(days=1), time(8), zone)
    return at


def after_rest(at: datetime, zone: str, days_off: Container[str]) -> datetime:
    """`at`, or the next 08:00 in that zone that lies in no quiet night and on no day off (ISO dates)."""
    free = after_quiet(at, zone)
    while (day := local(free, zone).date()).isoformat() in days_off:
        free = at_clock(day + timedelta(days=1), time(8), zone)
    return free


def is_quiet(at: datetime, zone: str) -> bool:
    """True between 23:00 and 08:00 in that zone."""
    return after_quiet(at, zone) != at


def clock_change(after: datetime, before: datetime, zone: str) -> datetime | None:
    """The instant between the two (UTC) at which the zone's clocks change, to the minute; None when they don't."""
    if local(after, zone).utcoffset() == local(before, zone).utcoffset():
        return None
    while before - after > timedelta(minutes=1):
        middle = after + (before - after) / 2
        if local(middle, zone).utcoffset() == local(after, zone).utcoffset():
            after = middle
        else:
            before = middle
    return before.replace(second=0, microsecond=0)
