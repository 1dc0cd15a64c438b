"""The rows of the caseload: one a case, with the names to find it by and its next review.

It holds what is personal: names, and the text that says which are written as somebody asked. Both
go when the person is erased.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from domain.beneficiary.vocabulary import Sex
from domain.case.schedule import OF_CUSTODY, Due, ReviewKind
from domain.case.state import CaseState
from domain.case.track import Track
from domain.case.vocabulary import Outcome, Stage, TrackKind
from domain.events.veil import Veilable, month_of
from domain.message import FieldClass, Message, StreamKind
from domain.rules import FundingSource
from domain.tracks.leading import leading_track
from domain.tracks.self_employment.state import find_track
from domain.values.places import places
from domain.values.trades import Trade
from projections.deriving import Derived, Folds, outstanding
from projections.view import UNANSWERED, View, unvalidated
from projections.views.spelling import search_text

NEVER = date.max
"""Sorts after every day, on both databases."""


class DatedReview(Veilable):
    """A review and its days.

    Who may not know of custody sees neither its name, which may hold the day of a release, nor
    the days of one that hangs on custody: each is the first of its month for them.
    """

    key: Annotated[str | None, FieldClass.JUDICIAL] = Field(examples=["visit/3"])
    """Null for who may not know of custody."""
    kind: Annotated[ReviewKind | None, FieldClass.JUDICIAL]
    due_on: date
    window_start: date
    window_end: date

    def seen_with(self, allowed: Collection[FieldClass]) -> Self:
        if self.kind not in OF_CUSTODY or FieldClass.JUDICIAL in allowed:
            return self
        days = ("due_on", "window_start", "window_end")
        return self.model_copy(update={name: month_of(getattr(self, name)) for name in days})


class NextReview(DatedReview):
    """The soonest outstanding review."""


class CaseRow(Message):
    """A case in the caseload. The names are null once the person is erased, or their key lost."""

    case_id: UUID
    reference: str
    beneficiary_id: UUID
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    search: Annotated[str, FieldClass.PERSONAL, UNANSWERED]
    erased_on: date | None
    """The day the person was erased."""
    restricted_until: date | None
    """Until when the person's data is restricted, if it is."""
    key_lost: bool
    """Whether the person's key is lost, which a copy of it would bring back."""
    sex: Sex | None
    stage: Stage
    stage_since: Annotated[date | None, FieldClass.JUDICIAL]
    """Since which day it stands at its stage: of the last that it came back to."""
    paused_until: date | None
    """When the last pause of the case ends, or ended."""
    outcome: Outcome | None
    centre: str
    caseworker: UUID
    province: str
    region: str
    agreement_id: UUID | None
    """What it is submitted or approved under."""
    season: str | None
    funding_source: FundingSource | None
    track: TrackKind | None
    """The furthest of the open ones; where none is open the last that ended."""
    tracks: tuple[TrackKind, ...]
    """The kinds of all that are open, that one among them; where none is open that one alone."""
    trade: Trade | None
    opened_on: date
    next_review: NextReview | None
    waits_for_study: bool
    """Whether a project was proposed that nobody studied yet."""
    due_from: Annotated[date, UNANSWERED]
    """The first window's start of all outstanding reviews, and below the first window's end:
    with them any day's due and overdue cases can be told. `NEVER` where none is outstanding."""
    overdue_after: Annotated[date, UNANSWERED]
    silent_since: Annotated[date | None, FieldClass.JUDICIAL, UNANSWERED]
    """The last day on which somebody was with the person; `NEVER` for a closed case, which nobody
    has to break the silence of. Null only for who may not know of custody."""
    rules_version: Annotated[str, UNANSWERED]
    """By which version of the rules it goes."""
    version: int
    last_event_on: date | None


caseload = View(
    "caseload",
    CaseRow,
    key=["case_id"],
    owner="case_id",
    indexes=[
        *(
            [name, "opened_on", "case_id"]
            for name in ("centre", "caseworker", "stage", "province", "season")
        ),
        ["opened_on", "case_id"],
        ["beneficiary_id"],
        ["agreement_id", "centre"],
        ["overdue_after", "silent_since", "case_id"],
        ["centre", "overdue_after", "silent_since", "case_id"],
        ["caseworker", "overdue_after", "silent_since", "case_id"],
        ["due_from"],
        ["reference"],
        ["restricted_until"],
    ],
)
_row = unvalidated(CaseRow)


def _rows(name: str, folds: Folds) -> Iterable[CaseRow]:
    fold = folds.case(name)
    case = fold.state
    if (
        case.beneficiary_id is None
        or case.opened is None
        or case.centre is None
        or case.province is None
        or case.caseworker is None
    ):
        return
    person = folds.beneficiary(case.beneficiary_id).state
    funded, track = find_track(case), leading_track(case)
    agreement_id = funded.agreement_id if funded else None
    season, source = folds.funding(agreement_id)
    dues = outstanding(fold, folds)
    yield _row(
        case_id=UUID(name),
        reference=case.reference,
        beneficiary_id=case.beneficiary_id,
        name_ar=person.name_ar,
        name_latin=person.name_latin,
        search=search_text(person.name_ar, person.name_latin),
        erased_on=person.erased_on,
        restricted_until=person.restricted_until,
        key_lost=person.key_lost,
        sex=person.sex,
        stage=case.stage,
        stage_since=fold.stage_since,
        paused_until=case.pauses[-1].until if case.pauses else None,
        outcome=case.outcome,
        centre=case.centre,
        caseworker=case.caseworker,
        province=case.province,
        region=places()[case.province].region,
        agreement_id=agreement_id,
        season=season,
        funding_source=source,
        track=track.kind if track else None,
        tracks=_kinds(case, track),
        trade=track.trade if track else None,
        opened_on=case.opened.on,
        next_review=_review(dues[0]) if dues else None,
        waits_for_study=any(due.kind is ReviewKind.STUDY for due in dues),
        due_from=min((due.falls_due for due in dues), default=NEVER),
        overdue_after=min((due.window_end for due in dues), default=NEVER),
        silent_since=_silent_since(case),
        rules_version=case.rules_version,
        version=case.seen,
        last_event_on=fold.last_event_on,
    )


def _kinds(case: CaseState, leading: Track | None) -> tuple[TrackKind, ...]:
    going = {each.kind for each in case.tracks.values() if each.ended is None}
    found = going or {leading.kind} if leading else going
    return tuple(each for each in TrackKind if each in found)


def _silent_since(case: CaseState) -> date:
    if not case.is_open:
        return NEVER
    met = (case.opened, case.last_contact)
    return max(moment.on for moment in met if moment is not None)


_next_review = unvalidated(NextReview)


def _review(due: Due) -> NextReview:
    return _next_review(
        key=due.key,
        kind=due.kind,
        due_on=due.due_on,
        window_start=due.falls_due,
        window_end=due.window_end,
    )


CASELOAD = Derived(caseload, StreamKind.CASE, _rows)
