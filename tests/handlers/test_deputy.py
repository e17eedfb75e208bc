"""What waits for the tour manager's word, her button, and the deputy who is asked when she is silent."""

import pytest

from tests.handlers.backstage import Backstage, Hand, begins
from tests.handlers.hands import WITH_A_DEPUTY, hand, opened, told
from tests.handlers.troupe import NEW

tess, ana, bo, deputy = hand("tess"), hand("ana"), hand("bo"), hand("max")
called = opened(*WITH_A_DEPUTY)


def open_loops(house: Backstage) -> int:
    ((count,),) = house.rows("SELECT count(*) FROM loops WHERE closed_at IS NULL")
    return int(count)


def test_a_deputy_is_named_shown_and_taken_away(house: Backstage, tess: Hand) -> None:
    tess.types(NEW)
    assert "has no deputy" in tess.types("/gig deputy").text
    assert "max is the deputy of *wild-god*" in tess.types("/gig deputy @max").text
    assert "pia is the deputy" in tess.types("/gig deputy @pia").text
    assert house.rows("SELECT person FROM holders WHERE role = 'deputy'") == [("U0PIA",)]
    assert "has no deputy" in tess.types("/gig deputy off").text
    assert house.rows("SELECT person FROM holders WHERE role = 'deputy'") == []


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("/gig deputy @max @pia", "One deputy for a tour"),
        ("/gig deputy max", "One deputy for a tour"),
        ("/gig deputy @max please", "One deputy for a tour"),
        ("/gig deputy @tess", "cannot be the own deputy"),
        ("/gig deputy @jo", "can only answer"),
    ],
)
def test_a_deputy_is_refused_with_what_to_type(line: str, why: str, house: Backstage, tess: Hand) -> None:
    tess.types(NEW)
    before = house.dump()
    assert why in tess.types(line).text
    assert house.dump() == before


def test_crew_name_no_deputy_and_the_deputy_may_do_what_the_manager_may(
    called: Backstage, ana: Hand, deputy: Hand
) -> None:
    assert "Only the tour manager" in ana.types("/gig deputy @ana").text
    assert "Called for #1 Lisbon" in deputy.types("/gig call #1 @kit BL 12:00").text


def test_a_decline_without_stand_ins_waits_and_is_handed_to_the_deputy_after_two_hours(
    called: Backstage, ana: Hand
) -> None:
    ana.says("can't make it", gig="#1 Lisbon")
    assert called.now_reads(called.post("declined")).labels == ["Got it"]
    since = called.mark()
    called.wait(minutes=118)
    assert told(called, since) == []
    called.wait(minutes=2)
    assert told(called, since) == ["handover to max"]
    over = called.post("handover").text
    assert "*Over to you: wild-god.* <@U0TESS> has not answered in time." in over
    assert (
        "#1 Lisbon, Thu 1 Oct 2026: ana can't make it, FOH, call Thu 1 Oct 14:00 WEST. `/gig call #1 @name FOH 14:00`"
        in over
    )


def test_the_deputy_gets_every_open_loop_of_the_tour_at_once(called: Backstage, ana: Hand, bo: Hand) -> None:
    ana.says("can't make it", gig="#1 Lisbon")
    called.wait(minutes=60)
    ana.says("can't make it", gig="#2 Porto")
    called.wait(minutes=30)
    bo.says("no, sorry", gig="#1 Lisbon")
    since = called.mark()
    called.wait(minutes=30)
    assert told(called, since) == ["handover to max"]
    lines = [line for line in called.post("handover").text.splitlines() if line.startswith("•")]
    assert [line.split(",")[0] for line in lines] == ["• #1 Lisbon", "• #2 Porto", "• #1 Lisbon"]
    called.wait(hours=5)
    assert told(called, since) == ["handover to max"]


def test_got_it_keeps_the_deputy_out_of_it(called: Backstage, tess: Hand, ana: Hand) -> None:
    ana.says("can't make it", gig="#1 Lisbon")
    line = called.post("declined")
    assert "you have it in hand" in tess.presses("Got it", line).text
    assert called.now_reads(line).labels == []
    since = called.mark()
    called.wait(hours=9)
    assert told(called, since) == []
    assert open_loops(called) == 0


def test_any_command_of_hers_on_that_gig_is_her_word_and_on_another_is_not(
    called: Backstage, tess: Hand, ana: Hand
) -> None:
    ana.says("can't make it", gig="#1 Lisbon")
    ana.says("can't make it", gig="#2 Porto")
    assert open_loops(called) == 2
    ana.types("/gig show #1")
    assert open_loops(called) == 2
    tess.types("/gig show #1")
    assert open_loops(called) == 1
    called.wait(hours=2)
    lines = [line for line in called.post("handover").text.splitlines() if line.startswith("•")]
    assert [line.split(",")[0] for line in lines] == ["• #2 Porto"]


def test_what_was_settled_by_itself_is_not_handed_over(called: Backstage, ana: Hand) -> None:
    ana.says("can't make it", gig="#1 Lisbon")
    called.wait(minutes=5)
    ana.says("scratch that, confirmed", gig="#1 Lisbon")
    since = called.mark()
    called.wait(hours=9)
    assert told(called, since) == []


def test_the_deputys_got_it_closes_everything_that_was_handed_over(called: Backstage, ana: Hand, deputy: Hand) -> None:
    ana.says("can't make it", gig="#1 Lisbon")
    ana.says("can't make it", gig="#2 Porto")
    called.wait(hours=2)
    assert open_loops(called) == 2
    assert "Noted" in deputy.presses("Got it", "handover").text
    assert open_loops(called) == 0


def test_got_it_is_pressed_by_nobody_else_and_twice_does_no_harm(called: Backstage, tess: Hand, ana: Hand) -> None:
    ana.says("can't make it", gig="#1 Lisbon")
    held = tess.holds("Got it", called.post("declined"))
    before = called.dump()
    assert "somebody else's message" in ana.forges("Got it", "1", called.post("declined")).text
    assert called.dump() == before
    held()
    assert "in hand already" in held().text


def test_without_a_deputy_nothing_is_handed_over_and_one_named_later_gets_it(
    called: Backstage, tess: Hand, ana: Hand
) -> None:
    tess.types("/gig deputy off")
    ana.says("can't make it", gig="#1 Lisbon")
    since = called.mark()
    called.wait(hours=3)
    assert told(called, since) == []
    tess.types("/gig deputy @max")
    called.wait(hours=2)
    assert told(called, since) == ["handover to max"]


def test_the_end_of_a_chain_waits_for_her_word_and_its_beginning_does_not(
    called: Backstage, tess: Hand, ana: Hand
) -> None:
    tess.types("/gig standins #1 FOH @kit")
    ana.says("can't make it", gig="#1 Lisbon")
    assert called.now_reads(called.post("declined")).labels == []
    assert open_loops(called) == 0
    kit = called.person("kit")
    kit.presses("I can't", "offer")
    assert called.now_reads(called.post("unfilled")).labels == ["Got it"]
    since = called.mark()
    called.wait(hours=2)
    assert told(called, since) == ["handover to max"]


@begins("2026-09-01 22:30")
def test_what_she_hears_at_eight_is_handed_over_two_hours_later(called: Backstage, ana: Hand) -> None:
    ana.says("can't make it", gig="#1 Lisbon")
    since = called.mark()
    called.move("2026-09-02 07:03")  # tess hears of it at 08:00 London, max lives in Amsterdam
    assert "declined to tess" in told(called, since)
    called.move("2026-09-02 08:58")
    assert "handover to max" not in told(called, since)
    called.move("2026-09-02 09:01")
    assert told(called, since)[-1] == "handover to max"


@begins("2026-09-01 12:00")
def test_in_his_night_the_deputy_is_asked_at_eight(called: Backstage, tess: Hand, ana: Hand) -> None:
    tess.types("/gig deputy @lou")  # New York
    called.move("2026-09-02 07:30")
    ana.says("can't make it", gig="#1 Lisbon")
    called.move("2026-09-02 11:58")
    assert "handover to lou" not in called.said()
    called.move("2026-09-02 12:00")
    assert "handover to lou" in called.said()


@begins("2026-09-28 12:00")
def test_the_silent_list_waits_for_a_word_too(called: Backstage, tess: Hand, bo: Hand) -> None:
    bo.says("in", gig="#1 Lisbon")
    called.move("2026-09-30 11:02")
    assert called.now_reads(called.post("silent_list")).labels == ["Got it"]
    called.move("2026-09-30 13:02")
    assert "ana has not confirmed, FOH" in called.post("handover").text


@begins("2026-09-30 14:00")
def test_who_is_called_late_and_leaves_two_asks_is_told_to_the_manager_once_and_asked_no_third_time(
    called: Backstage, ana: Hand, bo: Hand
) -> None:
    bo.says("in", gig="#1 Lisbon")
    since = called.mark()
    called.move("2026-10-01 11:58")
    assert [line for line in told(called, since) if line.endswith(("to ana", "to tess"))] == ["on_your_way to ana"]
    called.move("2026-10-01 12:00")
    assert told(called, since)[-1] == "boss to tess"
    text = called.post("boss").text
    assert "*Two asks unanswered:* #1 Lisbon" in text
    assert "<@U0ANA> FOH, call 14:00 WEST" in text
    assert "I ask no third time." in text
    called.move("2026-10-01 13:05")
    assert told(called, since).count("boss to tess") == 1
    assert [line for line in told(called, since) if line.endswith("to ana")] == ["on_your_way to ana"]


@begins("2026-09-03 12:00")
def test_between_the_ask_and_the_day_nobody_silent_is_asked_a_third_time(
    called: Backstage, ana: Hand, bo: Hand
) -> None:
    bo.says("in", gig="#1 Lisbon")
    ana.says("in", gig="#2 Porto")
    since = called.mark()
    called.move("2026-10-01 09:55")  # three hours before the call
    chased = [line for line in called.said(since) if line in ("ask_again", "held to ana", "ask_dm to ana")]
    assert chased == ["ask_again", "ask_dm to ana"]
    assert called.said(since).count("silent_list to tess") == 1
    assert "boss to tess" not in called.said(since)
