"""Cases are counted in the gig's thread, and a difference is told at once."""

import pytest

from tests.handlers.backstage import Backstage, Hand
from tests.handlers.troupe import NEW, Troupe


@pytest.fixture
def tess(house: Backstage) -> Hand:
    """The tour manager, with backline called, and 14 cases on the tour."""
    hand = house.person("tess")
    hand.types(NEW)
    hand.types("/gig call lisbon @kit BL 13:00, @ana FOH 14:00")
    hand.types("/gig kit carry 2 drum riser in 4 cases")
    hand.types("/gig kit carry 1 backline set in 10 cases")
    return hand


def test_the_right_number_is_marked_and_told_nobody(house: Backstage, tess: Hand) -> None:
    since = house.mark()
    assert house.person("kit").says("14 cases in").text == ""
    assert house.said(since) == []
    assert "Cases: 14 carried here; counted in 14" in tess.types("/gig kit lisbon").text
    assert house.rows("SELECT what, before, after FROM journal WHERE what = 'cases counted'") == [
        ("cases counted", "", "in 14")
    ]


def test_a_wrong_number_is_answered_with_the_difference_and_told(house: Backstage, tess: Hand) -> None:
    since = house.mark()
    told = house.person("ana").says("13 cases in").text
    assert "13 cases in on #1 Lisbon: *1 short of 14 that the tour carries*. kit and tess told." in told
    assert house.said(since) == ["rental to kit", "rental to tess"]
    assert "*Cases in: 13*, 1 short of 14 that the tour carries." in house.post("rental").text


def test_out_is_held_against_what_came_in(house: Backstage, tess: Hand) -> None:
    kit = house.person("kit")
    kit.says("13 cases in")
    since = house.mark()
    assert kit.says("cases out 13").text == ""
    assert "*1 short of 13 counted in*. tess told." in kit.says("12 cases out").text
    assert house.said(since) == ["rental to tess"]
    assert "counted in 13, out 12" in tess.types("/gig kit lisbon").text


def test_nobody_says_how_many_there_should_be_and_no_count_is_wrong(house: Backstage, tess: Hand) -> None:
    tess.types("/gig kit carry drum riser off")
    tess.types("/gig kit carry backline set off")
    since = house.mark()
    assert house.person("kit").says("7 cases in").text == ""
    assert house.said(since) == []


def test_other_words_and_people_from_outside_count_nothing(house: Backstage, tess: Hand) -> None:
    for name, words in (("kit", "14 cases not in"), ("rob", "3 cases in"), ("kit", "how many cases in?")):
        house.person(name).says(words)
    assert house.rows("SELECT count(*) FROM case_counts") == [(0,)]


def test_a_count_is_no_answer_to_a_call(house: Backstage, tess: Hand) -> None:
    house.person("kit").says("14 cases in")
    assert house.rows("SELECT DISTINCT state FROM calls") == [("called",)]


def test_a_count_is_taken_in_slack(troupe: Troupe) -> None:
    tess, kit = troupe.person("tess"), troupe.person("kit")
    for typed in (NEW, "/gig call lisbon @kit BL 13:00", "/gig kit carry 2 drum riser in 4 cases"):
        tess.types(typed)
    assert "*1 short of 4 that the tour carries*" in kit.says("3 cases in").text
    assert troupe.rows("SELECT way, count, by FROM case_counts") == [("in", 3, kit.id)]


def counted(house: Backstage) -> tuple[str, str, str]:
    [row] = house.rows("SELECT state, proof, why FROM items WHERE key = 'eq.case_count'")
    return row[0], row[1], row[2]


def test_what_came_in_whole_ticks_its_item_and_a_short_count_opens_it_with_a_note(house: Backstage, tess: Hand) -> None:
    kit = house.person("kit")
    kit.says("14 cases in")
    assert counted(house) == ("done", "14 cases in", "")
    kit.says("13 cases in")
    assert counted(house) == ("open", "", "13 cases in: 1 short of 14 that the tour carries")
    assert house.rows("SELECT who, before, after FROM journal WHERE what = 'item'") == [
        ("itself", "eq.case_count open", "eq.case_count done 14 cases in"),
        ("itself", "eq.case_count done", "eq.case_count open 13 cases in: 1 short of 14 that the tour carries"),
    ]


def test_as_many_out_as_in_tick_it_and_fewer_open_it_again(house: Backstage, tess: Hand) -> None:
    for line in ("drum riser off", "backline set off"):
        tess.types(f"/gig kit carry {line}")
    kit = house.person("kit")
    kit.says("7 cases in")
    assert counted(house)[0] == "open"
    kit.says("7 cases out")
    assert counted(house) == ("done", "7 cases out", "")
    kit.says("6 cases out")
    assert counted(house) == ("open", "", "6 cases out: 1 short of 7 counted in")
    kit.says("7 cases out")
    assert counted(house)[0] == "done"


def test_what_somebody_closed_by_hand_no_count_opens(house: Backstage, tess: Hand) -> None:
    tess.types("/gig check lisbon eq.case_count done 14 cases")
    house.person("kit").says("13 cases in")
    assert counted(house)[0] == "done"


def test_on_a_wider_list_what_went_out_ticks_its_own_item(house: Backstage, tess: Hand) -> None:
    tess.types("/gig checklist lisbon wider")
    for words in ("14 cases in", "14 cases out"):
        house.person("kit").says(words)
    assert house.rows("SELECT state, proof FROM items WHERE key = 'lo.case_count'") == [("done", "14 cases out")]
