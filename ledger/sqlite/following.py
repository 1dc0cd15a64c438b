"""Following a ledger in an SQLite file, which has nobody to tell of a commit.

`PRAGMA data_version` changes when another connection has committed. Asked every 20 ms it
costs half a percent of a processor, and a follower is 15 to 20 ms behind.
"""

import time
from typing import TYPE_CHECKING

from ledger.following.subscription import LedgerSubscription

if TYPE_CHECKING:
    from ledger.sqlite.reader import SqliteReader

POLL_SECONDS = 0.02


class SqliteSubscription(LedgerSubscription["SqliteReader"]):
    _recorder: "SqliteReader"

    def listen(self) -> None:
        with self._recorder.connection() as connection:
            last = None
            while not self._has_been_stopped:
                self._recorder.file.require_same_file()
                version = connection.execute("PRAGMA data_version").fetchone()
                if version != last:
                    last = version
                    self._has_been_notified.set()
                time.sleep(POLL_SECONDS)
