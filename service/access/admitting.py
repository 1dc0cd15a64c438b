"""Whether a step is on what is the asker's: the answer without waiting.

It is the domain's own rule (`Handling.whose`), on the states as they are now; the ledger asks
it again under its lock, so what changes hands meanwhile is refused there.
"""

from typing import cast
from uuid import UUID

from domain.beneficiary.whose import require_followed_in
from domain.case.state import CaseState
from domain.case.steps import OpenCase
from domain.commands import HANDLINGS
from domain.errors import NotAllowed
from domain.message import Command, name_of
from domain.registry.state import REGISTRY, RegistryState
from domain.values.calendar import local_date
from ledger.ledger import Ledger
from service.access.scope import beneficiary_state
from service.access.table import OF_RESTRICTED, centre_bound, require_centre
from service.access.vocabulary import Scope


def require_in_scope(scope: Scope, ledger: Ledger, command: Command) -> None:
    """Raises `NotAllowed` for a step on what is another centre's.

    What does not exist is let through: the domain says so in its own words. A complaint that the
    actor may not see does not exist for them, and so raises `Refused`.
    """
    actor = command.actor
    if scope is Scope.COMPLAINT:  # whom it is about may be of no centre
        _require_theirs(ledger, command)
        return
    if centre_bound(actor) is None:
        return
    match scope:
        case Scope.CASE | Scope.LINE if _is_own(ledger, command):
            return
        case Scope.PERSON if command.actor.role not in OF_RESTRICTED:
            _require_theirs(ledger, command)
            if beneficiary_state(ledger, UUID(name_of(command.target))).restricted:
                raise NotAllowed("restricted_to_coordinator")
        case (
            Scope.CASE
            | Scope.LINE
            | Scope.REFERRED
            | Scope.PERSON
            | Scope.AGREEMENT
            | Scope.SESSION
            | Scope.ORDER
            | Scope.CEREMONY
            | Scope.COHORT
            | Scope.BATCH
            | Scope.RECEPTION
        ):
            _require_theirs(ledger, command)
        case Scope.NEW_CASE:
            step = cast("OpenCase", command.step)
            require_centre(actor, step.centre)
            _require_followed_in(step.centre, ledger, step.beneficiary_id)
        case (
            Scope.NEW_PERSON
            | Scope.NEW_SESSION
            | Scope.NEW_ORDER
            | Scope.NEW_CEREMONY
            | Scope.NEW_COHORT
            | Scope.NEW_BATCH
            | Scope.NEW_COMPLAINT
            | Scope.NEW_RECEPTION
            | Scope.ENTRY
            | Scope.OWN
        ):
            return
        case _:
            raise NotAllowed(role=str(actor.role))


def _is_own(ledger: Ledger, command: Command) -> bool:
    """Whether the case was of their centre when last looked at: that is enough to pass."""
    lately = cast("CaseState", ledger.lately(command.target))
    if lately.restricted is not None and command.actor.role not in OF_RESTRICTED:
        raise NotAllowed("restricted_to_coordinator")
    return lately.exists and lately.centre == command.actor.centre


def _require_theirs(ledger: Ledger, command: Command) -> None:
    handling = HANDLINGS[type(command.step)]
    world = handling.world(command, ledger.state)
    handling.whose(world, world.states[handling.role], command.actor, local_date(ledger.now()))


def _require_followed_in(centre: str, ledger: Ledger, person_id: UUID) -> None:
    person = beneficiary_state(ledger, person_id)
    registry = cast("RegistryState", ledger.state(REGISTRY))
    require_followed_in(centre, person, registry)
