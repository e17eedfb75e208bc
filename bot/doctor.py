"""`doctor`: is everything in place? One line for each question, with what to do about it.

All is asked at the same time, and what has not answered in the end is told as such. No secret is printed.
"""

import logging
import textwrap
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.config import Settings
from bot.doctor_here import look_at_database, look_at_disk, look_at_settings, look_at_zones
from bot.doctor_slack import ask_with_app_token, ask_with_bot_token
from bot.log import one_line, start_logging
from bot.symptoms import Mark, Symptom, fault

LONGEST = 14.0
WIDTH, MARK, ABOUT = 80, 7, 12
Say = Callable[[str], object]
Exam = Callable[[], Sequence[Symptom]]


def examine(settings: Settings, problems: Sequence[str], now: Callable[[], datetime], say: Say) -> int:
    """A line for each question; gives the exit code: 1 when there is a fault."""
    start_logging(logging.CRITICAL)
    exams: Mapping[str, Exam] = {
        "settings": lambda: look_at_settings(problems),
        "time zones": look_at_zones,
        "disk": lambda: look_at_disk(settings),
        "database": lambda: look_at_database(settings),
        "bot token": lambda: ask_with_bot_token(settings, now),
        "app token": lambda: ask_with_app_token(settings),
    }
    found = [symptom for seen in ask_all(exams, LONGEST) for symptom in seen]
    for symptom in found:
        say(told(symptom))
    faults = sum(symptom.mark is Mark.FAULT for symptom in found)
    say(f"{faults} fault{'' if faults == 1 else 's'}." if faults else "Nothing stands in the way.")
    return 1 if faults else 0


def ask_all(exams: Mapping[str, Exam], seconds: float) -> list[Sequence[Symptom]]:
    """What each exam found, all at the same time; one that does not end in time is a fault of its own."""
    answers: dict[str, Sequence[Symptom]] = {}
    ends = time.monotonic() + seconds
    threads = [threading.Thread(target=_ask, args=(name, exams[name], answers), daemon=True) for name in exams]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, ends - time.monotonic()))
    late = "no answer in time"
    return [answers.get(name, [fault(name, late, "Check the network between here and there.")]) for name in exams]


def _ask(name: str, exam: Exam, answers: dict[str, Sequence[Symptom]]) -> None:
    try:
        answers[name] = exam()
    except Exception as error:  # noqa: BLE001 - whatever goes wrong in one question must not silence the others
        answers[name] = [fault(name, f"could not be asked ({type(error).__name__}: {error})")]


def told(symptom: Symptom) -> str:
    """The line of a symptom, wrapped for a narrow screen, without secrets and control characters."""
    words = one_line(f"{symptom.saw}. {symptom.remedy}" if symptom.remedy else f"{symptom.saw}.", longest=600)
    head = f"{symptom.mark:<{MARK}}{symptom.about:<{ABOUT}}"
    return textwrap.fill(
        words.replace("..", "."), WIDTH, initial_indent=head, subsequent_indent=" " * len(head), break_long_words=False
    )
