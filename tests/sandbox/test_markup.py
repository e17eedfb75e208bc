"""Who a message pings, what typing becomes, how long text is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.markup import ADVISED_TEXT, escape, link_names, mentions, split, write_as_command

PEOPLE = {"ana": "U0ANA", "ana.b": "U0ANAB"}
CHANNELS = {"tour": "C0TOUR|tour", "secret": "C0SECRET|"}


@pytest.mark.parametrize(
    ("text", "pinged"),
    [
        ("<@U0ANA> and <@U0BO|bo>", {"U0ANA", "U0BO"}),
        ("<!channel> <!here|here> <!everyone>", {"!channel", "!here", "!everyone"}),
        ("<!subteam^S012|@crew>", {"!subteam^S012"}),
        ("&lt;@U0ANA&gt; @ana #tour <#C0TOUR|tour> <!date^1^{time}|now>", set()),
    ],
)
def test_only_real_mentions_ping(text: str, pinged: set[str]) -> None:
    assert mentions(text) == pinged


def test_blocks_ping_from_mrkdwn_and_rich_text_but_never_from_plain_text() -> None:
    rich = {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U0RICH"}]}
    blocks = [
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "<@U0FIELD>"}]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "<!here>"}]},
        {"type": "header", "text": {"type": "plain_text", "text": "<@U0PLAIN>"}},
        {"type": "rich_text", "elements": [rich, {"type": "broadcast", "range": "channel"}]},
        {"type": "markdown", "text": "<@U0MARK>"},
    ]
    assert mentions("", blocks) == {"U0FIELD", "!here", "U0RICH", "!channel", "U0MARK"}


@given(st.text())
def test_escaped_text_never_pings(text: str) -> None:
    assert mentions(escape(f"{text}<@U0ANA><!channel>{text}")) == set()


def test_a_command_carries_ids_with_names_and_hides_private_channels() -> None:
    typed = write_as_command("call @ana.b, @ana in #tour #secret @nobody R&B <x>", PEOPLE, CHANNELS)
    assert typed == ("call <@U0ANAB|ana.b>, <@U0ANA|ana> in <#C0TOUR|tour> <#C0SECRET|> @nobody R&amp;B &lt;x&gt;")


def test_linked_names_become_real_mentions() -> None:
    assert mentions(link_names("@ana @channel mail@ana", PEOPLE, CHANNELS)) == {"U0ANA", "!channel"}


@given(st.text(alphabet="ab \n", max_size=15_000))
def test_split_pieces_fit_and_lose_nothing_but_space(text: str) -> None:
    pieces = split(text)
    assert all(len(piece) <= ADVISED_TEXT for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_text_over_forty_thousand_is_cut_off() -> None:
    assert sum(map(len, split("a" * 50_000))) == 40_000
