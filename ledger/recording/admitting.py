"""Whether a command may be decided at all: by this program, on a fresh order, by who they still are.

Asked of a command that is not recorded yet; under the lock, so that no order passes that was
held back until its author's key was revoked. One that is recorded is answered at any age. Beside
that: whether a person's key may be destroyed.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from domain.errors import NewerReleaseNeeded, Refused, Unexpected
from domain.events.levels import NEWER_NEEDED
from domain.message import BY_PEOPLE, Command, OriginKind
from ledger.port import Domain, State
from ledger.recording.states import Folded

ORDER_LASTS = timedelta(seconds=120)
"""The ten seconds of whoever asks, and ten orders of one case that wait eight each, make 90."""
CLOCKS_DIFFER = timedelta(seconds=60)
"""By so much, at most, may the clock of who sealed an order be ahead of this one."""


def require_level(command: Command, domain: Domain, level: int) -> None:
    """Raises `NewerReleaseNeeded`, and `Refused` for a step that came with a level above."""
    code = domain.levels.closed_because(domain.step_name(command.step), level)
    if code == NEWER_NEEDED:
        raise NewerReleaseNeeded(level=level, reads=domain.levels.reads)
    if code is not None:
        raise Refused(code)


CERTAIN_AFTER = ORDER_LASTS + CLOCKS_DIFFER
"""Three minutes after an order was sealed no clock that is believed takes it any more."""


def require_fresh(command: Command, now: datetime) -> None:
    """Raises `Refused` for an order that was held back, or sealed by a clock that is wrong.

    A batch's line has no age: it is believed while its batch runs.
    """
    if command.sealed_at is None or command.origin.kind is OriginKind.BATCH:
        return
    age = now - command.sealed_at
    if age > ORDER_LASTS:
        raise Refused("order_expired", seconds=int(age.total_seconds()))
    if -age > CLOCKS_DIFFER:
        raise Refused("clock", seconds=int(-age.total_seconds()))


def require_author(
    command: Command, domain: Domain, load: Callable[[str], Folded], today: date
) -> None:
    """Raises `Refused` unless who asks holds their credential, role and centre now; and for what
    says that it is a batch's line, unless that batch has such a line and runs.
    """
    if command.origin.kind in BY_PEOPLE:
        directory = load(domain.directory).state
        if not domain.holds(directory, command.actor, today, type(command.step)):
            raise Refused("credential_ended")
    if command.origin.kind is OriginKind.BATCH:
        domain.believe(command, lambda stream: load(stream).state)


def require_erased(domain: Domain, person: State, subject: UUID) -> None:
    """Raises `Unexpected` unless a person's erasure is recorded, and with it what is counted."""
    if not domain.is_erased(person):
        raise Unexpected(because="erasure_not_recorded", subject=str(subject))
