"""What a reply says, made plain for the rules: one spelling for numbers, times, yes, no and emoji.

Times become `t15:00`, or `a03:00` while the half of the day is open; durations become `90 min`. Questions
are set apart: they never change a status.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from checklists.yeswords import EMOJI, SIGNS

MOST_READ = 500
UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
EMOJI_NAME = re.compile(r":([a-z0-9_+'-]{1,40}):(?::?skin-tone-[2-6]:)?")
STRAIGHT = str.maketrans({"‘": "'", "’": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "…": "."})

Rewrite = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _rewrites(*pairs: tuple[str, str | Callable[[re.Match[str]], str]]) -> tuple[Rewrite, ...]:
    return tuple((re.compile(pattern, re.ASCII), becomes) for pattern, becomes in pairs)


CONTRACTIONS = _rewrites(
    (r"\b(?:cannot|can't|cant|can nae|cannae)\b", "can not"),
    (r"\b(?:won't|wont|willnae)\b", "will not"),
    (r"\bi ain'?t\b", "i am not"),
    (r"\bain'?t\b", "am not"),
    (r"\b(do|does|did|is|are|was|were|has|have|had|would|could|should)(?:n't|nt)\b", r"\1 not"),
    (r"\bi(?:'m| m|m)\b", "i am"),
    (r"\b(?:i'll|ill(?= (?:be|get|do|make|come|see|take|pass|have)\b))", "i will"),
    (r"\b(we|you|they|he|she|it|that|who|there|dave)'ll\b", r"\1 will"),
    (r"\b(i|we|you|they)'?ve\b", r"\1 have"),
    (r"\b(we|you|they)'re\b", r"\1 are"),
    (r"\b(\w+)'s\b", r"\1 is"),
    (r"\bwhats\b", "what is"),
    (r"\b(i|we)'d\b", r"\1 would"),
    (r"\b(?:gonna|gunna)\b|\bgoing too\b", "going to"),
    (r"\b(?:gotta|got ta|need to|having to)\b", "have to"),
    (r"\b(?:have|had) got to\b|\bgot to\b", "have to"),
    (r"\b(?:see|c) (?:ya|u|ye|yous|yas|y'all)\b|\bcu\b", "see you"),
    (r"\b(?:thank (?:you|u|ya)|thx|tnx)\b", "thanks"),
    (r"\b(?:u|ya)\b", "you"),
    (r"\btil\b|'til\b", "till"),
    (r"\b(?:tmrw|tmr|tomoz|2moro)\b", "tomorrow"),
    (r"\b(?:load|get|bump)[ -]?(in|out)\b", r"load\1"),
    (r"\bon[- ]site\b", "onsite"),
    (r"([0-9])[ -]?ish\b", r"\1"),
)


def _hours(found: re.Match[str]) -> str:
    return f"{int(found[1]) * 60 + int(found[2] or 0)} min"


def _hours_and_half(found: re.Match[str]) -> str:
    return f"{int(found[1]) * 60 + 30} min"


DURATIONS = _rewrites(
    (r"\b(?:10|ten)[ -]?(?:4|four)\b", "yes"),
    (r"\ban? (?=hour|couple|half|quarter)", "1 "),
    (r"\b1 (?:half|half of) (?:1|an?) hour\b|\bhalf (?:1|an?|of an?) hour\b|\b(?:1 )?half hour\b", "30 min"),
    (r"\b(?:3|three) quarters of (?:1|an) hour\b", "45 min"),
    (r"\b(?:1 )?quarter (?:of )?(?:1|an?) hour\b", "15 min"),
    (r"\b1 couple (?:of )?(?=hours|min)", "2 "),
    (r"\b([0-9]) ?(?:-|to|or) ?([0-9])(?= ?(?:hours?|hrs?|h)\b)", r"\2"),
    (r"\b([0-9]) ?(?:hours?|hrs?|h) (?:and )?(?:a|1) half\b", _hours_and_half),
    (r"\b([0-9]) and (?:a|1) half (?:hours?|hrs?)\b", _hours_and_half),
    (r"\b([0-9])[.,]5 ?(?:hours?|hrs?|h)\b", _hours_and_half),
    (r"\b([0-4]) ?(?:hours?|hrs?|h) ?(?:and )?([0-5]?[0-9])(?: ?(?:m|mins?|minutes?))?\b", _hours),
    (r"\b([0-9]) ?(?:hours?|hrs?|h)()\b", _hours),
    (r"\b([0-9]{1,3}) ?(?:m|mins?|minutes?|minuets?|mns)\b", r"\1 min"),
    (r"\b[0-9]{1,3}(?: min)? ?(?:-|to|or|/) ?([0-9]{1,3}) min\b", r"\1 min"),
    (r"\b[0-9]{1,3} ?(?:-|to|or|/) ?([0-9]{1,3})(?= (?:late|away|out|behind|off)\b)", r"\1"),
    (r"\b((?:in|be) )[0-9]{1,2} ?(?:-|to|or|/) ?([0-9]{1,2})\b(?! ?[ap]m)", r"\1\2"),
)


def _half_day(hour: str, minute: str, half: str) -> str:
    turned = int(hour) % 12 + (12 if half == "p" else 0)
    return f"t{turned:02}:{minute}"


def _open(hour: int, minute: int = 0) -> str:
    return f"a{hour:02}:{minute:02}"


def _clock(found: re.Match[str]) -> str:
    if found[3] and int(found[1]) <= 12:
        return _half_day(found[1], found[2], found[3])
    if len(found[1]) == 1 and found[1] != "0":
        return _open(int(found[1]), int(found[2]))
    return f"t{int(found[1]):02}:{found[2]}"


CLOCKS = _rewrites(
    (r"\b(?:12 ?)?(?:noon|midday)\b", "t12:00"),
    (r"\b(?:12 ?)?midnight\b", "t00:00"),
    (r"\b([01]?[0-9]|2[0-3])[:.h]([0-5][0-9])(?: ?([ap])\.?m\b\.?|(?: ?h(?:rs|ours)?)?\b)", _clock),
    (r"\b(1[0-2]|0?[1-9]) ?([ap])\.?m\b", lambda found: _half_day(found[1], "00", found[2])),
    (r"\bhalf (?:past )?(1[0-2]|[1-9])\b", lambda found: _open(int(found[1]), 30)),
    (r"\bquarter past (1[0-2]|[1-9])\b", lambda found: _open(int(found[1]), 15)),
    (r"\bquarter to (1[0-2]|[1-9])\b", lambda found: _open((int(found[1]) - 2) % 12 + 1, 45)),
    (r"\b(0[0-9]|1[0-9]|2[0-3])([0-5][0-9]) ?(?:h|hrs|hours)\b", r"t\1:\2"),
    (r"\b(0[0-9])([0-5][0-9])\b", r"t\1:\2"),
    (r"\b((?:at|by|from|before|till|until|eta|like|for|around|about|after) )([01][0-9]"
     r"|2[0-3])([0-5][0-9])\b", r"\1t\2:\3"),
    (
        r"\b((?:at|by|from|before|after|till|until|eta|like|around|nearer|closer to|(?:can"
        r"|could) (?:not )?do) )"
        r"(1[0-2]|[1-9])(?: o'?clock)?(?! min|[0-9:%]| (?:late|away|out|hands|people|of)\b)\b",
        lambda found: found[1] + _open(int(found[2])),
    ),
)  # fmt: skip

YES_AND_NO = _rewrites(
    (r"\bnot not\b", " "),
    (r"\b(?:yeah|yea|yeh|ya|yer)[ ,]+(?:nah|no|naw)\b", "no"),
    (r"\b(?:nah|no|naw)[ ,]+(?:yeah|yea|yeh|yer)\b", "yes"),
    (r"\bno chance (?:that )?i am (?:ever )?missing\b|\bno way (?:that )?i am missing\b", "yes it"),
    (
        r"\b(?:no|not a|nae|any) (?:problems?|probs?|worries|bother|drama|dramas|stress|sweat|issues?"
        r"|doubt|brainer)\b",
        "yes",
    ),
    (r"\bwould(?: not|nae) miss (?:it|this|that|this one)(?: for the world| for anything)?\b", "yes"),
    (r"\bcan not wait\b(?! (?:for (?:you|him|her|them|ever)|any|around|here|till|until|at))", "yes"),
    (
        r"\b(?:would|i will|will) (?:be )?(?:love to|glad to|happy to)(?: be there| do it| do this"
        r"| come)?\b",
        "yes",
    ),
    (r"\b(?:happy|keen|stoked|glad|delighted) to (?:be there|do it|do this|do that|come|help)\b", "yes"),
    (r"\b(?:copy|roger) that\b|\bsure thing\b|\bfor sure\b|\bof course\b|\byou bet\b|\byou got it\b", "yes"),
    (r"\b(?:all )?(?:good|set|ready) to (?:go|roll)\b|\ball (?:good|set|sorted)\b|\bsay no more\b", "yes"),
    (
        r"\bsounds (?:good|great|fine|perfect|like a plan)\b|\bworks for (?:me|us)\b|\bgot it\b"
        r"|\bthumbs up\b",
        "yes",
    ),
    (r"\b(?:locked|lock me|count me|book me|booked|sign me|pencil me) in\b(?<!pencil me in)", "yes"),
    (
        r"\b(?:put|mark) me (?:down|in|as (?:a )?yes)\b|\bsign me up\b|\bcan count on me\b"
        r"|\bcount on me\b",
        "yes",
    ),
    (
        r"\b(?:i|we) (?:am|are) (?:both |all |definitely |defo |totally |still |so |very |well |also "
        r"|always )*"
        r"(?:in|confirmed|keen|game|on it|sorted|down|up for (?:it|this|that))(?: (?:for|with) (?:it"
        r"|this|that))?"
        r"(?= *(?:$|[.,!;:?\n(]| (?:for|boss|mate|thanks|guys|chief|too|and|on|but|-)\b))",
        "yes",
    ),
    (
        r"^\s*(?:so |totally )?down(?: for (?:it|this|that))?(?=\s*(?:$|[.,!;\n]))|\b(?:it"
        r"|that) is a (?:hard )?yes(?: from me)?\b",
        "yes",
    ),
    (
        r"\bno can do\b|\bno dice\b|\bno go\b|\b(?:no|not a) (?:chance|way)\b(?: jos[eé])?|\bno bueno\b"
        r"|\b(?:no|nah|nope)[ ,]+i am good\b|\bsorry but no\b|\bno thanks?\b",
        "no",
    ),
    (
        r"\bhard pass\b|\bnot (?:for )?me\b|\bnot (?:this|that) (?:one|time)\b|\bcount me out\b"
        r"|\bafraid not\b",
        "no",
    ),
)
NOISE = _rewrites(
    (r"\b(?:not|never|will not be|not going to be|is not) (?:be )?(?:running )?late\b", " "),
    (r"\blate (?:show|night|nights|lunch|dinner|breakfast|supper|bar|check|checkout|last|set|one|train"
     r"|bus|crowd)\b", " "),
    (r"\btoo late\b|\b(?:was|were|been) (?:so |really |a bit |[0-9]+ (?:min )?)?late\b|\bof late\b"
     r"|\bbetter late\b", " "),
    (
        r"\b(?:doors?|set|show|soundcheck|support|changeover|curfew|gear|truck|pa|catering|delivery"
        r"|food|lunch|dinner"
        r"|house|stage|merch|loadin|loadout|freight|promoter|rep)(?: (?:is|are|was|were|went|started"
        r"|will be))?"
        r"(?: running| going)?(?: up)? (?:[0-9]+ (?:min )?)?(?:late|behind|delayed|over)\b",
        "thing",
    ),
    (r"\b(?:confirm|confirmed|confirming) (?:with|by|from|to|that the|the)\b", "thing"),
    (r"\bconfirm(?:ed)? ?: (?=\S)", "thing "),
    (r"\bhear hear\b|\bhere (?:is|are|you go)\b", "thing"),
    (r"\b(?:let me know|shout|text me|call me|ring me|ping me|dm me|message me) (?:if"
     r"|when)\b[^|.,;?!]{0,60}", " "),
    (r"\bif (?:you|anyone|anybody|ye) (?:need|needs|want|wants|ask|asks|like)\b[^|.,;?!]{0,60}"
     r"|\bas if\b", " "),
    (
        r"\b(?:should|might|may|could|probably|prob|hopefully|think i will|guess i will)"
        r"(?: (?:be|still|probably|prob|only|arrive|get))*(?= (?:be |there |here |about |around |like "
        r"|at |in |by )*"
        r"(?:[0-9]+ ?(?:min|late|early|away|out|behind)\b|(?:in|at|by) [ta]?[0-9]))",
        "be",
    ),
)  # fmt: skip

ASKING = re.compile(
    r"(?:(?:and|but|so|also|btw|hey|guys|boss|mate|sorry|quick one|quick question|ok|please) )*(?:who"
    r"|what|where|when|which|why|how|whose"
    r"|(?:is|are) (?:there|it|the|we|you|they|this|that|any|anyone|everyone|everybody)|am i"
    r"|(?:do|does|did|have|has|can|could|would|will|should|shall|may) (?:i|we|you|they|he|she|it|the"
    r"|some\w*|any\w*|every\w*|there|that)"
    r"|any (?:chance|idea|word|news))\b",
    re.ASCII,
)
TAGS = frozenset(
    {"ok", "okay", "alright", "all right", "cool", "that ok", "is that ok", "is that okay", "fine", "yeah"}
)
SENTENCE = re.compile(r"([^.?!\n]*(?:[.](?=[^\s])[^.?!\n]*){0,50})([.?!\n]+|$)")
CLAUSE = re.compile(r"[,;()\"]+|:(?=\s|$)|\s-+\s")


@dataclass(frozen=True, slots=True)
class Heard:
    """The clauses that state something, joined by ` | `; whether something was asked; whether text was cut off.

    `unsure` are clauses before a tag such as ", ok?": never a yes.
    """

    said: str
    asks: bool
    cut: bool
    unsure: str = ""

    @property
    def clauses(self) -> list[str]:
        return self.said.split(" | ") if self.said else []


def hear(text: str) -> Heard:
    """A reply as the rules read it; only its first 500 characters."""
    said: list[str] = []
    unsure: list[str] = []
    asks = False
    for sentence, end in SENTENCE.findall(_spelt(text[:MOST_READ])):
        clauses = [clause for part in CLAUSE.split(sentence) if (clause := " ".join(part.split()))]
        stated, doubted, asked = _sorted(clauses, "?" in end)
        said += stated
        unsure += doubted
        asks = asks or asked
    return Heard(" | ".join(said), asks, len(text) > MOST_READ, " | ".join(unsure))


def _sorted(clauses: list[str], is_question: bool) -> tuple[list[str], list[str], bool]:
    """The clauses that state, those that a tag question leaves open, and whether something is asked."""
    first = next((at for at, clause in enumerate(clauses) if ASKING.match(clause)), None)
    if not is_question:
        stated = [clause for clause in clauses if not ASKING.match(clause)]
        return stated, [], first is not None
    if first is not None:
        return clauses[:first], [], True
    return [], clauses[:-1] if clauses and clauses[-1] in TAGS else [], True


def _spelt(text: str) -> str:
    """Lower case, one spelling for everything the rules look at."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith((">", "&gt;"))]
    plain = unicodedata.normalize("NFKC", "\n".join(lines)).casefold().translate(STRAIGHT)
    plain = EMOJI_NAME.sub(lambda found: f" , {EMOJI.get(found[1], '')} , ", plain)
    plain = re.sub(r"<[^<>\n]{0,200}>|&(?:lt|gt);|[*_~]", " ", plain.replace("&amp;", "&"))
    plain = _numbers("".join(_letter(letter) for letter in plain))
    for rewrites in (CONTRACTIONS, DURATIONS, CLOCKS, YES_AND_NO, NOISE):
        for pattern, becomes in rewrites:
            plain = pattern.sub(becomes, plain)
    return plain


def _letter(letter: str) -> str:
    if letter in SIGNS:
        return f" , {SIGNS[letter]} , "
    if letter in "\n\t\u200d\ufe0f" or unicodedata.category(letter) in ("So", "Sk", "Cf", "Cc"):
        return "\n" if letter == "\n" else " "
    return letter


def _numbers(plain: str) -> str:
    """`twenty five` as 25."""
    tens = "|".join(TENS)
    units = "|".join(UNITS)
    joined = re.sub(
        rf"\b({tens})(?:[ -]({units}))?\b", lambda found: str(TENS[found[1]] + UNITS.get(found[2] or "zero", 0)), plain
    )
    counted = rf"(?<!this )(?<!that )(?<!next )(?<!last )\b(?:{units})\b(?! of| more)"
    return re.sub(counted, lambda found: str(UNITS[found[0]]), joined)
