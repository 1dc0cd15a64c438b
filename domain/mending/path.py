"""The steps by which entries of a case are mended."""

from typing import Any

from domain.agreement import events as a
from domain.beneficiary import events as b
from domain.case import events as e
from domain.case import path as case
from domain.case import steps as s
from domain.ceremony import events as g
from domain.errors import Refused
from domain.mending.decide import MENDERS, Mending
from domain.mending.reading import MendingHandling, reading
from domain.message import Command, StreamKind, stream_id
from domain.project import events as p
from domain.project.funders import follows_funders
from domain.session import events as l
from domain.staff.state import DIRECTORY
from domain.steps.handling import Context, Events, Handling, Roles, World
from domain.steps.roles import BENEFICIARY, STAFF
from domain.steps.table import Part, row


def reads_person(_command: Command, state: Any) -> Roles:
    """Whose case it is, and who stands in for whom."""
    if state.beneficiary_id is None:
        return {STAFF: DIRECTORY}
    return {STAFF: DIRECTORY, BENEFICIARY: stream_id(StreamKind.BENEFICIARY, state.beneficiary_id)}


def retract(world: World, step: s.RetractEntry, ctx: Context) -> Events:
    return _mending(world, ctx).retract(step)


def correct(world: World, step: s.CorrectEntries, ctx: Context) -> Events:
    return _mending(world, ctx).correct(step)


def _mending(world: World, ctx: Context) -> Mending:
    """Not of an erased person, nor of one whose erasure waits; who has theirs contested is put right."""
    if world.beneficiary.erased:
        raise Refused("erased")
    if world.beneficiary.put_away:
        raise Refused("person_restricted")
    return Mending(world, ctx)


MENDED = (
    *(e.EntriesMended, e.CircumstancesMended),
    *(p.ProjectEntriesMended, b.PersonEntriesMended),
)


UNDONE = (
    *(l.ProjectUnlisted, l.ProjectListed, g.BeneficiaryUnlisted),
    *(a.ApprovalSettled, a.ApprovalUnsettled, a.FundsFreed, a.SavingReversed),
)
"""What takes back elsewhere what a retracted entry did there."""


def _row(made: Handling) -> MendingHandling:
    fields: dict[str, Any] = {name: getattr(made, name) for name in Handling.__slots__}
    return MendingHandling(**fields)


MENDING = Part(
    "mending",
    (
        _row(
            row(
                s.CorrectEntries,
                *MENDED,
                who=MENDERS,
                when=(case.EXISTS,),
                by=correct,
                reads=reads_person,
                left_out={
                    "entries.entry_number": "stands in `entries`, with all that was recorded with it",
                    "entries.content": "stands in the events of its own step",
                },
            )
        ),
        reading(
            row(
                s.RetractEntry,
                *MENDED,
                *UNDONE,
                who=MENDERS,
                when=(case.EXISTS,),
                by=retract,
                reads=reads_person,
                left_out={
                    "entry_number": "stands in `entries`, with all that was recorded with it"
                },
            ),
            also=follows_funders,
        ),
    ),
)
