"""The steps by which entries that moved money are mended, each compensated in the same commit."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from domain.agreement import events as a
from domain.case import events as c
from domain.case import path as case
from domain.case.state import CaseState
from domain.ceremony import events as g
from domain.errors import Refused
from domain.folds.past import Past
from domain.mending.decision import correct_decision
from domain.mending.delivery import correct_delivery
from domain.mending.entries import of_events
from domain.mending.path import MendingHandling, reads_person
from domain.mending.recovery import correct_recovery, follows_stock
from domain.message import Command, Event, Role, StreamKind, stream_id
from domain.project import events as p
from domain.project.funders import follows_funders
from domain.session import events as l
from domain.staff.state import DIRECTORY
from domain.steps.handling import Follows, Handling, Roles, State, World
from domain.steps.roles import AGREEMENT, CEREMONY, SESSION, STAFF, StreamRole
from domain.steps.table import Part, row
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.decide.again import follows_fundings
from domain.tracks.self_employment.state import SelfEmployment

COORDINATORS = frozenset({Role.COORDINATOR, Role.DIVISION})

LEFT_OUT = {"entry_number": "stands in `entries`, with all that was recorded with it"}


@dataclass(frozen=True, slots=True)
class MoneyHandling(MendingHandling):
    """A row that also reads what the entry moved money in."""

    also: Follows

    def world(
        self, command: Command, load: Callable[[str], State], past: Past | None = None
    ) -> World:
        world = MendingHandling.world(self, command, load, past)
        if past is None:
            return world
        # Of what is no entry nothing more is read: the rule says so.
        number = getattr(command.step, "entry_number", 0)
        try:
            entry = of_events(world.recorded(self.role), number)
        except Refused:
            return world
        named = {
            role: name
            for each in entry.events
            for role, name in (*_on_list(each.event, world.case), *_named(each.event))
        }
        ids = {**world.ids, STAFF: DIRECTORY, **named}
        states = {role: world.states.get(role) or load(name) for role, name in ids.items()}
        world = replace(world, states=states, ids=ids)
        while further := self._also(world):
            more = {role: load(name) for role, name in further.items()}
            world = replace(world, states={**world.states, **more}, ids={**world.ids, **further})
        return world

    def _also(self, world: World) -> Roles:
        """What is named in its turn by the streams that were read, and is not read yet."""
        return {role: name for role, name in self.also(world).items() if role not in world.ids}


def _named(event: Event) -> Iterator[tuple[StreamRole[Any], str]]:
    """The streams beside the case that an entry was written into."""
    for role, field in (
        (AGREEMENT, "agreement_id"),
        (SESSION, "session_id"),
        (CEREMONY, "ceremony_id"),
    ):
        name: UUID | None = getattr(event, field, None)
        if name is not None:
            yield role, stream_id(role.kind, name)


def _on_list(event: Event, case: CaseState) -> Iterator[tuple[StreamRole[Any], str]]:
    """The ceremony on whose list the person of a delivery stands, or stood."""
    if isinstance(event, e.DeliveryConfirmed):
        track = case.tracks.get(event.track_id)
        if isinstance(track, SelfEmployment) and track.ceremony_id is not None:
            yield CEREMONY, stream_id(StreamKind.CEREMONY, track.ceremony_id)


def _row(made: Handling, also: Follows) -> MoneyHandling:
    fields: dict[str, Any] = {name: getattr(made, name) for name in Handling.__slots__}
    return MoneyHandling(**fields, also=also)


SETTLED = (a.ApprovalSettled, a.ApprovalUnsettled, a.FundsFreed, a.SavingReversed)

MENDING_MONEY = Part(
    "mending_money",
    (
        _row(
            row(
                s.CorrectDecision,
                *(c.EntriesMended, e.DecisionRecorded, l.LineDecided),
                *(p.ProjectEntriesMended, p.ProjectDecided),
                *(a.FundsCommitted, a.CommitmentCorrected, a.CommitmentReversed, *SETTLED),
                who=COORDINATORS,
                when=(case.EXISTS,),
                by=correct_decision,
                reads=reads_person,
                left_out=LEFT_OUT,
            ),
            also=follows_fundings,
        ),
        _row(
            row(
                s.CorrectDelivery,
                *(c.EntriesMended, e.DeliveryConfirmed, e.CeremonyMissed, e.TakenOffCeremony),
                *(p.ProjectEntriesMended, p.ItemsDelivered, g.LineCorrected),
                *(a.DeliveryCorrected, *SETTLED),
                who=COORDINATORS,
                when=(case.EXISTS,),
                by=correct_delivery,
                reads=reads_person,
                left_out=LEFT_OUT,
            ),
            also=follows_funders,
        ),
        _row(
            row(
                s.CorrectRecovery,
                *(c.EntriesMended, e.RecoveryRecorded, a.RecoveryCorrected, *SETTLED),
                *(p.ProjectEntriesMended, p.ItemsRecovered, p.HolderRefunded),
                who=COORDINATORS,
                when=(case.EXISTS,),
                by=correct_recovery,
                reads=reads_person,
                left_out=LEFT_OUT,
            ),
            also=follows_stock,
        ),
    ),
)
