"""Conditions are decided from facts, and asked where no fact decides."""

import pytest

from checklists.conditions import CUSTOMS_UNIONS, DECIDED, QUESTIONS, Condition, ShowFacts, Way, applies
from checklists.library import every_item, stock


def test_the_lists_use_all_26_conditions_and_each_has_its_question() -> None:
    assert {item.applies for item in every_item(stock()) if item.applies} == set(Condition)
    assert set(QUESTIONS) == set(Condition)
    assert len(Condition) == 26


@pytest.mark.parametrize("condition", Condition)
def test_what_nobody_knows_is_asked_and_an_answer_goes_before_any_fact(condition: Condition) -> None:
    assert applies(condition, ShowFacts()) is None
    for said in (True, False):
        assert applies(condition, ShowFacts(answers={condition: said}, gear={condition: not said})) is said


@pytest.mark.parametrize("condition", sorted(set(Condition) - set(DECIDED)))
def test_the_kit_decides_the_rest(condition: Condition) -> None:
    assert applies(condition, ShowFacts(gear={condition: True})) is True
    assert applies(condition, ShowFacts(gear={condition: False})) is False


def test_an_unknown_condition_is_a_fault() -> None:
    with pytest.raises(ValueError, match="rain"):
        applies("rain", ShowFacts())


@pytest.mark.parametrize(
    ("came_from", "country", "border", "customs"),
    [
        ({"NL"}, "NL", False, False),
        ({"NL"}, "DE", True, False),
        ({"NL"}, "GB", True, True),
        ({"CH"}, "DE", True, True),
        ({"CH"}, "LI", True, False),
        ({"GB", "NL"}, "NL", True, True),
        ({"US"}, "CA", True, True),
        (set(), "NL", None, None),
        ({"NL"}, "", None, None),
    ],
)
def test_a_border_is_one_thing_and_a_customs_border_another(
    came_from: set[str], country: str, border: bool | None, customs: bool | None
) -> None:
    facts = ShowFacts(country=country, came_from=frozenset(came_from))
    assert (applies("border", facts), applies("customs border", facts)) == (border, customs)


def test_no_country_is_in_two_customs_unions() -> None:
    countries = [country for union in CUSTOMS_UNIONS for country in union]
    assert len(countries) == len(set(countries))


@pytest.mark.parametrize(
    ("condition", "facts", "found"),
    [
        ("bus", ShowFacts(ways=frozenset({Way.BUS})), True),
        ("bus", ShowFacts(ways=frozenset({Way.VAN})), False),
        ("road", ShowFacts(ways=frozenset({Way.VAN, Way.PLANE})), True),
        ("road", ShowFacts(ways=frozenset({Way.TRAIN})), False),
        ("flying", ShowFacts(ways=frozenset({Way.PLANE})), True),
        ("freight", ShowFacts(ways=frozenset({Way.PLANE})), False),
        ("over limit", ShowFacts(drives=()), False),
        ("over limit", ShowFacts(drives=((9.0, 9.0),)), False),
        ("over limit", ShowFacts(drives=((4.0, 9.0), (9.1, 9.0))), True),
        ("net deal", ShowFacts(deal="versus_net"), True),
        ("net deal", ShowFacts(deal="plus"), True),
        ("net deal", ShowFacts(deal="door"), True),
        ("net deal", ShowFacts(deal="flat"), False),
        ("net deal", ShowFacts(deal="versus_gross"), False),
        ("withholding", ShowFacts(withholding_pct=15.825), True),
        ("withholding", ShowFacts(withholding_pct=0.0), False),
        ("withholding", ShowFacts(country="NL", came_from=frozenset({"NL"})), False),
        ("withholding", ShowFacts(country="DE", came_from=frozenset({"NL"})), None),
        ("outdoor or effects", ShowFacts(outdoor=True), True),
        ("outdoor or effects", ShowFacts(outdoor=False), None),
        ("outdoor or effects", ShowFacts(outdoor=False, gear={Condition.EFFECTS: False}), False),
        ("outdoor or effects", ShowFacts(gear={Condition.EFFECTS: True}), True),
        ("support", ShowFacts(supports=0), False),
        ("support", ShowFacts(supports=2), True),
        ("change", ShowFacts(changes=0), False),
        ("change", ShowFacts(changes=1), True),
    ],
)
def test_a_fact_decides(condition: str, facts: ShowFacts, found: bool | None) -> None:
    assert applies(condition, facts) is found
