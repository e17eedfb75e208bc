"""The doors are called open when everybody named has said go, once, and can be taken back."""

import pytest

from tests.handlers.backstage import Backstage, Hand, begins
from tests.handlers.stage import BACKSTAGE, Stage
from tests.handlers.troupe import NEW, starts

pytestmark = BACKSTAGE

MEDICS, EXITS, CLEAR = "Marta Reis, medics: in place", "", "Paulo, house: clear"
ON_THE_DAY = begins("2026-10-01 09:00")


@pytest.fixture
def pia(house: Backstage) -> Hand:
    """The production manager of Lisbon, which Tess has opened; Ana mixes."""
    tess = house.person("tess")
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00, @pia PM 13:00")
    for name in ("ana", "pia"):
        house.person(name).says("in")
    return house.person("pia")


def say_go(pia: Hand, *but: str) -> None:
    """Every gate of the doors is closed but these."""
    for key, proof in (("ds.medics_in", MEDICS), ("ds.exits", EXITS), ("ds.clear_doors", CLEAR)):
        if key not in but:
            assert "is *done*" in pia.types(f"/gig check #1 {key} done {proof}").text


def opened_at(house: Backstage) -> object:
    return house.rows("SELECT doors_open_at FROM gigs WHERE number = 1")[0][0]


@ON_THE_DAY
@pytest.mark.parametrize(
    "but", [("ds.medics_in", "ds.clear_doors"), ("ds.exits", "ds.clear_doors"), ("ds.clear_doors",)]
)
def test_doors_stay_shut_and_name_who_is_missing(house: Backstage, pia: Hand, but: tuple[str, ...]) -> None:
    house.move("2026-10-01 18:00")
    say_go(pia, *but)
    before = house.dump()
    told = pia.types("/gig doors lisbon open").text
    assert "stay shut until everybody has said go" in told
    assert all(f"(`{key}`): PM, pia" in told for key in but)
    assert told.count("(`ds.") == len(but)
    assert house.dump() == before


@ON_THE_DAY
def test_doors_are_said_open_once_with_who_said_go(house: Backstage, pia: Hand) -> None:
    house.move("2026-10-01 17:58")
    say_go(pia)
    since = house.mark()
    assert "the doors are open, 18:58 WEST" in pia.types("/gig doors lisbon open").text
    assert "open since 18:58 WEST" in house.person("tess").types("/gig doors lisbon open").text
    assert house.said(since) == ["doors_open"]
    assert house.post("doors_open").text == (
        "*Doors are open*, 18:58 WEST, at Lisbon, Musicbox. Said by pia.\nGo from: pia (medics, exits, clear)."
    )
    assert "*Doors* are open since 18:58 WEST." in pia.types("/gig gates lisbon").text
    assert house.rows("SELECT who FROM journal WHERE what = 'doors open'") == [(pia.id,)]


@ON_THE_DAY
def test_open_doors_end_the_chase_and_the_messages_say_so(house: Backstage, pia: Hand) -> None:
    house.move("2026-10-01 17:10")
    assert "60 minutes to doors" in house.post("doors").now
    say_go(pia)
    assert "clear to open: `/gig doors #1 open`" in house.post("doors").now
    pia.types("/gig doors lisbon open")
    assert "*Doors are open* since 18:10 WEST" in house.post("doors").now
    pia.types("/gig check #1 ds.exits open a pallet stands in the way")
    since = house.mark()
    house.move("2026-10-01 18:30")
    assert "doors" not in house.said(since)


@ON_THE_DAY
def test_doors_that_are_shut_again_say_why_and_are_chased_again(house: Backstage, pia: Hand) -> None:
    house.move("2026-10-01 17:10")
    say_go(pia)
    pia.types("/gig doors lisbon open")
    assert "shut WHY" in pia.types("/gig doors lisbon shut").text
    assert opened_at(house) is not None
    assert "shut again" in pia.types("/gig doors lisbon shut because a barrier is down").text
    assert opened_at(house) is None
    assert (
        "*Doors are shut again*, 18:10 WEST, at Lisbon, Musicbox: a barrier is down." in house.post("doors_open").text
    )
    [(who, before, after)] = house.rows("SELECT who, before, after FROM journal WHERE what = 'doors shut'")
    assert (who, before, after) == (pia.id, "open since 18:10 WEST", "a barrier is down")
    assert "not open" in pia.types("/gig doors lisbon shut again").text
    pia.types("/gig check #1 ds.exits open")
    since = house.mark()
    house.move("2026-10-01 18:31")
    assert house.said(since) == ["doors", "doors"]


@ON_THE_DAY
@pytest.mark.parametrize(("words", "stays"), [("doors 20:00", False), ("curfew 23:30", True), ("doors 19:00", True)])
def test_another_time_for_the_doors_forgets_that_they_were_open(
    house: Backstage, pia: Hand, words: str, stays: bool
) -> None:
    house.move("2026-10-01 16:00")
    say_go(pia)
    pia.types("/gig doors lisbon open")
    pia.types(f"/gig times lisbon {words}")
    assert (opened_at(house) is not None) is stays


@ON_THE_DAY
def test_a_move_forgets_that_they_were_open(house: Backstage, pia: Hand) -> None:
    say_go(pia)
    pia.types("/gig doors lisbon open")
    pia.types("/gig move #1 3 Oct")
    assert opened_at(house) is None


def test_doors_do_not_open_on_another_day(house: Backstage, pia: Hand) -> None:
    say_go(pia)
    before = house.dump()
    assert "they open on that day" in pia.types("/gig doors lisbon open").text
    assert "shut. Every gate is closed" in pia.types("/gig doors lisbon").text
    assert house.dump() == before


@ON_THE_DAY
@pytest.mark.parametrize(("name", "why"), [("ana", "called by the stage manager"), ("jo", "Guests answer")])
def test_only_who_answers_for_the_stage_calls_them(house: Backstage, pia: Hand, name: str, why: str) -> None:
    say_go(pia)
    before = house.dump()
    for words in ("open", "shut it rains"):
        assert why in house.person(name).types(f"/gig doors lisbon {words}").text
    assert house.dump() == before


@ON_THE_DAY
def test_a_go_button_acts_for_its_owner_and_politely_refuses_others(house: Backstage, pia: Hand) -> None:
    house.move("2026-10-01 17:05")
    line = house.post("doors")
    assert house.now_reads(line).labels == ["Go: medics", "Go: exits", "Go: clear", "Checklist"]
    assert "belongs to PM, that is pia" in house.person("ana").presses("Go: exits", line).text
    assert pia.presses("Go: medics", line).text == ""
    assert "Clear is the last word" in pia.types(f"/gig check #1 ds.clear_doors done {CLEAR}").text
    assert "`ds.exits` is *done*" in pia.presses("Go: exits", line).text
    assert house.now_reads(line).labels == ["Go: medics", "Go: clear", "Checklist"]


@ON_THE_DAY
def test_a_waived_gate_is_printed_with_name_and_reason(house: Backstage, pia: Hand) -> None:
    tess = house.person("tess")
    tess.types("/gig producer @dee")
    assert "executive producer" in tess.types("/gig check #1 ds.medics_in waive the house has its own").text
    assert "*waived*" in house.person("dee").types("/gig check #1 ds.medics_in waive the house has its own").text
    say_go(pia, "ds.medics_in")
    waived = "• medics, waived by dee: the house has its own"
    assert waived in pia.types("/gig gates lisbon").text
    assert "go; waived: medics" in pia.types("/gig ready lisbon").text
    pia.types("/gig doors lisbon open")
    assert waived in house.post("doors_open").text


def test_gates_tell_each_phase_who_holds_it_and_by_when(house: Backstage, pia: Hand) -> None:
    told = pia.types("/gig gates lisbon").text
    for phase in ("announce", "travel", "load in", "open doors", "leave"):
        assert f"*To {phase}:* held by " in told
    assert "• medics (`ds.medics_in`): PM, pia, due Thu 1 Oct 18:15 WEST" in told
    assert "guest" not in house.person("ana").types("/gig gates lisbon").text
    assert "Guests" in house.person("jo").types("/gig gates lisbon").text


@ON_THE_DAY
def test_over_is_over(house: Backstage, pia: Hand) -> None:
    say_go(pia)
    house.move("2026-10-02 12:00")
    assert "over" in pia.types("/gig doors #1 open").text
    assert opened_at(house) is None


@starts("2026-10-01 16:30")
def test_in_slack_a_go_edits_the_message_and_the_doors_are_told_in_the_thread(troupe: Stage) -> None:
    tess = troupe.person("tess")
    tess.types(NEW)
    tess.types("/gig call #1 @pia PM 18:00")
    troupe.move("2026-10-01 17:02")
    told = tess.presses("Go: exits", troupe.post("doors"))
    assert "is *done*" in told.text
    for gate in (f"ds.medics_in done {MEDICS}", f"ds.clear_doors done {CLEAR}"):
        tess.types(f"/gig check #1 {gate}")
    tess.types("/gig doors lisbon open")
    post = troupe.post("doors_open")
    assert "Go from: tess (medics, exits, clear)" in post.text
    assert post.thread_ts == troupe.post("card").ts
