"""Following a ledger in PostgreSQL, which tells whoever listens of each commit."""

import time
from typing import TYPE_CHECKING

from ledger.following.subscription import GATHER_SECONDS, LedgerSubscription

if TYPE_CHECKING:
    from ledger.postgres.reader import PostgresReader

LOOK_SECONDS = 0.1
"""How often a follower that hears nothing looks whether it was stopped."""


class PostgresSubscription(LedgerSubscription["PostgresReader"]):
    _recorder: "PostgresReader"

    def listen(self) -> None:
        with self._recorder.connections.get_connection() as connection:
            connection.execute(f"LISTEN {self._recorder.sql.channel}")
            self._has_been_notified.set()
            while not self._has_been_stopped:
                for _ in connection.notifies(timeout=LOOK_SECONDS, stop_after=1):
                    time.sleep(GATHER_SECONDS)
                    self._has_been_notified.set()
            connection.execute(f"UNLISTEN {self._recorder.sql.channel}")
