"""A no in languages that put words between "can" and "not": `ich kann am Samstag leider nicht` is "unavailable".

Each pattern is one language's verbs of coming and being able, denied, with a few words in between. A no that goes on
("not before 3", "not sure") is left to the words that follow it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CAUSES = Path(__file__).parent / "words" / "causes.txt"
"""Why somebody cannot come, by family: kin, body, illness, doctors, bosses, another in his place, busy that day."""

GAP = r"(?:\s+[^\W\d_]+){0,5}?\s+"
"""Up to five words in the same clause, without numbers."""
GOES_ON = (
    r"(?!\s+(?:vor|bis|nur|so|ganz|sicher|genau|warten|mehr warten|spater|gut|schlecht|ob|wie|was|wo|wann"
    r"|avant|sur|sure|encore|attendre|jusqua|trop|si|tard|besoin|ce|quoi|ou|quel|quelle"
    r"|de probleme|de souci|poser|grave"
    r"|antes|hasta|tarde|esperar|faltar|fallar|mancare|aspettare|prima|vedo|vejo|vedere|seguro|tardare"
    r"|sicuro|sicura|convinto|convinta|problemi|dubbi"
    r"|voor|tot|zeker|te|laat|wachten|later|alleen|wanneer|hoe|waar"
    r"|przed|wczesniej|pewien|pewna|wiem|spoznie|spozniony|doczekac"
    r"|раньше|до|опоздаю|опаздывать|ждать|знаю|уверен|уверена|пропущу|дождусь)\b)"
)
GERMAN = (
    r"\b(?:kann|konnte|schaff\w?|schaffe?n?s|komm\w?|kommen|konnen|werde|packe?|krieg\w?|darf|mach\w?|geht|klappt"
    rf"|haut|passt|bin|sind)\b{GAP}(?<!noch )(?<!weiss )(?:nicht|nich|ned|net|nix|nichts)\b"
    r"|\b(?:kann|kanns?t?|schaffs?|komme?|werde?|darf|gehts?|klappts?)\s+(?:nicht|nich|ned|net)\b"
)
DUTCH = (
    rf"\b(?:kan|kunnen|red|haal|kom|komen|lukt|ga|gaat|doe|werk|ben|zal)\b{GAP}(?<!nog )(?:niet|nie)\b"
    r"|\b(?:kan|red|haal|kom|lukt|gaat)\s+(?:t |het )?(?:niet|nie)\b"
)
FRENCH = (
    r"\b(?:je|jy|j|on|nous|ca|n|ne|ny|va|cest)\b(?:\s+(?:ne|n|ny|y))?\s+(?:peux|peut|pourrai|pourrais|pourrons|viens"
    r"|vient|viendrai|viendrons|serai|serais|sera|serons|vais|va|ferai|fais|arrive|arriverai|suis|travaille)"
    r"(?:\s+[^\W\d_]+){0,4}?\s+(?:pas|plus|point)\b"
)
SPANISH = (
    r"\bno(?:\s+(?:me|nos|lo|la|te|os|les|le|yo|creo que|voy a|va a|vamos a)){0,3}\s+(?:puedo|podre|podremos|podemos"
    r"|podria|poder|voy|vamos|ire|iremos|llego|llegare|llegamos|estare|estaremos|estoy|asistire|alcanzo|cuentes|cuenten"
    r"|contad|sera posible|es posible|ser posible|acudire|vendre|vengo|trabajo|doy abasto|ir|llegar|asistir|hago)\b"
)
ITALIAN = (
    r"\bnon(?:\s+(?:ci|lo|la|mi|ce|ne|vi|se|me))*\s+(?:posso|possiamo|potro|potremo|riesco|riusciamo|riusciro|vengo"
    r"|veniamo|verro|verremo|sono|siamo|saro|saremo|faccio|fare|farcela|faremo|esserci|venire|sara possibile"
    r"|e possibile|contate|contare|conti|lavoro|partecipo|partecipero|arrivo|arrivero|se ne parla|va bene)\b"
)
PORTUGUESE = (
    r"\bnao(?:\s+(?:me|nos|te|vou|vamos|tem|da|vai|eu|mais))*\s+(?:posso|podemos|poderei|podere|poder|vou|vamos|irei|ir"
    r"|consigo|conseguimos|conseguirei|conseguir|estarei|estou|estarmos|estar|vai dar|da|rola|rolar|compareco"
    r"|comparecerei|comparecer|contem|conte|conta|chego|como|fazer|jeito|trabalho|sera possivel|e possivel|topo)\b"
)
POLISH = (
    r"\bnie\s+(?:moge|mozemy|mozna|dam|damy|bede|bedziemy|bedzie mnie|przyjde|przyjade|przyjdziemy|przyjedziemy|zdaze"
    r"|zdazymy|dojade|dotre|dojdzie|pojawie|pasuje|wyrobie|ogarne|pojade|zagram|wezme|licz|liczcie|jestem w stanie"
    r"|mam jak|mam czasu|mam mozliwosci|daje rady|moglbym|zrobie|ma takiej|wyjdzie|ma szans|uda mi|uda)\b"
    r"|\bmnie\s+(?:\w+\s+)?nie bedzie\b"
)
RUSSIAN = (
    r"\bне\s+(?:могу|можем|смогу|сможем|смог|буду|будем|приду|придем|приеду|приедем|поеду|получится|получается|выидет"
    r"|успею|успеваю|успеем|выхожу|выйду|участвую|в состоянии|рассчитываи|рассчитываите|ждите|сумею|работаю|доеду"
    r"|доберусь|прилечу|попаду|потяну|возьмусь|свободен|свободна|доступен|доступна|готов|готова|в городе|подоидет"
    r"|подходит|вариант|в этот раз)\b|\b(?:меня|нас)\s+(?:\w+\s+)?не будет\b"
)
NORDIC = (
    rf"\b(?:kan|kommer|hinner|rekker|klarar|klarer|orkar|far|nar|blir)\b(?:{GAP}|\s+)(?:inte|ikke|ej)\b"
    r"(?! (?:for|innan|tidigare|tidligere|sen|forsinket))"
)
REFUSES = (
    r"\b(?:dois|devrai|devrais|devo|dovro|debo|tengo que|tenido que|voy a tener que|he de|tenho (?:que|de)|preciso"
    r"|vou(?: ter (?:que|de))?|muss|mussen|musste|werde|moet|ga|musze|musialem|bede musiala?|придется|вынужден\w*"
    r"|должен|надо|prefere|prefiero|prefiro|preferisco|vais|voy a)(?:\s+[^\W\d_]+){0,3}\s+(?:annul|refus|declin"
    r"|renonc|desist|cancel|recus|rechaz|rifiut|rinunci|disdi|absag|ablehn|stornier|afzeg|afhak|annuleer|odmow|odwol|zrezygn|wycof|отказ"
    r"|отмен|passen\b|overslaan\b|tirarmi|ritirar|retir|desconvoc|sagen? ab\b|zurucktret|zuruckzieh)\w*"
)
DENIED = (
    rf"{REFUSES}|"
    rf"(?:{'|'.join((GERMAN, DUTCH, FRENCH, SPANISH, ITALIAN, PORTUGUESE, POLISH, RUSSIAN))}){GOES_ON}|{NORDIC}"
)
HAS_NOT = re.compile(
    r"\b(?:nicht|nich|ned|net|nix|nichts|niet|nie|pas|plus|no|non|nao|не|inte|ikke|ej)\b|annul|refus|declin|renonc"
    r"|desist|cancel|recus|rechaz|rifiut|rinunci|disdi|absag|ablehn|stornier|afzeg|afhak|odmow|odwol|zrezygn|wycof|отказ"
    r"|отмен|passen|overslaan|ritir|retir|zuruck"
)
SAYS_DENIED = " | unavailable "
WORDS_OF = re.compile(r"[^\W_]+")
IFS = frozenset(("if", "unless", "case", "whether"))
"""Behind them a cause is only thought of."""
NEGATES = frozenset(
    ("no", "not", "0", "never", "nobody", "wouldnt", "cannot", "wild", "nothing", "aint", "as", "like", "mad", "daft")
)
"""Without one of them no two noes can make a yes."""


@dataclass(frozen=True, slots=True)
class Causes:
    """The families of `words/causes.txt`, compiled. `needs`: without one of these words no family is tried."""

    twice_no: re.Pattern[str]
    counts_in: re.Pattern[str]
    cause: re.Pattern[str]
    needs: frozenset[str]


@cache
def _causes() -> Causes:
    """Read with the first reply."""
    parts: dict[str, list[str]] = {}
    for line in CAUSES.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            part = parts.setdefault(line, [])
        else:
            part.append(line)
    families = [line.split(" = ", 1) for line in parts["[family]"]]
    twice_no, counts_in, cause = (
        re.compile(_filled("|".join(parts[name]), families)) for name in ("[two noes]", "[yes]", "[cause]")
    )
    return Causes(twice_no, counts_in, cause, frozenset(" ".join(parts["[needs]"]).split()))


def _filled(pattern: str, families: Sequence[Sequence[str]]) -> str:
    """The pattern with each `<NAME>` as its family; a later family may name an earlier one."""
    for name, family in reversed(families):
        pattern = pattern.replace(f"<{name}>", family)
    return pattern


def refused(plain: str) -> str:
    """The text with each denied verb and each cause as "unavailable"; `plain` is lower case without accents."""
    said = frozenset(WORDS_OF.findall(plain))
    causes = _causes()
    if not NEGATES.isdisjoint(said):
        plain = causes.twice_no.sub(" yes ", plain)
    if not causes.needs.isdisjoint(said) and IFS.isdisjoint(said):
        plain = causes.cause.sub(SAYS_DENIED, causes.counts_in.sub(" yes ", plain))
    return _denied().sub(SAYS_DENIED, plain) if HAS_NOT.search(plain) else plain


@cache
def _denied() -> re.Pattern[str]:
    """Compiled with the first reply that may need it."""
    return re.compile(DENIED)
