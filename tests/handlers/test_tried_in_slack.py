"""A dry run and a rehearsal in the running program: private, and nothing of them gets out."""

from tests.handlers.troupe import NEW, Actor, Troupe


def test_a_dry_run_and_a_rehearsal_stay_private_and_one_button_moves_the_gig(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    tess.types("/gig call #1 @ana FOH 14:00")
    before, since = troupe.dump(), troupe.mark()
    assert "Rehearsal: #1 Lisbon" in tess.types("/gig rehearse lisbon").text
    tried = tess.types("/gig move lisbon 5 Oct 2026 —dry-run")
    assert "Dry run, nothing was changed." in tried.text
    assert (troupe.dump(), troupe.said(since), troupe.pinged(since)) == (before, [], set())
    told = tess.presses("Move it", tried).text
    assert "1 called are asked again" in told
    assert troupe.said(since) == ["moved"]
    assert "Mon 5 Oct 2026" in troupe.card()
