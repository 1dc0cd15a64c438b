"""The notes of upkeep as a log: when the ledger was made, lost a tail, was accepted, changed its level."""

import json
from collections.abc import Sequence

from eventsourcing.persistence import Notification

from domain.errors import DatabaseDamaged
from ledger.beside.following import Polling
from ledger.following.turn import Turn
from ledger.proof.log import UPKEEP
from ledger.recorder import LAST
from ledger.store import ALL_NOTES, Note, Store

TOGETHER = 1000


class Notes:
    """`ledger.proof.sealable.Sealable`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        after = (start or 0) - (1 if inclusive_of_start and start else 0)
        try:
            notes = self._store.change(ALL_NOTES._replace(noted=after)).notes
        except ValueError:  # a moment that is none any more
            raise DatabaseDamaged(database="ledger") from None
        last = LAST if stop is None else stop
        return [_entry(note) for note in notes if note.number <= last][:limit]

    def select_events(self, originator_id: str) -> Sequence[Notification]:
        return self.select_notifications(0, LAST) if originator_id == UPKEEP else []

    def max_notification_id(self) -> int | None:
        found = self.select_notifications(0, LAST)
        return found[-1].id if found else None

    def versions_between(self, after: int, up_to: int) -> list[tuple[str, int]]:
        return [(UPKEEP, up_to)] if up_to > after else []

    def subscribe(self, gt: int | None = None) -> Polling:
        return Polling(
            lambda after: self.select_notifications(after, TOGETHER, inclusive_of_start=False),
            gt or 0,
        )

    def turn(self, name: str) -> Turn:
        return self._store.turn(name)


def _entry(note: Note) -> Notification:
    told = {"detail": note.detail, "kind": note.kind, "noted_at": note.noted_at.isoformat()}
    return Notification(
        originator_id=UPKEEP,
        originator_version=note.number,
        topic=note.kind,
        state=json.dumps(told, sort_keys=True).encode(),
        id=note.number,
    )
