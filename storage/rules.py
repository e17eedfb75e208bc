"""What a tour has changed of the rules by which readiness is judged: the newest word in its journal holds."""

from datetime import datetime

from storage.journal import Journal

KIND = "rules"


class Rules:
    """The rules that the tours of one workspace have of their own; each is read once in a transaction."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._read: dict[int, str] = {}

    def of_tour(self, tour_id: int) -> str:
        """What the tour keeps, as `checklists.rules` writes it; "" while it has changed nothing."""
        if tour_id not in self._read:
            said = self._journal.of_tour(tour_id, KIND)
            self._read[tour_id] = said[-1].after if said else ""
        return self._read[tour_id]

    def keep(self, tour_id: int, kept: str, by: str, now: datetime) -> None:
        """The tour keeps this from now on."""
        self._journal.write(now, by, KIND, tour_id=tour_id, before=self.of_tour(tour_id), after=kept)
        self._read[tour_id] = kept
