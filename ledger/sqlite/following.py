"""Following a ledger in an SQLite file, which has nobody to tell of a commit.

`PRAGMA data_version` changes when another connection has committed. Asked every 20 ms it
costs half a percent of a processor, and a follower is 15 to 20 ms behind.
"""

import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ledger.following.subscription import LedgerSubscription

if TYPE_CHECKING:
    from ledger.sqlite.reader import SqliteReader

POLL_SECONDS = 0.02


class SqliteSubscription(LedgerSubscription["SqliteReader"]):
    """The library's subscription: iterate over it, and `stop()` it or leave its `with`."""

    def __init__(self, recorder: "SqliteReader", gt: int | None, topics: Sequence[str]) -> None:
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
            with self._recorder.connection() as connection:
                last = None
                while not self._has_been_stopped:
                    self._recorder.file.require_same_file()
                    version = connection.execute("PRAGMA data_version").fetchone()
                    if version != last:
                        last = version
                        self._has_been_notified.set()
                    time.sleep(POLL_SECONDS)
        except BaseException as error:  # noqa: BLE001 (a thread's edge; the iterator raises it)
            self._thread_error = self._thread_error or error
            self.stop()
