"""When stand-ins are asked: in whose night, after what silence, and what becomes of it when things change."""

from tests.handlers.backstage import Backstage, Hand, begins
from tests.handlers.hands import WITH_STAND_INS, hand, opened, told
from tests.handlers.stage import BACKSTAGE
from tests.handlers.troupe import NEW

pytestmark = BACKSTAGE

tess, ana, bo = hand("tess"), hand("ana"), hand("bo")
called = opened(*WITH_STAND_INS)


def test_silence_past_his_time_asks_the_next_and_a_late_yes_still_counts(
    called: Backstage, ana: Hand, bo: Hand
) -> None:
    ana.says("can't make it")
    first = called.post("offer")
    since = called.mark()
    called.move("2026-09-02 08:58")
    assert told(called, since) == []
    called.move("2026-09-02 09:00")
    assert told(called, since) == ["offer to kit"]
    bo.presses("I can", first)
    assert sorted(told(called, since)) == ["filled", "filled to kit", "filled to tess", "offer to kit"]


@begins("2026-09-01 21:30")
def test_in_his_night_a_stand_in_is_asked_at_eight_his_time(called: Backstage, ana: Hand) -> None:
    since = called.mark()
    ana.says("can't make it")
    called.move("2026-09-02 05:58")
    assert "offer to bo" not in told(called, since)
    called.move("2026-09-02 06:00")
    assert "offer to bo" in told(called, since)


def test_whoever_was_never_really_asked_hears_nothing_of_it(house: Backstage, tess: Hand, ana: Hand) -> None:
    house.move("2026-09-02 06:00")  # 02:00 in New York
    tess.types(NEW)
    tess.types("/gig call lisbon @ana FOH 14:00")
    tess.types("/gig standins lisbon FOH @lou")
    since = house.mark()
    ana.says("can't make it")
    house.wait(minutes=5)
    ana.says("scratch that, confirmed")
    house.move("2026-09-02 18:00")
    assert told(house, since) == []


def test_a_decline_taken_back_ends_the_question_and_is_told_once(called: Backstage, ana: Hand, bo: Hand) -> None:
    ana.says("can't make it")
    offer = called.post("offer")
    since = called.mark()
    called.wait(minutes=5)
    ana.says("scratch that, I'm in")
    called.wait(hours=30)
    assert told(called, since) == ["filled to bo"]
    assert "*Not needed after all:* FOH on #1 Lisbon, Musicbox, Thu 1 Oct 2026." in called.post("filled").text
    assert called.now_reads(offer).labels == []
    ana.says("no sorry, can't make it")
    assert sorted(told(called, since)[1:]) == ["declined to tess", "offer to bo"]


@begins("2026-10-01 11:00")
def test_for_a_no_show_the_stand_in_is_called_in_an_hour(house: Backstage, tess: Hand, ana: Hand, bo: Hand) -> None:
    tess.types(NEW)
    tess.types("/gig call lisbon @ana FOH 14:00")
    tess.types("/gig standins lisbon FOH @bo")
    ana.says("in")
    since = house.mark()
    house.move("2026-10-01 13:15")
    assert sorted(told(house, since)[-2:]) == ["no_show to tess", "offer to bo"]
    offer = house.post("offer")
    assert "The call was 14:00 WEST: it is urgent." in offer.text
    assert "called for *Thu 1 Oct 15:15 WEST*" in offer.text
    bo.presses("I can", offer)
    assert "Confirmed (1): bo FOH 15:15" in house.card()


@begins("2026-09-27 12:00")
def test_silence_past_the_last_deadline_asks_the_stand_in_while_an_answer_still_ends_it(
    called: Backstage, ana: Hand
) -> None:
    since = called.mark()
    called.move("2026-09-29 14:58")
    assert "ask_dm to ana" in told(called, since)
    assert "offer to bo" not in told(called, since)
    called.move("2026-09-29 15:00")
    assert told(called, since)[-1] == "offer to bo"
    ana.says("confirmed")
    assert told(called, since)[-1] == "filled to bo"


def test_after_a_move_the_place_is_offered_for_the_new_date(called: Backstage, tess: Hand, ana: Hand) -> None:
    ana.says("can't make it")
    called.wait(minutes=5)
    since = called.mark()
    tess.types("/gig move lisbon 5 Oct 2026")
    assert told(called, since) == ["offer to bo"]
    assert "Mon 5 Oct 14:00 WEST" in called.post("offer").text
