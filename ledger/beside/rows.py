"""Rows beside a ledger's events, read as a log of one stream: what all such logs share."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from eventsourcing.persistence import Notification

from ledger.beside.following import Polling
from ledger.following.turn import Turn
from ledger.recorder import LAST
from ledger.store import Store

TOGETHER = 1000


class Rows(ABC):
    """`ledger.proof.sealable.Sealable`."""

    stream: ClassVar[str]

    def __init__(self, store: Store) -> None:
        self._store = store

    @abstractmethod
    def between(self, after: int, last: int, limit: int) -> list[Notification]:
        """The entries after one up to another, so many at most; raises `DatabaseDamaged`."""

    @abstractmethod
    def max_notification_id(self) -> int | None: ...

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        after = (start or 0) - (1 if inclusive_of_start and start else 0)
        return self.between(after, LAST if stop is None else stop, limit)

    def select_events(self, originator_id: str) -> Sequence[Notification]:
        return self.between(0, LAST, LAST) if originator_id == self.stream else []

    def versions_between(self, after: int, up_to: int) -> list[tuple[str, int]]:
        return [(self.stream, up_to)] if up_to > after else []

    def subscribe(self, gt: int | None = None) -> Polling:
        return Polling(lambda after: self.between(after, LAST, TOGETHER), gt or 0)

    def turn(self, name: str) -> Turn:
        return self._store.turn(name)
