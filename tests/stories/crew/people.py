"""Who is in the story: forty crew in four zones, those who run the tour, and those who stand in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checklists.crew import Position
from checklists.positions import department_of

HERE = Path(__file__).parent
NOBODY_YET = "-"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the channel; `zone` is IANA, `position` is "" for whoever is not of the forty."""

    name: str
    position: str
    zone: str

    @property
    def id(self) -> str:
        """The user id that the workspace makes of the name."""
        return f"U0{self.name.upper()}"

    @property
    def department(self) -> str:
        return department_of(Position(self.position)).value if self.position else ""


def read_people(path: Path = HERE / "people.txt") -> list[Person]:
    """Everybody, in the order of the file."""
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines() if "\t" in line and line[0] != "#"]
    return [Person(name, position.removeprefix(NOBODY_YET), zone) for name, position, zone in lines]


PEOPLE: Sequence[Person] = read_people()
BY_NAME = {person.name: person for person in PEOPLE}
BY_ID = {person.id: person for person in PEOPLE}
FORTY = [person.name for person in PEOPLE if person.position]


def named(words: str) -> list[str]:
    """`ana, bo and cal`, `audio`, `the forty`, `audio but bo and cal`; raises KeyError for somebody unknown."""
    meant, _, without = words.partition(" but ")
    left_out = set(named(without)) if without else set()
    found = [name for part in re.split(r", | and ", meant) for name in _group(part.strip())]
    return [name for name in found if name not in left_out]


def _group(word: str) -> list[str]:
    if word == "the forty":
        return FORTY
    if word == "the New Yorkers":
        return [person.name for person in PEOPLE if person.zone == "America/New_York"]
    of = [person.name for person in PEOPLE if person.department == word]
    return of or [BY_NAME[word].name]


def shown(text: str) -> str:
    """Words with `@ana` where a message mentions her."""
    spoken = re.sub(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>", lambda found: f"@{_name(found[1])}", text)
    return spoken.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _name(user: str) -> str:
    return BY_ID[user].name if user in BY_ID else user
