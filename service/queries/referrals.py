"""What other centres refer to one's own, what one's own refers to them, and what became of it."""

from datetime import date
from typing import Annotated
from uuid import UUID

from domain.case.referral.vocabulary import ReferralOutcome
from domain.case.state import CaseState
from domain.message import FieldClass, Message, Role
from projections.views import answered_referrals, referrals
from projections.views.pages import Part
from service.access.reader import Reading
from service.queries.cursors import opened, sealed


class WaitingReferral(referrals.ReferralRow):
    """A referral, and whose turn it is."""

    waits_for_you: bool
    """Whether you may accept or refuse it."""
    yours: bool
    """Whether it is your centre's case, which may take it back."""


class AskedFor(Message):
    """Another centre asks to have the case referred to it."""

    by_centre: str
    asked_on: date
    explanation: Annotated[str | None, FieldClass.PERSONAL]


def asked_for(state: CaseState) -> tuple[AskedFor, ...]:
    """The first that asked first."""
    return tuple(
        AskedFor(by_centre=centre, asked_on=each.when.on, explanation=each.explanation)
        for centre, each in state.referrals.asked.items()
    )


class ReferralPage(Message):
    referrals: tuple[WaitingReferral, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""


def list_referrals(
    reading: Reading, filters: referrals.Filters, part: Part | None = None
) -> ReferralPage:
    """Those that wait for an answer, the first referred first."""
    part = opened(reading, part or Part(referrals.FIRST_REFERRED))
    with reading.views.reading() as conn:
        page = referrals.find(conn, filters, part)
    actor = reading.reader.actor
    answers = actor.role is Role.COORDINATOR
    return ReferralPage(
        referrals=tuple(
            WaitingReferral(
                **dict(row),
                waits_for_you=answers and row.to_centre == actor.centre,
                yours=row.from_centre == actor.centre,
            )
            for row in page.rows
        ),
        next_cursor=sealed(reading, page.next_cursor),
        total=page.total,
    )


class AnsweredReferral(Message):
    """What became of a referral, or of what a centre asked for: by whom, when and why."""

    answer_id: UUID
    case_id: UUID | None
    """For who reads the case."""
    reference: str | None
    """Not for who asked by a number, and never got the case."""
    asked: bool
    """Whether the other centre had asked for the case."""
    from_centre: str
    to_centre: str
    asked_on: date
    asked_by_label: str | None
    explanation: Annotated[str | None, FieldClass.PERSONAL]
    """What was written with it, for whose case it is and for who asked."""
    outcome: ReferralOutcome
    answered_on: date
    answered_by_label: str | None
    why: Annotated[str | None, FieldClass.PERSONAL]


class AnsweredReferralPage(Message):
    answered: tuple[AnsweredReferral, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""


def list_answered_referrals(
    reading: Reading, filters: answered_referrals.Filters, part: Part | None = None
) -> AnsweredReferralPage:
    """Those that wait no more, the last answered first."""
    part = opened(reading, part or Part(answered_referrals.LAST_ANSWERED))
    with reading.views.reading() as conn:
        page = answered_referrals.find(conn, filters, part)
    return AnsweredReferralPage(
        answered=tuple(_answered(reading, row) for row in page.rows),
        next_cursor=sealed(reading, page.next_cursor),
        total=page.total,
    )


def _answered(reading: Reading, row: answered_referrals.AnsweredRow) -> AnsweredReferral:
    """Without what tells of a case that is another centre's, as far as the reader did not write it."""
    own = reading.reader.actor.centre
    theirs = own in (None, row.centre)
    asked_by_them = row.asked and own == row.to_centre
    return AnsweredReferral(
        answer_id=row.answer_id,
        case_id=row.case_id if theirs else None,
        reference=None if asked_by_them and not theirs else row.reference,
        asked=row.asked,
        from_centre=row.from_centre,
        to_centre=row.to_centre,
        asked_on=row.asked_on,
        asked_by_label=_label(reading, row.asked_by),
        explanation=row.explanation if theirs or asked_by_them else None,
        outcome=row.outcome,
        answered_on=row.answered_on,
        answered_by_label=_label(reading, row.answered_by),
        why=row.why,
    )


def _label(reading: Reading, staff_id: UUID | None) -> str | None:
    known = reading.directory.staff().staff.get(staff_id) if staff_id else None
    return known.label if known else None
