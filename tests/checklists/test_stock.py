"""One set of cases cannot be in two cities; what is under repair is in none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.kit import Line
from checklists.stock import Carried, Rival, Stock, carried_here, cases_here, named

RISER = Stock(1, "drum riser", 2, 3)
PORTO = Rival("#2 Porto")


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Drum Risers", "drum riser"), ("vocal wireless", "vocal wireless"), ("  SM-58s ", "sm 58"), ("DI", "di"),
        ("!!!", ""), ("d&b V8", "d and b v8"), ("太鼓", "太鼓"), ("Flügel", "flugel"), ("s", "s"),
    ],
)  # fmt: skip
def test_names_are_compared_without_case_signs_and_number(words: str, key: str) -> None:
    assert named(words) == key
    assert Line(0, words, 1).key == Stock(0, words, 1).key == key


def here(stock: Stock, mine: dict[str, int], *rivals: Rival) -> Carried:
    return carried_here([stock], mine, rivals)[0]


def test_alone_on_its_day_a_gig_has_all_that_is_sound() -> None:
    assert here(RISER, {}).count == 2
    assert here(Stock(1, "drum riser", 2, in_repair=1), {}).count == 1
    assert here(Stock(1, "drum riser", 2, in_repair=9), {}).count == 0


def test_two_gigs_of_one_day_cannot_both_have_it_until_somebody_says_who() -> None:
    found = here(RISER, {}, PORTO)
    assert (found.count, found.elsewhere, found.is_open) == (0, ("#2 Porto",), True)


def test_the_gig_it_was_given_to_has_it_and_the_other_hears_where_it_is() -> None:
    assert here(RISER, {"drum riser": 2}, PORTO).count == 2
    found = here(RISER, {}, Rival("#1 Lisbon", {"drum riser": 2}))
    assert (found.count, found.elsewhere, found.is_open) == (0, ("#1 Lisbon",), False)


def test_a_part_may_be_given_and_the_rest_is_the_others() -> None:
    assert here(RISER, {}, Rival("#1 Lisbon", {"drum riser": 1})).count == 1
    assert here(RISER, {}, Rival("#1 Lisbon", {"drum riser": 0})).count == 2


SHARE = st.one_of(st.none(), st.integers(0, 5))


@given(st.integers(0, 5), st.integers(0, 5), st.lists(SHARE, min_size=2, max_size=3))
def test_never_are_more_of_a_thing_on_the_gigs_of_a_day_than_there_are(
    count: int, broken: int, given_: list[int | None]
) -> None:
    stock = Stock(1, "riser", count, in_repair=broken)
    total = sum(each or 0 for each in given_)
    shares = [{} if each is None or total > stock.sound else {"riser": each} for each in given_]
    found = []
    for n, mine in enumerate(shares):
        rivals = [Rival(f"#{m}", each) for m, each in enumerate(shares) if m != n]
        found.append(here(stock, mine, *rivals).count)
    assert sum(found) <= stock.sound


def test_the_cases_that_should_be_there_are_those_of_what_is_there() -> None:
    desk = Stock(2, "desk", 1, 1)
    assert cases_here([Carried(RISER, 2), Carried(desk, 1)]) == 4
    assert cases_here([Carried(RISER, 0), Carried(desk, 1)]) == 1
    assert cases_here([Carried(RISER, 1), Carried(desk, 1)]) == 0, "nobody knows in which case the one is"
    assert cases_here([]) == 0
