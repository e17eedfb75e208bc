"""Questions: what somebody was asked privately before his request can go on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from storage.pen import Pen, by_id
from storage.schema_said import QuestionRow
from storage.tables import table


@dataclass(frozen=True, slots=True)
class Question:
    """The request as it was typed (`verb`, `text`, `channel`), and the choices made so far."""

    id: int
    person: str
    verb: str
    text: str
    channel: str
    choices: dict[str, str]
    answered: bool


QUESTIONS = table(QuestionRow)
C = QUESTIONS.c
GET = select(C.id, C.person, C.verb, C.text, C.channel, C.choices, C.answered_at.is_not(None)).where(by_id(QUESTIONS))
ASK = insert(QUESTIONS).returning(C.id)
ANSWERED = update(QUESTIONS).where(by_id(QUESTIONS), C.answered_at.is_(None))


class Questions:
    """The questions of one workspace."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def ask(self, person: str, verb: str, text: str, channel: str, choices: Mapping[str, str], now: datetime) -> int:
        """A question; gives its id."""
        request = {"person": person, "verb": verb, "text": text, "channel": channel}
        made: int = self._pen.add(ASK, **request, choices=dict(choices), asked_at=now, answered_at=None)
        return made

    def get(self, question_id: int) -> Question | None:
        """The question, or None."""
        found = self._pen.row(GET, the_id=question_id)
        return None if found is None else Question(*found)

    def answered(self, question_id: int, now: datetime) -> bool:
        """Marks it answered; False when it was already, or when there is none."""
        return bool(self._pen.change(ANSWERED, the_id=question_id, answered_at=now))
