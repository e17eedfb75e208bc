"""Act two: Zurich is cancelled, Dublin moves a day, and Lisbon plays twice around the end of summer time.

On 27 Oct 2024 Lisbon goes from UTC+1 to UTC at 01:00Z, so #28 loads out at the second 01:30 (01:30Z) and #18
has its day sheet at 17:00Z on the eve and its load-in at 12:00Z.
"""

from typing import Final

from bot.story.deeds import at, presses, reacts, says, types

LISBON_CALL = (
    "/gig call #18 @pia PM 10:00, @sam SM 11:00, @lou LD 12:00, @kit BL 12:00, "
    "@ana FOH 14:00, @bo MON 14:00, @max MERCH 16:00, @dee DRIVER 22:30"
)

ZURICH: Final = (
    at("2024-10-03 10:00Z", "tess", types("/gig call #15 @max MERCH 15:00, @dee DRIVER 23:00")),
    at("2024-10-03 11:00Z", "max", presses("Confirm", "#15")),
    at("2024-10-03 11:20Z", "dee", presses("Confirm", "#15")),
    at("2024-10-18 10:00Z", "tess", types("/gig cancel #15")),
    at("2024-10-18 10:05Z", "tess", presses("Yes, cancel")),
    at("2024-10-18 10:20Z", "max", says("#15", "ok, seen")),
    at("2024-10-18 10:40Z", "dee", says("#15", "ok")),
)

CLUB_NIGHT: Final = (
    at("2024-10-07 09:00Z", "tess", types("/gig call #28 @max MERCH 19:00, @dee DRIVER 23:30")),
    at("2024-10-07 10:00Z", "max", presses("Confirm", "#28")),
    at("2024-10-07 10:30Z", "dee", says("#28", "confirmed")),
    at("2024-10-26 17:55Z", "max", says("#28", "here")),
    at("2024-10-26 22:20Z", "dee", says("#28", "on site")),
)

LISBON_CALLED: Final = (
    # Two gigs in Lisbon: a call never guesses.
    at("2024-10-07 13:50Z", "tess", types("/gig call lisbon @ana FOH 14:00")),
    at("2024-10-07 14:00Z", "tess", types(LISBON_CALL)),
    at("2024-10-07 14:10Z", "pia", presses("Confirm", "#18")),
    at("2024-10-07 15:00Z", "sam", says("#18", "confirmed")),
    at("2024-10-08 09:00Z", "max", reacts("#18", "+1")),
    at("2024-10-08 09:30Z", "dee", says("#18", "in")),
    at("2024-10-08 10:00Z", "bo", presses("Confirm", "#18")),
    at("2024-10-08 10:15Z", "ana", presses("Confirm", "#18")),
    at("2024-10-08 10:30Z", "ana", types("/gig check #18 va.pa done Rui, house sound: yes")),
    at("2024-10-08 10:40Z", "ana", types("/gig check #18 va.sound_limit done 99 dB(A)")),
    at("2024-10-14 12:00Z", "bo", types("/gig check #18 va.monitors done Rui, house sound: yes")),
    at("2024-10-15 12:00Z", "bo", says("#18", "the coffee truck parks by gate 4")),
)

LISBON_CHANGES: Final = (
    at("2024-10-21 15:00Z", "ana", says("#18", "can't make it, sorry")),
    at("2024-10-21 16:00Z", "tess", types("/gig call #18 @jo FOH 14:00")),
    at("2024-10-21 17:00Z", "jo", says("#18", "confirmed")),
    at("2024-10-22 10:00Z", "tess", types("/gig call #18 @bo MON 13:00")),
    at("2024-10-22 11:00Z", "bo", says("#18", "in")),
    at("2024-10-25 13:00Z", "lou", presses("Confirm", "#18")),
    at("2024-10-26 09:30Z", "tess", types("/gig ready #18")),
)

LISBON_PLAYED: Final = (
    at("2024-10-27 09:00Z", "sam", says("#18", "running 20 late")),
    at("2024-10-27 09:55Z", "pia", says("#18", "on site")),
    # Called for 11:00Z and 20 late: the +10 would come at 11:30Z.
    at("2024-10-27 11:22Z", "sam", says("#18", "here")),
    at("2024-10-27 11:58Z", "lou", presses("I'm here", "#18")),
    at("2024-10-27 12:57Z", "bo", says("#18", "here")),
    at("2024-10-27 13:59Z", "jo", presses("I'm here", "#18")),
    at("2024-10-27 15:50Z", "max", presses("I'm here", "#18")),
    at("2024-10-27 18:10Z", "pia", types("/gig check #18 ds.medics_in done Marta Reis, medics: in place")),
    at("2024-10-27 18:15Z", "pia", types("/gig check #18 ds.exits done")),
    at("2024-10-27 18:20Z", "pia", types("/gig check #18 ds.clear_doors done Paulo, house: clear")),
    at("2024-10-27 22:25Z", "dee", says("#18", "on site")),
)

DUBLIN: Final = (
    at("2024-10-22 14:00Z", "tess", types("/gig call #25 @max MERCH 16:00, @dee DRIVER 22:00")),
    at("2024-10-22 14:30Z", "max", presses("Confirm", "#25")),
    at("2024-10-22 14:40Z", "dee", says("#25", "in")),
    at("2024-10-24 14:00Z", "tess", types("/gig move #25 13 Nov 2024")),
    at("2024-10-24 15:00Z", "max", says("#25", "confirmed")),
    at("2024-10-24 15:30Z", "dee", says("#25", "confirmed")),
    at("2024-11-13 15:50Z", "max", says("#25", "here")),
    at("2024-11-13 21:50Z", "dee", says("#25", "here")),
)

ACT_TWO: Final = (*ZURICH, *CLUB_NIGHT, *LISBON_CALLED, *LISBON_CHANGES, *LISBON_PLAYED, *DUBLIN)
