"""The library's subscription, taken by the batch."""

from contextlib import suppress
from queue import Empty
from typing import TypeVar

from eventsourcing.persistence import (
    ApplicationRecorder,
    ListenNotifySubscription,
    Notification,
    ShutDown,
)

R = TypeVar("R", bound=ApplicationRecorder)


class LedgerSubscription(ListenNotifySubscription[R]):
    """Iterate over it, event by event, or ask for what there is."""

    def more(self, seconds: float) -> list[Notification]:
        """What is new and was not given yet, after waiting at most so long for any of it.

        Raises what ended the subscription.
        """
        found: list[Notification] = []
        try:
            with suppress(Empty):
                found += self._notifications_queue.get(timeout=seconds)
                while True:
                    found += self._notifications_queue.get(block=False)
        except ShutDown:
            if self._thread_error is not None:
                raise self._thread_error from None
        return found
