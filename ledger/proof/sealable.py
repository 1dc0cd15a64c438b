"""What can be sealed: entries that are only ever added to, each at its position."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from eventsourcing.persistence import Notification

from ledger.following.turn import Turn


class Coming(Protocol):
    """What is recorded, as it comes."""

    def more(self, seconds: float) -> list[Notification]:
        """What is new and was not given yet, after waiting at most so long for any of it."""


class Sealable(Protocol):
    """A part of `ledger.store.Store`, which says what each of these does."""

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]: ...

    def select_events(self, originator_id: str) -> Sequence[Notification]: ...

    def max_notification_id(self) -> int | None: ...

    def versions_between(self, after: int, up_to: int) -> list[tuple[str, int]]: ...

    def subscribe(self, gt: int | None = None) -> AbstractContextManager[Coming]: ...

    def turn(self, name: str) -> Turn: ...
