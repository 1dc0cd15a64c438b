"""One line of a batch: looked at, or taken by its case's own workflow. Both may be repeated.

What is said through Temporal is not believed here either: a line is done when the ledger has its
receipt, and refused when the ledger says why.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from domain.batch.lines import command_id_of, command_of
from domain.batch.state import BatchState, Line
from domain.case.state import CaseState
from domain.errors import JisrError, Refused, Unavailable, Unexpected
from domain.message import Command, Origin, OriginKind
from ledger.keys.sealing import Sealed
from ledger.ledger import Ledger
from workflows.case.engine import Engine
from workflows.case.messages import SealedOrder

log = logging.getLogger(__name__)

OF_THE_AUTHOR = frozenset({"credential_ended"})
"""Why no line passes any more in the name of whoever started it."""
OF_THE_BATCH = frozenset({"batch_not_running"})
"""Somebody paused or stopped it meanwhile."""


class Halted(Exception):
    """The batch cannot go on in that name; `code` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Interrupted(Exception):
    """The batch does not run any more."""


@dataclass(frozen=True, slots=True)
class Came:
    """What a line came to: it passed, unless there is a code that says why not."""

    refused: str | None = None
    warned: bool = False


class BatchLines:
    """Looks at lines and takes them."""

    def __init__(self, ledger: Ledger, engine: Engine) -> None:
        self._ledger = ledger
        self._engine = engine

    async def look(self, batch: UUID, state: BatchState, line: Line) -> Came:
        """What it would come to now; nothing is recorded. Raises `Halted`, `Unavailable`."""
        return await asyncio.to_thread(self._looked_at, batch, state, line)

    def _looked_at(self, batch: UUID, state: BatchState, line: Line) -> Came:
        if self._ledger.receipt(command_id_of(batch, line.number)) is not None:
            return Came()

        def foretell() -> str:
            command = command_of(batch, state, line)
            asked = command.model_copy(update={"origin": Origin(kind=OriginKind.API)})
            return self._ledger.foretell(asked)

        return _came(foretell)

    async def only_it_is_away(self) -> bool:
        """Whether steps of other cases can be taken, so that the fault is one case's own."""
        try:
            await self._engine.require_worker()
        except Unavailable:
            return False
        return True

    def taken(self, batch: UUID, lines: Iterable[Line]) -> Sequence[int]:
        """Which of these were, by their receipts."""
        ids = ((line.number, command_id_of(batch, line.number)) for line in lines)
        return [number for number, each in ids if self._ledger.receipt(each) is not None]

    async def why_not(self, batch: UUID, state: BatchState, line: Line) -> str:
        """Why one was refused that others were taken after, as far as it shows now."""
        try:
            came = await self.look(batch, state, line)
        except Halted as halted:
            return halted.code
        return came.refused or Unexpected.code

    async def take(self, batch: UUID, state: BatchState, line: Line) -> Came:
        """Have it taken, unless it is already. Raises `Halted`, `Interrupted`, `Unavailable`."""
        found = await asyncio.to_thread(self._sealed, batch, state, line)
        if isinstance(found, Came):
            return found
        command, sealed = found
        order = SealedOrder(
            sealed.case_id, str(sealed.command_id), str(sealed.subject), sealed.blob
        )
        try:
            said = await self._engine.take_step(order)
        except JisrError as refusal:
            return await asyncio.to_thread(self._asked_again, command, refusal)
        if self._ledger.gave(command, said.answer, said.mark):
            return Came()
        log.error("an answer without the ledger's mark came through Temporal, for %s", command.id)
        return await asyncio.to_thread(self._asked_again, command, Unavailable())

    def _sealed(
        self, batch: UUID, state: BatchState, line: Line
    ) -> "Came | tuple[Command, Sealed]":
        """What it came to already, or would be refused with; else the order for its workflow."""
        if self._ledger.receipt(command_id_of(batch, line.number)) is not None:
            return Came()
        sealed: list[tuple[Command, Sealed]] = []

        def check() -> None:
            command = command_of(batch, state, line)
            if self._ledger.check(command) is None:
                sealed.append((command, self._ledger.seal(command, self._subject(command))))

        came = _came(check)
        return sealed[0] if sealed else came

    def _subject(self, command: Command) -> UUID:
        subject = cast("CaseState", self._ledger.state(command.target)).beneficiary_id
        if subject is None:
            raise Refused("case_not_found")
        return subject

    def _asked_again(self, command: Command, said: JisrError) -> Came:
        """The ledger's own word, after something that cannot be believed was said."""
        if self._ledger.receipt(command.id) is not None:
            return Came()
        came = _came(lambda: self._ledger.check(command))
        if came.refused is None and not isinstance(said, Unexpected):
            raise Unavailable from said
        return came if came.refused else Came(said.code)


def _came(ask: Callable[[], Any]) -> Came:
    try:
        said = ask()
    except Refused as refusal:
        if refusal.code in OF_THE_AUTHOR:
            raise Halted(refusal.code) from None
        if refusal.code in OF_THE_BATCH:
            raise Interrupted from None
        return Came(refusal.code)
    except Unexpected as fault:
        return Came(fault.code)  # logged where it happened; the other lines go on
    warned = isinstance(said, str) and bool(json.loads(said)["warnings"])
    return Came(warned=warned)
