"""The ladder through the whole product: real Bolt, real clicks, real time."""

from tests.handlers.troupe import NEW, Actor, Troupe


def test_a_decline_is_covered_and_everybody_hears_it_once(troupe: Troupe, tess: Actor, ana: Actor, bo: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call lisbon @ana FOH 14:00")
    tess.types("/gig standins lisbon FOH @bo @rob together")
    rob, since = troupe.person("rob"), troupe.mark()
    ana.presses("Can't make it")
    bos, robs = (next(line for line in troupe.posts("offer") if line.channel == who.direct()) for who in (bo, rob))
    held = bo.holds("I can", bos)
    rob.presses("I can", robs)
    assert "filled already, thank you" in held().text
    heard = troupe.said(since)
    assert sorted(heard) == ["declined to tess", "filled", "filled to bo", "filled to tess", "offer", "offer to bo"]
    assert "Confirmed (1): rob FOH 14:00" in troupe.card()
    assert "you are not needed" in troupe.now_reads(bos).text


def test_a_silent_manager_hands_over_and_the_deputy_has_it(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call lisbon @ana FOH 14:00")
    tess.types("/gig deputy @max")
    ana.says("can't make it")
    assert troupe.now_reads(troupe.post("declined")).labels == ["Got it"]
    troupe.wait(hours=2)
    assert "handover to max" in troupe.said()
    assert "you have it in hand" in troupe.person("max").presses("Got it", "handover").text
    since = troupe.mark()
    troupe.wait(hours=4)
    assert troupe.said(since) == []
