"""Keeps batches going: one that has lines to go on with has a run, and the run comes forward.

Every look costs one list of the streams of batches; only what has changed since is folded, and only
what moves is asked after in Temporal.
"""

import asyncio
import logging
from typing import cast

from temporalio.client import RPCError

from domain.batch.state import BatchState
from domain.errors import JisrError
from domain.message import StreamKind, name_of, stream_id
from ledger.ledger import Ledger
from workflows.batch.runs import BatchRuns

log = logging.getLogger(__name__)


class BatchHealing:
    """Looks after all batches of one ledger; remembers how far each was at the last look."""

    def __init__(self, ledger: Ledger, runs: BatchRuns) -> None:
        self._ledger = ledger
        self._runs = runs
        self._seen: dict[str, int] = {}
        """Batch → the version at the last look."""
        self._moving: set[str] = set()

    async def visit(self) -> None:
        """Look at each once. Raises what the ledger raises; what fails of one stops no other."""
        streams = await asyncio.to_thread(self._ledger.streams, StreamKind.BATCH)
        for stream, version in streams:
            batch = name_of(stream)
            stands_still = self._seen.get(batch) == version
            if stands_still and batch not in self._moving:
                continue
            try:
                await self._look(batch, stuck=stands_still)
            except (JisrError, RPCError):
                log.warning("the sweep could not look after batch %s", batch)
                continue
            self._seen[batch] = version

    async def _look(self, batch: str, *, stuck: bool) -> None:
        """`stuck`: it moved at the last look too, and nothing has come of it since."""
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
