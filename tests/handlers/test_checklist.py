"""A gig's list: made by one command, its conditions decided or asked once, the tour's own lines on every gig."""

import pytest

from bot.sandbox.controls import find_control
from bot.sandbox.limits import check_message, is_too_long
from checklists.conditions import Condition
from handlers import listing
from tests.handlers.backstage import Backstage, Hand, begins
from tests.handlers.told import Told
from tests.handlers.troupe import Troupe

LISBON = "/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026"
PARIS = "/gig new The Lanterns, Bataclan Paris, 29 Sep 2026"
OF_LISBON = "FROM items JOIN gigs ON gigs.id = gig_id WHERE city = 'Lisbon'"


@pytest.fixture
def tess(house: Backstage) -> Hand:
    """Tess, with a gig in Lisbon."""
    hand = house.person("tess")
    hand.types(LISBON)
    return hand


def says(hand: Hand, told: Told, condition: Condition, word: str) -> Told:
    """Presses Yes or No under the question of this condition."""
    found = [
        each["value"]
        for block in told.blocks
        for each in block.get("elements", ())
        if each["value"].split()[2:] == [condition.name, word]
    ]
    element = find_control(
        told.blocks, f"{word.capitalize()}{', every gig' * (' tour ' in found[0])}", found[0]
    ).element
    return hand._sends(element["action_id"], element["value"], told)


def state(house: Backstage, key: str) -> tuple[str, int]:
    found: tuple[str, int] = house.rows(f"SELECT items.state, undecided {OF_LISBON} AND key = '{key}'")[0]
    return found


def test_one_command_makes_a_list_wider_and_asks_what_only_people_know(house: Backstage, tess: Hand) -> None:
    assert house.rows(f"SELECT count(*) {OF_LISBON}") == [(36,)]
    told = tess.types("/gig checklist lisbon wider")
    assert "244 lines came, 0 went; 280 lines now; do not apply: 1" in told.text
    assert "6 waiting for departure time" in told.text
    assert "Readiness: AMBER" in told.text
    assert "Does anybody play on in-ears? 1 line, `/gig checklist tour in-ears yes` or `no`" in told.text
    assert "Is there a support act? 4 lines, `/gig checklist #1 support yes` or `no`" in told.text
    assert {"Yes, every gig", "No, every gig", "Yes", "No"} == set(told.labels)
    assert check_message(told.blocks) == []
    assert not is_too_long(told.blocks)
    assert house.rows("SELECT count(*) FROM cues WHERE state = 'waiting'") > [(0,)]


def test_an_answer_of_the_kit_holds_for_every_gig_and_the_others_for_one(house: Backstage, tess: Hand) -> None:
    tess.types(PARIS)
    tess.types("/gig checklist paris wider")
    told = tess.types("/gig checklist lisbon wider")
    after = says(tess, told, Condition.VIDEO, "no")
    assert "video: no, on every gig (lists changed: 2)." in after.text
    assert "Do we show video?" not in after.text
    assert set(house.rows("SELECT items.state, undecided FROM items WHERE applies = 'video'")) == {("n/a", 0)}
    after = says(tess, after, Condition.SUPPORT, "yes")
    assert "support: yes, on this gig." in after.text
    assert set(house.rows(f"SELECT items.state, undecided {OF_LISBON} AND applies = 'support'")) == {("open", 0)}
    assert set(house.rows("SELECT undecided FROM items WHERE applies = 'support'")) == {(0,), (1,)}
    tess.types("/gig new The Lanterns, Tivoli Utrecht, 9 Oct 2026")
    later = tess.types("/gig checklist utrecht wider")
    assert "Do we show video?" not in later.text
    assert "Is there a support act?" in later.text


def test_all_questions_can_be_answered_one_after_the_other(house: Backstage, tess: Hand) -> None:
    told = tess.types("/gig checklist lisbon wider")
    asked: list[str] = []
    while told.labels:
        value = next(each["value"] for block in told.blocks for each in block.get("elements", ()))
        asked.append(value.split()[2])
        told = says(tess, told, Condition[asked[-1]], "no")
    assert len(asked) == len(set(asked)) > 18
    assert house.rows("SELECT count(*) FROM items WHERE undecided") == [(0,)]
    assert "Nothing is to be asked." in tess.types("/gig checklist lisbon").text


def test_what_a_fact_decides_is_not_asked_and_the_fact_is_named(house: Backstage, tess: Hand) -> None:
    tess.types(PARIS)
    told = tess.types("/gig checklist lisbon wider")
    assert "cross a border" not in told.text
    shown = tess.types("/gig checklist lisbon").text
    assert "border: yes, Paris FR comes before Lisbon PT" in shown
    assert "customs border: no, Paris FR comes before Lisbon PT" in shown
    assert "change: no, its date was never changed" in shown


def test_a_gig_that_comes_between_decides_what_was_open(house: Backstage, tess: Hand) -> None:
    told = tess.types("/gig checklist lisbon wider")
    assert state(house, "tr.passports") == ("open", 1)
    tess.types(PARIS)
    assert state(house, "tr.passports") == ("open", 0)
    assert state(house, "lg.carnet") == ("n/a", 0)
    before = house.dump()
    refused = says(tess, told, Condition.BORDER, "no").text
    assert "decided since, border: yes, Paris FR comes before Lisbon PT" in refused
    assert "`/gig checklist #1 border no`" in refused
    assert house.dump() == before
    tess.presses("Yes, cancel", tess.types("/gig cancel paris"))
    assert state(house, "tr.passports") == ("open", 1)
    tess.types("/gig new The Lanterns, Bataclan Paris, 3 Oct 2026")
    assert state(house, "tr.passports") == ("open", 1)
    tess.types("/gig move #3 28 Sep")
    assert state(house, "tr.passports") == ("open", 0)


def test_words_go_before_facts_and_can_be_taken_back(house: Backstage, tess: Hand) -> None:
    tess.types(PARIS)
    tess.types("/gig checklist lisbon wider")
    assert "border: no, on this gig" in tess.types("/gig checklist lisbon border no").text
    assert state(house, "tr.passports") == ("n/a", 0)
    assert "border: no, tess said so of this gig" in tess.types("/gig checklist lisbon").text
    tess.types("/gig checklist lisbon border unknown")
    assert state(house, "tr.passports") == ("open", 0)


def test_an_old_button_after_another_answer_is_refused(house: Backstage, tess: Hand) -> None:
    told = tess.types("/gig checklist lisbon wider")
    says(tess, told, Condition.PLANT, "no")
    before = house.dump()
    assert "plant: no, tess said so of this gig. Nothing was changed." in says(tess, told, Condition.PLANT, "yes").text
    assert house.dump() == before


@pytest.mark.parametrize("value", ["1 gig", "1 gig NOTHING yes", "1 gig PLANT perhaps", "9 gig PLANT yes", "x", ""])
def test_a_forged_answer_is_refused(house: Backstage, tess: Hand, value: str) -> None:
    told = tess.types("/gig checklist lisbon wider")
    before = house.dump()
    answer = tess._sends("applies:0.0", value, told).text
    assert "not asked any more" in answer or "don't know any more" in answer
    assert house.dump() == before


def test_a_gig_that_is_called_like_a_kind_of_show_is_meant(house: Backstage, tess: Hand) -> None:
    tess.types("/gig new The Lanterns, Arena Vienna, 9 Oct 2026")
    before = house.rows("SELECT show_type, profile FROM gigs")
    assert "What the list is made by* #2 Vienna" in tess.types("/gig checklist arena").text
    assert house.rows("SELECT show_type, profile FROM gigs") == before
    assert "#2 Vienna, Arena · Fri 9 Oct 2026*: wider list" in tess.types("/gig checklist arena wider").text


def test_each_kind_of_show_has_its_own_list(house: Backstage, tess: Hand) -> None:
    seen = {}
    for word in ("club", "theatre", "arena", "festival", "fly date", "session"):
        told = tess.types(f"/gig checklist lisbon wider {word}").text
        seen[word] = {key for (key,) in house.rows("SELECT key FROM items")}
        assert f"{word.split()[0]}" in told
    assert len({frozenset(keys) for keys in seen.values()}) == 6
    assert any(key.startswith("ar.") for key in seen["arena"])
    assert any(key.startswith("rs.") for key in seen["session"])


def test_home_and_support_take_travel_and_promotion_off(house: Backstage, tess: Hand) -> None:
    tess.types("/gig checklist lisbon wider")
    told = tess.types("/gig checklist lisbon home support").text
    assert "wider list, club, home, support" in told
    assert house.rows("SELECT count(*) FROM items WHERE key LIKE 'tr.%' OR key LIKE 'pr.%'") == [(0,)]
    assert "made so already" in tess.types("/gig checklist lisbon home").text


def test_a_session_hangs_on_its_own_anchors(house: Backstage, tess: Hand) -> None:
    tess.types("/gig new The Lanterns, Hansa Berlin, 5 Oct 2026")
    told = tess.types("/gig checklist berlin session wider").text
    assert "4 waiting for downbeat" in told
    assert "5 waiting for end of the session" in told
    assert "waiting for downbeat" in tess.types("/gig check berlin rs.lines_ok").text
    tess.types("/gig times berlin downbeat 10:00 session end 18:00")
    assert "due Mon 5 Oct 09:45 CEST" in tess.types("/gig check berlin rs.lines_ok").text
    shown = tess.types("/gig checklist berlin").text
    assert "waiting for downbeat" not in shown
    assert "waiting for end of the session" not in shown


def test_lite_again_keeps_what_was_touched_or_put_there(house: Backstage, tess: Hand) -> None:
    tess.types("/gig checklist lisbon wider")
    tess.types("/gig checklist lisbon add T-2d Flowers ordered")
    tess.types("/gig check lisbon va.load_path problem no lift")
    told = tess.types("/gig checklist lisbon lite").text
    assert "0 lines came, 243 went; 38 lines now" in told
    assert house.rows("SELECT count(*) FROM items") == [(38,)]
    assert house.rows("SELECT state FROM items WHERE key = 'va.load_path'") == [("problem",)]
    assert house.rows("SELECT own FROM items WHERE key = 'own.flowers_ordered'") == [(1,)]


def test_the_whole_tour_is_made_wider_by_one_command(house: Backstage, tess: Hand) -> None:
    tess.types(PARIS)
    told = tess.types("/gig checklist tour wider").text
    assert "Lists changed: 2 of the gigs ahead." in told
    assert house.rows("SELECT count(*) FROM gigs WHERE profile = 'wider'") == [(2,)]
    assert "No list of a gig ahead has changed" in tess.types("/gig checklist tour wider").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("lisbon widr", "Did you mean wider?"),
        ("atlantis wider", "No gig here begins with"),
        ("lisbon reword va.power New", "`/gig checklist tour reword va.power`"),
        ("lisbon drop va.power", "is no line that was put on #1 alone"),
        ("lisbon add Flowers", "By when is"),
        ("tour drop va.powr", "Did you mean va.power?"),
        ("tour due va.power later", "I cannot read"),
        ("tour due va.power lobby-30m", "Unknown anchor lobby"),
        ("tour owner va.power ROADIE", "There is no role"),
        ("tour reword va.power ???", "A line has words"),
        ("tour reset va.power", "as everybody's list has it already"),
        ("tour drop ds.exits", "is a gate: the tour manager alone may not drop it"),
        ("import", "I see no YAML of yours"),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_is_kept(
    house: Backstage, tess: Hand, typed: str, said: str
) -> None:
    before = house.dump()
    assert said in tess.types(f"/gig checklist {typed}").text
    assert house.dump() == before


CHANGES = (
    "lisbon wider", "lisbon border yes", "lisbon add T-2d Flowers", "tour wider", "tour in-ears yes",
    "tour drop va.power", "import",
)  # fmt: skip


@pytest.mark.parametrize("typed", CHANGES)
def test_crew_may_look_and_change_nothing_and_guests_answer_only(house: Backstage, tess: Hand, typed: str) -> None:
    told = tess.types("/gig checklist lisbon wider")
    before = house.dump()
    assert "Only the tour manager" in house.person("ana").types(f"/gig checklist {typed}").text
    assert "Guests answer" in house.person("rob").types(f"/gig checklist {typed}").text
    assert "Guests answer" in house.person("rob").types("/gig checklist lisbon").text
    assert "Only the tour manager" in says(house.person("ana"), told, Condition.VIDEO, "yes").text
    assert house.dump() == before
    assert "What the list is made by" in house.person("ana").types("/gig checklist lisbon").text


@begins("2026-09-30 12:00")
def test_a_gig_that_is_over_keeps_its_list(house: Backstage, tess: Hand) -> None:
    told = tess.types("/gig checklist lisbon wider")
    house.move("2026-10-03 12:00")
    before = house.dump()
    for typed in ("lisbon lite", "lisbon border yes", "lisbon add T-2d Flowers"):
        assert "its list is closed" in tess.types(f"/gig checklist {typed}").text
    assert "its list is closed" in says(tess, told, Condition.VIDEO, "yes").text
    assert house.dump() == before
    assert "What the list is made by" in tess.types("/gig checklist lisbon").text


def test_both_versions_are_in_the_journal(house: Backstage, tess: Hand) -> None:
    tess.types("/gig checklist lisbon wider arena")
    tess.types("/gig checklist lisbon border yes")
    tess.types("/gig checklist tour due va.parking T-21d")
    tess.types("/gig checklist tour drop va.parking")
    found = house.rows("SELECT what, before, after FROM journal WHERE what IN ('list', 'condition', 'own line')")
    assert found[0] == ("list", "lite list, club, away, our own show", "wider list, arena, away, our own show")
    assert found[1] == ("condition", "", "border: yes")
    assert "T-21d" in found[2][2]
    assert found[3] == ("own line", found[2][2], "`va.parking` is dropped")


def test_in_slack_the_questions_are_pressed_away(troupe: Troupe) -> None:
    tess = troupe.person("tess")
    tess.types(LISBON)
    told = tess.types("/gig checklist lisbon session")
    assert told.labels == ["Yes, every gig", "No, every gig"]
    after = tess.presses("No, every gig", told)
    assert "union: no, on every gig (lists changed: 1)." in after.text
    assert after.labels == []


def test_of_a_long_tour_the_clock_does_the_upkeep_right_after_the_ack(
    house: Backstage, tess: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "KEPT_AT_ONCE", 1)
    tess.types(PARIS)
    house.wait(hours=1)
    tess.types("/gig checklist tour wider")
    assert len(set(house.rows("SELECT judged_at FROM gigs"))) == 1
    assert house.rows("SELECT count(*) FROM gigs WHERE judged_at LIKE '2026-09-01%13:00%'") == [(2,)]
