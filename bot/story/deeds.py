"""What people of the story do, and when. The words of the script are made of these."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Types:
    """A slash command in the tour's channel."""

    text: str


@dataclass(frozen=True, slots=True)
class Says:
    """Words in a gig's thread."""

    gig: str
    text: str


@dataclass(frozen=True, slots=True)
class Reacts:
    """A reaction on the newest ask of that gig that names this person."""

    gig: str
    emoji: str


@dataclass(frozen=True, slots=True)
class Presses:
    """A button whose label begins so: on the newest ask of the gig that names this person, or, with no
    gig, on the newest private answer this person got."""

    label: str
    gig: str = ""


@dataclass(frozen=True, slots=True)
class Drops:
    """A file dropped into the tour's channel; it lies beside this module."""

    file_name: str

    @property
    def content(self) -> bytes:
        return (Path(__file__).parent / self.file_name).read_bytes()


Deed = Types | Says | Reacts | Presses | Drops


@dataclass(frozen=True, slots=True)
class Act:
    """One person does one thing at a UTC instant."""

    at: datetime
    who: str
    deed: Deed


def at(when: str, who: str, deed: Deed) -> Act:
    """An act; `when` is UTC, written `2024-09-09 09:00Z`."""
    return Act(datetime.strptime(when, "%Y-%m-%d %H:%M%z"), who, deed)


def types(text: str) -> Types:
    return Types(text)


def says(gig: str, text: str) -> Says:
    return Says(gig, text)


def reacts(gig: str, emoji: str) -> Reacts:
    return Reacts(gig, emoji)


def presses(label: str, gig: str = "") -> Presses:
    return Presses(label, gig)


def drops(file_name: str) -> Drops:
    return Drops(file_name)
