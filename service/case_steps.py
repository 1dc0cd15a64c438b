"""Steps of cases: sealed, sent through their workflows, and believed only from the ledger.

Temporal orders steps and waits for them, and anybody who reaches it can work for it. So an
answer that came through it counts with the ledger's mark only, and a refusal not at all: the
ledger is asked again, which costs nothing on the usual way.
"""

import logging
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any, Protocol
from uuid import UUID

from domain.errors import JisrError, Unavailable, Unexpected
from domain.message import Command
from ledger.keys.sealing import Sealed
from ledger.ledger import Ledger
from ledger.recording.deciding import Receipt
from workflows.case.messages import SealedOrder, StepAnswer

log = logging.getLogger(__name__)

REFERENCE = re.compile(r"[0-9a-f]{8}")
A_LOOK_LASTS = 1.0
"""Seconds in which steps are sent on without being decided here too, after one that would pass.

It is under the lock that a step is decided. To see a refusal coming spares a few steps a vain way,
and costs every one of them a second decision; so it is for quiet times, and after each refusal.
"""
InThread = Callable[..., Awaitable[Any]]


class Engine(Protocol):
    """The process engine, as far as taking a step goes."""

    async def take_step(self, order: SealedOrder) -> StepAnswer: ...

    async def require_worker(self) -> None: ...


class CaseSteps:
    """The one way from a command on a case to the ledger and back."""

    def __init__(
        self,
        ledger: Ledger,
        engine: Engine,
        admit: Callable[[Command], None],
        subject: Callable[[Command], UUID],
        in_thread: InThread,
    ) -> None:
        """`admit` refuses what is not the actor's, `subject` says whose key seals a command;
        `in_thread` runs what waits for a database.
        """
        self._ledger = ledger
        self._engine = engine
        self._admit = admit
        self._subject = subject
        self._in_thread = in_thread
        self._passing_until = 0.0

    async def require_ready(self) -> None:
        """Raises `Unavailable` while the process engine could have no step taken."""
        await self._engine.require_worker()

    async def take(self, command: Command) -> tuple[str, bool]:
        """The ledger's answer, and whether it had given it before this was asked.

        Raises what the ledger refuses it with, and `Unavailable` when it cannot be known
        whether it was recorded.
        """
        found: Receipt | Sealed = await self._in_thread(self._look_and_seal, command)
        if isinstance(found, Receipt):
            return found.answer, True
        order = SealedOrder(found.case_id, str(found.command_id), str(found.subject), found.blob)
        try:
            said = await self._engine.take_step(order)
        except JisrError as refusal:
            self._passing_until = 0.0
            return await self._in_thread(self._asked_again, command, refusal), False
        if self._ledger.gave(command, said.answer, said.mark):
            return said.answer, False
        log.error("an answer without the ledger's mark came through Temporal, for %s", command.id)
        return await self._in_thread(self._asked_again, command, Unavailable()), False

    def _look_and_seal(self, command: Command) -> Receipt | Sealed:
        """Its receipt if it was recorded before; raises what would refuse it now."""
        self._admit(command)
        receipt = self._foreseen(command)
        if receipt is not None:
            return receipt
        return self._ledger.seal(command, self._subject(command))

    def _foreseen(self, command: Command) -> Receipt | None:
        """Its receipt, and mostly whether it would pass: see `A_LOOK_LASTS`."""
        if time.monotonic() < self._passing_until:
            return self._ledger.known(command)
        receipt = self._ledger.check(command)
        if receipt is None:
            self._passing_until = time.monotonic() + A_LOOK_LASTS
        return receipt

    def _asked_again(self, command: Command, said: JisrError) -> str:
        """The ledger's own word, after something that cannot be believed was said.

        A fault has its reference, by which the log tells more; but nothing else of it is taken.
        """
        receipt = self._ledger.check(command)
        if receipt is not None:
            return receipt.answer
        if isinstance(said, Unexpected):
            reference = str(said.params.get("reference", ""))
            raise Unexpected(reference=reference if REFERENCE.fullmatch(reference) else None)
        raise said if isinstance(said, Unavailable) else Unavailable
