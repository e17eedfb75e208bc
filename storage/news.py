"""What a commit may bring work for."""

from enum import StrEnum


class News(StrEnum):
    """Something new that one of the program's rounds waits for."""

    CUES = "cues"
    OUTBOX = "outbox"
    SENT = "sent"
    PEOPLE = "people"
