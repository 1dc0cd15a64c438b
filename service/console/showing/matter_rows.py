"""The lines of what is no review: who was released, who called, on whom a case waits."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.message import Actor
from projections.views.matters import MatterKind
from service.console.forms.layouts import LAYOUTS
from service.console.showing.gaps import Gap, Missing, missing_of
from service.console.showing.links import StepLink, form_at
from service.console.showing.list_rows import Known
from service.queries.matters import Matter
from service.words import writing
from service.words.language import Language
from service.words.store import words

SIGNS = {MatterKind.RELEASED: "here", MatterKind.CALLED: "due", MatterKind.WAITING: "wait"}


@dataclass(frozen=True, slots=True)
class MatterLine:
    case_id: UUID
    reference: str
    names: tuple[writing.Name, ...]
    missing: Missing
    """Why there is no name, where there is none."""
    kind: MatterKind
    happened_on: date
    seen_to_on: date | None
    party: str | Missing
    """On whom is waited."""
    awaiting: str
    """For what: in the words of whoever asked."""
    asked_on: date | None
    """When they were asked again, if they were."""
    answer_by: date | None
    step: StepLink | None
    waits_for: str
    caseworker: str | Missing
    own: bool


def matter_line(
    it: Matter, reader: Actor, known: Known, language: Language, may: Collection[str]
) -> MatterLine | None:
    """`may`: the steps on a case that are the reader's role's. None for who may not know of it."""
    if it.kind is None or it.happened_on is None:
        return None
    return MatterLine(
        case_id=it.case_id,
        reference=it.reference,
        names=writing.names(it.name_ar, it.name_latin, language),
        missing=missing_of(
            Matter, "name_ar", reader.role, erased_on=it.erased_on, key_lost=it.key_lost
        ),
        kind=it.kind,
        happened_on=it.happened_on,
        seen_to_on=it.seen_to_on,
        party=it.called or Missing(Gap.NOT_RECORDED),
        awaiting=it.awaiting or "",
        asked_on=it.asked_on if it.asked_on != it.happened_on else None,
        answer_by=it.answer_by,
        step=None if it.blocked else _step(it, may, language),
        waits_for=it.waits_for or "",
        caseworker=known.staff.get(it.caseworker, Missing(Gap.NOT_SHOWN)),
        own=it.caseworker == reader.id,
    )


def _step(it: Matter, may: Collection[str], language: Language) -> StepLink | None:
    step = it.done_by
    if step is None or step not in may or step not in LAYOUTS:
        return None
    address = form_at(step, "cases", it.case_id, awaited_id=it.awaited_id)
    return StepLink(step, words(language).step[step], address)
