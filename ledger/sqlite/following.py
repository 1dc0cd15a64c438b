"""Following a ledger in an SQLite file, which has nobody to tell of a commit.

`PRAGMA data_version` changes when another connection has committed; it is asked now and then.
"""

import time
from typing import TYPE_CHECKING

from ledger.following.subscription import GATHER_SECONDS, LedgerSubscription

if TYPE_CHECKING:
    from ledger.sqlite.reader import SqliteReader


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
                time.sleep(GATHER_SECONDS)
