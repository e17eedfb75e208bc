"""A gig: its states, its anchors, its day."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from checklists.errors import Refusal
from checklists.walls import Wall, at_clock, exists, instant

TEXT_LIMIT = 300


class GigState(StrEnum):
    """The life of a gig."""

    AVAIL = "avail"
    HOLD = "hold"
    OFFER = "offer"
    CONFIRMED = "confirmed"
    ADVANCING = "advancing"
    ADVANCED = "advanced"
    SHOW_DAY = "show_day"
    PLAYED = "played"
    SETTLED = "settled"
    CLOSED = "closed"
    RELEASED = "released"
    PASSED = "passed"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


PENCILLED = frozenset({GigState.AVAIL, GigState.HOLD, GigState.OFFER})
"""The date is spoken of, not agreed: people may be asked to hold it."""
JUDGED = frozenset({GigState.CONFIRMED, GigState.ADVANCING, GigState.ADVANCED, GigState.SHOW_DAY})
"""The states in which readiness is judged; grey in every other."""


GOES_ON = JUDGED | {GigState.PLAYED, GigState.SETTLED, GigState.CLOSED}
"""The party is there, or was."""


class GigKind(StrEnum):
    """What sort of date it is."""

    SHOW = "show"
    FESTIVAL = "festival"
    SUPPORT = "support"
    SESSION = "session"
    REHEARSAL = "rehearsal"
    PROMO = "promo"
    TRAVEL = "travel"
    DAY_OFF = "day_off"


class ShowType(StrEnum):
    """What overlay lies on the lists that every show has."""

    CLUB = "club"
    THEATRE = "theatre"
    ARENA = "arena"
    FESTIVAL_SLOT = "festival_slot"
    FLY_DATE = "fly_date"
    RECORDING_SESSION = "recording_session"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


class Profile(StrEnum):
    """How wide a gig's list is."""

    LITE = "lite"
    WIDER = "wider"


class CurfewKind(StrEnum):
    """Hard: sound must stop. Soft: it can be stretched."""

    SOFT = "soft"
    HARD = "hard"


class Anchor(StrEnum):
    """The times that the day hangs on, in the order of the day."""

    LOAD_IN = "load_in"
    SOUNDCHECK = "soundcheck"
    DOORS = "doors"
    SET = "set"
    SET_END = "set_end"
    CURFEW = "curfew"
    LOAD_OUT = "load_out"

    @property
    def words(self) -> str:
        return {"load_in": "load-in", "load_out": "load-out", "set_end": "set end"}.get(self.value, self.value)


DEFAULT_DAY: Mapping[Anchor, Wall] = {
    Anchor.LOAD_IN: Wall(time(12, 0)),
    Anchor.SOUNDCHECK: Wall(time(16, 30)),
    Anchor.DOORS: Wall(time(19, 0)),
    Anchor.SET: Wall(time(20, 30)),
    Anchor.SET_END: Wall(time(22, 0)),
    Anchor.CURFEW: Wall(time(23, 0)),
    Anchor.LOAD_OUT: Wall(time(23, 15)),
}
"""The default day of a tour; given doors shift all but the curfew."""

IN_ORDER = (Anchor.LOAD_IN, Anchor.SOUNDCHECK, Anchor.DOORS, Anchor.SET, Anchor.SET_END, Anchor.LOAD_OUT)


def whole_day(given: Mapping[Anchor, Wall]) -> dict[Anchor, Wall]:
    """Every anchor's wall time: the given ones, else the default day shifted by the given doors."""
    return {anchor: wall_of(given, anchor) for anchor in DEFAULT_DAY}


def wall_of(given: Mapping[Anchor, Wall], anchor: Anchor) -> Wall:
    """One anchor's wall time, as `whole_day` gives it."""
    if anchor in given:
        return given[anchor]
    usual = DEFAULT_DAY[anchor]
    if Anchor.DOORS not in given or anchor is Anchor.CURFEW:
        return usual
    shift = given[Anchor.DOORS].minutes - DEFAULT_DAY[Anchor.DOORS].minutes
    return Wall.of_minutes(max(usual.minutes + shift, 0))


def refuse_disorder(given: Mapping[Anchor, Wall]) -> None:
    """Raises Refusal when two given times stand in the wrong order of the day."""
    known = [(anchor, given[anchor]) for anchor in IN_ORDER if anchor in given]
    for (first, earlier), (second, later) in itertools.pairwise(known):
        if later.minutes < earlier.minutes:
            raise Refusal(
                f"{second.words} {later} would come before {first.words} {earlier}. "
                f"Give both in the order of the day, for example: {first.words} 19:00 {second.words} 20:30."
            )


def refuse_gaps(day: date, given: Mapping[Anchor, Wall], zone: str) -> None:
    """Raises Refusal for a given wall time that the clock change skips."""
    for anchor, wall in given.items():
        if not exists(day, wall, zone):
            raise Refusal(
                f"{anchor.words} {wall} does not exist on {wall.on(day):%a %d %b %Y} in {zone}: "
                f"the clocks go forward over it. Give a time an hour later or earlier."
            )


@dataclass(frozen=True, slots=True)
class Gig:
    """One dated engagement, as it stands.

    `show_type` is None while nobody has said it: then its kind and capacity tell. `away` and `headline`: whether
    travel and promotion are on its list. `more` are the times and dates that its own day has not, as
    `checklists.anchors` reads them.
    """

    id: int
    number: int
    tour_id: int
    name: str
    venue: str
    city: str
    country: str
    zone: str
    date: date
    state: GigState
    made_at: datetime
    counted_from: datetime
    kind: GigKind = GigKind.SHOW
    given: Mapping[Anchor, Wall] = field(default_factory=dict)
    curfew_kind: CurfewKind = CurfewKind.SOFT
    capacity: int | None = None
    lat: float = 0.0
    lon: float = 0.0
    verdict: str = ""
    reasons: tuple[str, ...] = ()
    locked_pct: float | None = None
    on_time_pct: float | None = None
    judged_at: datetime | None = None
    sheet_out_at: datetime | None = None
    show_type: ShowType | None = None
    profile: Profile = Profile.LITE
    away: bool = True
    headline: bool = True
    more: Mapping[str, str] = field(default_factory=dict)
    doors_open_at: datetime | None = None

    @property
    def day(self) -> dict[Anchor, Wall]:
        """Every anchor's wall time, given or from the default day."""
        return whole_day(self.given)

    @property
    def is_judged(self) -> bool:
        return self.state in JUDGED

    @property
    def takes_answers(self) -> bool:
        """People may be asked, and may answer."""
        return self.is_judged or self.state in PENCILLED

    @property
    def title(self) -> str:
        """City and venue, or the city alone while the venue is not known."""
        return f"{self.city}, {self.venue}" if self.venue else self.city

    def is_approx(self, anchor: Anchor) -> bool:
        """True for a time that nobody gave."""
        return anchor not in self.given

    def at(self, anchor: Anchor) -> datetime:
        """The UTC instant of an anchor."""
        return self.when(wall_of(self.given, anchor))

    def when(self, wall: Wall) -> datetime:
        """The UTC instant of a wall time on this gig's show day."""
        return instant(self.date, wall, self.zone)

    def days_before(self, days: int, clock: time) -> datetime:
        """The UTC instant of a clock time so many days before the show date, venue time."""
        return at_clock(self.date - timedelta(days=days), clock, self.zone)

    def show_day_begins(self) -> datetime:
        """06:00 venue time on the show date."""
        return self.days_before(0, time(6))

    def show_day_ends(self) -> datetime:
        """06:00 venue time on the day after: the gig has been played."""
        return self.days_before(-1, time(6))

    def release(self) -> datetime:
        """The planned release of the crew: load-out + 120 min, UTC."""
        return self.at(Anchor.LOAD_OUT) + timedelta(minutes=120)

    def is_over(self, now: datetime) -> bool:
        return now >= self.show_day_ends()


def utc(at: datetime) -> datetime:
    """The same instant in UTC."""
    return at.astimezone(UTC)
