"""A missing line is rented: asked for, approved by whoever holds the budget, ordered, delivered, given back."""

import pytest

from tests.handlers.backstage import Backstage, Hand, begins
from tests.handlers.troupe import NEW

RENT = "/gig kit lisbon rent vocal wireless from PRG 3 days 180 EUR"


@pytest.fixture
def tess(house: Backstage) -> Hand:
    """The tour manager, with a production manager on one gig, and a rider."""
    hand = house.person("tess")
    hand.types(NEW)
    hand.types("/gig call lisbon @pia PM 12:00, @kit BL 13:00")
    hand.types("/gig kit need 4 vocal wireless must or Shure ULXD")
    return hand


@pytest.fixture
def pia(house: Backstage) -> Hand:
    return house.person("pia")


def kept(house: Backstage) -> list[tuple[object, ...]]:
    return house.rows("SELECT name, count, supplier, days, cents, currency, state, settled_by FROM rentals ORDER BY id")


def test_whoever_holds_the_budget_approves_by_asking_and_nobody_else_is_asked(house: Backstage, tess: Hand) -> None:
    since = house.mark()
    told = tess.types(RENT).text
    assert "Rental: 4 vocal wireless from PRG, 3 days, 180 EUR, approved by tess: not ordered yet." in told
    assert "`/gig kit #1 ordered PRG-1182`" in told
    assert kept(house) == [("vocal wireless", 4, "PRG", 3, 18000, "EUR", "approved", "U0TESS")]
    assert house.said(since) == []


def test_a_production_manager_waits_for_the_tour_managers_yes(house: Backstage, tess: Hand, pia: Hand) -> None:
    since = house.mark()
    told = pia.types(RENT).text
    assert "requested by pia: waits for approval. The tour manager is asked." in told
    assert house.said(since) == ["rental to tess"]
    question = house.post("rental")
    assert "*May this be rented?* #1 Lisbon" in question.text
    assert "4 vocal wireless from PRG, 3 days, 180 EUR" in question.text
    since = house.mark()
    assert "Approved: 4 vocal wireless." in tess.presses("Approve", question).text
    assert house.said(since) == ["rental to pia"]
    assert "approved by tess" in house.post("rental").text
    assert house.now_reads(question).labels == []
    assert "approved by tess" in house.now_reads(question).text


def test_a_no_leaves_the_line_missing_and_is_told(house: Backstage, tess: Hand, pia: Hand) -> None:
    pia.types(RENT)
    told = tess.presses("Refuse", "rental").text
    assert "Refused: 4 vocal wireless." in told
    assert "*missing* 4 of 4 vocal wireless" in told
    assert "refused by tess" in house.post("rental").text
    assert house.post("rental").said.person == "U0PIA"


def test_nobody_approves_his_own_without_the_budget(house: Backstage, tess: Hand, pia: Hand) -> None:
    shown = pia.types(RENT)
    before = house.dump()
    for told in (pia.types("/gig kit lisbon approve vocal wireless"), pia.presses("Approve", "rental")):
        assert "Only the executive producer, the tour manager or the deputy approve a rental." in told.text
    assert "Approve rental: vocal wireless" in shown.labels
    assert house.dump() == before


def test_another_price_needs_another_yes(house: Backstage, tess: Hand, pia: Hand) -> None:
    pia.types(RENT)
    tess.presses("Approve", "rental")
    since = house.mark()
    pia.types("/gig kit lisbon rent vocal wireless 200 EUR")
    assert house.said(since) == ["rental to tess"]
    assert kept(house)[0][4:7] == (20000, "EUR", "requested")
    since = house.mark()
    pia.types("/gig kit lisbon rent vocal wireless 200 EUR")
    assert house.said(since) == []


def test_a_rental_goes_its_way_and_each_step_is_in_the_journal(house: Backstage, tess: Hand) -> None:
    tess.types(RENT)
    assert "it is delivered once it is ordered" in tess.types("/gig kit lisbon delivered").text
    told = tess.types("/gig kit lisbon ordered PRG-1182").text
    assert "All 1 must-have line is sourced." in told
    assert "ordered PRG-1182: not delivered yet" in told
    assert "agree it with the supplier" not in tess.types("/gig kit lisbon delivered vocal wireless").text
    assert "what was delivered is sent back" in tess.types("/gig kit lisbon rent vocal wireless off").text
    assert "Off hire, given back: 4 vocal wireless." in tess.types("/gig kit lisbon returned").text
    what = [row[0] for row in house.rows("SELECT what FROM journal WHERE what LIKE 'rental%' ORDER BY id")]
    assert what == ["rental asked for", "rental ordered", "rental delivered", "rental returned"]


def test_a_button_asks_for_what_is_missing_and_the_terms_follow(house: Backstage, tess: Hand) -> None:
    told = tess.presses("Rent 4 vocal wireless", tess.types("/gig kit lisbon")).text
    assert "Say more: `/gig kit #1 rent vocal wireless from PRG 3 days 180 EUR`." in told
    assert "From whom is vocal wireless rented?" in tess.types("/gig kit lisbon ordered PRG-1182").text
    tess.types(RENT)
    assert kept(house) == [("vocal wireless", 4, "PRG", 3, 18000, "EUR", "approved", "U0TESS")]
    tess.types("/gig kit need 6 vocal wireless")
    tess.presses("Rent 2 vocal wireless", tess.types("/gig kit lisbon"))
    assert kept(house)[0][1] == 6


def test_a_substitute_is_rented_for_its_line(house: Backstage, tess: Hand) -> None:
    told = tess.types("/gig kit lisbon rent 4 ULXD from PRG 3 days 180 EUR").text
    assert (
        "rented 4 Shure ULXD from PRG, 3 days, 180 EUR, approved by tess: not ordered yet, accepted by the rider"
        in told
    )
    tess.types("/gig kit lisbon rent vocal wireless off")
    told = tess.types("/gig kit lisbon rent 4 Axient for vocal wireless from PRG 3 days 180 EUR").text
    assert "not accepted yet" in told


def test_crew_see_what_is_rented_and_not_what_it_costs(house: Backstage, tess: Hand) -> None:
    tess.types(RENT)
    told = house.person("ana").types("/gig kit lisbon").text
    assert "rented 4 from PRG, 3 days, approved by tess: not ordered yet" in told
    assert "180" not in told


def test_which_rental_is_asked_where_several_fit(house: Backstage, tess: Hand) -> None:
    tess.types("/gig kit need 1 piano")
    tess.types(RENT)
    tess.types("/gig kit lisbon rent piano from Steinway 1 day 400 EUR")
    told = tess.types("/gig kit lisbon ordered PRG-1182").text
    assert (
        "Which rental: 4 vocal wireless, 1 piano? Name it: `/gig kit #1 ordered PRG-1182 for vocal wireless`." in told
    )
    assert "Ordered: 1 piano." in tess.types("/gig kit lisbon ordered ST-7 for piano").text
    assert "Ordered: 4 vocal wireless." in tess.types("/gig kit lisbon ordered PRG-1182").text


@begins("2026-09-30 12:00")
def test_what_is_not_given_back_is_asked_after_the_day_after_and_what_is_is_not(house: Backstage, tess: Hand) -> None:
    tess.types(RENT)
    tess.types("/gig kit lisbon ordered PRG-1182")
    tess.types("/gig kit lisbon delivered")
    since = house.mark()
    house.move("2026-10-02 11:00")
    asked = [line for line in house.posts("rental", since) if "*Back to the supplier:*" in line.text]
    assert [line.said.person for line in asked] == ["U0KIT"]
    assert "`/gig kit #1 returned vocal wireless`" in asked[0].text
    assert "180" not in asked[0].text
    assert "Off hire" in tess.types("/gig kit #1 returned").text
    assert "Everything that was rented is given back" in house.now_reads(asked[0]).text


@begins("2026-09-30 12:00")
def test_what_was_given_back_in_time_is_not_asked_after(house: Backstage, tess: Hand) -> None:
    tess.types(RENT)
    for word in ("ordered PRG-1182", "delivered", "returned"):
        tess.types(f"/gig kit lisbon {word}")
    since = house.mark()
    house.move("2026-10-02 12:00")
    assert house.posts("rental", since) == []


@begins("2026-09-30 12:00")
def test_after_a_move_the_gear_is_asked_after_on_the_new_day(house: Backstage, tess: Hand) -> None:
    tess.types(RENT)
    tess.types("/gig kit lisbon ordered PRG-1182")
    tess.types("/gig kit lisbon delivered")
    tess.types("/gig move lisbon 5 Oct 2026")
    house.move("2026-10-05 12:00")
    assert [line for line in house.posts("rental") if "*Back to" in line.text] == []
    house.move("2026-10-06 11:00")
    assert len([line for line in house.posts("rental") if "*Back to" in line.text]) == 1


@pytest.fixture
def handed(house: Backstage, tess: Hand) -> Backstage:
    """Max is the deputy, and Pia has asked whether vocal wireless may be rented."""
    tess.types("/gig deputy @max")
    house.person("pia").types("/gig kit lisbon rent vocal wireless from PRG 3 days 180 EUR")
    return house


def test_a_rental_that_waits_is_handed_to_the_deputy(handed: Backstage) -> None:
    assert handed.now_reads(handed.post("rental")).labels == ["Approve", "Refuse", "Got it"]
    since = handed.mark()
    handed.wait(hours=2)
    assert handed.said(since) == ["handover to max"]
    over = handed.post("handover").text
    assert "may 4 vocal wireless be rented, from PRG, 180 EUR? `/gig kit #1 approve vocal wireless`" in over
    handed.person("max").types("/gig kit #1 approve vocal wireless")
    assert handed.rows("SELECT state, settled_by FROM rentals") == [("approved", "U0MAX")]
    assert handed.rows("SELECT count(*) FROM loops WHERE closed_at IS NULL") == [(0,)]


@pytest.mark.parametrize("word", ["Approve", "Refuse", "Got it"])
def test_a_word_of_hers_keeps_the_deputy_out_of_it(handed: Backstage, tess: Hand, word: str) -> None:
    tess.presses(word, "rental")
    since = handed.mark()
    handed.wait(hours=9)
    assert "handover to max" not in handed.said(since)


def test_what_the_producer_decides_waits_for_nobody(handed: Backstage, tess: Hand) -> None:
    tess.types("/gig producer @dee")
    handed.person("dee").types("/gig kit lisbon approve vocal wireless")
    since = handed.mark()
    handed.wait(hours=9)
    assert "handover to max" not in handed.said(since)
    assert "Got it" not in handed.now_reads(handed.posts("rental")[0]).labels


def test_asked_again_with_other_terms_it_is_handed_over_once(handed: Backstage) -> None:
    handed.person("pia").types("/gig kit lisbon rent vocal wireless from PRG 3 days 150 EUR")
    assert handed.rows("SELECT count(*) FROM loops WHERE closed_at IS NULL") == [(1,)]
    handed.wait(hours=2)
    assert handed.post("handover").text.count("may 4 vocal wireless be rented, from PRG, 150 EUR?") == 1


def test_a_deputy_named_later_hears_of_it_too(house: Backstage, tess: Hand) -> None:
    house.person("pia").types("/gig kit lisbon rent vocal wireless from PRG 3 days 180 EUR")
    tess.types("/gig deputy @max")
    house.wait(hours=2)
    assert "may 4 vocal wireless be rented" in house.post("handover").text
