"""What the doctor finds: a mark, what it is about, what it saw, and what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """Ok; look: it works, but somebody should look at it; fault: it does not work so."""

    OK = "ok"
    LOOK = "look"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Symptom:
    """One line; `remedy` is what to do, in plain words, "" when there is nothing to do."""

    mark: Mark
    about: str
    saw: str
    remedy: str = ""


def ok(about: str, saw: str) -> Symptom:
    """All is well."""
    return Symptom(Mark.OK, about, saw)


def look(about: str, saw: str, remedy: str = "") -> Symptom:
    """It works, but somebody should look at it."""
    return Symptom(Mark.LOOK, about, saw, remedy)


def fault(about: str, saw: str, remedy: str = "") -> Symptom:
    """It does not work so."""
    return Symptom(Mark.FAULT, about, saw, remedy)
