"""Who can be put on a ceremony's list: where that is recorded of each, or what must come first."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from domain.message import Role
from service.console.showing.gaps import Missing, missing_of
from service.console.showing.links import form_at
from service.queries.cases import CaseAnswer
from service.words import writing
from service.words.language import Language

PLACING = "place-on-ceremony"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who is not on the list."""

    case_id: UUID
    reference: str
    names: tuple[writing.Name, ...]
    missing: Missing
    href: str | None
    """Of the form that places them."""
    why_not: str


def candidate(
    case: CaseAnswer, ceremony_id: UUID, replaces: UUID | None, role: Role, language: Language
) -> Candidate:
    opened = next((each for each in case.open_steps if each.step == PLACING and each.yours), None)
    closed = (each.reason for each in case.closed_steps if each.step == PLACING)
    missing = missing_of(
        CaseAnswer, "name_ar", role, erased_on=case.erased_on, key_lost=case.key_lost
    )
    href = None
    if opened is not None:
        known = {"track_id": opened.track_id, "ceremony_id": ceremony_id, "replaces": replaces}
        href = f"{form_at(PLACING, 'cases', case.case_id, **known)}&listing=yes"
    return Candidate(
        case_id=case.case_id,
        reference=case.reference,
        names=writing.names(case.name_ar, case.name_latin, language),
        missing=missing,
        href=href,
        why_not=next(closed, ""),
    )


def people_at(ceremony_id: UUID, replaces: UUID | None = None, **beside: str) -> str:
    """Where people are put on the list; in whose place, where somebody leaves it."""
    of = {} if replaces is None else {"replaces": str(replaces)}
    asked = urlencode({**of, **beside})
    return f"/ceremonies/{ceremony_id}/people" + (f"?{asked}" if asked else "")
