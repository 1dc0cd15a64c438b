"""Keeps batches going: one that has lines to go on with has a run, and the run comes forward.

Every look costs one list of the streams of batches; only what has changed since is folded, and only
what moves is asked after in Temporal.
"""

import asyncio
import logging
import time
from typing import cast

from temporalio.client import RPCError

from domain.batch.state import BatchState
from domain.errors import JisrError
from domain.message import StreamKind, name_of, stream_id
from ledger.ledger import Ledger
from workflows.batch.runs import BatchRuns

log = logging.getLogger(__name__)

STILL_FOR = 45.0
"""Seconds without a word of a batch that moves, until its run is begun anew: longer than a line waits
for somebody to take it, though looks may follow one another within a second.
"""


class BatchHealing:
    """Looks after all batches of one ledger; remembers how far each was at the last look."""

    def __init__(self, ledger: Ledger, runs: BatchRuns) -> None:
        self._ledger = ledger
        self._runs = runs
        self._seen: dict[str, tuple[int, float]] = {}
        """Batch → the version at the last look, and when it was first seen at that (monotonic)."""
        self._moving: set[str] = set()

    async def visit(self) -> None:
        """Look at each once. Raises what the ledger raises; what fails of one stops no other."""
        streams = await asyncio.to_thread(self._ledger.streams, StreamKind.BATCH)
        for stream, version in streams:
            batch = name_of(stream)
            now = time.monotonic()
            before, since = self._seen.get(batch, (0, now))
            if before == version and batch not in self._moving:
                continue
            stuck = before == version and now - since >= STILL_FOR
            try:
                await self._look(batch, stuck=stuck)
            except (JisrError, RPCError):
                log.warning("the sweep could not look after batch %s", batch)
                continue
            if stuck or before != version:
                self._seen[batch] = version, now

    async def _look(self, batch: str, *, stuck: bool) -> None:
        """`stuck`: it moved at the looks before too, and nothing has come of it for long."""
        stream = stream_id(StreamKind.BATCH, batch)
        state = cast("BatchState", await asyncio.to_thread(self._ledger.glance, stream))
        if not state.has_work:
            self._moving.discard(batch)
            return
        self._moving.add(batch)
        own = await self._runs.is_own(batch)
        if own is None:
            await self._runs.begin(batch)
        elif not own or stuck:
            log.warning("batch %s: its run is begun anew", batch)
            await self._runs.begin(batch, anew=True)
