"""The one way a question is answered, whoever asks: may they, of what, masked, and written down.

Whoever is read of is written into the log of readings (`ledger.reads`) before anything is shown, and
so is who was refused. Where that cannot be written nothing is shown.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar, cast

from domain.errors import NotAllowed, Refused
from domain.message import Actor
from domain.registry.state import REGISTRY, RegistryState
from domain.values.calendar import local_date
from domain.values.looking import outside_hours
from service.access.asker import Asker, present
from service.access.looking import Shown, by_emergency, foretold, looked_of, refused, shown, told_by
from service.access.masking import masked
from service.access.reader import Reader, Reading, Sources
from service.access.saying_why import asks_why, require_said
from service.access.scope import seen
from service.access.table import IN_EMERGENCY, QUERIES, require
from service.foreseeing import Foreseen

T = TypeVar("T")
Query = Callable[..., T]


class Answering:
    """Answers queries by the table of access."""

    def __init__(self, sources: Sources, in_thread: Callable[..., Awaitable[Any]]) -> None:
        self._sources = sources
        self._in_thread = in_thread

    async def ask(self, reader: Reader, query: Query[T], asked: tuple[object, ...]) -> T:
        """What the reader may see of it. Raises `NotAllowed`, and whatever else says why not."""
        asker, name = present(), query.__name__.replace("_", "-")
        answer: T
        if asks_why(name) and reader.actor.role in QUERIES[name].who:
            require_said(asker)
        try:
            answer, told = await self._in_thread(self._answer, reader, name, query, asked)
        except NotAllowed as error:
            if not_shown := refused(name, asked, error.code):
                await self._note(asker, reader.actor, not_shown)
            raise
        if told.anybody:
            require_said(asker)
            await self._note(asker, reader.actor, told)
        return answer

    async def refuse(self, actor: Actor, step: str, refusal: Refused) -> None:
        """Have it written down of whom a step's refusal tells, before it does."""
        if told := told_by(step, refusal):
            await self._note(present(), actor, told)

    async def foresee(self, actor: Actor, step: str, told: Foreseen) -> None:
        """Have it written down of whom it tells what would follow from a step, before it does."""
        streams = (each.envelope.stream for each in told.recorded)
        seen_of = foretold(step, streams, told.reviews)
        if seen_of.anybody:
            await self._note(present(), actor, seen_of)

    def _answer(
        self, reader: Reader, name: str, query: Query[T], asked: tuple[object, ...]
    ) -> tuple[T, Shown]:
        row = require(reader.actor, name)
        reading = Reading.of(self._sources, reader)
        things = seen(row.scope, reading, asked)
        if name not in IN_EMERGENCY and any(by_emergency(reader.actor, each) for each in things):
            raise NotAllowed("other_centre")
        answer = masked(query(reading, *things), reader.actor.role)
        return answer, shown(name, reading, things, answer)

    async def _note(self, asker: Asker, actor: Actor, told: Shown) -> None:
        """With all else that the request reads, or at once where nobody gathers that."""
        at = self._sources.ledger.now()
        looked = looked_of(asker, actor, told, at, self._is_outside_hours(at))
        if asker.gathers:
            asker.gather(looked)
        else:
            await self._sources.reads.write([looked])

    def _is_outside_hours(self, at: datetime) -> bool:
        """By the rules in force, as they were when the registry was last looked at."""
        registry = cast("RegistryState", self._sources.ledger.lately(REGISTRY))
        rules = registry.rules_on(local_date(at)).rules
        hours = rules.office_from_hour, rules.office_until_hour
        return outside_hours(at, self._sources.calendar, *hours)

    async def write(self, asker: Asker) -> None:
        """Write what a request has read, before its answer leaves; raises `Unavailable`."""
        await self._sources.reads.write(asker.taken())
