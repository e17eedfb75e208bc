"""The words in which crew ask: ways of asking, and the things asked for, in the languages of the crew.

All in small letters, without accents and apostrophes, as `questions.folded` writes them.
"""

from collections.abc import Mapping

from checklists.crew import Position
from checklists.gig import Anchor

WHEN = (
    "when|whens|what time|whats the time|what times|what hour|how long (?:un)?till?|how long to|wann|"
    "um wieviel uhr|wie ?viel uhr|wie spat|quand|a? ?quelle heure|cuando|(?:a )?que hora|quando|"
    "(?:a )?che ora|(?:a )?que horas|hoe laat|wanneer|nar|vilken tid|hvornar|nar er|kiedy|o ktorej|何時|几点|什么时候|"
    "いつ|когда|во сколько"
)
WHERE = (
    "where|wheres|where is|whereabouts|which way|how do (?:i|we) get to|wo|wohin|ou est|ou sont|ou se|ou on|"
    "^ou|donde|adonde|onde|dove|dovè|waar|var|hvor|gdzie|どこ|哪里|在哪|где"
)
WHAT = (
    "whats|what is|what are|what|which|was ist|welche[srn]?|wie (?:ist|lautet)|wie heisst|quel(?:le)?s?|"
    "cest quoi|cual|que es|qual|quale|wat is|welk[e]?|vad ar|hvad er|jaki[e]?|how much|how many|how far|什么|多少|"
    "何|какой"
)
WHO = "who|whos|whose|who is|wer|qui|quien|quienes|quem|chi|wie (?:rijdt|doet|is)|vem|hvem|kto|誰|だれ|谁|кто"
AVAILABLE = (
    "is there|are there|theres|do we (?:have|get|know)|do i get|have we|got any|any|we got|"
    "(?:any|some)(?:one|body) (?:know|knows|got|have|has|tell|send)|"
    "(?:can|could|does) (?:any|some)(?:one|body)|"
    "(?:can|could) (?:you|u|i|we) (?:tell|send|share|post|get|have|use)|do (?:you|u) (?:know|have)|need the|"
    "gibt es|gibts|haben wir|il y a|y a t il|on a|hay|tenemos|tem|temos|ce|c e|abbiamo|is er|hebben we|"
    "finns det|har vi|er der|czy jest|有|ありますか|есть ли"
)
STILL = (
    "(?:is|are|s) .*\\b(?:still|moved|the same|same time)|"
    "(?:is|are) .*\\b(?:at )?\\d{1,2}(?:[:.h]\\d\\d)? ?(?:am|pm)?|changed"
)

FACTS: Mapping[str, str] = {
    "wifi": "wi ?fi|wlan|internet|hotspot|ワイファイ|无线",
    "catering": (
        "catering|crew food|food|dinner|lunch|breakfast|meals?|eat|eating|grub|coffee|essen|verpflegung|"
        "manger|repas|comida|comer|cena|almuerzo|mangiare|cibo|pranzo|jantar|almoco|eten|jedzenie|ケータリング|ご飯|"
        "吃饭|еда"
    ),
    "parking": (
        "park|parking|car park|parken|parkplatz|parkering|parkeren|garer|stationner|estacionar|aparcar|"
        "aparcamiento|estacionamento|parcheggio|parcheggiare|駐車|停车|парковка"
    ),
    "hotel": (
        "hotels?|staying|sleeping|accommodation|digs|hostel|unterkunft|logement|alojamiento|albergo|dormir|"
        "ホテル|酒店|отель"
    ),
    "dressing room": (
        "dressing rooms?|green ?room|loges?|garderobe|umkleide|camerin[oi]s?|kleedkamer|changing rooms?|楽屋"
    ),
    "showers": "showers?|dusche|duschen|douches?|duchas?|docc[ei]a?|シャワー",
    "toilets": "toilets?|loos?|restrooms?|bathrooms?|wc|toiletten?|toilettes?|banos?|bagno|トイレ",
    "power": "shore power|power|mains|tie in|strom|courant|corriente|電源",
    "loading": "loading dock|loading bay|load(?:ing)? door|dock|stage door|ladezone|rampe|quai|搬入口",
    "laundry": "laundry|washing machine|wasche|lavanderia",
    "passes": "pass(?:es)?|laminates?|wristbands?|accreditations?|lanyards?|badges?",
    "guest list": "guest ?list|guestlist|gasteliste|comps",
    "buyout": "buyouts?|buy outs?|per diems?|pds?",
    "bus": "tour bus|bus|shuttle|van|splitter",
    "merch": "merch(?:andise)?(?: table| stand)?",
    "first aid": "first aid|medics?|erste hilfe",
    "set list": "set ?list",
    "afterparty": "after ?party|afters",
    "gate": "gate|entrance|way in|eingang|entree|entrada|ingresso|入口",
}
"""By the name under which it is kept, what crew always ask for."""

WHERE_IT_STANDS: Mapping[str, str] = {
    "loading": "load ?ins?|get ?in|bump ?in|load|unload",
}
"""Things that are a time when somebody asks when, and a place when somebody asks where."""

TIMES: Mapping[Anchor, str] = {
    Anchor.LOAD_OUT: "load ?outs?|loading out|get ?out|bump ?out|abbau|ausladen|demontage|desmontaje|搬出",
    Anchor.LOAD_IN: "load ?ins?|loading in|get ?in|bump ?in|aufbau|einladen|montage|montaje|carico|搬入",
    Anchor.SOUNDCHECK: (
        "sound ?checks?|line ?checks?|balances?|prueba de sonido|pruebas?|passagem de som|サウンドチェック|リハ|试音|"
        "саундчек"
    ),
    Anchor.DOORS: "doors?|einlass|portes?|puertas?|portas?|porte|deuren|dorrarna|開場|двери",
    Anchor.CURFEW: "curfew|sperrstunde|couvre feu|toque de queda|coprifuoco|avondklok",
    Anchor.SET_END: (
        "(?:the )?end of (?:the )?(?:set|show|gig)|set end|show end|"
        "(?:set|show|gig) (?:over|finish(?:es)?|ends?)|we finish|we done"
    ),
    Anchor.SET: (
        "stage time|show ?time|set time|set|on ?stage|show|we on|we play|they on|concert|konzert|auftritt|"
        "spielen wir|concierto|concerto|konsert|開演|演出|концерт"
    ),
}
"""By anchor; the first that is named counts."""

PERSONS: Mapping[Position, str] = {
    Position.DRIVER: (
        "driv(?:e|es|ing|er|ers)|fahrt|fahrer|conduit|chauffeur|conduce|conductor|guida|autista|rijdt|kor|"
        "kjorer|motorista|dirige|運転|开车"
    ),
    Position.TM: "tour manager|tm|tourleiter|tourmanager|in charge|the boss",
    Position.PM: "production manager|pm|running production|produktionsleiter",
    Position.SM: "stage manager|sm|running (?:the )?stage|stagemanager",
    Position.TA: "tour accountant|accountant|ta",
    Position.MON: "monitors?|mons?|monitor engineer|ears",
    Position.FOH: "foh|front of house|sound|mixing|mixes|sound engineer|ton|son|sonido",
    Position.LD: "lights?|lighting|ld|lx|licht|lumieres?|luces|luci",
    Position.BL: "backline|guitar tech|drum tech|keys tech",
    Position.SYS: "system tech|systems? tech",
    Position.RIG: "rigging|riggers?|head rigger",
    Position.VID: "video|screens",
    Position.PB: "playback|tracks",
    Position.MERCH: "merch|merchandise|swag",
    Position.CATERING: "cooking|cook|chef|catering",
    Position.WARDROBE: "wardrobe|costumes?",
    Position.SECURITY: "security",
    Position.RUNNER: "runner|running errands",
    Position.SPOT: "spots?|follow ?spots?",
    Position.MEDIC: "medic",
}
"""What people do, as they are asked for."""

VENUE = (
    "address|post ?code|zip(?: code)?|venue|the gig|the place|adresse|direccion|indirizzo|endereco|adres|"
    "adress|location|住所|地址|場所|адрес"
)
WHOLE_DAY = (
    "schedule|running order|run of show|timings?|the times|times|day ?sheet|itinerary|timetable|"
    "(?:what|which) (?:day|date)|date|zeitplan|ablauf|planning|horarios?|orari|tijdschema|スケジュール|时间表"
)
OWN = (
    "my (?:calls?|call ?time|shift|start(?: time)?|lobby|bus call|report(?:ing)? time)|report to|"
    "i (?:report|ask) (?:to|for)|(?:need|want) me (?:in|there|at|on|tomorrow|today)|"
    "(?:you|u|ya) (?:need|want) me|am i (?:called|needed|wanted)|"
    "(?:what|which) (?:do|should|must) i (?:need to )?(?:bring|wear)|i need to (?:bring|wear)|"
    "do i need (?:ppe|boots|hi ?vis)|lobby call|bus call|lobby|mein(?:e|en)? call|mon call|mi call|mi hora|"
    "meu call|mijn call"
)
OWN_WEAK = (
    "(?:when|what time|where) (?:am|do|should|shall|must|can) i (?:on|start|go|come|be|working|in|arrive)|"
    "(?:when|what time|where) do i (?:need|have) to (?:be|come|go|start)|(?:when|what time) am i|"
    "where am i (?:working|going|meant)|where should i be|wann (?:bin|muss|soll) ich|wo muss ich|"
    "quand (?:dois je|je)|quelle heure (?:dois je|je|suis je)|que hora (?:entro|tengo|me toca)|che ora devo|"
    "hoe laat moet ik|wanneer moet ik|que horas? (?:entro|devo)"
)
RHETORICAL = (
    "(?:who|what) (?:could|can) (?:possibly )?go wrong|"
    "who(?:s| is) (?:excited|ready|in|up for|with me|else|hungry|hung ?over)|who cares|who knew|who knows|"
    "how (?:cool|good|great|mad|sick|nice|about that)|how are (?:we|you|ya|u|things)|"
    "how (?:is|are) every(?:one|body)|hows (?:it going|everyone|things|life)|"
    "(?:you|u|ya) (?:ok|okay|alright|good)|all good|right|really|seriously|no way|are you (?:kidding|serious)|"
    "what the (?:hell|heck|f\\w*)|wtf|isnt it|am i right|whats up|sup|guess what|know what i mean|why me|"
    "what a|what is life|remember (?:when|that)|can you believe|did you (?:see|hear)|"
    "anyone (?:else )?(?:fancy|want|up for|hungry|awake)"
)
WHY_ME = (
    "why (?:did|do|am|have|was|were) (?:i|we) (?:get|getting|receive|receiving|got|sent|told|asked|pinged)"
    " (?:this|that|it)(?: message| ping| dm| one)?|"
    "why (?:did|do|are) (?:you|u) (?:send|sending|ping|pinging|tell|ask|asking)(?: me)?(?: this| that)?(?: to me)?|"
    "why (?:this|that) message|why me|whats this (?:message )?(?:for|about)|"
    "warum (?:bekomme|bekam|kriege) ich das|pourquoi (?:jai recu|je recois) ca|por que (?:recibi|recibo) esto|"
    "perche (?:ho ricevuto|ricevo) questo|waarom krijg ik dit"
)
DAYS: Mapping[int, str] = {
    2: "day after tomorrow|ubermorgen",
    1: "tomorrow|tmrw|tmw|morgen|manana|demain|domani|amanha|imorgon|明日|明天|завтра",
    0: "today|tonight|heute|hoy|aujourdhui|oggi|hoje|vandaag|idag|今日|今天|сегодня",
}
"""By how many days ahead."""

BARE_BESIDE = (
    "the a an pls plz please hi hey hello mate guys all everyone there here for at in on to of my our "
    "your today tonight tomorrow password passwords pw pass code codes info details time times at is are "
    "any and or der die das den dem ein eine bitte heute morgen passwort le la les l un une sil vous "
    "plait svp el los las una por favor o os as de het een wachtwoord det den en contrasena mot passe "
    "senha il lo gli guest crew room spot ?"
)
"""What may stand beside a thing that is asked for in a word."""
