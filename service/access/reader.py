"""Who asks, and from what they are answered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from domain.message import Actor
from domain.values.calendar import Calendar, Calendars, local_date
from ledger.ledger import Ledger
from ledger.reads.log import ReadLog
from projections.store import Views
from service.identity.directory import Directory
from service.identity.key_uses import KeyUses
from service.notify.outbox.store import Outbox
from service.words.language import Language


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever asks, and the language they read."""

    actor: Actor
    language: Language = Language.ENGLISH


@dataclass(frozen=True, slots=True)
class Sources:
    """The ledger, the views, and the clock by which things are due."""

    ledger: Ledger
    views: Views
    directory: Directory
    uses: KeyUses
    calendars: Calendars
    outbox: Outbox
    reads: ReadLog
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    temporal_pages: str | None = None
    """Where Temporal's own pages of the namespace are, if that is known."""

    @property
    def calendar(self) -> Calendar:
        return self.calendars.current

    @property
    def today(self) -> date:
        """Africa/Casablanca's."""
        return local_date(self.clock())


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Sources):
    """The sources, for one question of one reader."""

    reader: Reader
    saw: set[UUID] = field(default_factory=set)
    """Persons of whom the answer tells, where it does not say whose it is by their ids."""
    saw_cases: set[UUID] = field(default_factory=set)
    """Cases, in the same way: a list on paper has references and names."""

    @classmethod
    def of(cls, sources: Sources, reader: Reader) -> "Reading":
        return cls(
            ledger=sources.ledger,
            views=sources.views,
            directory=sources.directory,
            uses=sources.uses,
            calendars=sources.calendars,
            outbox=sources.outbox,
            reads=sources.reads,
            clock=sources.clock,
            temporal_pages=sources.temporal_pages,
            reader=reader,
        )
