"""The rules of reading a reply, in the field's order: the first that holds is the reading, and its name is told.

They look at a reply spelt as letters (`yeswords.KINDS`), without small words and articles, `|` between clauses.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Meaning(StrEnum):
    """What a reply does to a call."""

    CONFIRM = "confirm"
    DECLINE = "decline"
    LATE = "late"
    ARRIVED = "arrived"
    QUESTION = "question"
    MAYBE = "maybe"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's name, what it reads a reply as, why in plain words, and its test."""

    name: str
    meaning: Meaning
    why: str
    holds: Callable[[str], object]


def _any(*patterns: str) -> Callable[[str], object]:
    return re.compile("|".join(patterns), re.ASCII).search


def _joined(*parts: str) -> str:
    return "".join(parts)


START = r"(?:^|(?<=[|b+]))"
OWN = r"(?:(?:^|[|b+])(?:x(?=i))?|i)[^|xXpUoPiq]{0,9}?"
"""From the beginning of a clause, or from "I", with nobody and nothing else in between."""
MINE = r"(?<![xpUoVg])(?<!pB)"
"""Nobody else stands directly in front."""
GO = r"(?:a|e|F|Y|y|v[jDog@0]|v(?=$|[|bOtI+])|cv?j?(?=$|[|]))"
"""To come, to be there, to do it."""
PROMISE = _joined(
    rf"{START}(?:Yp|[j@]p)?[zykiR+WDEjB]{{0,4}}(?:",
    r"(?:i\+x)?(?:i?wB[tI]+[ogU]|c(?=$|[|])|iBO(?=$|[|]|Oo|D|@)|iBp[xR]$|i?[wc]+j?B?(?:a|v@?j|v(?=$|[|DO0gR])|Y|e(?!X)|E|y|F|S)|iBF|iBY|F(?=$|[|ODE])|iB?[EY]|E(?=$|[|]))",
    r"|e(?=$|[|tgDO@+jyk](?!X))|a(?=$|[|OtD@0gEykIS])|Y(?=$|[|E])|[wB]*L?[#0]E|tE|iBtE",
    r"|S[IOt]*(?:D|Y|[@0]|g|o|U|E|x$)|j?[@0D]k|[@j]p?[BFy](?=$|[|]))",
)
"""I can come, will be there, am free, on my way, see you tomorrow."""
STRONG_YES = _joined(
    rf"{START}(?:Yp|[j@]p)?(?:i\+x|xx?\+i)?[kiBRWDEjzw+S@O]{{0,5}}y",
    r"(?:[yk]*(?:jp)?k*(?:$|(?=[|])|[OtIDRgoES@0ijwceavF+Yu][^|pqX]*(?=$|[|])|x(?=$|[|])|xx(?=$|[|])))",
)
WEAK_YES = rf"{START}(?:[j@D0]p)?[kijBRDE@0S+wO]*k[kjiBOtDRgo@0E+SYyae]*(?=$|[|])"
DOUBTED = re.compile(r"[NnPmfdK1A]|[ur]t?[@0oD]|c?s|y\|0[px]")
OTHERS = re.compile(r"(?:^|[|])(?![^|]*i[wcBy])[^|]*(?<![jY@D0])p[^|]*[yka]|y[^|]*(?<![jY])p")
YES = re.compile(rf"{PROMISE}|{STRONG_YES}")
WEAK = re.compile(WEAK_YES)
SURE = re.compile(STRONG_YES)
GOODBYE = re.compile(rf"{START}[zk+]*S(?![IOt]*[@0goV])")


def takes(said: str) -> bool:
    """A yes in one clause, and nothing in any clause that could take it back.

    A weak yes ("ok", "see you tomorrow") needs every other clause to be understood as well.
    """
    _, but, after = said.rpartition("b")
    if (but and not YES.search(after)) or DOUBTED.search(said) or OTHERS.search(said):
        return False
    found = YES.search(said)
    if "H" in said:
        return found is not None and not SURE.match(found[0])
    if found and (SURE.search(said) or not GOODBYE.match(found[0])):
        return True
    return bool(found or WEAK.search(said)) and "x" not in said


LATER = _any(
    r"[cw]N[avYB]+[tOTIu]*[@0ojv]?E?[|b+]+[iwkBYLIAtOegUh]*(?:c?a)?[iwBYLIAtOegUh]*t?"
    r"(?:@(?![|]?[kN])|[#0]l)",  # won't make 6, in by 6:25
    r"M[ov]+t?[#0]",  # going to miss the start by 15
    r"wMj?[ov]+[|b+]+[^|]*?(?:[aLgeY]t?|t)@",  # will miss the start, there by 10:30
    r"[aYwBIL]t*g?@N[@0]|(?:^|[|])[Wkw]*(?:jp)?[kw]*@[|]?N[@0]|[aY]O@[|]?N[@0o]",  # at the dock 14:30, not 14:00
    r"[cw]Nv[#0@][|b+]+[iw]*[aYLBA]+t?@",  # won't make 2, will be there 2:30
    rf"{MINE}wN[aBY]+u[@0]",  # won't be there till 3
    r"N[a-zA-Z]{0,3}tE|[wc]N[aYB]E",  # not going to make it on time
    r"[aYL]t?@N[@0]",  # I'll get there at 3, not 2
    rf"{MINE}[wc]N[^|]{{1,4}}[|b+]+[iwk]*[aY][tI]?@",  # can't be there at 2, will be there at 3
)
PART = _any(
    rf"{MINE}cN[^|px]{{0,4}}[ur]t?[@0oD]|N[^|px]{{0,3}}u[r]?[@0oD]",  # can't be there before 3, not until 4
    r"cNv?t?[@0Dog]+[^x]{0,3}[b|+][ib]*(?:k[@0Dojg]|[cwsaF]|[@0Do]+[kB])",  # can't do 8, can do 9
    r"c[va][jDog@0]?b[i]?cN[av]",  # can do the show but can't drive
    r"[cs]v[oDg@0]+[|b+]*(?:cN|N|n)|[vk@0Do][@0Dok][|]?N[@0Do]",  # can do Friday, not Saturday
    r"(?:^|[ykcsFavieIBOw@oDj|+b])1(?![A#0B])",  # only the load-in, load-in only
    r"[yckFave]j?[^|nN]{0,3}?[ru]t?[@0oD]|(?:^|[|b+])[ibwsDkyB]*[ur]t?[@0]",  # yes from 3, have to leave by 10
    r"[yeaFkc][^|]{0,4}N[oD]|a[|b+]+N[oDa]?[o@D]|b[Nn][oDR]|[ykcaFe][^|]{0,6}?[|b]+N[oD@0x]",  # in, but not the out
    r"[cwyF][^|]{0,6}[oj][|b+]+i?B?(?:d|n|w?N|cN)v?O?o",  # will do the show but I'm not doing the out
    r"[yF]b[oD@]$",  # available, but only the afternoon
    r"cv[D0o]*o(?:$|[|O])|(?:^|[|])sv[o](?:[|]|$)|yO[oj][|b+]+Z",  # can do the show; in for the in, out for the out
    rf"{START}[iz]*[cs][va]O?@(?:$|[|])",  # could do 3
    r"y[Ot]*[oD@0][|b+]+[nN][Ot]*[oD@0]",  # yes to Friday, no to Saturday
    r"[oD]p?[yk]+[|b+]+[oD@0]p?[nN]|[oD]p?[nN]+[|b+]+[oD@0]p?[yk]",  # load-in yes, load-out no
)
NO = _any(
    rf"{START}[kyijpBwRWesD@f]{{0,4}}?(?<![xp])(?:n+|N+$)(?=$|[|b+NdKDOicgq])"
    r"(?!c?iB?[yFYe]|[|]?i?[cw]+[aYv]|[|+]*(?:#|0(?!x)))",  # nope
    r"[|b+]n(?=$|[|])|jpn|[ij][Bp]n|cN[^|]*n(?=$|[|])",  # sorry but no; that's a no
    r"^N[IO]j",  # not in this weather
    rf"{START}i?B?Z(?=$|[|bDj]|O[jD])",  # out
)
OUT = _any(
    r"iwB[IO]x+(?:Ix+)?(?:$|[|])|iB?[It]?x{1,2}d",  # I'll be in Japan; I'm in Glasgow on another show
    r"(?:(?:^|[|b+])x?|(?:^|[|b+])[^|fmNsVq]{0,8}i)[^|xpUoVGNqmfs]{0,7}d",  # I'm double booked
    r"(?:^|[|b+])i[^|pUoVGNqmfs]{0,7}d",
    r"(?:^|[|b])(?:p[ws]+|jp+)d|[wc]Nd|[|b]d(?=$|[|])",  # you'll have to find someone else; won't let me off
    r"^[iB]*Ix{1,2}u0?D",  # in Ibiza till the 9th
    r"iBIx{1,2}OT?x",  # I'm in Tokyo with the Foals
    r"iBv?[ItO]x{1,3}j?[Du]|ybiB[It]x+$|iB[It]x+(?:n|[|b+]+(?:c?N|n))",  # I'm in Spain that week
    r"(?:(?:^|[|b+])|i|jp)[^|xpUoVNqcmsf]{0,7}K(?=$|[|bOjDru+izdt]|v(?:$|[|]))|(?<!N)wM",  # have to pass on this one
)
CANNOT = _any(
    rf"{MINE}cN(?:$|[|bDOjiWd]|[iB]*{GO}|vx?$|vx?[|])",  # can't make it
    rf"{MINE}[wB]N(?:$|[|]|I|[iwcBsj]{{0,3}}{GO})",  # won't be there
    rf"{MINE}(?<![cwsB])N[iwcBs]{{0,4}}{GO}|nF",  # not coming; don't think I can make it
)
IF = _any(
    r"f(?=.*[ykcavFewli1dn])|[ykcavFewli1dns@].*f",  # yes if the ferry sails
    r"^f(?!p)",  # if it rains
)
UNDECIDED = _any(
    rf"{OWN}m|[yckaFeviwB][^|]*m|[|b]m|jpm",  # I'm not sure; it's a maybe
    rf"{MINE}s[iBw]{{0,3}}(?:[ckyFe]|v(?![@#0l])|a(?![tI]*[@#0])|$|[|])",  # should be ok; might make it
    r"s[iBw]{0,3}[NdKn]|s[^|]?dD?$|Vs",  # might have to pass; might not make it
)
HERE = _any(
    r"(?:^|[|])0?U+0{0,2}[Bp]?(?:y$|h+(?=$|[|gtO0])|[tI]+g+(?=$|[|+]))",  # truck 2 is here; trucks are in
    r"(?:^|[|])(?:[ykiBWRe+jE]{0,7}|[xR]?[Ui][Ui+]*p?)h+(?=$|[|+tgDOEkiruyIUl#0ob])(?![tIL]+[#0@]|@|[#0]l)",  # here now
    r"(?:^|[|+])(?:[ykiBRE+DLg]{0,6}|[xR]?[Ui][Ui+]*p?)(?:h|v)*[tI]+o?g(?=$|[|+g0RDjOb]|t(?!@)|y(?:$|[|]))",  # on site
    r"(?:^|[|])[iB]*hx{1,2}$|^iBtx{1,2}$|^O?0[xU]?h$|^i?EiB[OIt]+[Ug]$",  # bin am Hintereingang; by the monitor desk
    r"^(?:E[|])?(?:i?B)?tU$|^E[|][iBP]*(?:[tI]+[gU]|h)(?=$|[|O])",  # not late, at the truck
    r"^[iB]*(?:to|lg)$|i[tI]+g$|^[iz]*Rp?h$|^[iB]*Og(?:$|[|])",  # at load-in; behind the stage; on the dock
)
LATE = _any(
    rf"{OWN}[#0]?[lA]*[#0][tO]*(?:l|Z)|{OWN}l(?!x(?:$|[|]))|(?:^|[|b+])xx?(?:#l|lO?#)",  # 20 late; running late
    rf"{OWN}[LA][tILAl]{{0,3}}[|]?[#0@](?![Exo])|{OWN}A(?:$|[|]|[tI]g)",  # ETA 14:20; nearly there
    rf"{OWN}G|(?:^|[|])V[pB]?[ILtw]{{0,3}}(?:[#0]?[lZ]|G|L)|V[|]?G|V.{{0,5}}L[@#0]",  # stuck; my train is delayed
    rf"{OWN}(?:[aYeyhBwIvL]|S)I[#0]|{OWN}[It]#",  # be there in 10
    r"jp[tA]*#(?=$|[|])",  # it's like 25 minutes
    rf"{OWN}[eyk+|b]?[|b]?(?:#|(?<![OSygUx])0)(?=$|[|])|{OWN}#(?!E|O[ox]|o)",  # on my way, 15 min
    rf"{OWN}[aYeBLw]t*@(?!E)|{OWN}It@|{OWN}h[tI]+@|^@$|^[iB]*t@$|t@O|l[^|]*[|]@",  # I'll be there at 3
    r"(?:^|[|])V[^|kyN]*#(?=$|[|])|(?:^|[|])U+(?:l[|]|p?(?:l$|L?[#0]+Z))",  # my flight is pushed an hour; bus left late
    r"^0N0|(?:^|[|])U+p?L?[#0]+l",  # 25, not 15; bus is 20 behind
    r"Nh",  # not here yet
)
BESIDE = re.compile(
    rf"^[kizBRWDEj+]{{0,4}}y(?!O?X|[|]?0+[px]|j?xp|[^|]*p)"
    rf"|{START}[kizBRWDEj]{{0,4}}y(?!O?X|[|]?0+[px]|jxp|[^|]*x[^|]*p)(?<![xgXVop]y)"
    r"|(?<![xgXVop])y(?:OD|D|OtD)?$|[|]y[|]"
)
"""A yes that begins or ends a clause."""
BYE_THERE = re.compile(r"(?:^|[|])k?S[IOt]+[xX]{1,2}$|^o[@0]?[|][Sky]+$|(?:^|[|])k[OtI]+x{1,2}$|[|]k$|^k[|](?:i?w|S|y)")
"""See you in Oslo; lobby 7, see you; ready for Oslo."""
UNSURE = re.compile(r"[NnPmfdKACqHMbpXl#]|[ur]t?[@0oD]|c?s")
BUT_YES = re.compile(r"^(?![oUgRVhx]+p)[^NnPmfdKACq1r]*b[zk|i]*[yk]+$")
"""Hate that call time, but ok."""
AND_BYE = re.compile(r"^[^|NnPmfdKACq1rupX]*iw[^|NnPmfdKACq1rup]*[|]S[^NnmfdKCq]*$")
"""I'll bring the gaffer, see you Thursday."""
NOT_A_YES = re.compile(r"n(?!x)|[NPmfdK1AqHCb]|[ur]t?[@0oD]|c?s|y[^|]*[@0#]l|^[^|y]*[xgXVop]y")


def stands(said: str) -> bool:
    """A yes beside words that were not understood, and no other answer in any of them."""
    if BYE_THERE.search(said) and not UNSURE.search(said):
        return True
    if BUT_YES.search(said) or AND_BYE.search(said):
        return True
    return BESIDE.search(said) is not None and NOT_A_YES.search(said) is None


YES_BUT = _any(
    rf"^(?!.*P|y\|0).*?(?:{STRONG_YES}|{PROMISE}.*[|bpx])",  # in, but I can't promise
    rf"^(?!.*P).*?{START}[kiBR]*y.*[bfm]|^[yk]+b",  # yes but I need to talk to you
    rf"^y+\|(?!0).*x|(?:^|[|])y+[|](?!0).*[pPNx]|{GOODBYE.pattern}D",  # great night all, see you tomorrow
)

RULES: tuple[Rule, ...] = (
    Rule("later than asked", Meaning.LATE, "he comes, at a later time than the one he refuses", LATER),
    Rule("part of the call", Meaning.MAYBE, "he can do a part of it, or from or until a time", PART),
    Rule("a no", Meaning.DECLINE, "he says no, in a word", NO),
    Rule("out", Meaning.DECLINE, "he is booked, ill, away or pulling out", OUT),
    Rule("cannot", Meaning.DECLINE, "he cannot or will not come", CANNOT),
    Rule("if", Meaning.MAYBE, "a condition hangs on it", IF),
    Rule("undecided", Meaning.MAYBE, "maybe, not sure, or to be confirmed", UNDECIDED),
    Rule("on site", Meaning.ARRIVED, "he is on site, or at its gate", HERE),
    Rule("late", Meaning.LATE, "he comes, late or at the time he says", LATE),
    Rule("takes it", Meaning.CONFIRM, "a yes, and nothing beside it takes it back", takes),
    Rule("a yes", Meaning.CONFIRM, "a yes beside words that were not understood, and no other answer", stands),
    Rule("seen", Meaning.MAYBE, "it was seen, and not answered", _any(rf"{START}H(?=$|[|b+yk])")),
    Rule("a yes with a but", Meaning.MAYBE, "a yes with something beside it that was not understood", YES_BUT),
)
"""In the field's order of precedence; a correction was taken before, questions come after."""
