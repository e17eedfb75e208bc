"""The bot is not in the channel: the manager hears by DM what to type, and what waited follows."""

import pytest

from bot.sandbox.faults import Trouble
from tests.handlers.troupe import NEW, Actor, Troupe

TOUR = "date,city,country\n2026-10-01,Lisbon,Portugal\n2026-10-03,Porto,Portugal\n"


@pytest.fixture
def closed(troupe: Troupe) -> str:
    """A channel that nobody has let the bot into."""
    return troupe.slack.add_channel("closed", ["tess", "ana"], with_bot=False)


def test_the_manager_is_told_once_what_to_type(troupe: Troupe, tess: Actor, closed: str) -> None:
    tess.types(NEW, closed)
    tess.types("/gig call #1 @ana FOH 14:00", closed)
    tess.types("/gig times #1 doors 20:00", closed)
    assert troupe.said() == ["invite_me to tess"]
    assert "`/invite @Buscall`" in troupe.post("invite_me").text


def test_once_let_in_the_card_and_what_waited_follow_in_order(troupe: Troupe, tess: Actor, closed: str) -> None:
    tess.types(NEW, closed)
    tess.types("/gig call #1 @ana FOH 14:00", closed)
    since = troupe.mark()
    troupe.slack.hands.invite(tess.id, closed, troupe.slack.names.bot_user)
    troupe.mover.settle()
    assert troupe.said(since) == ["card", "ask"]
    assert troupe.post("ask").thread_ts == troupe.post("card").ts
    troupe.person("ana").presses("Confirm")
    assert "Confirmed (1): ana FOH 14:00" in troupe.card()


def test_a_private_channel_it_cannot_see_is_told_the_same_way(troupe: Troupe, tess: Actor) -> None:
    hidden = troupe.slack.add_channel("hidden", ["tess"], private=True, with_bot=False)
    tess.types(NEW, hidden)
    tess.types("/gig call #1 @ana FOH 14:00", hidden)
    assert troupe.said() == ["invite_me to tess"]
    troupe.slack.hands.invite(tess.id, hidden, troupe.slack.names.bot_user)
    troupe.mover.settle()
    assert troupe.said()[1:] == ["card", "ask"]


def test_what_is_called_off_while_it_waits_is_never_asked(troupe: Troupe, tess: Actor, closed: str) -> None:
    tess.types(NEW, closed)
    tess.types("/gig call #1 @ana FOH 14:00", closed)
    tess.presses("Yes, cancel", tess.types("/gig cancel #1", closed))
    since = troupe.mark()
    troupe.slack.hands.invite(tess.id, closed, troupe.slack.names.bot_user)
    troupe.mover.settle()
    ana = troupe.person("ana").id
    assert all(ana not in line.pinged for line in troupe.posts("ask", since))


def test_an_imported_tour_waits_too(troupe: Troupe, tess: Actor, closed: str) -> None:
    tess.drops(TOUR, channel=closed)
    assert "I see no CSV of yours" in tess.types("/gig import", closed).text
    troupe.slack.hands.invite(tess.id, closed, troupe.slack.names.bot_user)
    tess.drops(TOUR, channel=closed)
    assert "2 gigs imported" in tess.types("/gig import", closed).text
    assert troupe.said() == ["overview"]


def test_a_rate_limit_delays_and_loses_nothing(troupe: Troupe, tess: Actor) -> None:
    tess.types(NEW)
    troupe.slack.faults.plan("chat.postMessage", Trouble.RATE_LIMITED, retry_after=30)
    tess.types("/gig call #1 @ana FOH 14:00")
    assert troupe.said() == ["card", "ask"]
