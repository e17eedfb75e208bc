"""Sums of money as they are typed: `5000 EUR`, `€ 2,500.50`. The currency is said, never guessed."""

import re

from checklists.rentals import MOST_CENTS
from handlers.typed import quote, refusal

CURRENCIES = frozenset(
    {
        *("EUR", "GBP", "USD", "CHF", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF", "RON", "BGN", "RSD", "TRY"),
        *("UAH", "GEL", "ILS", "AED", "SAR", "QAR", "EGP", "MAD", "ZAR", "KES", "NGN", "CAD", "MXN", "BRL", "ARS"),
        *("CLP", "COP", "PEN", "UYU", "JPY", "KRW", "CNY", "HKD", "TWD", "SGD", "MYR", "THB", "IDR", "PHP", "VND"),
        *("INR", "PKR", "LKR", "AUD", "NZD"),
    }
)
SIGNS = {"€": "EUR", "£": "GBP", "zł": "PLN", "euro": "EUR", "euros": "EUR", "pounds": "GBP"}
PRICE = re.compile(r"(?<!\S)([€£$])?(-?[0-9][0-9.,']*) ?([^\W\d_]{2,6}|[€£$])?(?=[\s,;]|$)")
AMOUNT = re.compile(r"([0-9]{1,3}(?:[.,'][0-9]{3})+|[0-9]{1,9})(?:[.,]([0-9]{1,2}))?", re.ASCII)


def take_money(text: str, example: str) -> tuple[str, int | None, str]:
    """The text without its first sum, the sum in hundredths, and its currency; None and "" where there is none.

    Raises Refusal for dollars of no country, for what is no sum, and for more than a hundred million.
    """
    for found in PRICE.finditer(text):
        if currency := _currency(found[1] or found[3] or ""):
            left = f"{text[: found.start()]} {text[found.end() :]}"
            return left, _cents(found[2], found[0], example), currency
        if "$" in found[0]:
            raise refusal(f"{quote(found[0])}: dollars of which country? Write USD, CAD, AUD ...", example)
    return text, None, ""


def _currency(word: str) -> str:
    return SIGNS.get(word.casefold()) or (word.upper() if word.upper() in CURRENCIES else "")


def _cents(word: str, whole: str, example: str) -> int:
    found = AMOUNT.fullmatch(word.rstrip(".,"))
    if not found:
        raise refusal(f"{quote(whole)} is no price.", example)
    cents = int(re.sub(r"[.,']", "", found[1])) * 100 + int((found[2] or "0").ljust(2, "0"))
    if cents > MOST_CENTS:
        raise refusal(f"{quote(whole)}? That is too much; is it in hundredths?", example)
    return cents
