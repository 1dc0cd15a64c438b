"""What commands were answered, as a log: an entry for each position, with the receipts that end there.

Most entries have one, those of events that were not their command's last have none. So a receipt that
was changed, taken away or invented is found at its position.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC

from eventsourcing.persistence import Notification

from domain.errors import DatabaseDamaged
from ledger.beside.rows import Rows
from ledger.proof.log import RECEIPTS
from ledger.recorder import LAST
from ledger.store import Answer


class Receipts(Rows):
    stream = RECEIPTS

    def between(self, after: int, last: int, limit: int) -> list[Notification]:
        # The head first: events and answers are of one commit, so all that ends before it is there.
        head = self._store.max_notification_id() or 0
        last = min(head, after + limit, last)
        if last <= after:
            return []
        found: dict[int, list[Answer]] = defaultdict(list)
        try:
            for answer in self._store.answers_between(after, last):
                found[answer.position].append(answer)
            return [_entry(position, found[position]) for position in range(after + 1, last + 1)]
        except (ValueError, TypeError, AttributeError):  # a column that is none any more
            raise DatabaseDamaged(database="ledger") from None

    def max_notification_id(self) -> int | None:
        return self._store.max_notification_id()

    def stray(self) -> int | None:
        """The position of one that tells of events where there are none, and so is in no entry."""
        last = self._store.max_notification_id() or 0
        beyond = [
            *self._store.answers_between(-LAST, 0),
            *self._store.answers_between(last, LAST),
        ]
        last = self._store.max_notification_id() or 0  # others go on meanwhile
        found = (each.position for each in beyond if _tells(each))
        return next((each for each in found if not 1 <= each <= last), None)


def _entry(position: int, answers: Sequence[Answer]) -> Notification:
    """A receipt of what recorded nothing takes no part: it can come later, and changes nothing."""
    told = [
        [
            answer.id.hex,
            answer.fingerprint.hex(),
            answer.answer,
            answer.recorded_at.astimezone(UTC).isoformat(),
        ]
        for answer in answers
        if _tells(answer)
    ]
    return Notification(
        originator_id=RECEIPTS,
        originator_version=position,
        topic="Receipts",
        state=json.dumps({RECEIPTS: told}).encode(),
        id=position,
    )


def _tells(answer: Answer) -> bool:
    """Whether it is of a command that recorded something."""
    return '"events":[]' not in answer.answer
