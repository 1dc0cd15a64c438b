"""From the wire into the store: who may, how much, what it is, and kept whole or not at all.

A paper is sent for one case, session, order, ceremony or agreement, under an idempotency key; the
step that attaches it comes afterwards, and names it. What nobody attached within a day is swept.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar, cast
from uuid import UUID

from domain.agreement.steps import AttachAgreementDocument
from domain.case.state import CaseState
from domain.case.steps import AttachDocument
from domain.ceremony.steps import AttachCeremonyDocument
from domain.errors import KeyReused, Refused
from domain.message import (
    Actor,
    Command,
    Message,
    Origin,
    OriginKind,
    StreamKind,
    command_id,
    derived_id,
    stream_id,
)
from domain.order.steps import AttachOrderDocument
from domain.papers.steps import AttachPaper
from domain.session.steps import AttachSessionDocument
from domain.values.calendar import local_date
from domain.values.papers import MediaType, PaperFacts, PaperKind, PaperPlace
from ledger.ledger import Ledger
from ledger.papers.chunks import Reading
from ledger.papers.vault import Receiving, Vault
from service.access.table import require
from service.papers.judging import judged
from service.problems.problem import Rejected

T = TypeVar("T")

ATTACHING: Mapping[StreamKind, type[AttachPaper]] = {
    StreamKind.CASE: AttachDocument,
    StreamKind.SESSION: AttachSessionDocument,
    StreamKind.ORDER: AttachOrderDocument,
    StreamKind.CEREMONY: AttachCeremonyDocument,
    StreamKind.AGREEMENT: AttachAgreementDocument,
}
"""The step by which a paper of each is attached: who may take it, may send one."""

MEGABYTE = 1_000_000
AT_ONCE = 256 * 1024
"""Bytes that are encrypted and written together."""
LOOKS = 2
"""Papers that are looked at at once."""
AWAITED = frozenset({"paper_not_found", "paper_already_attached"})
"""What attaching it would be refused with now, where nothing else stands in the way."""


class PaperSent(Message):
    """A paper that was sent, as it was found to be. It waits a day to be attached."""

    paper_id: UUID
    """To attach it by."""
    sha256: str
    """Of what is kept, in hexadecimal digits."""
    size: int
    """Bytes that are kept."""
    media_type: MediaType
    pages: int


@dataclass(frozen=True, slots=True)
class Sending:
    """Who sends a paper, for what, and as what."""

    actor: Actor
    kind: StreamKind
    name: UUID
    """Of the case, session, order, ceremony or agreement."""
    key: str
    """The idempotency key."""
    said: str | None = None
    """The media type that it is sent as."""

    @property
    def stream(self) -> str:
        return stream_id(self.kind, self.name)

    @property
    def paper(self) -> UUID:
        """Its id: the same for every repetition."""
        return derived_id(command_id(self.actor.id, self.key), f"paper/{self.stream}")


class Papers:
    """Takes papers in, and gives them out."""

    def __init__(self, ledger: Ledger, megabytes: int, admit: Callable[[Command], None]) -> None:
        """`megabytes`: the most that one may have. `admit` raises for what is not the actor's."""
        self._ledger = ledger
        self.most = megabytes
        self._admit = admit
        self._threads = ThreadPoolExecutor(LOOKS, thread_name_prefix="papers")

    async def take(self, sending: Sending, pieces: AsyncIterator[bytes]) -> tuple[PaperSent, bool]:
        """What was kept, and whether it had been before. Raises `JisrError`, and nothing is kept."""
        place = await asyncio.to_thread(self.place, sending)
        with self._vault.receiving(place) as paper:
            await self._receive(paper, pieces)
            return await self._in_turn(self._keep, sending, paper)

    def place(self, sending: Sending) -> PaperPlace:
        """Where it will be kept; raises what would keep the actor from attaching it there now."""
        step = ATTACHING[sending.kind]
        require(sending.actor, f"send-{sending.kind}-paper")
        today = local_date(self._ledger.now())
        command = Command(
            id=derived_id(sending.paper, "looking ahead"),
            target=sending.stream,
            step=step(occurred_on=today, paper_id=sending.paper, kind=PaperKind.OTHER),
            actor=sending.actor,
            origin=Origin(kind=OriginKind.API),
        )
        self._admit(command)
        try:
            self._ledger.check(command)
        except Refused as refusal:
            if refusal.code not in AWAITED:
                raise
        holder: UUID | None = sending.name
        if sending.kind is StreamKind.CASE:
            holder = cast("CaseState", self._ledger.state(sending.stream)).beneficiary_id
        if holder is None:
            raise Refused("case_not_found")
        return PaperPlace(holder, sending.stream, sending.paper)

    async def _receive(self, paper: Receiving, pieces: AsyncIterator[bytes]) -> None:
        waiting = bytearray()
        async for piece in pieces:
            waiting += piece
            if paper.size + len(waiting) > self.most * MEGABYTE:
                raise Rejected("paper_too_large", most=self.most)
            if len(waiting) >= AT_ONCE:
                await asyncio.to_thread(paper.write, bytes(waiting))
                waiting.clear()
        await asyncio.to_thread(paper.write, bytes(waiting))
        if paper.size == 0:
            raise Rejected("paper_empty")
        await asyncio.to_thread(paper.end)

    def _keep(self, sending: Sending, paper: Receiving) -> tuple[PaperSent, bool]:
        found = judged(paper, sending.said)
        if found.keep != ((0, paper.size),):
            paper.rewrite(found.keep)
        facts = paper.keep(found.media_type, found.pages, sending.actor.id, self._ledger.now())
        if facts is not None:
            return _sent(paper.place, facts), False
        before = self._vault.facts(paper.place)
        if before is None or before.sha256 != paper.sha256:
            raise KeyReused
        return _sent(paper.place, before), True

    def opened(self, place: PaperPlace) -> Reading:
        """The paper, to be read and closed. Raises `Refused` where there is none that opens."""
        reading = self._vault.open(place)
        if reading is None:
            raise Refused("paper_not_kept")
        return reading

    async def _in_turn(self, run: Callable[..., T], *arguments: object) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, run, *arguments)

    @property
    def _vault(self) -> Vault:
        if self._ledger.papers is None:
            raise Rejected("paper_not_kept")
        return self._ledger.papers

    def close(self) -> None:
        self._threads.shutdown()


def _sent(place: PaperPlace, facts: PaperFacts) -> PaperSent:
    told = facts.model_dump(include={"sha256", "size", "media_type", "pages"})
    return PaperSent(paper_id=place.paper, **told)
