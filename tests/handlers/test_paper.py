"""Deals, contracts and deposits: kept, ticked by the facts, undone with a note, and seen by few."""

import pytest

from checklists.items import ITSELF
from tests.handlers.backstage import Backstage, Hand
from tests.handlers.troupe import NEW

DEAL = "/gig deal #1 versus net 5000 EUR 85% deposit 50% by 20 Sep withholding 15%"
LINK = "https://example.org/lisbon_signed.pdf"
FIGURES = ("5,000", "5000", "2,500", "2500", "85 %", "15 %")


@pytest.fixture
def tess(house: Backstage) -> Hand:
    """Lisbon on 1 October; Dee is the producer."""
    tess = house.person("tess")
    for line in (NEW, "/gig call #1 @ana FOH 14:00", "/gig producer @dee", "/gig checklist #1 wider"):
        tess.types(line)
    return tess


def item(house: Backstage, key: str) -> tuple[str, str, str, str]:
    [row] = house.rows(f"SELECT state, closed_by, proof, why FROM items WHERE key = '{key}' AND gig_id = 1")
    return tuple(row)


def test_a_contract_with_both_signatures_and_its_document_ticks_itself(house: Backstage, tess: Hand) -> None:
    assert "sent to Paul Ek" in tess.types("/gig contract #1 out to Paul Ek").text
    told = tess.types("/gig contract lisbon signed us").text
    assert "signed for us by tess, not signed by them" in told
    assert item(house, "lg.contract")[0] == "open"
    told = tess.types(f"/gig contract #1 signed them Paul Ek, Sol Live <{LINK}>").text
    assert "Signed by both, and at hand." in told
    assert "Readiness: " in told
    assert item(house, "lg.contract") == ("done", ITSELF, f"signed by tess and Paul Ek, Sol Live: {LINK}", "")


def test_the_document_may_come_after_the_signatures(house: Backstage, tess: Hand) -> None:
    assert "The document is missing." in tess.types("/gig contract #1 signed both Paul Ek").text
    assert item(house, "lg.contract")[0] == "open"
    tess.types(f"/gig contract #1 signed them Paul Ek {LINK}")
    assert item(house, "lg.contract")[0] == "done"


def test_what_is_undone_opens_again_with_its_note(house: Backstage, tess: Hand) -> None:
    tess.types(f"/gig contract #1 signed both Paul Ek {LINK}")
    told = tess.types("/gig contract #1 undo the rider was struck").text
    assert "nothing noted. Taken back: the rider was struck." in told
    assert item(house, "lg.contract") == ("open", "", "", "the rider was struck")
    tess.types(f"/gig contract #1 signed both Paul Ek {LINK}")
    assert item(house, "lg.contract")[0] == "done"


def test_a_deposit_ticks_itself_once_all_of_it_is_in(house: Backstage, tess: Hand) -> None:
    told = tess.types(DEAL).text
    assert "versus net, 5,000 EUR or 85 %, whichever is more, deposit 2,500 EUR by Sun 20 Sep 2026, tax" in told
    assert "1,500 EUR still due" in tess.types("/gig deposit #1 in 1000 EUR ref SEPA-1").text
    assert item(house, "mn.deposit")[0] == "open"
    assert "The deposit is in." in tess.types("/gig deposit #1 in €1,500 reference SEPA-2").text
    assert item(house, "mn.deposit") == ("done", ITSELF, "in, reference SEPA-1, SEPA-2", "")
    tess.types("/gig deposit #1 undo booked to the wrong show")
    assert item(house, "mn.deposit") == ("open", "", "", "booked to the wrong show")
    tess.types("/gig deposit #1 in 2600 EUR ref SEPA-3")
    assert "That is 100 EUR more than agreed." in tess.types("/gig deposit #1").text


def test_a_deposit_is_let_go_by_management_in_writing(house: Backstage, tess: Hand) -> None:
    tess.types(DEAL)
    tess.types("/gig deposit #1 waived Mark Ellis, management: https://example.org/letter.pdf")
    state, by, proof, _ = item(house, "mn.deposit")
    assert (state, by) == ("done", ITSELF)
    assert "let go by management: Mark Ellis, management, https://example.org/letter.pdf" in proof


def test_a_deal_without_a_deposit_has_none_to_wait_for(house: Backstage, tess: Hand) -> None:
    tess.types("/gig deal #1 flat 5000 EUR")
    assert item(house, "mn.deposit") == ("done", ITSELF, "the deal has none", "")
    tess.types("/gig deal #1 flat 5000 EUR deposit 1000 EUR")
    assert item(house, "mn.deposit")[0] == "open"


def test_a_second_pair_of_eyes_holds_the_deal_to_the_contract(house: Backstage, tess: Hand) -> None:
    tess.types(DEAL)
    assert "second pair of eyes" in tess.types("/gig deal #1 checked").text
    assert item(house, "mn.terms_loaded")[0] == "open"
    assert "checked by dee" in house.person("dee").types("/gig deal #1 checked").text
    assert item(house, "mn.terms_loaded")[:2] == ("done", ITSELF)
    tess.types("/gig deal #1 flat 6000 EUR deposit 50%")
    assert item(house, "mn.terms_loaded")[0] == "open"


def test_what_a_deal_decides_is_not_asked_again(house: Backstage, tess: Hand) -> None:
    undecided = (
        "SELECT DISTINCT applies FROM items WHERE gig_id = 1 AND undecided AND applies IN ('net deal', 'withholding')"
    )
    assert {row[0] for row in house.rows(undecided)} == {"net deal", "withholding"}
    tess.types(DEAL)
    assert house.rows(undecided) == []
    tess.types("/gig deal #1 drop the promoter withdrew")
    assert {row[0] for row in house.rows(undecided)} == {"net deal", "withholding"}


@pytest.mark.parametrize(
    ("tax", "told"),
    [("withholding 15%", "yes, the deal says so"), ("withholding 0%", "no, the deal"), ("no tax", "no, the deal")],
)
def test_what_the_deal_decided_is_told_without_its_rate(house: Backstage, tess: Hand, tax: str, told: str) -> None:
    tess.types(f"/gig deal #1 flat 5000 EUR {tax}")
    seen = house.person("ana").types("/gig checklist #1").text
    assert f"withholding: {told}" in seen
    assert not any(figure in seen for figure in FIGURES)


def test_what_somebody_closed_by_hand_stays(house: Backstage, tess: Hand) -> None:
    tess.types(f"/gig check #1 lg.contract done {LINK}")
    tess.types(f"/gig contract #1 signed both Paul Ek {LINK}")
    tess.types("/gig contract #1 undo the rider was struck")
    assert item(house, "lg.contract")[1] != ITSELF
    assert item(house, "lg.contract")[0] == "done"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/gig deal #1 flat 5000", "of which currency"),
        ("/gig deal #1 versus 5000 EUR 85%", "never guess"),
        ("/gig deal #1 flat $5000", "dollars of which country"),
        ("/gig deal #1 flat 5000 EUR banana", 'I do not understand "banana"'),
        ("/gig deal #1 banana", "Which kind of deal"),
        ("/gig deal #1 flat 5000 EUR deposit 6000 EUR", "more than the guarantee"),
        ("/gig deal #1 flat 5000 EUR deposit 10 GBP", "One deal has one currency"),
        ("/gig deal #1 flat 5000 EUR deposit 50% deposit 20%", "twice"),
        ("/gig deal #1 flat 5000 EUR deposit 150%", "at most 100 %"),
        ("/gig deal #1 flat 5000 EUR deposit", "How much is the deposit?"),
        ("/gig deal #1 flat 5000 EUR by 20 Sep", "I found no deposit"),
        ("/gig deal #1 flat 5000 EUR deposit 50% by 31 Feb", "no such date"),
        ("/gig deal #1 flat 5000 EUR withholding some", "How much tax"),
        ("/gig deal #1 door", "Which share"),
        ("/gig deal #1 door 80% deposit 50%", "A part of which guarantee"),
        ("/gig deal #1 flat 85%", "How much is the guarantee"),
        ("/gig deal #1 bonus 5000 EUR 85%", "no share of the box office"),
        ("/gig deal #1 versus net 5000 EUR 85% deposit 50% by 20 Sep withholding 15%", "says so already"),
        ("/gig deal #1 drop", "Why?"),
        ("/gig deal #9 flat 5000 EUR", "no gig #9"),
        ("/gig contract #1 signed Paul", "Signed by whom"),
        ("/gig contract #1 signed them", "Who signed for them"),
        ("/gig contract #1 out", "To whom"),
        ("/gig contract #1 undo", "Why?"),
        ("/gig contract #1 undo struck", "Nothing is noted of this contract"),
        ("/gig deposit #1 in", "How much came in"),
        ("/gig deposit #1 in 2500", "How much came in"),
        ("/gig deposit #1 in 0 EUR ref SEPA-1", "nothing to note"),
        ("/gig deposit #1 in 2500 EUR", "reference"),
        ("/gig deposit #1 in 2500 GBP ref SEPA-1", "in EUR, not in GBP"),
        ("/gig deposit #1 waived https://example.org/letter.pdf", "Who of management"),
        ("/gig deposit #1 waived Mark Ellis", "in writing"),
        ("/gig deposit #1 undo wrong show", "Nothing is noted of this deposit"),
    ],
)
def test_what_cannot_be_kept_is_told_and_leaves_nothing_behind(
    house: Backstage, tess: Hand, typed: str, told: str
) -> None:
    tess.types(DEAL)
    before = house.dump()
    assert told in tess.types(typed).text
    assert house.dump() == before


def test_a_payment_is_noted_once_and_only_under_a_deal(house: Backstage, tess: Hand) -> None:
    assert "No deal is typed" in tess.types("/gig deposit #1 in 2500 EUR ref SEPA-1").text
    tess.types(DEAL)
    tess.types("/gig deposit #1 in 1000 EUR ref SEPA-1")
    assert "noted already" in tess.types("/gig deposit #1 in 1000 EUR ref sepa-1").text
    assert "has no place for" in tess.types("/gig deal #1 flat 5000 EUR").text
    assert "Take the deposit back first" in tess.types("/gig deal #1 drop it is off").text
    assert house.rows("SELECT cents FROM payments") == [(100000,)]


@pytest.mark.parametrize("who", ["ana", "bo", "pia"])
@pytest.mark.parametrize(
    "typed",
    ["/gig deal #1", "/gig contract #1", "/gig deposit #1", DEAL, "/gig deposit #1 in 1 EUR ref A-1", "/gig deal #99"],
)
def test_who_may_not_see_the_money_sees_none_of_it(house: Backstage, tess: Hand, who: str, typed: str) -> None:
    tess.types(DEAL)
    before = house.dump()
    told = house.person(who).types(typed).text
    assert "Nothing was shown, nothing was changed." in told
    assert not any(figure in told for figure in FIGURES)
    assert house.dump() == before


def test_no_sum_is_ever_posted_or_shown_to_others(house: Backstage, tess: Hand) -> None:
    tess.types(DEAL)
    tess.types("/gig deposit #1 in 2500 EUR ref SEPA-1")
    house.person("dee").types("/gig deal #1 checked")
    house.move("2026-09-29 12:00")
    said = [line.now for line in house.lines]
    shown = [house.person("ana").types(f"/gig {verb} #1").text for verb in ("show", "ready", "check", "gates")]
    assert said
    assert not [text for text in (*said, *shown) for figure in ("5,000", "2,500", "85 %", "versus") if figure in text]


def test_the_journal_has_both_versions(house: Backstage, tess: Hand) -> None:
    tess.types("/gig deal #1 flat 5000 EUR")
    house.person("dee").types("/gig deal #1 flat 6000 EUR")
    [first, second] = house.rows("SELECT who, before, after FROM journal WHERE what = 'deal' ORDER BY id")
    assert (first[0], second[0]) == ("U0TESS", "U0DEE")
    assert first[2] == second[1]
    assert "cents 600000" in second[2]
