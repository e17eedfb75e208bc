"""Chinese, Japanese and Korean replies: their numbers, their hours, and a yes of one sign."""

import pytest

from checklists.replies import Meaning, read
from checklists.replysigns import worded
from tests.checklists.test_replies import told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("还有十分钟到", "10"), ("晚到一刻钟", "15"), ("大概晚二十五分钟", "25"), ("还要半个小时", "30"),
        ("航班延误两个小时", "120"), ("迟到一个半小时", "90"), ("1時間半遅れます", "90"),
        ("あと二十分かかります", "20"), ("下午三点半到", "15:30"), ("15点到", "15:00"),
        ("午後3時に着きます", "15:00"), ("15時30分に着きます", "15:30"),
    ],
)  # fmt: skip
def test_numbers_and_hours_in_signs_are_read(text: str, said: str) -> None:
    assert (read(text).meaning, told(read(text))) == (Meaning.LATE, said)


@pytest.mark.parametrize(
    ("text", "said"), [("16時以降なら", "16:00"), ("下午四点以后可以", "16:00"), ("18時までなら", "18:00")]
)
def test_an_hour_from_or_until_is_an_offer(text: str, said: str) -> None:
    assert (read(text).meaning, told(read(text))) == (Meaning.MAYBE, said)


@pytest.mark.parametrize(
    "text", ["早上好", "好累", "好吃", "行李到处都是", "我去不成", "没有空", "没空", "不可以", "不好意思", "还行李"]
)
def test_a_sign_inside_a_word_is_no_yes(text: str) -> None:
    assert read(text).meaning is not Meaning.CONFIRM


@pytest.mark.parametrize("text", ["好", "好的", "好啊！", "行，没问题", "我行", "ok没问题", "没有问题", "콜", "네!"])
def test_a_sign_alone_is_a_yes(text: str) -> None:
    assert read(text).meaning is Meaning.CONFIRM


@pytest.mark.parametrize("text", ["晚一点", "十分抱歉", "第一时间", "yes", ""])
def test_what_only_looks_like_a_number_is_left(text: str) -> None:
    assert worded(text) == text


def test_emoji_are_words() -> None:
    assert worded("👍").split() == ["|", "thumbup", "|"]
