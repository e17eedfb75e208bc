"""What a crew member's reply means (`yesno.RULES` in the field's precedence). A wrong yes is the worst error."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from checklists.replywords import MOST_READ, Word, hear
from checklists.yesno import RULES, Meaning

__all__ = ["MEANS", "Meaning", "Reading", "late_by", "reaction_means", "read", "why"]

HALF_A_DAY = 12 * 60
A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Reading:
    """A reply as read. `asks`: a question came with it, to be shown to the tour manager.

    minutes: how late (the upper bound of a range); clock: the wall time said instead, or the start or end that a
    maybe offers; rule: the name of the rule that decided (`why` explains it). `clock_open`: the hour was said
    without am or pm, so the other half of the day is possible.
    """

    meaning: Meaning
    minutes: int | None = None
    clock: time | None = None
    rule: str = ""
    asks: bool = False
    clock_open: bool = False


ASKED = "a question"
CHATTER = "chatter"
TOOK_BACK = "took it back"
TOO_LONG = "too long for a yes"
WHY: Mapping[str, str] = {
    **{rule.name: rule.why for rule in RULES},
    ASKED: "something is asked, and nothing is answered",
    CHATTER: "no answer is in it",
    TOOK_BACK: "an earlier answer is taken back",
    TOO_LONG: f"a yes that goes on after {MOST_READ} characters is not taken for one",
}
"""Each rule's name, and what it found."""

MEANS: Mapping[str, Meaning] = {
    **dict.fromkeys(
        ("+1", "thumbsup", "white_check_mark", "heavy_check_mark", "ballot_box_with_check", "ok_hand", "saluting_face"),
        Meaning.CONFIRM,
    ),
    **dict.fromkeys(("-1", "thumbsdown", "x", "heavy_multiplication_x"), Meaning.DECLINE),
    "eyes": Meaning.UNRELATED,
}
"""Reactions on the call message; `eyes` is only seen."""

CORRECTED = re.compile(
    r"C[Tjxzi]{0,4}(?P<what>[ynkKd])?(?=z*$|[^Tjz])"  # scratch my earlier yes
    r"|(?:^|(?<=[|\n]))[znbi+]*W|(?<=[yn])W|W(?=n?i?cN|n)"  # actually, ...
)
NOT_THAT = re.compile(r"T?(?:[0#@]+[xlj]*|L)$")
"""Ignore the 20 minutes, the ETA."""
IN = re.compile(r"(?<![xpUoVh])I(?=$|[|bODrufk+])(?!O[Dj]?X)")
REWRITES = tuple(
    (re.compile(pattern), becomes)
    for pattern, becomes in (
        (r"ip(?:i?[cwsB]*N[avj]?|n|i?d)(?=[|])", ""),
        (r"i?cN(?:b[iW]*|[avj]*[|]?b[iW]+)c(?=$|[|]|a)", "y"),
        (r"(?<!n)NN|J[^|]*|n(?=[#0])", ""),
        (r"r(?=[^t@0oD#A]|t[^@0]|$)", "O"),
        (r"H\+(?=[yw])", ""),
        (r"[yk]N(?=$|[|])", "n"),
        (r"u(?=[^tr@0oD#A]|t[^@0]|$)", "O"),
        (r"^f(?=$|\|)", "y"),
        (r"(?:[wB]?N|n)B?[A]?[lD]?l(?!\|?[#0@])", "E"),
        (r"(?:nN|N)[iwcBs]{0,3}(?:Mj?|K[jO]*|(?<=nNiB)d)", "y"),
        (r"[ms](?=B?[tBI]{0,2}[#0](?!p))", ""),
        (r"[ms](?=[iwBat]{0,3}[A0#]?t?(?:l|[#0]l))", ""),
        (r"(?<=[#@l])m(?=$|\|)|(?<=[#@lG])[|]m(?=[XxOgUVi]+$)", ""),
        (r"^[kH][|]?i?w[aYehBtg]{1,4}t?@(?=$|[|])", "y"),
        (r"\+(?=[|])|\|\+?\|+", "|"),
        (r"(?<=[#0@l])W(?=$|\|$)", ""),
        (r"^i?B?[yk]+(?:O[@0]|(?<=i[yk])[@0]|(?<=iB[yk])[@0])(?=$|\|)", "y"),
        (r"(?<![^|b+kO])[tO]?[@0Dog][tOgx]{0,3}jpD?(?=$|[|])", "y"),
    )
)
NOT_EARLY = frozenset("Nl#GAKdc")
"""What takes the early out of a reply that names a time: `early for once, there at 8` is on time."""
EARLY_AT = re.compile(r"E0(?=$|\|)")
REFUSED = re.compile(r"(?:N|instead|O)$")


def read(text: str, now_wall: time | None = None) -> Reading:
    """What `text` means. `now_wall` is the venue's clock: "there at 3" is the next 3 o'clock; by day without it.

    Only the first 500 characters are read, and a yes that goes on after them is not a yes.
    """
    said, unsure, asks = _stated(hear(text))
    meaning, rule = _decide(said, unsure)
    if meaning is None:
        meaning, rule = (Meaning.QUESTION, ASKED) if asks else (Meaning.UNRELATED, CHATTER)
    if meaning is Meaning.CONFIRM and len(text) > MOST_READ:
        meaning, rule = Meaning.MAYBE, TOO_LONG
    words = said or unsure
    if meaning is Meaning.LATE:
        minutes = _minutes(words)
        clock, is_open = (None, False) if minutes is not None else _clock(words, now_wall)
        return Reading(meaning, minutes, clock, rule, asks, is_open)
    clock, is_open = _clock(words, None) if meaning is Meaning.MAYBE else (None, False)
    return Reading(meaning, None, clock, rule, asks, is_open)


def why(reading: Reading) -> str:
    """What the rule that decided found, in plain words."""
    return WHY.get(reading.rule, "")


def reaction_means(name: str) -> Meaning:
    """What a reaction on a call message means; the skin tone does not count."""
    return MEANS.get(name.partition("::")[0].strip(":"), Meaning.UNRELATED)


def late_by(reading: Reading, call: time) -> int | None:
    """How many minutes after the call he comes; 0 for on time or early, None when nobody can tell.

    A clock said without am or pm is taken in the half of the day that is nearer to the call.
    """
    if reading.minutes is not None or reading.clock is None:
        return reading.minutes
    after = _apart(reading.clock, call)
    if reading.clock_open:
        after = min((after, _apart(reading.clock, call, HALF_A_DAY)), key=abs)
    return max(after, 0)


def _apart(clock: time, call: time, shift: int = 0) -> int:
    """Minutes from the call to the clock, between -12 h and +12 h."""
    minutes = (clock.hour - call.hour) * 60 + clock.minute - call.minute + shift
    return (minutes + HALF_A_DAY) % A_DAY - HALF_A_DAY


def _shape(words: Sequence[Word]) -> str:
    return "".join(word.kind for word in words)


def _decide(said: Sequence[Word], unsure: Sequence[Word]) -> tuple[Meaning | None, str]:
    """The meaning and its rule; a clause with ", ok?" after it can be anything but a yes."""
    raw = _shape(said)
    if "Q" in raw:
        return None, ""
    if "C" in raw or "W" in raw:
        corrected = _corrected(raw)
        if corrected:
            return corrected
    found = _status(raw)
    if found[0] is None and unsure:
        found = _status(_shape(unsure))
        return (None, "") if found[0] in (Meaning.CONFIRM, Meaning.ARRIVED) else found
    return found


def _status(raw: str) -> tuple[Meaning | None, str]:
    """What the first rule that holds says."""
    said = _bare(raw)
    for rule in RULES:
        if rule.holds(said):
            return rule.meaning, rule.name
    return None, ""


def _bare(raw: str) -> str:
    """The letters that the rules look at: no small words, `in` as a yes or a place, no late that is denied."""
    said = IN.sub("y", raw.replace("z", "").replace("\n", "|")).replace("T", "")
    if "E" in said and NOT_EARLY.isdisjoint(said):
        said = EARLY_AT.sub("E", said.replace("@", "D"))
    for pattern, becomes in REWRITES:
        said = pattern.sub(becomes, said)
    return said.strip("|b+")


def _corrected(raw: str) -> tuple[Meaning | None, str] | None:
    """What follows the last correction counts, else what stood before; a yes that is only taken back is a no."""
    corrections = list(CORRECTED.finditer(raw))
    if not corrections:
        return None
    last = corrections[-1]
    if last[0].startswith("C") and NOT_THAT.match(raw, last.end()):
        return _status(raw[: last.start()])
    meaning, rule = _status(raw[last.end() :])
    if meaning is not None:
        return meaning, rule
    if not last[0].startswith("C"):
        return None
    before, rule = _status(raw[: last.start()])
    if last["what"] in ("y", "k"):
        return Meaning.DECLINE, TOOK_BACK
    if last["what"] and before is not None:
        return before, rule
    return (Meaning.MAYBE, TOOK_BACK) if before is not None or "j" in last[0] or last["what"] else None


def _stated(words: Sequence[Word]) -> tuple[list[Word], list[Word], bool]:
    """The words that state, those that a tag question leaves open, and whether something is asked."""
    said: list[Word] = []
    unsure: list[Word] = []
    asks = False
    sentence: list[Word] = []
    for word in (*words, Word("\n")):
        if word.kind not in "?\n":
            sentence.append(word)
            continue
        states, doubted, asked = _sorted(sentence, word.kind == "?")
        said += [*states, Word("\n")] if states else []
        unsure += doubted
        asks = asks or asked
        sentence = []
    return said, unsure, asks


LATE_BARE = re.compile(r"0[zt]*[lZ]")
QUESTION = re.compile(r"(?:(?:^|\|)[zbk+iTWO]*?|(?<=h))q")
MATTER = re.compile(r"\|[^|]*[xpgo][^|]*$")
NOT_SO = re.compile(r"N[0#]")
COUNT = re.compile(r"(?<![UgRoVXxp])0")
OFFERED = re.compile(r"^[^q]*cNv?T?[@0Do][|b]+i?[@0Dok]+$")
"""Can't do 8, 9 ok?"""
TAG = re.compile(r"\|[zk]*[kyj]?[zk]*$")
ASKED_BACK = re.compile(r"^[zkT|]*(?:[yIdk][zT]*)[Otru]T?q")
"""Confirmed for what time?"""


def _sorted(sentence: list[Word], is_question: bool) -> tuple[list[Word], list[Word], bool]:
    shape = _shape(sentence)
    if not is_question:
        found = QUESTION.search(shape) or re.match(r"[yzk|]+q", shape)
        if not found:
            return sentence, [], False
        return _without_question(sentence, shape, found.end() - 1)
    if OFFERED.search(shape):
        return sentence, [], True
    at = shape.find("q")
    if at >= 0:
        return ([] if ASKED_BACK.match(shape) else sentence[:at]), [], True
    if re.match(r"[zk|]*m", shape):
        return sentence, [], True
    matter = MATTER.search(shape)
    if matter:
        return sentence[: matter.start()], [], True
    tag = TAG.search(shape)
    return [], sentence[: tag.start()] if tag else [], True


def _without_question(sentence: list[Word], shape: str, at: int) -> tuple[list[Word], list[Word], bool]:
    """The clauses beside the one that asks."""
    end = shape.find("|", at)
    return sentence[:at] + (sentence[end:] if end >= 0 else []), [], True


def _minutes(words: Sequence[Word]) -> int | None:
    """The last number of minutes in the reply: "20, no, 30 late" is 30."""
    kinds = NOT_SO.sub("NN", _shape(words))
    said = [
        at
        for at, kind in enumerate(kinds)
        if kind == "#" or LATE_BARE.match(kinds, at) or (kind == "0" and at and kinds[at - 1] in "LA")
    ]
    if not said and "@" not in kinds:
        said = [found.start() for found in COUNT.finditer(kinds) if words[found.start()].value <= A_DAY]
    return words[said[-1]].value if said else None


def _clock(words: Sequence[Word], now: time | None) -> tuple[time | None, bool]:
    """The last wall time in the reply that is not refused, and whether its half of the day is open."""
    kinds = "".join(word.kind for word in words if word.kind not in "zT")
    times = [word for word in words if word.kind not in "zT"]
    found = [
        word
        for at, word in enumerate(times)
        if word.kind == "@" and not re.search(r"[cwsB]?N[acvBtY]{0,2}$", kinds[:at])
    ] or [word for word in times if word.kind == "@"]
    if not found:
        return None, False
    at_time = time(found[-1].value // 60 % 24, found[-1].value % 60)
    if not found[-1].is_open:
        return at_time, False
    return (_by_day(at_time) if now is None else _next(at_time, now)), True


def _by_day(at: time) -> time:
    """An open hour that nobody waits for now: half past twelve to 6 are in the afternoon."""
    return at.replace(hour=at.hour + 12) if at.hour <= 6 else at


def _next(at: time, now: time) -> time:
    """The next time after `now` that a clock with twelve hours shows `at`."""
    wait = (at.hour * 60 + at.minute - now.hour * 60 - now.minute) % HALF_A_DAY
    minutes = (now.hour * 60 + now.minute + wait) % A_DAY
    return time(minutes // 60, minutes % 60)
