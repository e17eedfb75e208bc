"""Markup, mentions and odd signs in names: they are shown as they were typed, and do nothing."""

import pytest

from bot.sandbox.ledger import Kind
from bot.story.posted import texts
from tests.handlers.troupe import Actor, Troupe

NAMES = [
    "<!channel> Night",
    "<!here> & <!everyone>",
    "*bold* _it_ ~gone~ `code`",
    "{{7*7}} {% raise %}",
    "<@U0BO> Band",
    "<http://evil.example|click>",
    "Two\nLines",
    "\u202egnirts\u202c",
    "a\u0000b\u0007c",
    "&lt;!channel&gt;",
    "🎸" * 9,
]
INVISIBLE = "\u202e\u202c\u0000\u0007"


def shown(troupe: Troupe, since: int) -> str:
    """Everything the bot said since."""
    kinds = (Kind.POSTED, Kind.EDITED, Kind.EPHEMERAL, Kind.EPHEMERAL_EDITED)
    lines = [line for line in troupe.slack.ledger.entries(*kinds, since=since) if line.via != "hands"]
    return "\n".join("\n".join([line.text, *texts(line.blocks)]) for line in lines)


@pytest.mark.parametrize("name", NAMES)
def test_a_gig_may_have_any_name(name: str, troupe: Troupe, tess: Actor, ana: Actor) -> None:
    since = troupe.mark()
    told = tess.types(f"/gig new {name}, Club {name} Lisbon, 1 Oct 2026").text
    assert "is open" in told
    tess.types("/gig call #1 @ana FOH 14:00")
    ana.says("confirmed")
    for words in ("/gig list", "/gig show #1", "/gig ready #1", "/gig check #1"):
        tess.types(words)
    tess.types("/gig times #1 doors 20:00")
    tess.presses("Yes, cancel", tess.types(f"/gig cancel #1 because {name}"))
    assert troupe.pinged(since) <= {ana.id, tess.id}
    assert troupe.slack.ledger.errors(since) == []
    assert "49" not in told
    assert not set(INVISIBLE) & set(shown(troupe, since))


def test_a_spreadsheet_may_hold_any_names(troupe: Troupe, tess: Actor) -> None:
    rows = [f'2026-10-{n + 1:02},Lisbon,Portugal,"{name}"' for n, name in enumerate(NAMES) if "\u0000" not in name]
    since = troupe.mark()
    tess.drops("date,city,country,venue\n" + "\n".join(rows), "<!channel> tour.csv")
    told = tess.types("/gig import").text
    assert f"{len(rows)} gigs imported" in told
    for n in range(1, len(rows) + 1):
        tess.types(f"/gig show #{n}")
    tess.types("/gig list")
    troupe.move("2026-09-20 12:00")
    assert troupe.pinged(since) <= {tess.id}
    assert troupe.slack.ledger.errors(since) == []
    assert not set(INVISIBLE) & set(shown(troupe, since))


@pytest.mark.parametrize("name", ["<!channel>", "*ana*", "<@U0BO>", "\u202eana", "a" * 500])
def test_a_person_may_be_called_anything(name: str, troupe: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types("/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026")
    tess.types("/gig call #1 @ana FOH 14:00")
    since = troupe.mark()
    troupe.slack.hands.change_person("ana", name=name)
    ana.says("confirmed")
    tess.types("/gig show #1")
    assert troupe.pinged(since) <= {ana.id, tess.id}
    assert troupe.slack.ledger.errors(since) == []
    assert not set(INVISIBLE) & set(shown(troupe, since))


def test_a_reason_is_quoted_back_harmless(troupe: Troupe, tess: Actor) -> None:
    tess.types("/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026")
    since = troupe.mark()
    told = tess.types("/gig check #1 va.power waive <!channel> agreed").text
    assert "&lt;!channel&gt; agreed" in told
    assert troupe.pinged(since) == set()


@pytest.mark.parametrize("words", ["<!channel>", "@here", "{{7*7}}", "*_~", "\u202e"])
def test_what_cannot_be_read_is_quoted_back_harmless(words: str, troupe: Troupe, tess: Actor) -> None:
    since = troupe.mark()
    for verb in ("", "show ", "new ", "call #1 ", "move #1 ", "check #1 ", "here "):
        tess.types(f"/gig {verb}{words}")
    assert troupe.pinged(since) == set()
    assert troupe.slack.ledger.errors(since) == []
