"""The night of a show as its people live it: in, load-out, out, and the morning after."""

from tests.handlers.troupe import NEW, Actor, Troupe, starts

pytestmark = starts("2026-09-30 12:00")


def test_a_night_from_here_to_out(troupe: Troupe, tess: Actor, ana: Actor, bo: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00, @bo MON 14:00, @kit BL 14:00")
    for name in ("ana", "bo", "kit"):
        troupe.person(name).says("confirmed")
    troupe.move("2026-10-01 12:50")
    ana.says("here")
    bo.presses("I'm here")
    troupe.person("kit").says("here")
    troupe.person("kit").rewrites("here", "running 20 late")
    troupe.move("2026-10-01 12:58")
    ana.says("on site")
    assert hours_of(troupe) == [("arrived", "12:50", ""), ("arrived", "12:50", ""), ("confirmed", "", "")]

    troupe.move("2026-10-02 00:20")
    told = ana.presses("I'm out", "load_out").text
    assert "ana out 01:20 WEST Fri 2 Oct" in told
    assert "Out: ana 01:20 WEST." in troupe.now_reads(troupe.post("load_out")).text
    assert "ana FOH 14:00 out" in troupe.card()
    troupe.move("2026-10-02 00:40")
    assert "ana out 01:20 WEST" in ana.presses("I'm out", "load_out").text
    ana.says("here")
    assert hours_of(troupe)[0] == ("arrived", "12:50", "")
    ana.says("out")
    assert hours_of(troupe)[0] == ("released", "12:50", "00:40")

    since = troupe.mark()
    troupe.move("2026-10-02 06:58")
    assert troupe.said(since) == []
    troupe.move("2026-10-02 07:02")
    assert troupe.said(since).count("hours to tess") == 1
    missing = troupe.now_reads(troupe.post("hours")).text
    assert "bo MON: in 13:50 WEST, not out yet" in missing
    assert "ana" not in missing
    tess.types("/gig out #1 @bo 02:00")
    assert "are complete" in troupe.now_reads(troupe.post("hours")).text
    troupe.move("2026-10-02 20:00")
    assert "until the evening after" in bo.presses("I'm out", "load_out").text


def hours_of(troupe: Troupe) -> list[tuple[str, str, str]]:
    """State, in and out of each call, UTC."""
    rows = troupe.rows("SELECT state, in_at, out_at FROM calls ORDER BY id")
    return [(state, (came or "")[11:16], (went or "")[11:16]) for state, came, went in rows]
