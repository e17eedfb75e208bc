"""Who is in the story, where, and from when to when."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

CHANNEL: Final = "wild-god"
CURTAIN: Final = datetime(2024, 8, 1, 12, tzinfo=UTC)
LAST_INSTANT: Final = datetime(2024, 11, 18, 12, tzinfo=UTC)
LEAD_ZONE: Final = "Europe/London"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the channel; `zone` is IANA, an outsider belongs to another team."""

    name: str
    zone: str
    is_guest: bool = False
    is_outsider: bool = False

    @property
    def id(self) -> str:
        """The user id that the workspace makes of the name."""
        return f"U0{self.name.upper()}"


CAST: Final = (
    Member("tess", "Europe/London"),
    Member("pia", "Europe/Berlin"),
    Member("sam", "Europe/London"),
    Member("ana", "Europe/Lisbon"),
    Member("bo", "Europe/Stockholm"),
    Member("lou", "America/New_York"),
    Member("kit", "Europe/London"),
    Member("max", "Europe/Amsterdam"),
    Member("dee", "Europe/Warsaw"),
    Member("jo", "Europe/London", is_guest=True),
    Member("rob", "Europe/Berlin", is_outsider=True),
)


def member(name: str) -> Member:
    """The person of this name; raises KeyError for a stranger to the cast."""
    found = next((one for one in CAST if one.name == name), None)
    if found is None:
        raise KeyError(name)
    return found


def name_of(user: str) -> str:
    """The name behind a user id; the id itself when nobody of the cast has it."""
    return next((one.name for one in CAST if one.id == user), user)
