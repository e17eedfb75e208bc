"""What facts close is closed by itself, opens again with the facts, and is undone by hand with a note only."""

import pytest

from checklists.items import ITSELF
from handlers.asked import Asked
from handlers.kit import kit
from handlers.lists import item_sent
from tests.handlers.backstage import CHANNEL, NAMED, TEAM, Backstage, Hand
from tests.handlers.troupe import NEW

NEXT_DAY = "/gig new The Lanterns, Hard Club Porto Portugal, 2 Oct 2026"


@pytest.fixture
def tess(house: Backstage) -> Hand:
    """Lisbon on 1 October, Porto on the 2nd."""
    tess = house.person("tess")
    tess.types(NEW)
    tess.types(NEXT_DAY)
    return tess


def rest(house: Backstage, gig: int) -> tuple[str, str]:
    [row] = house.rows(f"SELECT state, closed_by FROM items WHERE key = 'cr.rest_check' AND gig_id = {gig}")
    return row[0], row[1]


def test_legal_rest_is_ticked_with_the_first_call_and_not_before(house: Backstage, tess: Hand) -> None:
    assert rest(house, 1) == ("open", "")
    tess.types("/gig call #1 @ana FOH 14:00")
    assert rest(house, 1) == ("done", ITSELF)
    tess.types("/gig call #1 @ana off")
    assert rest(house, 1) == ("open", "")


@pytest.mark.parametrize(
    ("clock", "state"), [("11:15", "done"), ("11:14", "open"), ("07:00", "open"), ("16:00", "done")]
)
def test_ten_hours_after_the_release_of_the_night_before_are_enough(
    house: Backstage, tess: Hand, clock: str, state: str
) -> None:
    tess.types("/gig call #1 @ana FOH 14:00")  # released 01:15, two hours after the load-out
    tess.types(f"/gig call #2 @ana FOH {clock}")
    assert rest(house, 2)[0] == state


def test_a_later_night_opens_the_next_days_item_again(house: Backstage, tess: Hand) -> None:
    tess.types("/gig call #1 @ana FOH 14:00")
    tess.types("/gig call #2 @ana FOH 12:00")
    assert rest(house, 2) == ("done", ITSELF)
    tess.types("/gig times #1 load-out 01:30")
    assert rest(house, 2) == ("open", "")


def test_a_call_on_the_way_to_work_needs_no_rest(house: Backstage, tess: Hand) -> None:
    tess.types("/gig call #1 @ana FOH 14:00")
    tess.types("/gig call #2 @ana FOH 14:00")
    tess.types("/gig call #2 everyone lobby 07:00")
    assert rest(house, 2) == ("done", ITSELF)


def test_what_the_facts_closed_is_undone_with_a_note_only_and_stays_so(house: Backstage, tess: Hand) -> None:
    tess.types("/gig call #1 @ana FOH 14:00")
    before = house.dump()
    told = tess.types("/gig check #1 cr.rest_check open").text
    assert "was ticked by the facts. To undo that say why" in told
    assert "say why" in tess.types("/gig check #1 cr.calls_posted problem").text
    assert house.dump() == before
    assert "*problem*" in tess.types("/gig check #1 cr.rest_check problem ana flew in overnight").text
    tess.types("/gig call #1 @bo MON 14:00")
    assert rest(house, 1)[0] == "problem"
    journal = house.rows("SELECT before, after FROM journal WHERE what = 'item'")
    assert journal == [("cr.rest_check done", "cr.rest_check problem ana flew in overnight")]


def test_what_a_person_closed_is_not_opened_by_the_facts(house: Backstage, tess: Hand) -> None:
    tess.types("/gig check #1 cr.rest_check done 11 h")
    tess.types("/gig call #1 @ana FOH 14:00")
    tess.types("/gig call #1 @ana off")
    assert rest(house, 1) == ("done", tess.id)


def test_the_riders_musts_close_their_item_and_open_it_again(house: Backstage, tess: Hand) -> None:
    def sourced() -> str:
        [row] = house.rows("SELECT state FROM items WHERE key = 'eq.source_must' AND gig_id = 1")
        return str(row[0])

    tess.types("/gig kit need 2 drum riser must")
    assert sourced() == "open"
    tess.types("/gig kit lisbon house 2 drum riser")
    assert sourced() == "done"
    tess.types("/gig kit lisbon house no drum riser")
    assert sourced() == "open"


def source_must(house: Backstage) -> list[str]:
    return [row[0] for row in house.rows("SELECT state FROM items WHERE key = 'eq.source_must' ORDER BY gig_id")]


def test_the_tours_rider_stock_and_repairs_reach_every_gig_ahead_before_the_clock_does_anything(
    house: Backstage, tess: Hand
) -> None:
    def types(line: str) -> list[str]:
        """What stands in the same transaction, before anything else happens."""
        with house.store.begin(TEAM) as book:
            kit(book, Asked(now=house.now, key=line, who=tess.id, where=CHANNEL, where_name=NAMED, text=line))
        return source_must(house)

    assert types("need 2 drum riser must") == ["open", "open"]
    assert types("carry 2 drum riser in 4 cases") == ["done", "done"]
    assert types("repair 1 drum riser") == ["open", "open"]
    assert types("repair 1 drum riser done") == ["done", "done"]
    assert types("need 1 piano must") == ["open", "open"]
    assert types("need piano off") == ["done", "done"]
    assert house.rows("SELECT count(*) FROM cues WHERE kind = 'upkeep' AND state = 'waiting'") == [(0,)]


def test_what_a_house_has_reaches_the_next_gig_there_and_what_is_carried_the_other_of_the_day(
    house: Backstage, tess: Hand
) -> None:
    for where in ("Musicbox Lisbon, 9 Oct 2026", "Le Trabendo Paris France, 1 Oct 2026"):
        tess.types(f"/gig new The Lanterns, {where}")
    tess.types("/gig kit need 2 drum riser must")
    tess.types("/gig kit #1 house 2 drum riser")
    assert source_must(house) == ["done", "open", "done", "open"]
    tess.types("/gig kit #1 house drum riser off")
    tess.types("/gig kit carry 2 drum riser")
    assert source_must(house) == ["open", "done", "done", "open"]
    tess.types("/gig kit #1 carry all")
    tess.types("/gig kit #4 carry none")
    assert source_must(house) == ["done", "done", "done", "open"]


def test_beyond_what_an_ack_can_wait_for_the_clock_judges_right_after_it(
    house: Backstage, tess: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.ahead.AT_ONCE", 1)
    for line in ("need 2 drum riser must", "carry 2 drum riser"):
        asked = Asked(now=house.now, key=line, who=tess.id, where=CHANNEL, where_name=NAMED, text=line)
        with house.store.begin(TEAM) as book:
            kit(book, asked)
    assert source_must(house) == ["done", "open"]
    house.settle()
    assert source_must(house) == ["done", "done"]


def test_a_gig_that_is_over_is_left_as_it_was(house: Backstage, tess: Hand) -> None:
    house.move("2026-10-02 12:00")
    tess.types("/gig kit need 2 drum riser must")
    tess.types("/gig kit carry 2 drum riser")
    assert source_must(house) == ["open", "done"]


def test_the_form_says_at_its_field_what_to_type(house: Backstage, tess: Hand) -> None:
    tess.types("/gig call #1 @ana FOH 14:00")
    [(item, gig)] = house.rows("SELECT id, gig_id FROM items WHERE key = 'cr.rest_check' AND gig_id = 1")
    before = house.dump()
    fields = {"item": str(item), "state": "open", "why": ""}
    asked = Asked(now=house.now, key="form", who=tess.id, value=str(gig), fields=fields)
    with house.store.begin(TEAM) as book:
        told = item_sent(book, asked).errors["state"]
    assert "To undo that say why: /gig check cr.rest_check problem WHY" in told
    assert house.dump() == before


def test_undoing_it_on_every_gig_needs_a_note_too(house: Backstage, tess: Hand) -> None:
    tess.types("/gig call #1 @ana FOH 14:00")
    before = house.dump()
    assert "say why" in tess.types("/gig check cr.rest_check open all").text
    assert house.dump() == before
