"""The one way a step is taken, whoever asks: may they, was it asked before, would it pass.

Steps of a case go to the case's workflow, sealed; all others straight to the ledger. The
ledger decides in both, and that counts: what is found here only spares the way.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from domain.beneficiary.steps import ConfirmBeneficiaryRequest
from domain.case.emergency.steps import OpenInEmergency
from domain.case.steps import OpenCase
from domain.commands import HANDLINGS, step_name
from domain.complaint.steps import EraseComplaint
from domain.dismissal.steps import DismissFinding
from domain.errors import NotAllowed, NotFound, Refused, Unavailable
from domain.message import (
    Actor,
    Command,
    Origin,
    OriginKind,
    Step,
    StreamKind,
    command_id,
    derived_id,
    kind_of,
    name_of,
    stream_id,
)
from domain.registry.state import REGISTRY
from domain.staff.keys import AccessKey
from domain.staff.state import DIRECTORY, StaffState
from domain.steps.handling import Handling
from ledger.following.turn import Turn
from ledger.recording.deciding import Receipt
from ledger.recording.writer import Writer
from projections.projector import lag
from projections.waiting import PositionWatch
from service.access.admitting import require_in_scope
from service.access.asker import Asker, note, note_purpose, present
from service.access.reader import Reader, Reading, Sources
from service.access.saying_why import require_said, step_asks_why
from service.access.scope import case_state
from service.access.table import STEPS, require
from service.access.vocabulary import Scope
from service.answering import Answering
from service.beforehand import with_what_views_know
from service.case_steps import CaseSteps, Engine
from service.erased import read_no_more
from service.foreseeing import Foreseen, foreseen
from service.identity.directory import SECONDS
from service.papers.taking import Papers
from service.printing.press import Press
from service.problems.problem import Rejected
from service.queries.findings import require_found, require_of_others
from service.queries.me import spelled
from service.queries.papers_out.sheets import Printout

T = TypeVar("T")

THREADS = 8
PAPER_MEGABYTES = 20
VIEWS_SECONDS = 5.0
"""How long a reader waits for the views to show what they wrote."""
SUBJECTS = 10_000
"""Cases whose beneficiary is remembered: it never changes, and is asked for at every step."""
NOT_READY = {
    "disk_full": "disk_full",
    "read_only": "ledger_read_only",
    "process_engine": "process_engine_away",
    "worker": "no_worker",
}
"""The problem that each reason of an outage is told as, where it is known that it stops steps."""
SINGLETONS = {StreamKind.STAFF: DIRECTORY, StreamKind.REGISTRY: REGISTRY}
"""Kinds of which there is one stream only."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody asks for: a step, on the thing named (None: on a new one)."""

    actor: Actor
    step: Step
    key: str
    """The idempotency key."""
    name: UUID | None = None
    expected_version: int | None = None
    request: str | None = None
    """The id of the request it came in."""
    device: str | None = None
    """By which the browser is known again that it came from, where it came from one; or what the
    program said of its device."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a step came to."""

    answer: str
    """The ledger's, word for word."""
    repeated: bool = False
    """Whether it had been recorded before it was asked this time."""


def command_of(ask: Ask) -> Command:
    """The command that `ask` stands for: the same for every repetition."""
    handling: Handling = HANDLINGS[type(ask.step)]
    command = command_id(ask.actor.id, ask.key)
    if handling.kind in SINGLETONS:
        target = SINGLETONS[handling.kind]
    elif handling.creates:
        target = stream_id(handling.kind, derived_id(command, handling.kind))
    elif ask.name is not None:
        target = stream_id(handling.kind, ask.name)
    else:
        raise NotFound
    return Command(
        id=command,
        target=target,
        step=ask.step,
        actor=ask.actor,
        origin=Origin(kind=OriginKind.API, id=ask.request, device=ask.device),
        expected_version=ask.expected_version,
    )


class Application:
    """Steps and questions, for the API and the console alike."""

    def __init__(
        self,
        sources: Sources,
        writer: Writer,
        engine: Engine,
        watch: PositionWatch,
        press: Press | None = None,
        paper_megabytes: int = PAPER_MEGABYTES,
    ) -> None:
        self.papers = Papers(sources.ledger, paper_megabytes, self._admit)
        self._sources = sources
        self._ledger = sources.ledger
        self._directory = sources.directory
        self._uses = sources.uses
        self._writer = writer
        self._watch = watch
        self._press = press or Press()
        self._subjects: dict[str, UUID] = {}
        self._forgetting: list[Callable[[Collection[UUID]], None]] = []
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="ledger")
        self._answering = Answering(sources, self._in_thread)
        self._case_steps = CaseSteps(
            self._ledger, engine, self._admit, self._subject, self._in_thread
        )

    async def _in_thread(self, read: Callable[..., T], *arguments: object) -> T:
        """Run something that waits for a database."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, read, *arguments)

    async def ask(self, reader: Reader, query: Callable[..., T], *asked: object) -> T:
        """What the reader may see of what they ask: one of `service.queries`, by its name.

        Who is read of is written down before anything is shown, and so is who was refused.
        Raises `NotAllowed`, and whatever else says why not.
        """
        return await self._answering.ask(reader, query, asked)

    async def write_readings(self, asker: Asker) -> None:
        """Write what a request has read, before its answer leaves; raises `Unavailable`."""
        await self._answering.write(asker)

    async def print(self, reader: Reader, query: Callable[..., Printout], *asked: object) -> bytes:
        """As `ask`, as a PDF; raises `Rejected("printing_busy")` too."""
        return await self._press.printed(await self.ask(reader, query, *asked))

    async def caught_up(self, position: int) -> None:
        """Wait until the views show `position`.

        Raises `Rejected` for a position the ledger does not have, and when time is up.
        """
        if position == 0 or await self._watch.at_least(position, 0):
            return
        head = await self._in_thread(self._ledger.head)
        if position > head:
            raise Rejected("position_unknown", head=head)
        if not await self._watch.at_least(position, VIEWS_SECONDS):
            raise Rejected("views_behind", position=position)

    async def shown(self) -> int:
        """Up to which event the views have come."""
        return await self._in_thread(self._sources.views.position)

    async def stands(self, actor: Actor) -> bool:
        """Whether somebody still is who they were, with what they came with; nothing is noted of it."""
        known = await self._in_thread(self._directory.find_by, actor.credential)
        return known == actor

    def derived(self, use: str) -> bytes:
        """The installation's own key for a use."""
        return self._ledger.derived(use)

    def turn(self, name: str) -> Turn:
        """Of what one process of the house does at a time; to be closed by who asked."""
        return self._ledger.feed.turn(name)

    async def lag(self) -> int:
        """How many events the views are behind the ledger."""
        return await self._in_thread(lag, self._ledger, self._sources.views)

    async def require_ready(self) -> None:
        """Raises what would keep a step from being taken here now, in words of its own.

        `NewerReleaseNeeded` once an upgrade has left this process behind; `Rejected` where the
        ledger cannot be written or nobody works for the process engine; `Unavailable`.
        """
        try:
            await self._in_thread(self._ledger.level.require_read)
            await self._in_thread(self._ledger.require_writable)
            await self._in_thread(self._sources.views.position)
            await self._case_steps.require_ready()
        except Unavailable as away:
            because = str(away.params.get("because"))
            if because in NOT_READY:
                raise Rejected(NOT_READY[because]) from away
            raise

    async def actor_with(self, key: str) -> Actor | None:
        """Whose key it is; None for one that opens nothing. Who asked is noted for the log, and for
        what they read, where that was said when the key was issued.
        """
        actor = self._directory.known(key) or await self._looked_up(key)
        note_purpose(self._directory.purpose_of(actor.credential) if actor else None)
        return self._came(actor)

    async def _looked_up(self, key: str) -> Actor | None:
        """An unknown key waits for its turn to be looked up: it may have been issued just now."""
        came_at = self._directory.now()
        actor = await self._in_thread(self._directory.find, key)
        if actor is None and (seconds := self._directory.again_in(came_at)):
            await asyncio.sleep(seconds)
            actor = await self._in_thread(self._directory.find, key)
        return actor

    def is_strange(self, key: str) -> bool:
        """Whether the key opens nothing, where that is known without reading."""
        return self._directory.is_strange(key)

    def holder_of(self, key: str) -> Actor | None:
        """Whose key it is or was, by the directory as it was last read: for the log of requests."""
        return self._directory.holder_of(key)

    def holder_by(self, credential: UUID) -> Actor | None:
        """As `holder_of`, of a key or a password by its id."""
        return self._directory.holder_by(credential)

    async def actor_by(self, credential: UUID) -> Actor | None:
        """As `actor_with`, of a key or a password by its id."""
        return self._came(await self._in_thread(self._directory.find_by, credential))

    async def staff(self, not_older_than: float = SECONDS) -> StaffState:
        """Who works here and with what they sign in, at most so many seconds ago."""
        return await self._in_thread(self._directory.staff, not_older_than)

    def last_uses(self) -> Mapping[UUID, datetime]:
        """By the id of a key or password, the hour (UTC) in which it was last used."""
        return self._uses.last()

    def now(self) -> datetime:
        """By the ledger's clock (UTC)."""
        return self._ledger.now()

    async def access_key(self, key_id: UUID) -> AccessKey:
        """A key that was just issued, or long ago."""
        return (await self.staff()).keys[key_id]

    def _came(self, actor: Actor | None) -> Actor | None:
        """Have it noted who asked, and now and then that their key was used: nobody waits for that."""
        note(actor)
        if actor is not None and self._uses.is_news(actor):
            self._threads.submit(self._uses.note, actor)
        return actor

    async def take(self, ask: Ask) -> Taken:
        """Take the step; the answer is the same word for word for every repetition.

        Raises the `JisrError` that says why not.
        """
        command, name = command_of(ask), step_name(ask.step)
        require(ask.actor, name)
        if step_asks_why(name):
            require_said(present())
        try:
            if kind_of(command.target) is StreamKind.CASE:
                return Taken(*await self._case_steps.take(command))
            return await self._take_here(command)
        except Refused as refusal:
            await self._answering.refuse(ask.actor, name, refusal)
            raise
        except Unavailable as away:
            # From then on whoever asks for its receipt can count the minutes.
            raise Unavailable(**away.params, sent_by=spelled(self._ledger.now())) from away

    async def foresee(self, ask: Ask) -> Foreseen:
        """Record nothing, but say what would follow from the step if it were taken now.

        Raises what it would be refused with.
        """
        command, name = command_of(ask), step_name(ask.step)
        require(ask.actor, name)
        if step_asks_why(name, dry=True):
            require_said(present())
        try:
            if isinstance(ask.step, OpenInEmergency):
                command = await self._in_thread(with_what_views_know, self._sources, command)
            told = await self._in_thread(self._decided_dry, command)
        except Refused as refusal:
            await self._answering.refuse(ask.actor, name, refusal)
            raise
        await self._answering.foresee(ask.actor, name, told)
        return told

    def _decided_dry(self, command: Command) -> Foreseen:
        self._admit(command)
        recorded = self._ledger.foresee(command)
        return foreseen(Reading.of(self._sources, Reader(command.actor)), recorded)

    async def _take_here(self, command: Command) -> Taken:
        """What needs no workflow; held back on its way, it expires as an order does."""
        command = command.model_copy(update={"sealed_at": self._ledger.now()})
        before = await self._in_thread(self._look, command)
        if before is None:
            command = await self._in_thread(with_what_views_know, self._sources, command)
        receipt = await self._writer.record(command)
        await self._afterwards(command)
        return Taken(receipt.answer, repeated=before is not None)

    def _admit(self, command: Command) -> None:
        """Raises `NotAllowed` for what is not the actor's.

        What was recorded before is answered again, whosever its case is now.
        """
        try:
            scope = STEPS[step_name(command.step)].scope
            require_in_scope(scope, self._ledger, command)
            if scope is Scope.FINDING:
                require_found(self._sources, UUID(name_of(command.target)))
            if isinstance(command.step, DismissFinding):
                finding = UUID(name_of(command.target))
                require_of_others(self._sources, finding, command.actor)
        except NotAllowed:
            if self._ledger.receipt(command.id) is None:
                raise

    def _look(self, command: Command) -> Receipt | None:
        """Its receipt if it was recorded before."""
        self._admit(command)
        return self._ledger.receipt(command.id)

    def _subject(self, command: Command) -> UUID:
        """Whose key seals it."""
        if isinstance(command.step, OpenCase):
            return command.step.beneficiary_id
        subject = self._subjects.get(command.target)
        if subject is None:
            subject = case_state(self._ledger, UUID(name_of(command.target))).beneficiary_id
            if subject is None:
                raise Refused("case_not_found")
            if len(self._subjects) >= SUBJECTS:
                self._subjects.clear()
            self._subjects[command.target] = subject
        return subject

    async def _afterwards(self, command: Command) -> None:
        """What must follow a recorded step; done again when the step is repeated."""
        if isinstance(command.step, ConfirmBeneficiaryRequest):
            await self._in_thread(self._read_no_more, UUID(name_of(command.target)))
        if isinstance(command.step, EraseComplaint):
            await self._in_thread(self._ledger.take_as_erased, UUID(name_of(command.target)))
        if command.target == DIRECTORY:
            self._directory.forget()

    def _read_no_more(self, person: UUID) -> None:
        if gone := read_no_more(self._ledger, person):
            for forget in self._forgetting:
                forget(gone)

    def when_erased(self, forget: Callable[[Collection[UUID]], None]) -> None:
        """Called with everybody who is erased, and their cases, before the erasure is answered."""
        self._forgetting.append(forget)

    def close(self) -> None:
        self._press.close()
        self.papers.close()
        self._threads.shutdown()
