"""The library's subscription, taken by the batch."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty
from typing import Any, TypeVar

from eventsourcing.persistence import (
    ApplicationRecorder,
    ListenNotifySubscription,
    Notification,
    ShutDown,
)

GATHER_SECONDS = 0.1
"""What is recorded within so long is read together: each reading of a few events costs those who
take steps in the same process more than the events do."""

R = TypeVar("R", bound=ApplicationRecorder)


class LedgerSubscription(ListenNotifySubscription[R]):
    """Iterate over it, event by event, or ask for what there is; `stop()` it, or leave its `with`.

    A thread of its own listens for what is recorded, in the way of the database.
    """

    def __init__(self, recorder: R, gt: int | None, topics: Sequence[str]) -> None:
        super().__init__(recorder, gt, topics)
        self._listener = threading.Thread(target=self._listen, name="ledger-follower")
        self._listener.start()

    def listen(self) -> None:
        """Set `_has_been_notified` at whatever is recorded, until `_has_been_stopped`."""
        raise NotImplementedError

    def _listen(self) -> None:
        try:
            self.listen()
        except BaseException as error:  # noqa: BLE001 (a thread's edge; the iterator raises it)
            self._thread_error = self._thread_error or error
            self.stop()

    def __exit__(self, *args: object, **kwargs: Any) -> None:
        try:
            super().__exit__(*args, **kwargs)
        finally:
            self._listener.join()

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
