"""Who has taken over what waited for a word, and since when: the deputy sees it, and so does the tour manager."""

from tests.handlers.backstage import Backstage, Hand
from tests.handlers.hands import WITH_A_DEPUTY, hand, opened

tess, ana, deputy = hand("tess"), hand("ana"), hand("max")
called = opened(*WITH_A_DEPUTY)


def test_the_message_to_the_deputy_loses_its_button_and_says_who_took_over_and_when(
    called: Backstage, ana: Hand, deputy: Hand
) -> None:
    ana.says("can't make it", gig="#1 Lisbon")
    ana.says("can't make it", gig="#2 Porto")
    called.wait(hours=2)
    deputy.presses("Got it", "handover")
    told = called.now_reads(called.post("handover"))
    assert told.labels == []
    assert "*wild-god.* In hand: max, since Tue 1 Sep 15:00 WEST. I ask nobody else about it. Still open:" in told.text
    assert "• #1 Lisbon, Thu 1 Oct 2026: ana can't make it" in told.text
    for line in called.posts("declined"):
        assert called.now_reads(line).labels == []
        assert "In hand: max, since Tue 1 Sep 15:00 WEST." in called.now_reads(line).text


def test_the_deputy_sees_when_she_took_it_back(called: Backstage, tess: Hand, ana: Hand) -> None:
    ana.says("can't make it", gig="#1 Lisbon")
    ana.says("can't make it", gig="#2 Porto")
    called.wait(hours=3)
    tess.presses("Got it", called.posts("declined")[0])
    told = called.now_reads(called.post("handover"))
    assert told.labels == ["Got it"]
    assert "#1 Lisbon" not in told.text
    tess.presses("Got it", called.posts("declined")[1])
    told = called.now_reads(called.post("handover"))
    assert told.labels == []
    assert "In hand: tess, since Tue 1 Sep 16:00 WEST" in told.text


def test_a_command_of_hers_is_seen_by_the_deputy_too(called: Backstage, tess: Hand, ana: Hand) -> None:
    ana.says("can't make it", gig="#1 Lisbon")
    called.wait(hours=2)
    tess.types("/gig call #1 @kit FOH 14:00")
    told = called.now_reads(called.post("handover"))
    assert told.labels == []
    assert "In hand: tess, since Tue 1 Sep 15:00 WEST, and settled. Nothing waits for your word." in told.text


def test_what_settles_itself_is_said_to_be_settled(called: Backstage, tess: Hand, ana: Hand, deputy: Hand) -> None:
    ana.says("can't make it", gig="#1 Lisbon")
    called.wait(hours=2)
    ana.says("scratch that, confirmed", gig="#1 Lisbon")
    deputy.presses("Got it", "handover")
    told = called.now_reads(called.post("handover"))
    assert told.labels == []
    assert "In hand: max, since Tue 1 Sep 15:00 WEST, and settled." in told.text


def test_only_the_newest_message_to_the_deputy_has_the_button(called: Backstage, ana: Hand, deputy: Hand) -> None:
    ana.says("can't make it", gig="#1 Lisbon")
    called.wait(hours=2)
    ana.says("can't make it", gig="#2 Porto")
    called.wait(hours=2)
    first, second = called.posts("handover")
    assert called.now_reads(first).labels == []
    assert "is in my newer message below" in called.now_reads(first).text
    assert called.now_reads(second).labels == ["Got it"]
    deputy.presses("Got it", second)
    assert called.now_reads(second).labels == []
