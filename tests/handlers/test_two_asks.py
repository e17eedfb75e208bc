"""One message that asks some to come and others to hold the date: each part has its own heading."""

import pytest

from tests.handlers.backstage import Backstage, Hand
from tests.handlers.told import Line
from tests.handlers.troupe import NEW


@pytest.fixture
def tess(house: Backstage) -> Hand:
    hand = house.person("tess")
    hand.types(NEW)
    return hand


@pytest.fixture
def ask(house: Backstage, tess: Hand) -> Line:
    """Ana and Kit are called, Bo is to hold the date."""
    tess.types("/gig call #1 @bo MON 14:00 hold, @ana FOH 14:00, @kit LD 12:00")
    return house.post("ask")


def parts_of(text: str) -> dict[str, list[str]]:
    """The lines under each heading, by their first words."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in text.splitlines():
        if line.startswith("*"):
            heading = line.split("*")[1]
        elif line.startswith("•"):
            found.setdefault(heading, []).append(line.split(",")[0].removeprefix("• "))
    return found


def test_each_part_has_its_own_heading(ask: Line) -> None:
    assert parts_of(ask.text) == {
        "You are called:": ["<@U0ANA> FOH", "<@U0KIT> LD"],
        "Can you hold the date?": ["<@U0BO> MON"],
    }
    assert "Press *Confirm*, a yes to what you are asked here, or *Can't make it*" in ask.text


def test_the_words_and_the_button_follow_who_has_still_to_answer(house: Backstage, ask: Line) -> None:
    for name in ("ana", "kit"):
        house.person(name).presses("Confirm", "ask")
    assert "Press *I hold the date*" in house.now_reads(ask).text
    assert house.now_reads(ask).labels[0] == "I hold the date"
    house.person("bo").presses("I hold the date", "ask")
    assert parts_of(house.now_reads(ask).text)["Can you hold the date?"] == ["bo MON"]
    assert "bo MON, 14:00 WEST: holds the date" in house.now_reads(ask).text
    assert "Everybody named here has answered." in house.now_reads(ask).text


def test_the_receipt_says_both(house: Backstage, tess: Hand) -> None:
    told = tess.types("/gig call #1 @bo MON 14:00 hold, @ana FOH 14:00").text
    assert "Called for #1 Lisbon, Thu 1 Oct 2026: ana FOH" in told
    assert "Asked to hold the date of #1 Lisbon, Thu 1 Oct 2026: bo MON" in told


def test_fifty_people_in_two_parts_fit_one_message(house: Backstage, tess: Hand) -> None:
    called = ", ".join(f"@hand{a}{b} HAND 14:00" for a in "abcde" for b in "abcdefghi")
    held = ", ".join(f"@mon{a} MON 14:00 hold" for a in "abcde")
    tess.types(f"/gig call #1 {called}, {held}")
    text = house.post("ask").text
    assert len(text.encode()) < 4_000
    assert len(parts_of(text)["Can you hold the date?"]) == 5
    assert len(parts_of(text)["You are called:"]) > 35
