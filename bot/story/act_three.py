"""Act three: London (#24) with all eight, everybody says yes, and the load-out slips past midnight."""

from typing import Final

from bot.story.deeds import at, presses, reacts, says, types

LONDON_CALL = (
    "/gig call #24 @pia PM 10:00, @sam SM 10:00, @lou LD 12:00, @kit BL 12:00, "
    "@ana FOH 12:00, @bo MON 12:00, @max MERCH 15:00, @dee DRIVER 15:00"
)

LONDON_CALLED: Final = (
    at("2024-10-28 14:00Z", "tess", types(LONDON_CALL)),
    at("2024-10-28 14:10Z", "pia", presses("Confirm", "#24")),
    at("2024-10-28 14:15Z", "sam", reacts("#24", "+1")),
    at("2024-10-28 14:30Z", "lou", says("#24", "confirmed")),
    at("2024-10-28 15:00Z", "kit", presses("Confirm", "#24")),
    at("2024-10-28 15:10Z", "ana", says("#24", "yes")),
    at("2024-10-28 15:30Z", "bo", reacts("#24", "+1")),
    at("2024-10-28 16:00Z", "max", says("#24", "in")),
    at("2024-10-28 16:20Z", "dee", presses("Confirm", "#24")),
    at("2024-10-30 10:00Z", "ana", types("/gig check #24 va.pa done Rui, house sound: yes")),
    at("2024-10-30 10:10Z", "ana", types("/gig check #24 va.sound_limit done 99 dB(A)")),
    at("2024-10-30 14:00Z", "tess", types("/gig times #24 curfew 23:30 load-out 00:45")),
    at("2024-11-01 12:00Z", "bo", types("/gig check #24 va.monitors done Rui, house sound: yes")),
)

LONDON_PLAYED: Final = (
    at("2024-11-08 09:50Z", "pia", says("#24", "here")),
    at("2024-11-08 09:55Z", "sam", says("#24", "on site")),
    at("2024-11-08 12:05Z", "sam", presses("All here", "#24")),
    at("2024-11-08 14:50Z", "max", says("#24", "here")),
    at("2024-11-08 14:55Z", "dee", says("#24", "here")),
    at("2024-11-08 17:30Z", "pia", types("/gig check #24 ds.medics_in done Marta Reis, medics: in place")),
    at("2024-11-08 17:35Z", "pia", types("/gig check #24 ds.exits done")),
    at("2024-11-08 17:40Z", "pia", types("/gig check #24 ds.clear_doors done Paulo, house: clear")),
)

ACT_THREE: Final = (*LONDON_CALLED, *LONDON_PLAYED)
