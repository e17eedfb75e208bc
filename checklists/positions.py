"""Positions: whose department they are, how many of each a show needs, when they are usually called."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from checklists.crew import Position
from checklists.gig import Anchor, Gig, GigKind, ShowType
from checklists.profiles import ARENA_FROM, CLUB_TO
from checklists.walls import Wall

OPEN_MIC_TO = 150


class Department(StrEnum):
    """The crew's departments, in the order in which they are read."""

    MANAGEMENT = "management"
    PRODUCTION = "production"
    AUDIO = "audio"
    LIGHTING = "lighting"
    VIDEO = "video"
    BACKLINE = "backline"
    RIGGING = "rigging"
    SET = "set"
    WARDROBE = "wardrobe"
    CATERING = "catering"
    MERCH = "merch"
    SECURITY = "security"
    TRANSPORT = "transport"
    ARTIST = "artist"


POSITIONS_OF: Mapping[Department, tuple[Position, ...]] = {
    Department.MANAGEMENT: (Position.EP, Position.TM, Position.TA),
    Department.PRODUCTION: (Position.PM, Position.SM, Position.HAND, Position.FORK, Position.RUNNER),
    Department.AUDIO: (Position.FOH, Position.MON, Position.SYS, Position.ENG),
    Department.LIGHTING: (Position.LD, Position.SPOT),
    Department.VIDEO: (Position.VID,),
    Department.BACKLINE: (Position.BL, Position.PB),
    Department.RIGGING: (Position.RIG,),
    Department.SET: (Position.CARP, Position.FX),
    Department.WARDROBE: (Position.WARDROBE,),
    Department.CATERING: (Position.CATERING,),
    Department.MERCH: (Position.MERCH,),
    Department.SECURITY: (Position.SECURITY, Position.MEDIC),
    Department.TRANSPORT: (Position.DRIVER,),
    Department.ARTIST: (Position.ARTIST,),
}
BY_POSITION = {position: department for department, positions in POSITIONS_OF.items() for position in positions}
IN_ORDER = tuple(BY_POSITION)
"""Every position, department by department."""

SAID_OF: Mapping[Department, tuple[str, ...]] = {
    Department.MANAGEMENT: ("mgmt", "tour management"),
    Department.PRODUCTION: ("prod", "production crew"),
    Department.AUDIO: ("sound", "sound crew", "pa"),
    Department.LIGHTING: ("lights", "light", "lx", "electrics", "lampies"),
    Department.VIDEO: ("vid", "vx", "screens"),
    Department.BACKLINE: ("band gear", "techs"),
    Department.RIGGING: ("riggers", "rig"),
    Department.SET: ("carpentry", "carpenters", "carps", "scenery", "set and carpentry"),
    Department.WARDROBE: ("costume", "costumes"),
    Department.CATERING: ("cooks", "kitchen"),
    Department.MERCH: ("merchandise", "swag"),
    Department.SECURITY: ("sec", "guards"),
    Department.TRANSPORT: ("drivers", "trucking", "transpo"),
    Department.ARTIST: ("artists", "band", "talent"),
}
DEPARTMENTS = {said: department for department, ways in SAID_OF.items() for said in (department.value, *ways)}
"""By what crews type, in lower case, the department."""


def department_of(position: Position) -> Department:
    return BY_POSITION[position]


def positions_of(department: Department) -> tuple[Position, ...]:
    return POSITIONS_OF[department]


def department_said(words: str) -> Department | None:
    """The department that crews call so (`sound`, `LX`, `Lights`), or None."""
    return DEPARTMENTS.get(" ".join(words.casefold().replace("-", " ").split()))


def at_least(*positions: Position) -> Mapping[Position, int]:
    return dict.fromkeys(positions, 1)


OPEN_MIC = at_least(Position.TM)
CLUB = at_least(Position.TM, Position.FOH)
THEATRE = at_least(Position.TM, Position.FOH, Position.MON, Position.LD, Position.BL)
ARENA = {**THEATRE, **at_least(Position.PM, Position.SM, Position.TA, Position.RIG)}
FLY, FLY_WITH_BL = {**CLUB, **at_least(Position.MON)}, {**CLUB, **at_least(Position.BL)}
"""On a fly date "MON or BL": MON, unless somebody is called as BL and nobody as MON."""
BY_TYPE: Mapping[ShowType, GigKind] = {
    ShowType.FESTIVAL_SLOT: GigKind.FESTIVAL,
    ShowType.RECORDING_SESSION: GigKind.SESSION,
}
OTHERWISE: Mapping[GigKind, Mapping[Position, int]] = {
    GigKind.FESTIVAL: at_least(Position.TM, Position.FOH, Position.MON, Position.BL),
    GigKind.SUPPORT: at_least(Position.TM),
    GigKind.SESSION: at_least(Position.EP, Position.ENG, Position.ARTIST),
}


def size_of(gig: Gig) -> int | None:
    """How many the room holds; where somebody has said what kind of show it is, at least, or at most, as that has."""
    capacity = gig.capacity or 0
    match gig.show_type:
        case ShowType.ARENA:
            return max(capacity, ARENA_FROM)
        case ShowType.THEATRE:
            return min(max(capacity, CLUB_TO + 1), ARENA_FROM - 1)
        case ShowType.CLUB:
            return min(capacity or CLUB_TO, CLUB_TO)
        case _:
            return gig.capacity


def least_crew(gig: Gig, called: Collection[Position] = ()) -> Mapping[Position, int]:
    """The fewest of our own side on this gig, by what kind of show it is; `called`: to which somebody is called."""
    if gig.show_type is ShowType.FLY_DATE:
        return FLY_WITH_BL if Position.BL in called and Position.MON not in called else FLY
    return minimum(_kind_of(gig), size_of(gig))


def _kind_of(gig: Gig) -> GigKind:
    """Its kind; what somebody has said goes before what it was opened as."""
    if gig.show_type is None:
        return gig.kind
    usual = GigKind.SHOW if gig.kind in BY_TYPE.values() else gig.kind
    return BY_TYPE.get(gig.show_type, usual)


def minimum(kind: GigKind, capacity: int | None) -> Mapping[Position, int]:
    """The fewest of our own side, by the trade's table of minimum crews; a room of unknown size is a club.

    Where the table says "TM or ..." it is TM: the tour manager of the tour fills that without a call.
    """
    if kind is not GigKind.SHOW:
        return OTHERWISE.get(kind, {})
    if capacity is not None and capacity <= OPEN_MIC_TO:
        return OPEN_MIC
    if (capacity or 0) >= ARENA_FROM:
        return ARENA
    return THEATRE if (capacity or 0) > CLUB_TO else CLUB


FROM_LOAD_IN: Mapping[Department, int] = {
    Department.CATERING: -60,
    Department.LIGHTING: 60,
    Department.AUDIO: 120,
    Department.VIDEO: 120,
    Department.WARDROBE: 120,
    Department.SET: 180,
    Department.BACKLINE: 240,
}
"""Minutes after the riggers, who begin with the load-in; so does whoever is not named anywhere here."""
BEFORE: Mapping[Department, tuple[Anchor, int]] = {
    Department.MERCH: (Anchor.DOORS, 120),
    Department.SECURITY: (Anchor.DOORS, 60),
    Department.ARTIST: (Anchor.SOUNDCHECK, 0),
}
WHOLE_BUILD = 270
QUARTER = 15


def usual_call(department: Department, gig: Gig) -> Wall:
    """When a department is usually called, by the staggering of the trade.

    Where the time from load-in to soundcheck is shorter than the 4.5 h of a whole build, the steps are shorter too.
    """
    day = gig.day
    if department in BEFORE:
        anchor, minutes = BEFORE[department]
        return Wall.of_minutes(max(day[anchor].minutes - minutes, 0))
    begins, step = day[Anchor.LOAD_IN].minutes, FROM_LOAD_IN.get(department, 0)
    build = min(max(day[Anchor.SOUNDCHECK].minutes - begins, 0), WHOLE_BUILD)
    later = step * build // WHOLE_BUILD // QUARTER * QUARTER if step > 0 else step
    return Wall.of_minutes(max(begins + later, 0))


NEVER_DOUBLED = frozenset(
    {Position.RIG, Position.FX, Position.FORK, Position.MEDIC, Position.SECURITY, Position.DRIVER}
)
"""Whoever does one of these does nothing else on that show."""


def is_doubling_usual(capacity: int | None) -> bool:
    """True below theatre size: one person in several positions is how it is done there."""
    return (capacity or 0) <= CLUB_TO


def never_doubled(capacity: int | None) -> frozenset[Position]:
    """The positions that nobody fills beside another; in a van to a club show the driver may be the tour manager."""
    return NEVER_DOUBLED - {Position.DRIVER} if is_doubling_usual(capacity) else NEVER_DOUBLED
