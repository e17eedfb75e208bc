"""Emoji as words, and numbers and hours in Chinese, Japanese and Korean as figures: `还有十分钟到`, `午後3時半`.

It looks at a reply as it was typed, before anything else is made of it. A time stands as `15:30`, an hour with its half
of the day as `3:30pm`, a span as so many `分`, which the signs of `words/by_sign.txt` then say in English.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from checklists.yeswords import SIGNS

FIGURES: Mapping[str, int] = {
    "〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
KOREAN: Mapping[str, int] = {
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "열한": 11,
    "열두": 12,
}  # fmt: skip
UNDOES = r"不[了成到上]"
DENIES = r"[不没沒未无無別别]有?"
"""Behind or in front of a sign that agrees they make a no: `我去` and `不成`, `没` and `有空`."""
HAS_UNIT = re.compile(r"[分点點時时刻시분]|小時|小时")
NUMERAL = re.compile(
    r"(?<![〇零一二两兩三四五六七八九十第])(?!(?<=[晚早迟遲快慢差有])一[点點])(?!十分[^钟鐘でに後后遅到晚早以,，。 ])"
    r"[〇零一二两兩三四五六七八九十]+(?=(?:个|個)?半?(?:分|点|點|時|时|小时|小時|刻|钟头|鐘頭))"
)
"""`晚一点` is a little later and `十分抱歉` very sorry."""
IN_KOREAN = re.compile(rf"({'|'.join(sorted(KOREAN, key=len, reverse=True))}) ?(?=시)")
QUARTERS = re.compile(r"([1-3])刻[钟鐘]")
HALF_HOUR = re.compile(r"半(?:个|個)?(?:小时|小時|时间|時間|钟头|鐘頭)|半 ?시간")
HOURS = re.compile(
    r"([0-9]{1,2}) ?(?:(?:个|個)(半)?)?(?:小时|小時|钟头|鐘頭|時間|시간)"
    r"(?:(半| 반)| ?([0-9]{1,2}) ?(?:分钟?|分鐘?|분))?"
)
OCLOCK = re.compile(
    r"(上午|早上|凌晨|下午|晚上|傍晚|中午|午前|午後|朝|夜|夕方|오전|오후|아침|저녁)?の?"
    r" ?([0-9]{1,2}) ?(?:点[钟鐘]?|點[钟鐘]?|時(?!間)|时(?!间)|시(?!간))"
    r"(?:(半|一刻| ?반)| ?([0-5]?[0-9]) ?(?:分|분))?"
)
LATER_HALF = frozenset(("下午", "晚上", "傍晚", "中午", "午後", "夜", "夕方", "오후", "저녁"))
ALONE = re.compile(
    r"(?<![\u3040-\u30ff\u4e00-\u9fff])(?:我|我们|那|都|也)?[好行是来妥可嗯能中][的啊呀吧滴嘞哒哦喔噢哈了好行嗯]*(?![\u3040-\u30ff\u4e00-\u9fff])"
    r"|(?<![가-힣])[콜예넵네](?![가-힣])"
)
"""A yes of one sign, which says something else inside a word: `好` in `早上好`."""
AT = r"([0-9]{1,2}:[0-9]{2}(?:[ap]m)?) ?"
ABOUT = r"(?:左右|ごろ|頃|くらい|쯤)?(?:才|にしか)?(?:能|会|會|可以)?(?:に|には|에)? ?"
COMES = (
    r"(?:到(?!着しま)[达達]?|着きます|着く|着ける"
    r"|到着します|到着|行きます|入ります|抵达|도착합니다|도착해요|도착|갑니다|갈게요)"
)
BOUND = (
    (re.compile(rf"{AT}(?:以后|以後|之后|之後|过后|から|以降|이후|부터|后|後)"), r" from \1 "),
    (re.compile(rf"{AT}(?:以前|之前|まで|까지|前)"), r" until \1 "),
    (re.compile(rf"{AT}{ABOUT}{COMES}"), r" there at \1 "),
)


def by_sign(shouts: Mapping[str, str]) -> re.Pattern[str]:
    """What finds any of the signs, the longest first; one that agrees also with what makes it a no."""
    agreed = _by_length(sign for sign, said in shouts.items() if said == " yes ")
    return re.compile(f"(?:{agreed}){UNDOES}|{_by_length(shouts)}|{DENIES}(?:{agreed})")


def _by_length(some: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(some, key=len, reverse=True)))


def worded(text: str) -> str:
    """The text with each emoji as the word it stands for, and its spelled numbers, spans and hours as figures."""
    return "".join(map(_sign, _figured(text)))


def _sign(letter: str) -> str:
    if letter in SIGNS:
        return f" | {SIGNS[letter]} | "
    if letter in "\u200d\ufe0f" or (unicodedata.category(letter) in ("Sk", "Cf", "Cc", "Mn") and letter != "\n"):
        return ""
    return " | " if unicodedata.category(letter) == "So" else letter


def _figured(text: str) -> str:
    """The text with its spelled numbers, spans and hours as figures."""
    text = ALONE.sub(" yes ", text)
    if not HAS_UNIT.search(text):
        return text
    text = NUMERAL.sub(lambda found: str(_counted(found[0])), text)
    text = IN_KOREAN.sub(lambda found: str(KOREAN[found[1]]), text)
    text = QUARTERS.sub(lambda found: f"{int(found[1]) * 15}分", text)
    text = OCLOCK.sub(_clock, HALF_HOUR.sub("30分", HOURS.sub(_span, text)))
    for pattern, becomes in BOUND:
        text = pattern.sub(becomes, text)
    return text


def _counted(numeral: str) -> int:
    """`二十五` is 25, `十` is 10."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return int("".join(str(FIGURES[sign]) for sign in numeral))
    return 10 * (FIGURES.get(tens, 1) if tens else 1) + (FIGURES.get(ones, 0) if ones else 0)


def _span(found: re.Match[str]) -> str:
    half = 30 if found[2] or found[3] else 0
    return f"{int(found[1]) * 60 + half + int(found[4] or 0)}分"


def _clock(found: re.Match[str]) -> str:
    minute = 15 if found[3] == "一刻" else 30 if found[3] else int(found[4] or 0)
    half = "" if not found[1] or int(found[2]) > 12 else "pm" if found[1] in LATER_HALF else "am"
    return f" {found[2]}:{minute:02}{half} "
