"""Somebody drops out: the stand-ins are asked in their secret order, and the first yes has the place."""

import pytest

from tests.handlers.backstage import CHANNEL, Backstage, Hand
from tests.handlers.hands import ASKS, CHAIN, WITH_STAND_INS, hand, opened, told
from tests.handlers.troupe import NEW

tess, ana, bo, kit = hand("tess"), hand("ana"), hand("bo"), hand("kit")
called = opened(*WITH_STAND_INS)


def offers(house: Backstage) -> list[tuple[str, str]]:
    """Who was asked, and what came of it, in the order of asking."""
    return list(house.rows("SELECT person, state FROM offers ORDER BY id"))


def test_a_decline_asks_the_first_and_his_yes_fills_the_place(called: Backstage, ana: Hand, bo: Hand) -> None:
    since = called.mark()
    ana.says("can't make it, sorry")
    assert sorted(told(called, since)) == ["declined to tess", "offer to bo"]
    assert "Stand-ins are being asked by DM" in called.post("declined").text
    offer = called.post("offer")
    assert ASKS in offer.text
    assert "The call is *Thu 1 Oct 14:00 WEST*" in offer.text
    assert "<@U0TESS> asks. Please press a button by *Wed 2 Sep 10:00 WEST*" in offer.text
    assert "kit" not in offer.text.casefold()
    answer = bo.presses("I can", offer)
    assert answer.text.startswith("It is yours, thank you. #1 Lisbon, Musicbox")
    assert "FOH 14:00: confirmed" in answer.text
    assert sorted(told(called, since)) == ["declined to tess", "filled", "filled to tess", "offer to bo"]
    assert "*Covered:* bo is FOH instead of ana, call Thu 1 Oct 14:00 WEST." in "".join(
        line.text for line in called.posts("filled") if line.channel == CHANNEL
    )
    assert "There is nothing for you to do." in "".join(line.text for line in called.posts("filled"))
    assert "Confirmed (1): bo FOH 14:00" in called.card()
    assert "*You have it:* FOH" in called.now_reads(offer).text


def test_whoever_declined_cannot_take_back_a_place_that_another_has_taken(
    called: Backstage, ana: Hand, bo: Hand
) -> None:
    ana.says("can't make it, sorry")
    bo.presses("I can", called.post("offer"))
    since, before = called.mark(), offers(called)
    for told_ in (ana.says("I can make it after all"), ana.says("20 late")):
        assert "bo has taken FOH" in told_.text
        assert "your answer stays a no" in told_.text
    assert called.rows("SELECT person, state FROM calls ORDER BY id") == [(ana.id, "declined"), (bo.id, "confirmed")]
    assert (told(called, since), offers(called)) == ([], before)


def test_of_two_asked_at_once_the_second_hears_once_that_it_is_filled(
    called: Backstage, tess: Hand, ana: Hand, bo: Hand, kit: Hand
) -> None:
    tess.types(f"{CHAIN} together")
    ana.says("can't make it")
    first, second = called.posts("offer")
    since = called.mark()
    kit.presses("I can", second)
    assert sorted(told(called, since)) == ["filled", "filled to bo", "filled to tess"]
    assert "*Filled, thanks:* somebody has taken FOH on #1 Lisbon" in "".join(
        line.text for line in called.posts("filled", since)
    )
    assert called.now_reads(first).labels == []
    assert "you are not needed. Thank you" in called.now_reads(first).text
    assert offers(called) == [("U0BO", "filled"), ("U0KIT", "taken")]


def test_a_yes_after_it_is_filled_is_thanked_and_changes_nothing(
    called: Backstage, tess: Hand, ana: Hand, bo: Hand, kit: Hand
) -> None:
    tess.types(f"{CHAIN} together")
    ana.says("can't make it")
    late = bo.holds("I can", called.posts("offer")[0])
    kit.presses("I can", called.posts("offer")[1])
    before, since = called.dump(), called.mark()
    assert "filled already, thank you" in late().text
    assert called.dump() == before
    assert told(called, since) == []


def test_a_no_asks_the_next_at_once_and_the_end_of_the_chain_is_told_to_the_manager(
    called: Backstage, ana: Hand, bo: Hand, kit: Hand
) -> None:
    ana.says("can't make it")
    since = called.mark()
    assert "Noted, thank you" in bo.presses("I can't", "offer").text
    assert told(called, since) == ["offer to kit"]
    kit.presses("I can't", "offer")
    assert told(called, since) == ["offer to kit", "unfilled to tess"]
    end = called.post("unfilled")
    assert "All 2 of the chain have been asked: 2 can't, 0 without an answer." in end.text
    assert "`/gig call #1 @name FOH 14:00`" in end.text
    assert "`/gig standins #1 FOH @name @name`" in end.text


def test_whoever_refused_may_change_his_mind_while_the_place_is_open(called: Backstage, ana: Hand, bo: Hand) -> None:
    ana.says("can't make it")
    offer = called.post("offer")
    bo.presses("I can't", offer)
    assert called.now_reads(offer).labels == ["I can after all"]
    since = called.mark()
    bo.presses("I can after all", offer)
    assert sorted(told(called, since)) == ["filled", "filled to kit", "filled to tess"]
    assert offers(called) == [("U0BO", "taken"), ("U0KIT", "filled")]


def test_a_cancelled_gig_is_told_to_whoever_is_asked_and_takes_no_yes(
    called: Backstage, tess: Hand, ana: Hand, bo: Hand
) -> None:
    ana.says("can't make it")
    held = bo.holds("I can", called.post("offer"))
    since = called.mark()
    tess.presses("Yes, cancel", tess.types("/gig cancel lisbon"))
    assert told(called, since) == ["filled to bo"]
    assert "the gig is cancelled" in called.post("filled").text
    before = called.dump()
    assert "is cancelled. Your answer was not needed." in held().text
    assert called.dump() == before


def test_nobody_takes_a_place_that_was_offered_to_somebody_else(
    called: Backstage, tess: Hand, ana: Hand, bo: Hand, kit: Hand
) -> None:
    tess.types(f"{CHAIN} together")
    ana.says("can't make it")
    (bos,) = called.rows("SELECT id FROM offers WHERE person = 'U0BO'")
    before = called.dump()
    for label in ("I can", "I can't"):
        assert "put to somebody else" in kit.forges(label, f"1 {bos[0]}", called.posts("offer")[1]).text
        assert "older version" in kit.forges(label, "1 999", called.posts("offer")[1]).text
    assert called.dump() == before


@pytest.mark.parametrize("name", ["jo", "rob"])
def test_a_guest_and_somebody_from_outside_may_stand_in(name: str, house: Backstage, tess: Hand, ana: Hand) -> None:
    tess.types(NEW)
    tess.types("/gig call lisbon @ana FOH 14:00")
    tess.types(f"/gig standins lisbon FOH @{name}")
    ana.says("can't make it")
    assert "It is yours" in house.person(name).presses("I can", "offer").text
    assert f"Confirmed (1): {name} FOH 14:00" in house.card()


def test_a_chain_named_after_the_decline_is_asked_at_once(house: Backstage, tess: Hand, ana: Hand) -> None:
    tess.types(NEW)
    tess.types("/gig call lisbon @ana FOH 14:00")
    ana.says("can't make it")
    assert "Stand-ins" not in house.post("declined").text
    since = house.mark()
    assert "A place is open, so I ask by DM: bo." in tess.types("/gig standins lisbon FOH @bo").text
    assert told(house, since) == ["offer to bo"]


def test_whoever_is_called_by_hand_ends_the_asking(called: Backstage, tess: Hand, ana: Hand) -> None:
    ana.says("can't make it")
    called.wait(minutes=1)
    since = called.mark()
    tess.types("/gig call lisbon @max FOH 14:00")
    assert sorted(told(called, since)) == ["ask", "filled to bo"]


def test_when_the_stand_in_drops_out_too_the_next_is_asked(called: Backstage, ana: Hand, bo: Hand) -> None:
    ana.says("can't make it")
    offer = called.post("offer")
    bo.presses("I can", offer)
    since = called.mark()
    bo.presses("Can't make it", bo.presses("Change my answer", offer))
    assert sorted(told(called, since)) == ["declined to tess", "offer to kit"]


def test_two_places_are_offered_to_two_people_and_one_yes_leaves_one_open(
    house: Backstage, tess: Hand, ana: Hand, bo: Hand, kit: Hand
) -> None:
    tess.types(NEW)
    tess.types("/gig call lisbon @ana HAND 10:00, @max HAND 10:00")
    tess.types("/gig standins lisbon HAND @bo @kit")
    since = house.mark()
    house.wait(minutes=1)
    ana.says("can't make it")
    house.wait(minutes=1)
    house.person("max").says("can't make it")
    assert [line for line in told(house, since) if "offer" in line] == ["offer to bo", "offer to kit"]
    kit.presses("I can", "offer")
    assert offers(house) == [("U0BO", "asked"), ("U0KIT", "taken")]
    bo.presses("I can", house.posts("offer")[0])
    assert offers(house) == [("U0BO", "taken"), ("U0KIT", "taken")]
    assert "Confirmed (2)" in house.card()


def test_no_message_in_the_channel_names_who_stands_in(called: Backstage, ana: Hand) -> None:
    ana.says("can't make it")
    public = [line.text.casefold() for line in called.posts() if line.channel == CHANNEL]
    assert not any("bo" in text.split() or "kit" in text.split() for text in public)
    assert called.rows("SELECT count(*) FROM deliveries WHERE letter = 'offer' AND room != 'dm'") == [(0,)]


@pytest.mark.parametrize(("words", "state"), [("yes, I can do it", "taken"), ("sorry, can't make it", "refused")])
def test_words_to_the_bot_answer_the_question_too(
    words: str, state: str, called: Backstage, ana: Hand, bo: Hand
) -> None:
    ana.says("can't make it")
    assert bo.writes(words).text
    assert offers(called)[0] == ("U0BO", state)


def test_chatter_and_words_that_may_mean_another_call_answer_nothing(
    called: Backstage, tess: Hand, ana: Hand, bo: Hand
) -> None:
    tess.types("/gig call lisbon @bo MON 12:00")
    ana.says("can't make it")
    assert "Which question is that about?" in bo.writes("confirmed").text
    bo.writes("what a week")
    assert offers(called) == [("U0BO", "asked")]
    root = called.post("offer")
    bo.writes("confirmed", under=root)
    assert offers(called) == [("U0BO", "taken")]


def test_whoever_was_silent_until_his_place_was_taken_is_called_off_and_asked_no_more(
    called: Backstage, tess: Hand, ana: Hand, bo: Hand
) -> None:
    since = called.mark()
    called.move("2026-09-29 15:00")
    assert told(called, since)[-1] == "offer to bo"
    bo.presses("I can", "offer")
    assert called.post("called_off").text.startswith("*Called off:* <@U0ANA>")
    assert any("ana has not answered" in line.text for line in called.posts("filled"))
    since = called.mark()
    called.move("2026-10-01 13:30")
    assert not any("ana" in line for line in told(called, since))
    assert "silent_list to tess" not in told(called, since)
    assert "You were called off" in ana.says("confirmed").text
