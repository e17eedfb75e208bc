"""Markup, mentions and odd signs in names: they are shown as they were typed, and do nothing."""

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


def test_a_gig_may_have_any_name(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    since = troupe.mark()
    for number, name in enumerate(NAMES, 1):
        told = tess.types(f"/gig new {name}, Club {name} Lisbon, {number} Oct 2026").text
        assert "is open" in told, name
        assert "49" not in told
        tess.types(f"/gig call #{number} @ana FOH 14:00")
        for words in ("show", "ready", "check"):
            tess.types(f"/gig {words} #{number}")
        tess.types(f"/gig times #{number} doors 20:00")
        tess.presses("Yes, cancel", tess.types(f"/gig cancel #{number} because {name}"))
    tess.types("/gig list")
    assert troupe.pinged(since) <= {ana.id, tess.id}
    assert troupe.slack.ledger.errors(since) == []
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


def test_a_person_may_be_called_anything(troupe: Troupe, tess: Actor, ana: Actor) -> None:
    tess.types("/gig new The Lanterns, Musicbox Lisbon, 1 Oct 2026")
    tess.types("/gig call #1 @ana FOH 14:00")
    since = troupe.mark()
    for name in ("<!channel>", "*ana*", "<@U0BO>", "\u202eana", "a" * 500):
        troupe.slack.hands.change_person(ana.id, name=name)
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


def test_what_cannot_be_read_is_quoted_back_harmless(troupe: Troupe, tess: Actor) -> None:
    since = troupe.mark()
    for words in ("<!channel>", "@here", "{{7*7}}", "*_~", "\u202e"):
        for verb in ("", "show ", "new ", "call #1 ", "move #1 ", "check #1 ", "here "):
            tess.types(f"/gig {verb}{words}")
    assert troupe.pinged(since) == set()
    assert troupe.slack.ledger.errors(since) == []
