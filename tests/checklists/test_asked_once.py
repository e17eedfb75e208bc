"""What is asked once: whose answer it is, what the facts say of it, how people call it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from checklists.asked_once import CONDITION_WORDS, OF_THE_TOUR, by_fact, fact_words
from checklists.conditions import QUESTIONS, Condition, ShowFacts
from checklists.gig import Gig, GigState

MADE = datetime(2026, 9, 1, tzinfo=UTC)
LISBON = Gig(
    1,
    1,
    1,
    "The Lanterns",
    "Musicbox",
    "Lisbon",
    "PT",
    "Europe/Lisbon",
    date(2026, 10, 1),
    GigState.CONFIRMED,
    MADE,
    MADE,
)
PARIS = replace(LISBON, id=2, city="Paris", country="FR")


def test_every_condition_can_be_asked_and_is_called_by_a_word() -> None:
    assert set(QUESTIONS) == set(CONDITION_WORDS.values()) == set(Condition)
    assert set(Condition) > OF_THE_TOUR
    assert all(word == word.casefold().replace("-", " ") for word in CONDITION_WORDS)


@pytest.mark.parametrize("said", [True, False])
def test_an_answer_is_no_fact(said: bool) -> None:
    facts = ShowFacts(country="PT", came_from=frozenset({"FR"}), answers={Condition.BORDER: said})
    assert by_fact(Condition.BORDER, facts) is True
    assert by_fact(Condition.VIDEO, replace(facts, answers={Condition.VIDEO: said})) is None


def test_another_answer_may_decide_it() -> None:
    facts = ShowFacts(answers={Condition.EFFECTS: True, Condition.OUTDOOR_OR_EFFECTS: False})
    assert by_fact(Condition.OUTDOOR_OR_EFFECTS, facts) is True


def test_the_fact_is_named() -> None:
    assert fact_words(Condition.BORDER, LISBON, PARIS) == "Paris FR comes before Lisbon PT"
    assert fact_words(Condition.CHANGE, LISBON, None) == "its date was never changed"
    moved = replace(LISBON, counted_from=datetime(2026, 9, 2, tzinfo=UTC))
    assert fact_words(Condition.CHANGE, moved, None) == "its date was changed"
    assert fact_words(Condition.WITHHOLDING, LISBON, None) == "no border is crossed"
    assert fact_words(Condition.OUTDOOR_OR_EFFECTS, LISBON, None) == "by what was answered"
