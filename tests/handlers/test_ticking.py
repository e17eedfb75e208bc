"""Items are closed by what proves them, by who may, and both versions stay in the journal."""

import pytest

from tests.handlers.backstage import Backstage, Hand
from tests.handlers.told import NOTHING_TOLD, proven
from tests.handlers.troupe import NEW, Actor, Troupe

PHOTO = "https://files.example.org/F1/truck.jpg"
PAPER = "https://files.example.org/F2/contract_signed.pdf"


@pytest.fixture
def open_gig(house: Backstage) -> Backstage:
    """A gig with its card in the channel: Tess leads, Ana mixes, Pia is the production manager."""
    tess = house.person("tess")
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00, @pia PM 12:00")
    house.wait(minutes=5)
    return house


def state_of(house: Backstage, key: str) -> tuple[str, str, str, str]:
    [row] = house.rows(f"SELECT state, closed_by, why, proof FROM items WHERE key = '{key}' AND gig_id = 1")
    return tuple(row)


def journal(house: Backstage) -> list[tuple[str, str, str, str]]:
    rows = house.rows("SELECT who, what, before, after FROM journal WHERE what LIKE 'item%' ORDER BY id")
    return [tuple(row) for row in rows]


WRONG = [
    ("va.power done", "closed by a number with its unit: type `/gig check #1 va.power done 63 A`"),
    ("va.power done yes", "not a number with its unit"),
    ("va.power done 63", "has no unit"),
    ("lg.contract done signed", "not a document or a link"),
    ("mn.deposit done paid", "no payment reference"),
    ("ds.medics_in done yes", "does not say whose yes it is"),
    ("va.power waive ...", "waive"),
    ("ds.exits waive we are late", "executive producer"),
    ("ds.exits n/a", "executive producer"),
    ("cr.confirm_24 done", "ticks itself"),
]


@pytest.mark.parametrize(("said", "why"), WRONG)
def test_what_proves_nothing_closes_nothing(open_gig: Backstage, said: str, why: str) -> None:
    before = open_gig.dump()
    assert why in open_gig.person("tess").types(f"/gig check #1 {said}").text
    assert open_gig.dump() == before


@pytest.mark.parametrize(
    "key", ["va.power", "lg.contract", "mn.deposit", "ds.medics_in", "ds.exits", "va.contacts", "eq.source_must"]
)
def test_each_kind_of_evidence_closes_its_items(open_gig: Backstage, key: str) -> None:
    if not open_gig.rows(f"SELECT 1 FROM items WHERE key = '{key}'"):
        pytest.skip("not on this list")
    tess = open_gig.person("tess")
    told = tess.types(f"/gig check #1 {proven(key)}").text
    assert f"`{key}` is *done*" in told
    state, by, why, proof = state_of(open_gig, key)
    assert (state, by, why) == ("done", tess.id, "")
    assert proof == proven(key).partition(" done")[2].strip()
    assert (proof or "done") in tess.types(f"/gig check #1 {key}").text


def test_the_second_of_two_hears_who_was_first_and_both_are_kept(open_gig: Backstage) -> None:
    tess, pia = open_gig.person("tess"), open_gig.person("pia")
    tess.types("/gig check #1 va.power done 63 A")
    told = pia.types("/gig check #1 va.power done 125 A").text
    assert "done already" in told
    assert "by tess" in told
    assert "63 A" in told
    assert state_of(open_gig, "va.power") == ("done", tess.id, "", "63 A")
    assert journal(open_gig) == [
        (tess.id, "item", "va.power open", "va.power done 63 A"),
        (pia.id, "item again", "va.power done 63 A", "va.power done 125 A"),
    ]


def test_a_waiver_is_printed_with_its_name_and_its_reason(open_gig: Backstage) -> None:
    tess = open_gig.person("tess")
    tess.types("/gig check #1 va.power waive house generator agreed")
    assert "waived, by tess" in tess.types("/gig check #1 va.power").text
    assert "house generator agreed" in tess.types("/gig check #1 va.power").text


def test_what_does_not_apply_is_opened_before_it_is_closed(open_gig: Backstage) -> None:
    tess = open_gig.person("tess")
    tess.types("/gig check #1 va.power n/a")
    assert "does not apply" in tess.types("/gig check #1 va.power done 63 A").text
    tess.types("/gig check #1 va.power open")
    assert "is *done*" in tess.types("/gig check #1 va.power done 63 A").text


def test_what_the_facts_ticked_is_undone_with_a_note_and_then_left_alone(open_gig: Backstage) -> None:
    tess = open_gig.person("tess")
    assert state_of(open_gig, "cr.calls_posted")[:2] == ("done", "itself")
    assert "say why" in tess.types("/gig check #1 cr.calls_posted open").text
    assert "*problem*" in tess.types("/gig check #1 cr.calls_posted problem the runner was left out").text
    tess.types("/gig call #1 @bo MON 14:00")
    assert state_of(open_gig, "cr.calls_posted")[0] == "problem"
    tess.types("/gig check #1 cr.calls_posted open")
    assert state_of(open_gig, "cr.calls_posted")[:2] == ("done", "itself")


def test_a_file_with_the_name_of_an_item_closes_it(open_gig: Backstage) -> None:
    told = open_gig.person("tess").says("lg.contract countersigned", files=(PAPER,)).text
    assert "`lg.contract` is *done*" in told
    assert state_of(open_gig, "lg.contract")[3] == f"countersigned {PAPER}"


def test_a_file_of_the_wrong_kind_closes_nothing(open_gig: Backstage) -> None:
    before = open_gig.dump()
    tess = open_gig.person("tess")
    assert "not a number with its unit" in tess.says("va.power", files=(PHOTO,)).text
    assert "no item `va.nothing`" in tess.says("va.nothing", files=(PHOTO,)).text
    assert "belongs to" in open_gig.person("kit").says("lg.contract", files=(PAPER,)).text
    assert open_gig.dump() == before


def test_a_file_without_a_name_asks_its_sender_which_of_his_items_it_closes(open_gig: Backstage) -> None:
    tess = open_gig.person("tess")
    told = tess.says("", files=(PAPER,))
    assert any(label.startswith("lg.contract") for label in told.labels)
    assert "`lg.contract` is *done*" in tess.presses("lg.contract", told).text
    assert "done already" in tess.presses("lg.contract", told).text


def test_somebody_who_owns_nothing_may_drop_what_he_likes(open_gig: Backstage) -> None:
    assert open_gig.person("kit").says("look at this van", files=(PHOTO,)) == NOTHING_TOLD
    assert open_gig.person("tess").says("look at this van", files=(PHOTO,)) == NOTHING_TOLD


def test_an_answer_with_a_picture_is_still_an_answer(open_gig: Backstage) -> None:
    ana: Hand = open_gig.person("ana")
    ana.says("confirmed, see you there", files=(PHOTO,))
    assert open_gig.rows("SELECT state FROM calls WHERE position = 'FOH'") == [("confirmed",)]


def test_a_file_dropped_into_the_thread_in_slack_closes_its_item(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    card = troupe.post("card")
    troupe.slack.hands.drop_file(tess.id, troupe.channel, "contract.pdf", b"%PDF-", "lg.contract", card.ts)
    troupe.mover.settle()
    [(state, proof)] = troupe.rows("SELECT state, proof FROM items WHERE key = 'lg.contract'")
    assert state == "done"
    assert proof.endswith("contract.pdf")
