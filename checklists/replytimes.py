"""Numbers, times and durations in a reply: `#90` minutes, `@15:00` a time, `a03:00` one without am or pm.

Minutes are whole minutes; times are the venue's wall clock. The rewrites are tried in order, longest forms first.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache

PART = (
    r"(?:(?:in the|this|tomorrow) (?:morning|mornin|(?P<late>afternoon|evening|arvo))|(?P<night>at night|tonight)"
    r"|(?:del|de la|de l|du|de|da|di|am|in der|na) ?(?:manana|matin|mattina|manha|morgens?|fruh"
    r"|(?P<tarde>tarde|soir|noche|sera|pomeriggio|apres midi|noite|abends?|nachmittags?)))\b"
)
"""The half of the day in words, after an hour."""
AMOUNT = re.compile(r"[$£€] ?[0-9][0-9.,]*|(?<![@a#:0-9])\b[0-9]+[.,][0-9]+\b")
HALVED = re.compile(rf" a([0-9]{{2}}):([0-9]{{2}}) *{PART}")
UNITS: Mapping[str, int] = {
    "zero": 0, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "fiveish": 5, "tenish": 10,
    "zwei": 2, "drei": 3, "funf": 5, "zehn": 10, "funfzehn": 15, "fuenf": 5, "fuenfzehn": 15, "zwolf": 12,
    "deux": 2, "trois": 3, "cinq": 5, "dix": 10, "quinze": 15, "dos": 2, "tres": 3, "cinco": 5, "diez": 10,
    "quince": 15, "dez": 10, "cinque": 5, "dieci": 10, "quindici": 15, "twee": 2, "vijf": 5, "tien": 10,
    "vijftien": 15, "kwartier": 15, "fem": 5, "tio": 10, "femton": 15, "femten": 15, "piec": 5,
    "dziesiec": 10, "pietnascie": 15, "пять": 5, "десять": 10, "пятнадцать": 15, "vier": 4, "sechs": 6, "sieben": 7,
    "acht": 8, "neun": 9, "zwoelf": 12, "quatre": 4, "huit": 8, "neuf": 9, "douze": 12,
    "cuatro": 4, "siete": 7, "ocho": 8, "nueve": 9, "doce": 12, "veinticinco": 25, "quatro": 4, "oito": 8, "doze": 12,
    "quattro": 4, "dodici": 12, "venticinque": 25, "trentacinque": 35, "quarantacinque": 45, "zes": 6,
    "zeven": 7, "negen": 9, "twaalf": 12, "vijfentwintig": 25, "vijfendertig": 35, "vijfenveertig": 45,
    "funfundzwanzig": 25, "fuenfundzwanzig": 25, "funfunddreissig": 35, "funfundvierzig": 45, "fyra": 4, "tolv": 12,
    "dwie": 2, "dwa": 2, "trzy": 3, "cztery": 4, "szesc": 6, "siedem": 7, "osiem": 8, "dziewiec": 9, "dwanascie": 12,
    "два": 2, "две": 2, "три": 3, "четыре": 4, "шесть": 6, "семь": 7, "восемь": 8, "девять": 9, "двенадцать": 12,
    "tjugofem": 25, "femogtyve": 25, "trettiofem": 35, "fyrtiofem": 45, "bes": 5, "yirmi": 20, "otuz": 30,
}  # fmt: skip
TENS: Mapping[str, int] = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "zwanzig": 20,
    "dreissig": 30, "vierzig": 40, "vingt": 20, "trente": 30, "quarante": 40, "veinte": 20, "treinta": 30,
    "cuarenta": 40, "vinte": 20, "trinta": 30, "venti": 20, "trenta": 30, "twintig": 20, "dertig": 30, "tjugo": 20,
    "trettio": 30, "tyve": 20, "tredive": 30, "dwadziescia": 20, "trzydziesci": 30, "двадцать": 20, "тридцать": 30,
    "cinquante": 50, "cincuenta": 50, "quarenta": 40, "cinquenta": 50, "quaranta": 40, "cinquanta": 50, "veertig": 40,
    "vijftig": 50, "funfzig": 50, "fyrtio": 40, "femtio": 50, "forti": 40, "fyrre": 40, "czterdziesci": 40,
    "piecdziesiat": 50, "сорок": 40, "пятьдесят": 50,
}  # fmt: skip
ONE_OF = "|".join(sorted(UNITS, key=len, reverse=True))
TEN_OF = "|".join(TENS)
COUNTED = re.compile(
    rf"\b(?:({TEN_OF})(?:(?:[ -]| y | e | et )({ONE_OF})\b(?! (?:uur"
    r"|stunden|heures|horas|ore)))?"
    rf"|(?<!this )(?<!that )(?<!no )({ONE_OF})(?! of\b| more\b|[ -]\w*one\b"
    r"| (?:interest|chance|hope|problems?|issues?|worries|stress|availability|drama|bother|objections?|complaints?"
    r"|capacity|time|clash|conflicts?|doubt|questions?)))\b"
)
NUMBERED = re.compile(
    r"[0-9]|\b(?:half|hour|hr|quarter|noon|midday|midnight|couple|dheure|dora|halbe|stunde|viertel\w*|mittags?|heure|midi|minuit"
    r"|demi|hora|media|meia|mediodia|ora|mezzora|mezzogiorno|mezza|uur|kwartier|timme|halvtimme|time|kvart|godzin\w*"
    r"|pol|poludni\w*|час|часа|полчаса|пол"
    r"|anderthalb\w*|eineinhalb|anderhalf|polt\w+|полтора|halvannen|halvanden"
    r"|kwadrans\w*|viertelstund\w*|stundchen|uurtje|oretta|unora|unoretta|mezzora|mezzoretta"
    r"|stunden|heures|horas|ore|uren|timmar|timer|kwartiertje|quarto)\b|\b(?:" + ONE_OF + "|" + TEN_OF + r")\b"
)  # fmt: skip
MINUTE = (
    r"(?:m|mins?|minutes?|minuets?|mints?|mns|mintues|minuts|minutse|mintes|minites|mnts|minutos?|minuten?|minuter"
    r"|minutter|minuti|minuty?|minut|minutek|minutki|minutitos|minutinhos|minutinhi|minuutjes|minuten|dakika|dk|perc|perce|percet|minuuttia"
    r"|мин|минут\w*)\b"
)
HOUR = (
    r"(?:h|hrs?|hours?|stunden?|std|heures?|horas?|ora|ore|uur|uren|timmar|timme"
    r"|timer|time|godzin[aye]?|часа?|часов|часик\w*|stundchen|uurtje|oretta|saat|hodin[auy]?)\b"
)
AT = (
    r"(?:at|by|from|before|after|till|until|til|eta|around|nearer|closer to|more like|um|gegen|ab|bis|vor|nach|vers"
    r"|des|jusqua|apres|avant|a las|las|sobre las|desde las|hasta las|alle|dalle|per le|verso le|fino alle|om|rond"
    r"|vanaf|tot|as|ate as|depois das|a partir das|kl|klockan|klokken|vid|ved|na|o|po|около|после|до|к|в|с|not"
    r"|not before|past)"
)
VERB = (
    r"(?:can|could|cannot|can not|cant|not) (?:do|make|make it|be there|come|get there|start)|wont make"
    r"|(?:do|make|there for|there)"
)
A_DAY = 24 * 60
Rewrite = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _rewrites(*pairs: tuple[str, str | Callable[[re.Match[str]], str]]) -> Callable[[], tuple[Rewrite, ...]]:
    """The rewrites, compiled with the first reply that has a number."""
    return cache(lambda: tuple((re.compile(pattern), becomes) for pattern, becomes in pairs))


def _hours(found: re.Match[str]) -> str:
    return f" #{int(found[1]) * 60 + int(found[2] or 0)} "


def _hours_and_half(found: re.Match[str]) -> str:
    return f" #{int(found[1]) * 60 + 30} "


def _time(minutes: int, is_open: bool) -> str:
    minutes %= A_DAY
    return f" {'a' if is_open else '@'}{minutes // 60:02}:{minutes % 60:02} "


def _clock(found: re.Match[str]) -> str:
    hour, minute, half = int(found[1]), int(found[2]), found[3]
    if half and hour <= 12:
        return _half_day(hour, minute, half)
    return _time(hour * 60 + minute, 1 <= hour <= 12 and found[1][0] != "0" and hour != 12)


def _half_day(hour: int, minute: int, half: str) -> str:
    return _time((hour % 12 + (12 if half == "p" else 0)) * 60 + minute, is_open=False)


def _whole(found: re.Match[str]) -> str:
    hour = int(found[2])
    return f" {found[1]} {_time(hour * 60, 1 <= hour <= 12)}"


def _shift(by: int) -> Callable[[re.Match[str]], str]:
    def shifted(found: re.Match[str]) -> str:
        return _time((int(found[1]) * 60 + by) % (12 * 60) or 12 * 60, is_open=True)

    return shifted


def _to(minutes: int) -> str:
    """A time before the hour, as a clock with twelve hours shows it."""
    return _time(minutes % (12 * 60) or 12 * 60, is_open=True)


def _four(found: re.Match[str]) -> str:
    return f"{found[1]} {_time(int(found[2]) * 60 + int(found[3] or 0), is_open=False)}"


def _clock_or_hours(found: re.Match[str]) -> str:
    """`14h30` is a time; `1h30` is left to be a duration."""
    return found[0] if "h" in found[0][:2] and int(found[1]) <= 6 and not found[3] else _clock(found)


HOUR_OF_DAY = r"([01]?[0-9]|2[0-4])"
TWELVE = r"(1[0-2]|0?[1-9])"
TIMES = _rewrites(
    (r"\b10[ -]4\b", " roger "),
    (r"\b50-50\b", " fiftyfifty "),
    (r"\b24 ?/ ?7\b", " "),
    (r"\bon (?:the )?[abeimnr][0-9]{1,3}\b", " on motorway "),
    (r"\b([1-9]0) ?/ ?[1-9]0\b", " fiftyfifty "),
    (r"\b1/2\b|½", "half"),
    (r"\bmake it (?=(?:1[3-9]|[2-9][0-9])\b)", "make that "),
    (r"\bhrs?\b", "hour"),
    (rf"\b(?:a )?couple (?:of )?(?={MINUTE})", "2 "),
    (r"(?<![0-9a-z] )\bhour(?= (?:late|behind|away|out|delay|and))", "1 hour"),
    (rf"\b(an|[0-9]) ?{HOUR} and (?:a )?quarter\b", lambda f: f" #{(1 if f[1] == 'an' else int(f[1])) * 60 + 15} "),
    (r"\b(um|gegen|alle|a las|as|kl|klockan|klokken|vers|o|om|в|к|do|до|od|с|po|после|около|okolo|dalle"
     r"|desde las|hasta las|sobre las)"
     r" (1[3-9]|2[0-3])()\b(?! ?(?:[:.hm0-9]|мин))", _four),
    (r"\bone (?=hour|hr|min)", "1 "),
    (r"(?<=\bat |\bby )one\b", "1"),
    (r"([0-9]) ?(?:-|–) ?ish\b|([0-9]) ?ish\b", r"\1\2"),
    (r"\b(?:12 ?)?(?:noon|midday|mittags?|midi|mediodia|mezzogiorno|poludni\w*)\b", " @12:00 "),
    (r"\b(?:12 ?)?(?:midnight|mitternacht|minuit|medianoche|mezzanotte)\b", " @00:00 "),
    (rf"(?<![0-9][:.h])\b{TWELVE} ?[:.h]? ?()([ap])\.?m\b\.?", lambda f: _half_day(int(f[1]), 0, f[3])),
    (rf"(?<![@#:])\b{HOUR_OF_DAY}[:.h]([0-5][0-9])(?: ?([ap])\.?m\b\.?|(?: ?(?:hrs?|hours?|uhr|h)\b)?(?![0-9:]))"
     r"(?! ?(?:late|behind|stunden|hours))", _clock_or_hours),
    (r"\b(?:an? )?half (?:an? |of an? )?hour\b|\b(?:an? )?half[ -]?hour\b|\bhalbe stunde\b|\b(?:une )?demi[ -]heure\b"
     r"|\bmedia hora\b|\bmeia hora\b|\bmezz ?ora\b|\bhalf ?uur\w*\b|\bhalvtimme\b|\b(?:en )?halv time\b|\bpol godziny\b"
     r"|\bполчаса\b", " #30 "),
    (r"\b(?:3|three) quarters (?:of )?an? hour\b|\b(?:3|three) quarters\b(?! of\b)|\bdreiviertelstunde\b", " #45 "),
    (r"\b(?:an? )?quarter (?:of )?(?:an? )?hour\b|\bviertelstunde\b|\b(?:un )?quart dheure\b|\bcuarto de hora\b"
     r"|\bkwartier(?:tje)?\b|\bquarto dora\b|\b(?:en )?kvart\b(?! (?:over|i))|\bkwadrans\b", " #15 "),
    (rf"\b(?:a )?couple (?:of )?(?={HOUR})", "2 "),
    (rf"\b(?:an?|une?|uma|una|eine|einer|een|ett|en) {HOUR}", "1 hour"),
    (rf"\b([0-9]+) ?(?:-|to|or|bis|a|o|/) ?([0-9]+)(?= ?{HOUR})", r"\2"),
    (rf"\b([0-9]) ?{HOUR} (?:and |et |y |e |und )?(?:a |an |1 )?(?:half|halbe?|demie|media|meia|mezza)\b",
     _hours_and_half),
    (rf"\b([0-9]) (?:and )?(?:a |1 )half ?{HOUR}", _hours_and_half),
    (r"()\b([1-9]|1[0-2])\b(?= (?:works|is fine|is good|is ok|would work|suits|passt|va bien)\b)", _whole),
    (rf"\b([0-9])[.,]5 ?{HOUR}", _hours_and_half),
    (rf"\b([0-6]) ?{HOUR}(?: and| y| et| und| e)? ?([0-5]?[0-9])(?: ?{MINUTE}|\b)", _hours),
    (r"\b([0-6])h([0-5][0-9])\b", _hours),
    (rf"\b({AT}) {HOUR_OF_DAY} ?(?:h|u|uhr|uur|heures|horas|o ?clock)\b", _whole),
    (rf"\b({AT}) a? ?([01][0-9]|2[0-3])([0-5][0-9])\b(?! ?(?:hands|people|mins?))", _four),
    (r"()\b([01][0-9]|2[0-3])([0-5][0-9]) ?(?:hrs?|hours?|h|sharp)\b", _four),
    (r"()\b(0[0-9])([0-5][0-9])\b", _four),
    (r"()\b([1-9]|1[0-9]|2[0-3])() ?(?:uhr|o ?clock)\b", lambda f: _time(int(f[2]) * 60, int(f[2]) <= 12)),
    (r"()\b([7-9]|1[0-9]|2[0-3])() ?h\b", lambda f: _time(int(f[2]) * 60, int(f[2]) <= 12)),
    (rf"\b([1-9]) ?{HOUR}()", _hours),
    (rf"\b[0-9]{{1,3}}(?: ?{MINUTE})? ?(?:-|to|or|bis|a|o|ou|tot|till|/|maybe|,? maybe) ?([0-9]{{1,3}})(?: ?{MINUTE})",
     r" #\1 "),
    (rf"\b([0-9]{{1,3}}) ?(?:or so |odd |more |extra |good |ish )?{MINUTE}", r" #\1 "),
    (r"\b[0-9]{1,2} ?(?:-|to|or|/) ?([0-9]{1,2})(?= (?:late|away|out|behind|off|over)\b)", r"\1"),
    (r"(?<=\bin )[0-9]{1,2} ?(?:-|to|or|/) ?([0-9]{1,2})\b(?! ?[ap]m)", r"\1"),
    (rf"\bhalf (?:past )?{TWELVE}\b(?!:)", _shift(30)),
    (rf"\bquarter past {TWELVE}\b", _shift(15)),
    (rf"\bquarter to {TWELVE}\b", _shift(-15)),
    (rf"\b(?:halb|halv|half) {TWELVE}\b", _shift(-30)),
    (rf"\b([0-5]?[05]) past {TWELVE}\b", lambda f: _time(int(f[2]) * 60 + int(f[1]), is_open=True)),
    (rf"(?:\b(?:{AT}|like|about|make it) |\b(?=(?:5|20|25) to))(5|10|20|25) to {TWELVE}\b(?! ?(?:#|[a-z]*(?:late|min"
     r"|hour|behind|away|out|people|hands)))", lambda f: _to(int(f[2]) * 60 - int(f[1]))),
    (r"\b(?:5|10|15|20|25|quarter|half) past\b(?! ?[@a0-9])", " past the hour "),
    (rf"\b({AT}(?: about| around)?) {TWELVE} (0?5|[1-5][05])\b(?! ?(?:#|[0-9]|late|min|behind|to\b))",
     lambda f: f"{f[1]} {_time(int(f[2]) * 60 + int(f[3]), is_open=True)}"),
    (rf"()\b{TWELVE}\b(?= {PART})", _whole),
    (r"()\b([01][0-9]|2[0-3])([0-5][05])\b(?<!19[0-9]{2})(?<!20[0-9]{2})(?! ?(?:#|[0-9:%/]))", _four),
    (rf"\b((?:{AT}|{VERB}) ?(?:like|about|around|the)?) (1[0-2]|[1-9])\b(?! ?(?:#|[0-9:%/]|[.][0-9]"
     r"|(?:late|away|out|behind|hands|people|of|off|days?|weeks?|x|more|others?)\b))", _whole),
)  # fmt: skip


def _halved(found: re.Match[str]) -> str:
    """`9 in the morning`: the words close what the number leaves open."""
    later = found["late"] or found["night"] or found["tarde"]
    return _half_day(int(found[1]), int(found[2]), "p" if later else "a")


def numbers(plain: str) -> str:
    """The text with its number words, times and durations in one form; ranges as their upper bound."""
    spelt = COUNTED.sub(_count, plain)
    for pattern, becomes in TIMES():
        spelt = pattern.sub(becomes, spelt)
    return AMOUNT.sub(" amount ", HALVED.sub(_halved, spelt))


def _count(found: re.Match[str]) -> str:
    if found[1]:
        return str(TENS[found[1]] + UNITS.get(found[2] or "zero", 0))
    return str(UNITS[found[3]])
