"""`/gig selftest`: a message that is looked for in Slack, and then tells itself how that went."""

from bot.sandbox.faults import Trouble
from tests.handlers.troupe import Actor, Troupe


def test_the_message_says_that_it_was_found_once(troupe: Troupe, ana: Actor) -> None:
    assert "direct message" in ana.types("/gig selftest").text
    told = troupe.now_reads(troupe.post("selftest")).text
    assert "found again in Slack within a second, once" in told
    assert "WEST" in told
    assert troupe.said().count("selftest to ana") == 1


def test_an_answer_that_was_lost_is_found_by_looking(troupe: Troupe, ana: Actor) -> None:
    troupe.slack.faults.plan("chat.postMessage", Trouble.CUT, accepted=True)
    ana.types("/gig selftest")
    troupe.wait(minutes=3)
    assert "found again in Slack" in troupe.now_reads(troupe.post("selftest")).text
    assert troupe.said().count("selftest to ana") == 1


def test_two_in_a_minute_are_one(troupe: Troupe, ana: Actor) -> None:
    ana.types("/gig selftest")
    assert "already" in ana.types("/gig selftest please").text
    assert troupe.said().count("selftest to ana") == 1


def test_each_gets_his_own(troupe: Troupe, ana: Actor, bo: Actor) -> None:
    for one in (ana, bo):
        one.types("/gig selftest")
    assert {"selftest to ana", "selftest to bo"} <= set(troupe.said())
