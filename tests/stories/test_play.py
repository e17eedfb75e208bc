"""Playing: each deed becomes what a person does in Slack, and what cannot be done is told."""

from datetime import timedelta

from bot.story.cast import CURTAIN, LAST_INSTANT
from bot.story.deeds import Act, Deed, drops, presses, reacts, says, types
from bot.story.play import Player, play
from bot.story.table import read_gigs
from tests.stories.ledgers import Doings, Line, Still, of_kind, stage_with

CARD = Line(text="Paris 17 Nov", ts="5.0", metadata=of_kind("card"))
CONFIRM = {"type": "button", "text": {"type": "plain_text", "text": "Confirm"}, "value": "7"}
SURE = {"type": "button", "text": {"type": "plain_text", "text": "Yes, cancel Paris"}, "value": "27"}
HERE = {"type": "button", "text": {"type": "plain_text", "text": "I’m here"}, "value": "8"}
ASK = Line(text="<@U0BO>", ts="6.0", thread_ts="5.0", metadata=of_kind("ask"), blocks=({"elements": [CONFIRM]},))
EDITED = Line(kind="edited", text="<@U0BO>", ts="6.0", thread_ts="5.0", blocks=({"elements": [HERE]},))
PRIVATE = Line(kind="ephemeral", ts="8.0", user="U0BO", blocks=({"elements": [SURE]},))


def perform(deed: Deed, *lines: Line) -> tuple[str, Doings]:
    stage, hands = stage_with(*lines)
    return Player(stage, read_gigs()).perform(Act(CURTAIN, "bo", deed)), hands


def test_words_go_into_the_thread_of_the_gigs_card() -> None:
    assert perform(says("#27", "in"), CARD)[1].done == [("bo", "in", "5.0")]


def test_a_reaction_goes_on_the_ask_that_names_the_person() -> None:
    assert perform(reacts("#27", "+1"), CARD, ASK)[1].done == [("bo", "+1", "6.0")]


def test_a_button_is_pressed_as_the_message_looks_now() -> None:
    assert perform(presses("Confirm", "#27"), CARD, ASK)[1].done == [("bo", "Confirm", "6.0", "7")]
    assert perform(presses("I'm here", "#27"), CARD, ASK, EDITED)[1].done == [("bo", "I’m here", "6.0", "8")]
    assert "no button" in perform(presses("Confirm", "#27"), CARD, ASK, EDITED)[0]


def test_a_question_is_answered_where_it_was_asked() -> None:
    assert perform(presses("Yes, cancel"), PRIVATE)[1].done == [("bo", "Yes, cancel Paris", "8.0", "27")]


def test_a_command_is_typed_and_a_file_dropped() -> None:
    assert perform(types("/gig list"))[1].done == [("bo", "/gig list")]
    assert perform(drops("wild_god_eu_2024.csv"))[1].done == [("bo", "wild_god_eu_2024.csv", "date")]


def test_what_cannot_be_done_is_told() -> None:
    assert "no card" in perform(says("#27", "in"))[0]
    assert "no ask" in perform(reacts("#27", "+1"), CARD)[0]
    assert "no button" in perform(presses("Yes, cancel"))[0]


def test_a_command_without_an_answer_is_told() -> None:
    stage, hands = stage_with()
    hands.is_deaf = True
    assert "no answer" in Player(stage, read_gigs()).perform(Act(CURTAIN, "bo", types("/gig list")))


def test_the_clock_is_moved_to_the_act_and_never_back() -> None:
    stage, _ = stage_with()
    player = Player(stage, read_gigs())
    player.perform(Act(CURTAIN + timedelta(hours=2), "bo", types("/gig list")))
    player.perform(Act(CURTAIN + timedelta(hours=1), "bo", types("/gig list")))
    assert stage.program.clock.now() == CURTAIN + timedelta(hours=2)


def test_a_bot_that_says_nothing_fails_the_whole_table() -> None:
    stage, hands = stage_with()
    lines: list[str] = []
    outcome = play(stage, lines.append)
    assert outcome.messages == outcome.gigs == 0
    assert outcome.lost == outcome.reminders
    assert outcome.missing > outcome.lost
    assert not outcome.is_clean
    assert lines[-1] == str(outcome)
    assert hands.done
    assert isinstance(stage.program, Still)
    assert stage.program.at == LAST_INSTANT
