"""The transcript reads well: threads under their cards, everybody's own time, final words."""

from datetime import timedelta

from bot.story.cast import CURTAIN
from bot.story.posted import Readings, directs_of
from bot.story.table import read_gigs
from bot.story.transcript import transcript
from bot.story.wording import lines_of, plain
from tests.stories.ledgers import Line, of_kind, stage_with

GIGS = read_gigs()
CARD = Line(text="Oberhausen 24 Sep", ts="5.0", metadata=of_kind("card"))
NEXT = Line(text="the next thing in the channel", ts="6.0", user="U0TESS")
REPLY = Line(text="<@U0KIT> is in &amp; early", ts="7.0", thread_ts="5.0", user="U0PIA")


def read(*lines: Line) -> list[str]:
    stage, _ = stage_with(*lines)
    directs = directs_of(stage)
    return list(transcript(stage, Readings(stage, GIGS, directs).read(), GIGS, directs))


def test_a_thread_stands_under_its_card_in_venue_time() -> None:
    assert read(CARD, NEXT, REPLY)[1:] == [
        "#wild-god",
        "=========",
        "Thu 01 Aug 14:00 CEST  buscall  Oberhausen 24 Sep",
        "    Thu 01 Aug 14:00 CEST  pia  @kit is in & early",
        "Thu 01 Aug 13:00 BST  tess  the next thing in the channel",
    ]


def test_edits_and_reactions_are_shown_as_they_end() -> None:
    edited = Line(kind="edited", text="Oberhausen 24 Sep, played", ts="5.0", at=CURTAIN + timedelta(days=1))
    thumb = Line(kind="reacted", ts="5.0", name="+1", user="U0ANA")
    gone = Line(kind="reacted", ts="5.0", name="eyes"), Line(kind="unreacted", ts="5.0", name="eyes")
    words = "\n".join(read(CARD, edited, thumb, *gone))
    assert "Oberhausen 24 Sep, played" in words
    assert "(:+1: ana · edited)" in words
    assert "eyes" not in words


def test_a_private_answer_says_who_sees_it() -> None:
    asked = Line(kind="commanded", text="/gig list", user="U0TESS", ts="")
    told = read(asked, Line(kind="ephemeral", text="27 gigs", ts="8.0", user="U0TESS"))
    assert told[3].endswith("tess  /gig list")
    assert told[4].endswith("buscall  27 gigs")
    assert told[5].strip() == "(only tess sees this)"


def test_a_direct_message_is_in_the_persons_time() -> None:
    told = read(Line(text="Your call", channel="D0LOU", metadata=of_kind("held")))
    assert "@lou (America/New_York)" in told
    assert told[-1] == "Thu 01 Aug 08:00 EDT  buscall  Your call"


def test_a_long_digest_is_folded_to_four_lines() -> None:
    lines = "\n".join(f"line {number}" for number in range(15))
    told = read(Line(text=lines, channel="D0PIA", metadata=of_kind("digest")))
    assert [line.split("  ")[-1].strip() for line in told[-5:]] == [
        "line 0",
        "line 1",
        "line 2",
        "line 3",
        "… and 11 more lines",
    ]


def test_what_people_do_is_told_in_words() -> None:
    press = Line(kind="pressed", user="U0BO", thread_ts="5.0", ts="9.0", detail={"text": {"text": "Confirm"}})
    drop = Line(kind="file_shared", user="U0TESS", text="tour.csv", ts="3.0")
    told = "\n".join(read(drop, CARD, press))
    assert "tess  drops tour.csv" in told
    assert "bo  presses [Confirm]" in told


def test_markup_becomes_plain_words() -> None:
    date = "<!date^1729987200^{ago}|27 Oct>"
    assert plain(f"<@U0KIT|kit> in <#C1|wild-god>, {date}, <https://x.example|map> &lt;3") == (
        "@kit in #wild-god, 27 Oct, map <3"
    )


def test_blocks_are_read_in_order_with_their_buttons_in_brackets() -> None:
    confirm = {"type": "button", "text": {"type": "plain_text", "text": "Confirm"}}
    blocks = (
        {"type": "header", "text": {"type": "plain_text", "text": "Lisbon"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "27 Oct"}, "accessory": confirm},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "venue time"}]},
        {"type": "divider"},
        {"type": "actions", "elements": [confirm, confirm]},
    )
    assert lines_of("fallback", blocks) == ["Lisbon", "27 Oct", "[Confirm]", "venue time", "[Confirm] [Confirm]"]
    assert lines_of("fallback", ()) == ["fallback"]
