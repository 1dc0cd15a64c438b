"""Following a ledger in PostgreSQL, which tells whoever listens of each commit."""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ledger.following.subscription import LedgerSubscription
from ledger.postgres.schema import CHANNEL

if TYPE_CHECKING:
    from ledger.postgres.reader import PostgresReader

LOOK_SECONDS = 0.1
"""How often a follower that hears nothing looks whether it was stopped."""


class PostgresSubscription(LedgerSubscription["PostgresReader"]):
    """The library's subscription: iterate over it, and `stop()` it or leave its `with`."""

    def __init__(self, recorder: "PostgresReader", gt: int | None, topics: Sequence[str]) -> None:
        super().__init__(recorder, gt, topics)
        self._listener = threading.Thread(target=self._listen, name="ledger-follower")
        self._listener.start()

    def __exit__(self, *args: object, **kwargs: Any) -> None:
        try:
            super().__exit__(*args, **kwargs)
        finally:
            self._listener.join()

    def _listen(self) -> None:
        try:
            with self._recorder.connections.get_connection() as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                self._has_been_notified.set()
                while not self._has_been_stopped:
                    for _ in connection.notifies(timeout=LOOK_SECONDS, stop_after=1):
                        self._has_been_notified.set()
                connection.execute(f"UNLISTEN {CHANNEL}")
        except BaseException as error:  # noqa: BLE001 (a thread's edge; the iterator raises it)
            self._thread_error = self._thread_error or error
            self.stop()
