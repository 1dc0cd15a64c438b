"""The notes of upkeep as a log: when the ledger was made, lost a tail, was accepted, changed its level."""

import json

from eventsourcing.persistence import Notification

from domain.errors import DatabaseDamaged
from ledger.beside.rows import Rows
from ledger.proof.log import UPKEEP
from ledger.recorder import LAST
from ledger.store import ALL_NOTES, Note


class Notes(Rows):
    stream = UPKEEP

    def between(self, after: int, last: int, limit: int) -> list[Notification]:
        try:
            notes = self._store.change(ALL_NOTES._replace(noted=after)).notes
        except ValueError:  # a moment that is none any more
            raise DatabaseDamaged(database="ledger") from None
        return [_entry(note) for note in notes if note.number <= last][:limit]

    def max_notification_id(self) -> int | None:
        found = self.between(0, LAST, LAST)
        return found[-1].id if found else None


def _entry(note: Note) -> Notification:
    told = {"detail": note.detail, "kind": note.kind, "noted_at": note.noted_at.isoformat()}
    return Notification(
        originator_id=UPKEEP,
        originator_version=note.number,
        topic=note.kind,
        state=json.dumps(told, sort_keys=True).encode(),
        id=note.number,
    )
