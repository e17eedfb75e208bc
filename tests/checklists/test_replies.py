"""What crew write back, read against lines whose meaning is known."""

from collections.abc import Sequence
from datetime import time
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.replies import MEANS, Meaning, Reading, late_by, reaction_means, read

HERE = Path(__file__).parent
NOW = time(13, 50)
OTHER_TONGUES = frozenset(
    {
        "confirmado", "bin dabei", "passt für mich", "ça marche", "je serai là", "ci sarò", "ben erbij", "potwierdzam",
        "sí, ahí estaré", "lo siento, no puedo", "kann leider nicht", "désolé je peux pas", "non ce la faccio",
        "não vou conseguir", "llego 15 min tarde", "komme 20 min später", "j'arrive dans 10 min", "retard de 25 min",
        "ya estoy aquí", "bin da", "je suis sur place", "cheguei", "¿a qué hora cargamos?", "wann ist get-in?",
        "quizás", "weiß noch nicht", "peut-être", "буду", "не смогу", "опоздаю на 15 минут", "на месте", "了解です",
        "收到", "行けません", "15分遅れます", "晚到10分钟", "着きました",
    }
)  # fmt: skip
Line = tuple[str, Meaning, str]


def lines(name: str) -> list[Line]:
    rows = [line.split("\t") for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    return [(text, Meaning(label), when) for text, label, when in rows]


OURS = lines("replies_ours.tsv")
GIVEN = lines("replies.tsv")
ENGLISH = [line for line in GIVEN if line[0] not in OTHER_TONGUES]


def told(reading: Reading) -> str:
    """The minutes or the clock of a reading, as the lines write them."""
    if reading.minutes is not None:
        return str(reading.minutes)
    return f"{reading.clock:%H:%M}" if reading.clock else ""


def share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits)


@pytest.mark.parametrize(("text", "meaning", "when"), OURS, ids=[text for text, _, _ in OURS])
def test_a_line_of_ours_is_read(text: str, meaning: Meaning, when: str) -> None:
    reading = read(text, NOW)
    assert (reading.meaning, told(reading)) == (meaning, when)


def test_a_yes_in_english_is_never_read_where_there_is_none() -> None:
    wrong = [
        text
        for text, meaning, _ in GIVEN
        if meaning is not Meaning.CONFIRM and read(text, NOW).meaning is Meaning.CONFIRM
    ]
    assert wrong == []


def test_hardly_any_no_in_english_is_missed() -> None:
    found = [read(text, NOW).meaning is Meaning.DECLINE for text, meaning, _ in ENGLISH if meaning is Meaning.DECLINE]
    assert len(found) > 15
    assert share(found) >= 0.98


def test_minutes_in_english_are_exact() -> None:
    exact = [told(read(text, NOW)) == when for text, meaning, when in ENGLISH if meaning is Meaning.LATE]
    assert len(exact) > 15
    assert share(exact) >= 0.9


def test_most_english_lines_are_read_as_meant() -> None:
    assert share([read(text, NOW).meaning is meaning for text, meaning, _ in ENGLISH]) >= 0.95


@pytest.mark.parametrize(
    ("text", "now", "clock"),
    [
        ("there at 3", time(14, 20), time(15)),
        ("there at 3", time(1, 20), time(3)),
        ("ETA 2:20", time(14, 5), time(14, 20)),
        ("eta half 12", time(22), time(0, 30)),
    ],
)
def test_an_hour_without_am_or_pm_is_the_next_such_hour(text: str, now: time, clock: time) -> None:
    assert read(text, now) == Reading(Meaning.LATE, clock=clock, clock_open=True)


@pytest.mark.parametrize(
    ("reading", "minutes"),
    [
        (Reading(Meaning.LATE, minutes=20), 20),
        (Reading(Meaning.LATE), None),
        (Reading(Meaning.LATE, clock=time(14, 20)), 20),
        (Reading(Meaning.LATE, clock=time(13)), 0),
        (Reading(Meaning.LATE, clock=time(2, 20), clock_open=True), 20),
    ],
)
def test_how_late_somebody_is_counts_from_the_call(reading: Reading, minutes: int | None) -> None:
    assert late_by(reading, time(14)) == minutes


def test_lateness_is_counted_across_midnight() -> None:
    assert late_by(Reading(Meaning.LATE, clock=time(0, 15)), time(23, 45)) == 30


def test_a_question_beside_an_answer_is_kept_for_the_tour_manager() -> None:
    assert read("confirmed, who's got the dock code?", NOW) == Reading(Meaning.CONFIRM, asks=True)
    assert read("can't come, can someone cover me?", NOW) == Reading(Meaning.DECLINE, asks=True)


def test_a_quoted_line_is_not_the_answer() -> None:
    assert read("> can you do 8?\nyes", NOW) == Reading(Meaning.CONFIRM)


def test_a_yes_that_goes_on_for_pages_is_not_a_yes() -> None:
    assert read("yes, " + "the weather is very nice here, " * 40 + "but I can't", NOW).meaning is Meaning.MAYBE


@pytest.mark.parametrize("name", ["+1", "thumbsup", "+1::skin-tone-5", "white_check_mark", "ok_hand", "saluting_face"])
def test_a_reaction_can_confirm(name: str) -> None:
    assert reaction_means(name) is Meaning.CONFIRM


@pytest.mark.parametrize("name", ["-1", "thumbsdown::skin-tone-2", "x"])
def test_a_reaction_can_decline(name: str) -> None:
    assert reaction_means(name) is Meaning.DECLINE


@pytest.mark.parametrize("name", ["eyes", "tada", "", "::"])
def test_any_other_reaction_answers_nothing(name: str) -> None:
    assert reaction_means(name) is Meaning.UNRELATED
    assert MEANS.get(name, Meaning.UNRELATED) is Meaning.UNRELATED


@pytest.mark.parametrize(
    "piece",
    [
        "a", " ", "not ", "0", "1 hour ", "can not ", "yes ", "late ", "?", ".", ".a", "|", ":", ":+1:", "<", "'", "1-",
        "👍", "in at ", "and i ",
        "i will be ", "just already ", "bit ", "me and me and i ", "can not | but i ", "twenty ",
    ],
)  # fmt: skip
def test_ten_thousand_characters_take_no_longer_than_five_hundred(piece: str) -> None:
    began = perf_counter()
    read(piece * (10_000 // len(piece)), NOW)
    assert perf_counter() - began < 0.5


@given(st.text(max_size=700), st.times())
def test_any_text_has_a_meaning(text: str, now: time) -> None:
    reading = read(text, now)
    assert reading.minutes is None or reading.meaning is Meaning.LATE
    assert reading.clock is None or reading.meaning in (Meaning.LATE, Meaning.MAYBE)


WORDS = """
yes no not can can't make it late 20 min in but if maybe here ok , . ! at 3 scratch that my earlier for the i'm 👍
"""


@given(st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join))
def test_a_no_is_never_a_yes(words: str) -> None:
    assert read(f"can't make it, {words}", NOW).meaning is not Meaning.CONFIRM or "scratch" in words
