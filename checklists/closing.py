"""Who may close, waive and open an item again."""

from collections.abc import Mapping, Set
from typing import Protocol

from checklists.access import CHANGERS
from checklists.crew import Role
from checklists.errors import Refusal
from checklists.items import ITSELF, SELF_TICKING, Evidence, ItemState
from checklists.library import find

OVERRIDERS: frozenset[str] = frozenset({Role.EP})
"""Who may waive what the tour manager alone may not (`waive: ep` in the sheets)."""


PROOFS: Mapping[Evidence, tuple[str, str]] = {
    Evidence.DOC: ("a document or its link", "https://example.org/rider.pdf"),
    Evidence.ACK: ("a named person's yes", "Sam Okafor, house PM: yes, by mail"),
    Evidence.NUM: ("a number with its unit", "63 A"),
    Evidence.NAME: ("a name and a phone number", "Sam Okafor +31 6 1234 5678"),
    Evidence.TICK: ("your word", ""),
    Evidence.PAY: ("a payment reference", "wire 2026-11-20, ref SEPA-88213"),
    Evidence.PHOTO: ("a photo, dropped into the gig's thread with the item's name", "https://example.org/truck.jpg"),
}
"""What closes an item, and what to type."""


class Waivable(Protocol):
    """An item of the stock or of a gig."""

    @property
    def key(self) -> str: ...

    @property
    def text(self) -> str: ...


def may_waive(item: Waivable, roles: Set[str]) -> bool:
    """True when somebody with these roles on the tour may waive it.

    Right to work, power, rigging, medics, exits and the driver are the executive producer's to waive.
    """
    return bool(roles & (OVERRIDERS if is_kept(item) else CHANGERS))


def is_kept(item: Waivable) -> bool:
    """True for the six that the tour manager alone may not waive."""
    known = find(item.key)
    return getattr(item, "waive_ep", False) or (known is not None and known.waive_ep)


def refuse_waiver(item: Waivable, roles: Set[str], why: str) -> None:
    """Raises Refusal for a waiver by the wrong role, or without a reason."""
    if not may_waive(item, roles) and is_kept(item):
        raise Refusal(
            f"{item.text} ({item.key}) is a gate: the tour manager alone may not waive it. "
            f"Ask the executive producer to type `/gig check {item.key} waive WHY`."
        )
    if not may_waive(item, roles):
        raise Refusal(f"Only the executive producer, the tour manager or the production manager may waive {item.key}.")
    if not any(map(str.isalpha, why)):
        raise Refusal(
            f"A waiver needs a reason: it stands on the sheet with your name. "
            f"Type `/gig check {item.key} waive WHY`, for example `waive house has its own`."
        )


def refuse_move(item: Waivable, was: ItemState, to: ItemState, note: str = "") -> None:
    """Raises Refusal for a move that an item in this state cannot make.

    What does not apply must be opened before it is closed; what facts tick is opened again with a note only.
    """
    if was is ItemState.NA and to in (ItemState.SENT, ItemState.DONE, ItemState.WAIVED):
        raise Refusal(
            f"{item.text} ({item.key}) does not apply to this gig. "
            f"If it does after all, type `/gig check {item.key} open` first."
        )
    by_fact = item.key in SELF_TICKING or getattr(item, "closed_by", "") == ITSELF
    if by_fact and was is ItemState.DONE and to is not ItemState.DONE and not note.strip():
        raise Refusal(
            f"{item.text} ({item.key}) was ticked by the facts. To undo that say why: "
            f"`/gig check {item.key} problem WHY`."
        )
