"""The rules for replies, one test of a heard reply each: no, if, late, here, yes.

They look at clauses as `replywords.hear` spells them, joined by ` | `.
"""

import re

from checklists.replywords import Heard
from checklists.yeswords import DOUBT, FILLERS, LEADS, NO, STRONG, YES

T = r"(?:[ta][0-9]{2}:[0-9]{2}|[0-9]{1,2}(?! min|[0-9:]))"
PART = (
    r"(?:the |my )?(?:loadin|loadout|in|out|soundcheck|show|doors|set|morning|afternoon|evening|late|early|first"
    r"|second|half|night)"
)
OTHERS = "".join(
    f"(?<!{who} )"
    for who in (
        "he", "she", "they", "it", "you", "one", "body", "truck", "van", "bus", "driver", "venue", "promoter", "house",
        "who", "trailer", "artic", "band", "support", "runner", "forklift",
    )
)  # fmt: skip

OFFERS_PART = re.compile(
    r"\b(?:can|could|will|am|are|would) not\b[^|]{0,60}(?:\||\bbut\b|\band\b) ?(?:\bbut )?(?:i |we )?(?:can"
    rf"|could|will|am|are)\b(?! not)[^|]{{0,40}}\b(?:[ta][0-9]{{2}}:[0-9]{{2}}|{PART}|later|from|after)\b"
    rf"|\bnot (?:\w+ ){{0,4}}(?:before|till|until) (?:\w+ ){{0,2}}{T}"
    rf"|\bnot (?:\w+ ){{0,4}}(?:before|until|till) (?:after )?{PART}\b"
    rf"|\b(?:can|could|will) (?:only )?(?:do|make) {PART}\b[^|]{{0,30}}\bnot\b"
    rf"|\b(?:can|could|will) not (?:do|make|be there for) {PART}\b[^|]{{0,30}}(?:\|"
    r"|\bbut\b)[^|]{0,20}\b(?:can|will|there|in)\b",
    re.ASCII,
)
VERBS = (
    r"(?:make(?! out| sense| head)|do(?! better)|come|attend|commit|travel|join|cover|get (?:there"
    r"|away|out of|off work)"
    r"|be (?:there|in|with|on)|work(?! out| with)|play|drive|fly|manage|swing|take (?:it|this|that"
    r"|the)|help|continue)\b"
)
WHEN = (
    r"(?:today|tonight|tomorrow|this|that|now|sorry|any ?more|at all|boss|mate|guys|on (?:the )?\w*day"
    r"|unfortunately|either)\b"
)
DECLINES = re.compile(
    rf"{OTHERS}\bcan not(?: (?:really|actually|even|now|physically|possibly|unfortunately"
    rf"|sadly))?(?: (?:{VERBS}|{WHEN})| ?$| ?\|)"
    r"|\b(?:unable|not able) to\b(?! (?:find|see|hear|open|park|reach|print|log))"
    rf"|{OTHERS}\bwill not (?:now )?(?:be (?:there|able|coming|making|in|joining|available|around|attending"
    r"|doing|working)|make|come|do|manage|work(?! out))\b"
    rf"|{OTHERS}\bnot going to (?:be (?:there|able|coming|in)|make|come|do|happen|work|manage|get)\b"
    r"|\b(?:am|are) (?:\w+ )?not (?:coming|available|free|doing|working|up for|making|joining|able|attending"
    r"|in(?! yet)(?= ?$| ?\|| (?:on|this|for|today|tonight|tomorrow)))\b"
    r"|(?:^|\| |\bsorry |\bi am |\band )not (?:coming|available|free|tonight|today|tomorrow|doing (?:it|this"
    r"|that)|going to be able)\b"
    r"|\bdo not (?:count on|wait for|expect|book|call) me\b|\bnot (?:gonna )?happening\b"
    r"|\b(?:it|that) is (?:a )?(?:hard )?no(?: from me| for me)?(?= ?$| ?\|)|\b(?:is|be) a (?:hard )?(?:no|pass)\b"
    r"|\b(?:have to|going to|will|i am|must|gonna|think i will) (?:sadly |regretfully )?(?:pass(?= ?$| ?\|"
    r"| (?:on (?:this|it|that)|this|sorry|for|thanks|boss|mate))|bail|decline|cancel(?! the| my| our| his"
    r"| room)|withdraw|drop out|say no|back out|pull out|duck out|bow out|sit (?:this|it))\b"
    r"|\b(?:do not|cannot) think (?:that )?(?:i|we) (?:can|will|am)\b|\bi will not(?= ?$| ?\|)|\brather not\b"
    r"|\bno longer (?:able|available|free)\b|\b(?:another|other) (?:gig|show|job|booking)\b|\breplace me\b"
    r"|\bi (?:am booked|have a conflict|quit)\b|\b(?:find|get|need) cover\b|\bdrop this (?:one|gig|show)\b"
    r"|\b(?:dropping|pulling|backing|bailing|bowing|ducking|tapping) out\b|\bdropped out\b"
    r"|\b(?:take|pull|scratch) me (?:off|out|from)\b(?! the guest)|\b(?:count|leave) me out\b"
    r"|\b(?:i am|am) off (?:this|the|it|that|sick)\b"
    r"|\b(?:i am|am) out(?: ?$| ?\|| (?:on|for|of) (?:this|it|that|the (?:gig|show|run|tour)|tonight"
    r"|tomorrow|action|town|the country)| sorry| then| mate| boss)"
    r"|\bdouble[- ]?book\w*|\b(?:already|got) booked (?:elsewhere|on|that)\b|\bunavailable\b|\bout of action\b"
    r"|\b(?:get|find|book|use|call|ask) (?:someone|somebody"
    r"|anyone) else\b(?<!if you can not find anyone else)(?<!can not find anyone else)"
    r"|\b(?:i )?(?:have to|must) (?:find|get|send) (?:you )?a (?:dep|cover)\b|\bneed a (?:dep|cover)\b",
    re.ASCII,
)
ILL = re.compile(
    r"\b(?:i am|am|feeling|been|off|calling in|called in|went|gone) (?:really |so |too |proper |very |pretty "
    r"|still |home )?(?:sick|ill|unwell|poorly)\b"
    r"|\bdown with (?!it|that|this|the plan)"
    r"|\b(?:got|have|caught|tested positive for) (?:the |a )?(?:flu|covid|noro\w*|fever|food poisoning"
    r"|stomach bug)\b"
    r"|\bfood poisoning\b|\b(?:in|to|at) (?:the )?(?:hospital|a&e)\b|\bin bed (?:sick|ill|with)\b"
    r"|\b(?:doc|doctor|dr|physio) (?:says|said) (?:no|not)\b|\b(?:broke|broken|sprained|slipped|done) my \w+",
    re.ASCII,
)
HEDGES = re.compile(
    r"\bif\b|\bdepends\b|\bdepending\b|\bmaybe\b|\bmight\b|\bnot (?:\w+ )?(?:sure|certain|confirmed|decided)\b"
    r"|\bunsure\b|\bprob\w*\b|\bpossibl[ey]\b|\bperhaps\b|\bhopefully\b|\bhoping\b|\bfingers crossed\b"
    r"|\bunless\b|\bprovided\b|\bas long as\b|\bassuming\b"
    r"|\blet (?:me|you know)\b[^|]{0,12}\b(?:check|think|see|look|ask|later|tonight|tomorrow|asap|know)\b"
    r"|\bget back to (?:you|ye)\b|\bgot to check\b"
    r"|\b(?:will|have to|going to|i will) (?:just )?(?:check|confirm|ask|see)\b(?! (?:you|ye)\b)"
    r"|\bchecking (?:with|my|if|whether)\b|\bpencil\w*\b|\btb[cda]\b|\btrying\b|\btry (?:to|and|my)\b"
    r"|\bshould (?:be|still|make|manage|work)\b|\bonly (?:from|after|till|until|for|before|the|if|can)\b"
    r"|\bcan only\b|\bbut (?:not|only)\b|\b(?:flight|train|ferry|bus) (?:\w+ ){0,2}cancel\w*|\bpending\b"
    r"|\bwaiting (?:on|for|to)\b|\b50/50\b|\btouch and go\b|\bi (?:think|guess|suppose|reckon|hope)\b"
    r"|\bthink so\b|\bcould (?:do|be|make|probably|maybe|possibly)\b|\bon (?:the )?fence\b|\bin theory\b"
    r"|\b(?<!here )(?<!there )not yet\b|\bfor now\b|\bdoubt\b|\bstruggl\w+ (?:to|with)\b|\bcome up\b|\bguarantee\b"
    r"|\b(?:can|could) (?:\w+ ){1,3}(?:from|after|till|until|only|at|by|around) [ta][0-9]"
    r""
    r"|(?:^|\| )(?:yes|yep|yeah|in|ok|confirmed|sure|i am free|i am available|free"
    r"|available)\b[^|]{0,20}\b(?:from|after|till|until|up to) [ta][0-9]"
    r"|(?:^|\| )(?:seen|noted|read|ish|unclear|no idea|do not know|idk|dunno)(?: ?$| ?\|)"
    r"|\b(?:i )?do not know (?:yet|if|whether)\b|\b(?:yes|yeah|in|confirmed)(?: |-)?ish\b",
    re.ASCII,
)
N = r"[0-9]{1,3}(?: min)?(?: or so| odd| ish)?"
LATE = re.compile(
    rf"\b{N} (?:late|behind|away|delayed)\b|\b{N} out\b(?! of| front| back| the)|\b{N} off\b(?= ?$| ?\|)"
    r"|\b(?:running|be|am|are|bit|little|slightly|will be|going to be|arriving|getting|arrive|be there|there"
    r"|sorry|bus|flight|train|i am|very|super|so|just|\bprobably)(?: (?:a|bit|little|very|super|so|touch|tad"
    r"|slightly|there|gonna))* (?:late|behind|delayed|held up)\b"
    r"|(?:^|\| )(?:a )?(?:bit |little |tad |slightly |touch |gonna be |be )*(?:late|behind|delayed"
    r"|held up)(?: (?:sorry|boss|mate|guys|again|today|traffic|for))*(?: ?$| ?\|)"
    rf"|\blate (?:by )?(?:about |around )?{N}|\b(?:stuck|sat) (?:in|on|at|behind)\b|\bin traffic\b|\bheld up\b"
    r"|\bdelayed\b(?<!is delayed)|\bbroken down\b"
    rf"|\bmissed (?:my|the) (?:train|bus|flight|ferry|connection|turn)\b|\boverslept\b|\beta\b|\bcall it {N}"
    rf"|\b(?:more like|nearer|closer to) (?:{T}|{N})"
    r"|\b(?:be|there|here|with you|arriving|arrive|coming|see you|back|way)(?: \w+)? (?:in|within) (?:about "
    rf"|around |like |another |under )?{N}\b(?! (?:days?|weeks?|months?|years?))"
    r"|(?:^|\| )(?:in |another |about |like )?(?:[0-9]{1,3} min)(?: (?:sorry|boss|mate|max|tops|more|or so"
    r"|traffic))*(?: ?$| ?\|)"
    r"|(?:^|\| )in [0-9]{1,2}(?: ?$| ?\|)"
    r"|\b(?:going to|will|gonna) (?:probably )?be (?:about |around |another "
    r"|at least )?[0-9]{1,3} min\b(?! early)"
    r"|\b(?:get|be|in|arrive|arriving|make it|reach|land|landing|getting|coming|roll|rolling|pull|pulling"
    r"|there|here)(?: there| here| in| up| onsite)? (?:at|by|around|about|for|after|nearer) (?:about |around "
    r"|like )?[ta][0-9]{2}:[0-9]{2}"
    r"|\bnot (?:here|there|onsite) yet\b",
    re.ASCII,
)
PLACE = (
    r"(?:at|by|outside|inside|in) (?:the |your )?(?:\w+ )?(?:venue|gates?|dock|doors?|loadin|bay|site"
    r"|entrance|security|reception|arena|hall"
    r"|theatre|stage|production|barrier|building|backstage|catering|festival|club|room|car park"
    r"|parking|lot|ramp|load)\b(?! (?:at|by|in|from|is|are|opens?|code) )"
)
HERE = (
    r"(?:here(?= ?$| ?\|| (?:now|already|and|with|since|at the|in the|boss|mate|guys|onsite|early"
    r"|ready|safe|chief|all|lads|team|folks|waiting))"
    r"|onsite\b|arrived\b|inside(?= ?$| ?\|| (?:now|already|the))|outside(?= ?$| ?\|| (?:now|already"
    r"|the|gate|stage|door|venue|dock|front|main|back))|parked\b(?! (?:by|at|in|on))"
    r"|pulled (?:up|in)\b|pulling (?:up|in)(?= ?$| ?\|| now| to the)|walking in\b|checked in(?= ?$"
    r"| ?\|| (?:at|with))|backstage\b|(?:landed|arrived|parked|standing|sat|sitting|waiting|set up"
    rf"|loaded) {PLACE}|{PLACE}|got (?:here|in)\b|made it(?= ?$| ?\|| (?:here|in|to)))"
)
ARRIVES = re.compile(
    r"(?:^|\| )(?:(?:yes|yep|yeah|ok|hi|hey|hello|morning|all|we|i|am|are|have|has|is|been|just"
    r"|already|now|finally|both|and|the|our|bus|van|splitter|also|safely|boss|guys|sorry|lads|so|still"
    r"|too) ){0,6}" + HERE,
    re.ASCII,
)
PROMISES = re.compile(
    r"(?:(?:i|we|both|and|me and \w+|\w+ and i) ){0,3}(?:(?:will|can|shall|going to|am going to"
    r"|are going to) )(?:(?:definitely|defo|deffo|totally|absolutely|certainly|both|still|all|happily|gladly"
    r"|be able to) )*(?:be (?:there|ready|onsite|here|in(?= ?$| (?:for|tomorrow|tonight|today)\b)|on it"
    r"|on time|with you|early)\b|make it\b(?! up| clear| quick| work)|make (?:that|this)(?: one)?(?= ?$)"
    r"|do (?:it|that|this)(?= ?$| (?:one|for|on|tomorrow|tonight|today|boss|mate|gig|show|call|at)\b)"
    r"|do(?= ?$)|come\b(?! back| get)|take (?:it|this|that)(?= ?$| (?:one|gig|call))|attend\b|see you\b)"
    r"|see you (?:(?:all|guys|lot|lads|folks|both) )?(?:there|then|tomorrow|tonight|in the morning|bright"
    r"|on (?:the )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:at|for) (?:the )?(?:[ta]?[0-9]|loadin|loadout"
    r"|lobby|soundcheck|bus|venue|dock|site|doors|call|gig|show|stage))"
    r"|(?:i am )?(?:coming|free|available)(?= ?$| (?:for|on|tomorrow|tonight|today|boss|mate)\b)"
    r"|(?:i am )?(?:on (?:my|the|our) way|en route|omw|otw)\b(?! (?:home|back|out|to the (?:hotel|pub|bar|shop"
    r"|airport)))"
    r"|on it(?= ?$)|looking forward(?: to (?:it|this|that|seeing you))?(?= ?$| (?:all|guys))"
    r"|(?:i|we) (?:hereby )?(?:confirm|accept)(?= ?$| (?:my|for|the call|this|that|it))"
    r"|(?:that|it|this|[ta][0-9]{2}:[0-9]{2}) (?:works|suits|is (?:fine|good|perfect|grand|ok|cool))\b"
    r"|good (?:for|with) (?:me|us|that|it|this|[ta][0-9])"
    r"|be there(?= ?$| (?:[ta0-9]|for|at|with|boss|mate|tomorrow|tonight))|there with bells on\b"
    r"|(?:be|arrive|arriving|get there|am|running|will be)(?: there)? (?:about )?[0-9]{1,3}(?: min)? early\b",
    re.ASCII,
)
FOR_IT = re.compile(
    r"(?:for|on) (?!a\b|an\b|the\b|(?:parking|dinner|lunch|breakfast|catering|hotels?|flights?|food"
    r"|drinks|beers|laundry|wifi"
    r"|guests?|merch|now|riders?|carpark|rooms?|showers?|runner|tickets?)\b)\w+(?: \w+){0,3}",
    re.ASCII,
)
SEE_YOU = re.compile(r"\bsee you\b|\bway\b|\bomw\b|\blooking forward\b", re.ASCII)
YES_BUT = re.compile(r"(?:^|\| )(?:yes|yep|yeah|in|confirmed|sure|ok) (?:\w+ ){0,2}?(?:but|though|except)\b", re.ASCII)
TIME_WORD = re.compile(r"[ta][0-9]{2}:[0-9]{2}", re.ASCII)


def offers_part(heard: Heard) -> bool:
    """A part of the call: "can't do 8, can do 9", "not before 4pm", "the in but not the out"."""
    return OFFERS_PART.search(heard.said) is not None


def declines(heard: Heard) -> bool:
    """A no of one's own; ill without a promise is one too."""
    if any(_all_of(NO, clause) for clause in heard.clauses) or DECLINES.search(heard.said):
        return True
    return ILL.search(heard.said) is not None and not _promised(heard)


def hedges(heard: Heard) -> bool:
    """A condition, or undecided."""
    return HEDGES.search(heard.said) is not None or ILL.search(heard.said) is not None


def is_late(heard: Heard) -> bool:
    """Coming, with minutes, with a clock time, or only late."""
    return LATE.search(heard.said) is not None


def arrives(heard: Heard) -> bool:
    """On site, or at its gate."""
    return ARRIVES.search(heard.said) is not None


def confirms(heard: Heard) -> bool:
    """A yes in one clause, and nothing in any clause that could take it back.

    A weak yes ("ok", "see you tomorrow") needs every other clause to be understood as well.
    """
    agreed = [clause for clause in heard.clauses if _is_yes(clause)]
    if not agreed or DOUBT.search(heard.said):
        return False
    return any(map(_is_strong, agreed)) or all(_is_yes(clause) or _is_chat(clause) for clause in heard.clauses)


def doubts(heard: Heard) -> bool:
    """A yes with something beside it that was not understood."""
    return (
        _promised(Heard(heard.said.replace("thumb", ""), heard.asks, heard.cut))
        or YES_BUT.search(heard.said) is not None
    )


def _promised(heard: Heard) -> bool:
    return any(map(_is_yes, re.split(r" \| (?:but )?| but ", heard.said)))


def _is_strong(clause: str) -> bool:
    """A plain yes, or a promise that is more than a goodbye; of the clauses that agree."""
    if _all_of(YES, clause):
        return not STRONG.isdisjoint(clause.split())
    rest, agreed = _after_lead(clause)
    return agreed or SEE_YOU.search(rest) is None


def _is_chat(clause: str) -> bool:
    return all(word in FILLERS or word in LEADS for word in clause.split())


def _is_yes(clause: str) -> bool:
    """Only yes words and fillers, or a promise after them."""
    if _all_of(YES, clause):
        return True
    rest, agreed = _after_lead(clause)
    return PROMISES.match(rest) is not None or (agreed and FOR_IT.fullmatch(rest) is not None)


def _after_lead(clause: str) -> tuple[str, bool]:
    """The clause without the yes words and greetings it begins with, and whether a yes was among them."""
    words = clause.split()
    agreed = False
    while words and (words[0] in YES or words[0] in LEADS):
        agreed = agreed or words[0] in STRONG
        words.pop(0)
    return " ".join(words), agreed


def _all_of(kind: frozenset[str], clause: str) -> bool:
    words = clause.split()
    rest = [word for word in words if word not in kind]
    return len(rest) < len(words) and all(word in FILLERS or TIME_WORD.fullmatch(word) for word in rest)
