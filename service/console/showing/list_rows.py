"""The lines of the caseload."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.case.schedule import ReviewStatus
from domain.case.vocabulary import Stage
from domain.message import Role
from domain.seeing_to import DONE_BY
from projections.views.caseload import Case
from service.console.forms.layouts import LAYOUTS
from service.console.showing.gaps import Gap, Missing, missing_of
from service.console.showing.links import StepLink, form_at
from service.console.showing.reviews import ReviewLine, review_line
from service.words import writing
from service.words.language import Language
from service.words.store import words

PRESSING = frozenset({ReviewStatus.DUE, ReviewStatus.OVERDUE})


@dataclass(frozen=True, slots=True)
class Known:
    """What lists name by more than its code: staff by their posts, centres by their names."""

    staff: Mapping[UUID, str | Missing]
    """Whom the reader may know of, by their posts."""
    centres: Mapping[str, str]
    entries: Mapping[str, Sequence[tuple[date, str]]] = field(default_factory=dict)
    """Of the registry, by their codes: each name by the day from which on."""

    def entry(self, code: str, on: date) -> str:
        """As it was called on a day; its code where it is not known."""
        said = self.entries.get(code, ())
        names = [name for since, name in said if since <= on] or [name for _, name in said[:1]]
        return names[-1] if names else code


@dataclass(frozen=True, slots=True)
class CaseLine:
    case_id: UUID
    reference: str
    names: tuple[writing.Name, ...]
    missing: Missing
    """Why there is no name, where there is none."""
    stage: Stage
    paused: bool
    review: ReviewLine | Missing | None
    """None where nothing is outstanding in a case that is open."""
    step: StepLink | None
    """By which what is late or due is seen to, where it is the reader's role's."""
    last_met: date | None
    """Said where nothing is outstanding, for the order hangs on it; not to every role."""
    trade: str | Missing
    caseworker: str | Missing
    centre: str
    province: str
    absent: str | Missing | None = None
    """For whom the reader has the case in their list, where it is not their own."""


def case_line(
    row: Case,
    role: Role,
    today: date,
    known: Known,
    language: Language,
    may: Collection[str] = (),
) -> CaseLine:
    """`may`: the steps on a case that are the reader's role's."""
    return CaseLine(
        case_id=row.case_id,
        reference=row.reference,
        names=writing.names(row.name_ar, row.name_latin, language),
        missing=missing_of(Case, "name_ar", role, erased_on=row.erased_on, key_lost=row.key_lost),
        stage=row.stage,
        paused=row.paused,
        review=_review(row, today, language),
        step=_step(row, may, language),
        last_met=row.silent_since,
        trade=_trade(row, language),
        caseworker=known.staff.get(row.caseworker, Missing(Gap.NOT_SHOWN)),
        centre=known.centres.get(row.centre, row.centre),
        province=writing.province(row.province, language),
    )


def _review(row: Case, today: date, language: Language) -> ReviewLine | Missing | None:
    if row.stage is Stage.CLOSED:
        return Missing(Gap.DOES_NOT_APPLY)
    if row.next_review is None or row.status is None:
        return None
    return review_line(row.next_review, row.status, today, language)


def _step(row: Case, may: Collection[str], language: Language) -> StepLink | None:
    """The form says why, where the case leaves it closed."""
    due = row.next_review
    if due is None or due.kind is None or row.status not in PRESSING:
        return None
    step = DONE_BY.get(due.kind, "")
    if step not in may or step not in LAYOUTS:
        return None
    address = form_at(step, "cases", row.case_id, review=due.key)
    return StepLink(step, words(language).step[step], address)


def _trade(row: Case, language: Language) -> str | Missing:
    """A trade belongs to a track; before one is open the question does not arise."""
    if row.trade is not None:
        return words(language).of(row.trade)
    return Missing(Gap.DOES_NOT_APPLY if row.track is None else Gap.NOT_RECORDED)
