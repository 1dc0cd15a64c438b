"""What a database must do for the views.

Readers, the projector and a rebuild each see it by one class: `Views` reads, `Writer` is
the projector's, and `Fresh` is a set of views that is being made beside the live ones.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from sqlalchemy import Connection
from sqlalchemy import exc as sql

from domain.errors import JisrError, Unavailable
from ledger.faults import is_outage, unexpected
from projections.changes import Changes, Rows
from projections.reached import Reached, State


class ProjectorBusy(JisrError):
    """Another process holds the projector's lock, or a rebuild's."""

    code = "projector_busy"


class Moved(JisrError):
    """The views are not where this projector left them: another one wrote, or a rebuild."""

    code = "views_moved"


class RebuildBroken(JisrError):
    """A process that folded for a rebuild has ended, and the rebuild with it."""

    code = "rebuild_broken"


class Writer(Protocol):
    """Writes the live views. One thread's; it reconnects by itself after an outage."""

    def acquire(self) -> bool:
        """Be the only projector, or say that another one is."""

    def state(self) -> State:
        """Where the views are. Also notices that they were swapped."""

    def write(self, changes: Changes, *, before: Reached, after: Reached, calendar: str) -> None:
        """Everything in one transaction. Raises `Moved` unless the views are at `before`."""

    def forget(self) -> bool:
        """Leave nothing in any file of what is no longer in a row; False to try again later."""

    def wait(self) -> None:
        """Return when the ledger may have more events: within milliseconds."""

    def close(self) -> None: ...


class Fresh(Protocol):
    """Views being made, beside the live ones, read by nobody yet."""

    def load(self, rows: Rows) -> None:
        """Add rows; before any other write, and none of them twice."""

    def write(
        self, changes: Changes, *, before: Reached, after: Reached, calendar: str
    ) -> None: ...

    def finish(self) -> None:
        """Make what was left out for speed: indexes, statistics, durability."""

    def swap(self, level: Callable[[int], None]) -> None:
        """Put these in the place of the live ones, at once and whole.

        `level` is called with the live position when nobody can write there any more, and
        must bring these views to it, so that no reader is thrown back.
        """


class Views(Protocol):
    """Views to read. Safe to use from many threads; a swap is noticed by itself.

    Each release has those of its own shape, beside another's while both are at work.
    """

    def reading(self) -> AbstractContextManager[Connection]:
        """Raises `Unavailable` when the database is away, or the views are being remade."""

    def position(self) -> int:
        """Up to which event the views have come. Cheap."""

    def is_current(self) -> bool:
        """Whether they are made. Those that come beside another release's must be rebuilt first."""

    def writer(self) -> Writer: ...

    def building(self) -> AbstractContextManager[Fresh]:
        """Raises `ProjectorBusy` while another rebuild is at work."""

    def retire(self, idle: Collection[str]) -> Collection[str]:
        """The other shapes whose views no process has open; those in `idle` are removed.

        They hold names. Whoever has views open holds on to theirs, and lets go of them however
        it ends. What was idle at two looks is nobody's who only has to connect again.
        """

    def close(self) -> None: ...


@contextmanager
def translated(database: str = "views") -> Iterator[None]:
    """What SQLAlchemy raises inside, as `Unavailable` or `Unexpected` of this database."""
    try:
        yield
    except sql.TimeoutError as error:
        raise Unavailable(database=database) from error
    except sql.DBAPIError as error:
        if error.connection_invalidated or (error.orig is not None and is_outage(error.orig)):
            raise Unavailable(database=database) from error
        raise unexpected(error.orig or error, database) from None
