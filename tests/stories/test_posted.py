"""Reading the ledger: which message is whose, and of which gig."""

from bot.story.posted import Readings, directs_of, words_of
from bot.story.table import read_gigs
from tests.stories.ledgers import Line, of_kind, stage_with

GIGS = read_gigs()


def test_a_thread_belongs_to_the_gig_whose_card_it_hangs_on() -> None:
    card = Line(text="MEO Arena, Lisbon, Sun 27 Oct", ts="5.0", metadata=of_kind("card"))
    sheet = Line(text="Load-in 12:00", ts="6.0", thread_ts="5.0", metadata=of_kind("day_sheet", "k7"))
    stage, _ = stage_with(card, sheet)
    first, second = Readings(stage, GIGS, {}).read()
    assert (first.gig, first.where, first.kind) == ("#18", "channel", "card")
    assert (second.gig, second.where, second.kind, second.key) == ("#18", "thread", "day_sheet", "k7")


def test_two_gigs_in_one_city_are_told_apart() -> None:
    club = Line(text="Musicbox, Lisbon, Sat 26 Oct, load-out 01:30 on Sun 27 Oct", ts="4.0", metadata=of_kind("card"))
    stage, _ = stage_with(club)
    assert [one.gig for one in Readings(stage, GIGS, {}).read()] == ["#28"]


def test_a_direct_message_belongs_to_its_person() -> None:
    stage, _ = stage_with(Line(channel="D0KIT", metadata=of_kind("ask_dm")), Line(channel="C0OTHER"))
    posted = Readings(stage, GIGS, directs_of(stage)).read()
    assert [(one.where, one.person) for one in posted] == [("dm", "kit"), ("elsewhere", "")]


def test_only_what_the_bot_posts_counts() -> None:
    stage, _ = stage_with(Line(user="U0PIA"), Line(kind="edited"), Line(kind="ephemeral"))
    assert Readings(stage, GIGS, {}).read() == []


def test_the_words_of_a_message_are_its_text_and_its_blocks() -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "I'm here"}}
    blocks = ({"type": "section", "text": {"type": "mrkdwn", "text": "Lisbon"}}, {"elements": [button]})
    assert words_of(Line(text="Call", blocks=blocks)).split("\n") == ["Call", "Lisbon", "I'm here"]
