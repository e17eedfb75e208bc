"""What closes an item: a document, a named person's yes, a number with its unit, a name and a phone number,
a payment's reference, a photo, or the owner's tick (the trade's seven kinds of evidence)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from checklists.errors import Refusal
from checklists.gig import TEXT_LIMIT
from checklists.items import Evidence

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Proof:
    """Evidence as it was read. `text`: the words as typed. Only what its kind has is filled in.

    `who`: the named person. `phone`: its digits, with the plus. `amount` and `unit`: of the first number;
    a clock time has the unit `o'clock` and its minutes since midnight. `link`: the first link or file.
    """

    kind: Evidence
    text: str = ""
    who: str = ""
    phone: str = ""
    amount: Decimal | None = None
    unit: str = ""
    link: str = ""
    reference: str = ""


LINK = re.compile(r"https?://[^\s|>]+", re.IGNORECASE)
FILE = re.compile(
    r"[^\s/\\|<>]+\.(?:pdf|docx?|xlsx?|pptx?|csv|txt|odt|ods|md|dwg|dxf|vwx|zip|eml|msg)\b", re.IGNORECASE
)
PICTURE = re.compile(r"[^\s/\\|<>]+\.(?:jpe?g|png|heic|webp|gif|tiff?)\b", re.IGNORECASE)
MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
PHONE = re.compile(r"(?:\+|00)?[0-9](?:[\s().\-/]{0,2}[0-9]){6,14}(?![0-9])")
TEL = re.compile(r"<tel:([^|>]*)(?:\|[^>]*)?>|<mailto:[^>]*>")
WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))+")
CLOCK = re.compile(r"(?<![\d:])([01]?[0-9]|2[0-3])[:.h]([0-5][0-9])(?![\d:.])")
CURRENCY = (
    r"[€$£¥]|\b(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RON|ISK|AUD|NZD|CAD|MXN|BRL|ARS|CLP|COP|JPY|KRW|CNY|HKD|SGD|INR|"
    r"IDR|THB|MYR|PHP|TWD|ZAR|TRY|ILS|AED)\b"
)
AMOUNT = r"[-+]?[0-9]{1,3}(?:[,. '’][0-9]{3})+(?:[.,][0-9]{1,2})?(?![0-9])|[-+]?[0-9]+(?:[.,][0-9]+)?"
UNIT = r"[^\W\d_][^\W\d_³²/()]*[²³]?(?:/[^\W\d_]+)?(?:\([A-Za-z]\))?|[%°€$£¥\"”′″]|'(?!\w)"
NUMBER = re.compile(rf"(?P<before>{CURRENCY})?\s?(?P<amount>{AMOUNT})\s?(?P<after>{UNIT})?")
DATE = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b|\b[0-9]{1,2}[./][0-9]{1,2}(?:[./][0-9]{2,4})?\b")
REFERENCE = re.compile(r"(?=[A-Za-z/\-]*[0-9])[A-Za-z0-9][A-Za-z0-9/\-]{3,}")
MONEY = re.compile(rf"(?:{CURRENCY})\s?(?:{AMOUNT})|(?:{AMOUNT})\s?(?:{CURRENCY})")


def words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


YES_WORDS = words_of(
    "yes yeah yep yup ok okay sure fine done good great confirmed confirm agreed agree approved accepted checked sent "
    "paid all it is that this said says say they he she we i you them him her us has have had and the a an to for of "
    "from by with in on at as mail email phone called call told got everything sorted ja oui si da"
)
ROLE_WORDS = words_of(
    "house venue promoter rep production manager pm tm sm ta foh agent management band artist crew somebody someone "
    "everybody everyone office box electrician rigger engineer tech security medic medics driver guy person"
)
NO_WORDS = words_of("no not nope never refused declined denied isn't isnt hasn't hasnt won't wont cannot can't")

NO_UNITS = (YES_WORDS | NO_WORDS | words_of("x e or no")) - words_of("a in")
HARMLESS = re.compile(
    r"\b(?:no|not an?)\s+(?:problems?|issues?|changes?|worries|objections?|later|more|doubt)\b", re.IGNORECASE
)
"""What follows a no that is none."""


def read_evidence(kind: Evidence, text: str, files: Sequence[str] = ()) -> Proof:
    """The evidence of that kind in what was typed; `files` are the names of what was dropped with it.

    Raises Refusal saying what is missing and what to type.
    """
    words = " ".join(text.split())
    if len(words) > TEXT_LIMIT:
        raise Refusal(f"That is more than {TEXT_LIMIT} characters. Put it in a document and give its link.")
    return READERS[kind](words, files)


def read_document(words: str, files: Sequence[str]) -> Proof:
    link = next(iter(files), "") or first(LINK, words) or first(FILE, words) or first(PICTURE, words)
    if not link:
        raise Refusal(
            f"{shown(words)} is not a document or a link. Drop the file into this thread, or type where it is: "
            f"for example `https://example.org/rider_v3.pdf`."
        )
    return Proof(Evidence.DOC, words, link=link)


def read_photo(words: str, files: Sequence[str]) -> Proof:
    picture = next((name for name in files if PICTURE.search(name)), "")
    picture = picture or first(LINK, words) or first(PICTURE, words)
    if not picture:
        raise Refusal(
            f"{shown(words)} is not a photo. Drop the picture into this thread, or type its link: "
            f"for example `https://example.org/truck.jpg`."
        )
    return Proof(Evidence.PHOTO, words, link=picture)


def read_yes(words: str, _files: Sequence[str]) -> Proof:
    """A named person's yes; who says it may be a mention or a name."""
    who = name_in(words)
    if not who:
        raise Refusal(
            f"{shown(words)} does not say whose yes it is. Type the name with it: "
            f"for example `Sam Okafor, house PM: yes, by mail`."
        )
    refuse_no(words)
    return Proof(Evidence.ACK, words, who=who, link=first(LINK, words))


def read_number(words: str, _files: Sequence[str]) -> Proof:
    if clock := CLOCK.search(words):
        minutes = int(clock[1]) * 60 + int(clock[2])
        if not is_counted(words, clock):
            return Proof(Evidence.NUM, words, amount=Decimal(minutes), unit="o'clock")
    found = [match for match in NUMBER.finditer(words) if match["amount"]]
    if not found:
        raise Refusal(f"{shown(words)} is not a number with its unit: type for example `13.5 m`.")
    measured = next((match for match in found if unit_of(match)), None)
    if measured is None:
        number = found[0]["amount"].strip()[:12]
        raise Refusal(f"{shown(words)} has no unit: type for example `{number} m`, `{number} A` or `{number} cases`.")
    return Proof(Evidence.NUM, words, amount=decimal(measured["amount"]), unit=unit_of(measured))


def is_counted(words: str, clock: re.Match[str]) -> bool:
    """True for `13.50 m`, which only looks like a time."""
    return "." in clock[0] and bool(re.match(rf"\s?(?:{UNIT})", words[clock.end() :]))


def unit_of(match: re.Match[str]) -> str:
    """The unit beside a number: after it, else before it; "" for none."""
    after: str = match["after"] or ""
    if after and after.lower() not in NO_UNITS:
        return after
    return match["before"] or ""


def decimal(amount: str) -> Decimal:
    """`13,5`, `1,250` and `1.250,00` as numbers: three digits after one sign are thousands."""
    bare = re.sub(r"[ '’]", "", amount)
    last = max(bare.rfind(","), bare.rfind("."))
    if last < 0:
        return Decimal(bare)
    tail = bare[last + 1 :]
    head = re.sub(r"[.,]", "", bare[:last])
    grouped = len(tail) == 3 and head.lstrip("+-") not in ("", "0")
    return Decimal(head + tail if grouped else f"{head or '0'}.{tail}")


def read_name(words: str, _files: Sequence[str]) -> Proof:
    """A person's name and phone number."""
    plain = TEL.sub(lambda match: f" {match[1] or ''} ", words)
    phone = first(PHONE, plain)
    who = name_in(PHONE.sub(" ", plain), any_role=True)
    example = "for example `Sam Okafor +31 6 1234 5678`"
    if not phone and not who:
        raise Refusal(f"{shown(words)} is no name and no phone number: type both, {example}.")
    if not phone:
        raise Refusal(f"{shown(words)} has no phone number: type name and number, {example}.")
    if not who:
        raise Refusal(f"{shown(words)} has no name: type name and number, {example}.")
    return Proof(Evidence.NAME, words, who=who, phone=("+" if phone[0] == "+" else "") + re.sub(r"\D", "", phone))


def read_payment(words: str, files: Sequence[str]) -> Proof:
    """A payment's reference: letters and digits that a bank would find it by, or its document."""
    link = next(iter(files), "") or first(LINK, words) or first(FILE, words)
    bare = MONEY.sub(" ", DATE.sub(" ", CLOCK.sub(" ", words)))
    reference = first(REFERENCE, bare)
    if not reference and not link:
        raise Refusal(
            f"{shown(words)} has no payment reference. Type the bank's, or drop the document: "
            f"for example `wire 2026-11-20, ref SEPA-88213`."
        )
    money = first(MONEY, words)
    amount = re.search(AMOUNT, money)
    unit = re.sub(r"[^A-Z€$£¥]", "", money)
    return Proof(Evidence.PAY, words, amount=decimal(amount[0]) if amount else None, unit=unit, link=link,
                 reference=reference)  # fmt: skip


def read_tick(words: str, files: Sequence[str]) -> Proof:
    """The owner's own word: anything, and nothing too, but a no."""
    refuse_no(words)
    return Proof(Evidence.TICK, words, link=next(iter(files), ""))


READERS: Mapping[Evidence, Callable[[str, Sequence[str]], Proof]] = {
    Evidence.DOC: read_document,
    Evidence.ACK: read_yes,
    Evidence.NUM: read_number,
    Evidence.NAME: read_name,
    Evidence.PAY: read_payment,
    Evidence.PHOTO: read_photo,
    Evidence.TICK: read_tick,
}


def refuse_no(words: str) -> None:
    """Raises Refusal for words that say no."""
    if NO_WORDS & set(re.findall(r"[\w']+", HARMLESS.sub(" ", words.lower()).replace("’", "'"))):
        raise Refusal(
            f"{shown(words)} reads as a no, and a no closes nothing. Leave it open, "
            f"or say what is wrong: `/gig check ITEM problem WHY`."
        )


def name_in(words: str, *, any_role: bool = False) -> str:
    """The first name in the words: a mention, else the words that stand together and are no yes.

    `any_role`: a role will do for a name (`house PM +31 ...`), as it has a number with it.
    """
    if mention := MENTION.search(words):
        return mention[1]
    skipped = YES_WORDS | NO_WORDS | (frozenset() if any_role else ROLE_WORDS)
    name: list[str] = []
    end = 0
    for match in WORD.finditer(LINK.sub(" ", words)):
        if match[0].lower() in skipped or (name and words[end : match.start()].strip()):
            if name:
                break
            continue
        name.append(match[0])
        end = match.end()
    return " ".join(name)


def first(pattern: re.Pattern[str], words: str) -> str:
    found = pattern.search(words)
    return found[0] if found else ""


def shown(words: str) -> str:
    """The words in their quotes, cut for a phone."""
    cut = words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
    return f"“{cut}”" if words else "An empty answer"
