"""What crew write back, read against lines whose meaning is known."""

import statistics
from collections.abc import Sequence
from datetime import time
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.replies import MEANS, WHY, Meaning, Reading, late_by, reaction_means, read, why
from checklists.yeswords import ENGLISH, FAMILIES, KINDS, TONGUES, phrases

HERE = Path(__file__).parent
NOW = time(13, 50)
Line = tuple[str, Meaning, str]


def lines(name: str) -> list[Line]:
    rows = [line.split("\t") for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    return [(text, Meaning(label), when) for text, label, when in rows]


OURS = lines("replies_ours.tsv")
GIVEN = lines("replies.tsv")
FRESH = lines("replies_fresh.tsv")
FAMILY = lines("replies_families.tsv")
PLAIN = [line for line in (*GIVEN, *OURS) if line[0].isascii() and line[0] and not {":", "&"} & {*line[0]}]


def told(reading: Reading) -> str:
    """The minutes or the clock of a reading, as the lines write them."""
    if reading.minutes is not None:
        return str(reading.minutes)
    return f"{reading.clock:%H:%M}" if reading.clock else ""


def share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits)


def precision(some: Sequence[Line], label: Meaning) -> float:
    return share([meaning is label for text, meaning, _ in some if read(text).meaning is label])


def recall(some: Sequence[Line], label: Meaning) -> float:
    return share([read(text).meaning is label for text, meaning, _ in some if meaning is label])


@pytest.mark.parametrize(("text", "meaning", "when"), OURS, ids=[text for text, _, _ in OURS])
def test_a_line_of_ours_is_read(text: str, meaning: Meaning, when: str) -> None:
    reading = read(text, NOW)
    assert (reading.meaning, told(reading)) == (meaning, when)


def test_every_line_of_the_families_is_read() -> None:
    wrong = [(text, meaning) for text, meaning, when in FAMILY if _as_read(text) != (meaning, when)]
    assert wrong == []


def _as_read(text: str) -> tuple[Meaning, str]:
    reading = read(text)
    return reading.meaning, told(reading)


@pytest.mark.parametrize("no", ["no", "nah", "nope", "yeah nah", "sorry no"])
@pytest.mark.parametrize(
    "verb", ["I'll pass", "I'm bailing", "gonna have to bail", "I have to pull out", "will skip this", "I'll miss it"]
)
def test_a_no_before_a_refusal_does_not_turn_it_into_a_yes(no: str, verb: str) -> None:
    assert read(f"{no} {verb}").meaning is Meaning.DECLINE


def test_a_yes_is_never_read_where_there_is_none() -> None:
    wrong = [
        text for text, meaning, _ in GIVEN if meaning is not Meaning.CONFIRM and read(text).meaning is Meaning.CONFIRM
    ]
    assert wrong == []


@pytest.mark.parametrize("some", [GIVEN, FRESH], ids=["given", "fresh"])
def test_the_figures_hold(some: Sequence[Line]) -> None:
    assert precision(some, Meaning.CONFIRM) >= 0.98
    assert recall(some, Meaning.CONFIRM) >= 0.9
    assert recall(some, Meaning.DECLINE) >= 0.98
    assert share([read(text).meaning is meaning for text, meaning, _ in some]) >= 0.96
    assert share([told(read(text)) == when for text, meaning, when in some if meaning is Meaning.LATE]) >= 0.95


@pytest.mark.parametrize("label", Meaning)
def test_each_meaning_is_found_and_only_where_it_is(label: Meaning) -> None:
    assert precision(FRESH, label) >= 0.9
    assert recall(FRESH, label) >= 0.9


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
    reading = read(text, now)
    assert (reading.meaning, reading.clock, reading.clock_open) == (Meaning.LATE, clock, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2pm", "14:00"), ("14h", "14:00"), ("14h30", "14:30"), ("half 2", "14:30"), ("quarter past 3", "15:15"),
        ("quarter to 4", "15:45"), ("1640", "16:40"), ("noon", "12:00"), ("9:30am", "09:30"), ("6.15pm", "18:15"),
    ],
)  # fmt: skip
def test_a_time_has_many_forms(text: str, said: str) -> None:
    assert told(read(f"ETA {text}")) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("20", "20"), ("20m", "20"), ("20 mins", "20"), ("twenty five", "25"), ("half an hour", "30"), ("1h30", "90"),
        ("an hour and a half", "90"), ("10-15", "15"), ("ten", "10"), ("quarter of an hour", "15"), ("1.5 hours", "90"),
    ],
)  # fmt: skip
def test_minutes_have_many_forms(text: str, said: str) -> None:
    assert told(read(f"running {text} late")) == said


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


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("confirmed, who's got the dock code?", Meaning.CONFIRM),
        ("can't come, can someone cover me?", Meaning.DECLINE),
        ("yes but only from 3pm, who drives?", Meaning.MAYBE),
    ],
)
def test_a_question_beside_an_answer_is_kept_for_the_tour_manager(text: str, meaning: Meaning) -> None:
    reading = read(text)
    assert (reading.meaning, reading.asks) == (meaning, True)


@pytest.mark.parametrize(
    "text",
    [
        "> can you do 8?\nyes",
        "&gt; not coming\nyes",
        "*yes*",
        "<@U123ABC> yes",
        ":thumbsup:",
        "~no~ yes",
        "yes &amp; ta",
    ],
)
def test_the_way_slack_sends_a_reply_does_not_change_it(text: str) -> None:
    assert read(text).meaning is Meaning.CONFIRM


def test_a_yes_that_goes_on_for_pages_is_not_a_yes() -> None:
    reading = read("yes, " + "the weather is very nice here, " * 40 + "but I can't")
    assert reading.meaning is Meaning.MAYBE
    assert why(reading)


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


def test_every_reading_names_a_rule_that_is_explained() -> None:
    assert {read(text).rule for text, _, _ in (*GIVEN, *OURS)} == set(WHY) - {"too long for a yes"}


@pytest.mark.parametrize("tongue", [FAMILIES, ENGLISH, *TONGUES])
def test_every_phrase_stands_under_letters_that_are_explained(tongue: str) -> None:
    assert {letter for _, letters in phrases(tongue) for letter in letters} <= {*KINDS, "|"}


@pytest.mark.parametrize(
    "piece",
    [
        "a", " ", "not ", "0", "1 hour ", "can not ", "yes ", "late ", "?", ".", ".a", "|", ":", ":+1:", "<", "'", "1-",
        "👍", "in at ", "and i ", "i will be ", "just already ", "bit ", "me and me and i ", "can not | but i ",
        "twenty ", "scratch ", "my ", "if ", "@", "~", "i am x ", "or 5 ", "#5 ", "&gt;", "你", "ich bin ", "i'm",
    ],
)  # fmt: skip
def test_ten_thousand_characters_take_no_longer_than_five_hundred(piece: str) -> None:
    def taken() -> float:
        began = process_time()
        read(piece * (10_000 // len(piece)), NOW)
        return process_time() - began

    # The best of five: anything else may happen to fall into one of them.
    assert min(taken() for _ in range(5)) < 0.1


def test_a_reply_takes_microseconds() -> None:
    def one() -> float:
        began = process_time()
        for text, _, _ in GIVEN:
            read(text)
        return (process_time() - began) / len(GIVEN)

    assert statistics.median(one() for _ in range(5)) < 300e-6


@given(st.text(max_size=700), st.times())
def test_any_text_has_a_meaning(text: str, now: time) -> None:
    reading = read(text, now)
    assert reading.minutes is None or reading.meaning is Meaning.LATE
    assert reading.clock is None or reading.meaning in (Meaning.LATE, Meaning.MAYBE)


@given(
    st.sampled_from(PLAIN),
    st.sampled_from([str.upper, str.title, str.lower]),
    st.sampled_from(["", " ", "  ", "\n"]),
    st.sampled_from(["", "!", "!!!", ".", "...", " 😂", " :tada:", " mate", "\n"]),
)
def test_case_spaces_marks_and_emoji_around_do_not_change_the_meaning(
    line: Line, turned: object, before: str, after: str
) -> None:
    assert callable(turned)
    ending = "" if line[0].endswith("?") else after
    assert read(before + turned(line[0]) + ending).meaning is line[1]


WORDS = """
yes no not can can't make it late 20 min in but if maybe here ok , . ! at 3 scratch that my earlier for the i'm 👍
"""


@given(st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join))
def test_a_no_is_never_a_yes(words: str) -> None:
    assert read(f"can't make it, {words}").meaning is not Meaning.CONFIRM or "scratch" in words


REFUSALS = (
    "can't come",
    "won't be there",
    "not coming",
    "I'm not available",
    "I won't make it",
    "have to pass",
    "nope",
)


@given(st.sampled_from(REFUSALS), st.sampled_from([text for text, meaning, _ in OURS if meaning is Meaning.CONFIRM]))
def test_a_refusal_beside_any_yes_is_never_a_yes(refusal: str, agreed: str) -> None:
    assert read(f"{agreed}. {refusal}").meaning is not Meaning.CONFIRM
    assert read(f"{refusal}. {agreed}").meaning is not Meaning.CONFIRM
