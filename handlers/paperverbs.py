"""The words about a gig's paper."""

from collections.abc import Mapping

from handlers.paper import contract, deal, deposit
from handlers.verb import Verb

PAPER: Mapping[str, Verb] = {
    "deal": Verb(
        deal,
        "/gig deal lisbon flat 5000 EUR",
        "what was agreed, for few to see",
        more=(
            ("/gig deal lisbon flat 5000 EUR deposit 50% by 1 Dec", "with a part that is paid ahead"),
            (
                "/gig deal lisbon versus net 5000 EUR 85% deposit 50% withholding 15%",
                "versus gross, plus, door and bonus too; the tax is not asked about any more",
            ),
            ("/gig deal lisbon", "deal, contract and deposit in four lines"),
        ),
        note="A second person holds it to the contract and types checked behind the gig; drop and why forgets it. "
        "Seen by executive producer, tour manager, deputy and tour accountant only.",
    ),
    "contract": Verb(
        contract,
        "/gig contract lisbon",
        "who has signed",
        more=(
            ("/gig contract lisbon out to Paul Ek", "it is sent"),
            ("/gig contract lisbon signed them Paul Ek https://example.org/lisbon.pdf", "notes a signature"),
            ("/gig contract lisbon signed us", "you signed, or name who did"),
            ("/gig contract lisbon undo the rider was struck", "takes it back; the line opens again with that note"),
        ),
        note="With both signatures and the document its line of the checklist ticks itself.",
    ),
    "deposit": Verb(
        deposit,
        "/gig deposit lisbon",
        "what of it is in",
        more=(
            ("/gig deposit lisbon in 2500 EUR ref SEPA-88213", "notes what came in"),
            (
                "/gig deposit lisbon waived Mark Ellis, management: https://example.org/letter.pdf",
                "management let it go in writing",
            ),
            ("/gig deposit lisbon undo booked to the wrong show", "takes it back; the line opens with that note"),
        ),
        note="When all of it is in, or management waived it in writing, its line of the checklist ticks itself.",
    ),
}
