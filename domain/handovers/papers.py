"""A ceremony's papers: its list, its minutes, and photographs of those who consented to be on one."""

from uuid import UUID

from domain.case.consents.state import agrees
from domain.case.consents.vocabulary import Purpose
from domain.case.state import CaseState
from domain.ceremony.events import CeremonyDocumentAttached
from domain.ceremony.state import CeremonyState
from domain.ceremony.steps import AttachCeremonyDocument
from domain.errors import Refused
from domain.message import Command, Event, StreamKind, stream_id
from domain.papers.decide import attaching
from domain.steps.handling import Context, Roles, World
from domain.steps.roles import StreamRole
from domain.values.papers import PaperKind

_recorded = attaching(CeremonyDocumentAttached)


def _role(case_id: UUID) -> StreamRole[CaseState]:
    return StreamRole(f"shown_{case_id}", StreamKind.CASE, answered=False)


def reads_shown(command: Command, _state: CeremonyState) -> Roles:
    """The cases of those who can be recognised."""
    shown = command.step.shows if isinstance(command.step, AttachCeremonyDocument) else ()
    return {_role(case_id): stream_id(StreamKind.CASE, case_id) for case_id in shown}


def attach(world: World, step: AttachCeremonyDocument, ctx: Context) -> Event:
    """On a photograph is nobody who did not consent to it, or is not on the list."""
    if step.shows and step.kind is not PaperKind.PHOTOGRAPH:
        raise Refused("photograph_shows_only")
    for case_id in step.shows:
        case = world[_role(case_id)]
        if world.ceremony.line(case_id) is None:
            raise Refused("not_on_ceremony")
        if not agrees(case.consents, Purpose.CEREMONY_PHOTOGRAPHS):
            raise Refused("photograph_without_consent", reference=case.reference)
    event = _recorded(world, step, ctx)
    assert isinstance(event, Event)  # noqa: S101 (one paper, one event)
    return event
