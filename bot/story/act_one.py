"""Act one: the tour comes from its spreadsheet, and Oberhausen (#1) is played with all eight called.

Six say yes, one says no, one stays silent and turns up twelve minutes late. Oberhausen is UTC+2.
"""

from typing import Final

from bot.story.deeds import at, drops, presses, reacts, says, types

OBERHAUSEN_CALL = (
    "/gig call #1 @pia PM 11:00, @sam SM 12:00, @lou LD 12:00, @kit BL 13:00, "
    "@ana FOH 14:00, @bo MON 14:00, @max MERCH 16:00, @dee DRIVER 22:00"
)
CLUB_NIGHT = "/gig new The Bad Seeds Club Night, Musicbox Lisbon, 26 Oct 2024 doors 21:00 load-out 01:30"

SPREADSHEET: Final = (
    at("2024-08-01 12:00Z", "tess", drops("wild_god_eu_2024.csv")),
    at("2024-08-01 12:00Z", "tess", types("/gig import")),
    # 01:30 on 27 Oct comes twice in Lisbon: the bot asks which.
    at("2024-08-01 12:05Z", "tess", types(CLUB_NIGHT)),
    at("2024-08-01 12:10Z", "tess", presses("Second 01:30")),
    # Lou looks early, so the bot knows her zone long before it asks her anything.
    at("2024-08-01 13:00Z", "lou", types("/gig list")),
    at("2024-08-12 15:00Z", "tess", types("/gig check lg.contract done all")),
)

OBERHAUSEN_CALLED: Final = (
    # 05:00 in New York: Lou is named, not woken, and gets her DM at 08:00 (12:00Z).
    at("2024-09-09 09:00Z", "tess", types(OBERHAUSEN_CALL)),
    at("2024-09-09 09:10Z", "pia", presses("Confirm", "#1")),
    at("2024-09-09 09:20Z", "sam", says("#1", "confirmed")),
    at("2024-09-09 09:40Z", "ana", reacts("#1", "+1")),
    at("2024-09-09 10:15Z", "bo", says("#1", "in")),
    at("2024-09-09 11:30Z", "kit", presses("Confirm", "#1")),
    at("2024-09-09 13:00Z", "lou", reacts("#1", "+1")),
    # 23:30 in London: Tess hears of it at 08:00.
    at("2024-09-09 22:30Z", "max", presses("Can't", "#1")),
    at("2024-09-11 10:00Z", "ana", types("/gig check #1 va.pa done Rui, house sound: yes")),
    at("2024-09-12 10:00Z", "ana", types("/gig check #1 va.sound_limit done 99 dB(A)")),
    at("2024-09-13 12:00Z", "bo", types("/gig check #1 va.monitors done Rui, house sound: yes")),
    at("2024-09-20 12:00Z", "rob", says("#1", "confirmed")),
)

OBERHAUSEN_PLAYED: Final = (
    at("2024-09-24 08:55Z", "pia", says("#1", "here")),
    at("2024-09-24 09:57Z", "lou", presses("I'm here", "#1")),
    at("2024-09-24 09:59Z", "sam", says("#1", "on site")),
    at("2024-09-24 10:55Z", "kit", presses("I'm here", "#1")),
    at("2024-09-24 11:50Z", "ana", says("#1", "here")),
    at("2024-09-24 12:05Z", "bo", presses("I'm here", "#1")),
    # Doors 19:00 is 17:00Z: two gates are ticked after the -60, the third between -30 and -10.
    at("2024-09-24 16:05Z", "pia", types("/gig check #1 ds.medics_in done Marta Reis, medics: in place")),
    at("2024-09-24 16:15Z", "pia", types("/gig check #1 ds.exits done")),
    at("2024-09-24 16:40Z", "pia", types("/gig check #1 ds.clear_doors done Paulo, house: clear")),
    # Called for 20:00Z: after the +10, before the +15.
    at("2024-09-24 20:12Z", "dee", says("#1", "here")),
)

ACT_ONE: Final = (*SPREADSHEET, *OBERHAUSEN_CALLED, *OBERHAUSEN_PLAYED)
