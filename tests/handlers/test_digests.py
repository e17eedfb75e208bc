"""The morning's digest: what is new since the last, and a button for each line that somebody can close or decide."""

import pytest

from checklists.items import ItemState
from tests.handlers.backstage import TEAM, Backstage, Hand
from tests.handlers.stage import BACKSTAGE
from tests.handlers.told import NOTHING_TOLD, Line
from tests.handlers.troupe import NEW

pytestmark = BACKSTAGE


@pytest.fixture
def tess(house: Backstage) -> Hand:
    """Lisbon is on 1 October; Ana mixes, Pia is the production manager."""
    tess = house.person("tess")
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00, @pia PM 12:00")
    return tess


def digest_of(house: Backstage, who: str) -> Line:
    return [line for line in house.posts("digest") if line.said.person == who][-1]


def bullets(line: Line) -> list[str]:
    return [each for each in line.text.split("\n") if each.startswith("• #")]


def test_of_the_first_nothing_is_new_and_of_the_next_what_the_first_did_not_tell(house: Backstage, tess: Hand) -> None:
    house.move("2026-09-03 09:00")
    first, second = (line for line in house.posts("digest") if line.said.person == tess.id)
    assert " new" not in first.text
    assert ": 5, 2 new since the last" in second.text
    assert sum(each.endswith(" · new") for each in bullets(second)) == 2
    tess.types("/gig check #1 lg.contract done https://example.org/contract.pdf")
    house.move("2026-09-10 09:00")
    last = digest_of(house, tess.id)
    fresh = [each for each in bullets(last) if each.endswith(" · new")]
    assert f"{len(fresh)} new since the last" in last.text
    assert fresh
    assert not any("`lg.licence`" in each for each in fresh)
    assert not any("`lg.contract`" in each for each in bullets(last))


def test_ten_lines_have_their_button_and_fifteen_are_shown(house: Backstage, tess: Hand) -> None:
    house.move("2026-09-28 09:00")
    line = digest_of(house, tess.id)
    labels = house.now_reads(line).labels
    assert len(bullets(line)) <= 15
    assert len(labels) == min(10, len(bullets(line)))
    assert all(label.startswith("Close ") for label in labels)
    assert all(f"`{label.removeprefix('Close ')}`" in each for label, each in zip(labels, bullets(line), strict=False))


def test_a_button_closes_its_line_by_a_word_or_by_its_form(house: Backstage, tess: Hand) -> None:
    house.move("2026-09-29 09:00")
    line, ana = digest_of(house, "U0ANA"), house.person("ana")
    assert "Close va.pa" in house.now_reads(line).labels
    assert ana.presses("Close va.pa", line) is NOTHING_TOLD
    assert "belongs to FOH" in house.person("dee").presses("Close va.pa", line).text
    with house.store.begin(TEAM) as book:
        others = [item.id for item in book.items.of_gig(1) if item.key != "va.final_call"]
        book.items.set_state(others, ItemState.DONE, tess.id, house.now)
    house.move("2026-09-30 09:00")
    line = digest_of(house, tess.id)
    assert "Close va.final_call" in house.now_reads(line).labels
    assert "`va.final_call` is *done*" in tess.presses("Close va.final_call", line).text
    assert "done already" in tess.presses("Close va.final_call", line).text


def test_a_line_that_hangs_on_a_question_asks_it_of_who_may_decide(house: Backstage, tess: Hand) -> None:
    tess.types("/gig checklist lisbon wider")
    house.move("2026-09-20 09:00")
    labels = {who: house.now_reads(digest_of(house, who)).labels for who in (tess.id, "U0PIA")}
    asks = [(who, label) for who, each in labels.items() for label in each if label.startswith("Decide: ")]
    assert asks
    who, label = asks[0]
    told = house.person(who.removeprefix("U0").lower()).presses(label, digest_of(house, who))
    assert told.labels
    assert all(each.startswith(("Yes", "No")) for each in told.labels)
    assert not [each for each in house.now_reads(digest_of(house, "U0ANA")).labels if each.startswith("Decide")]
