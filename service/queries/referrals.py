"""What other centres refer to one's own, and what one's own refers to them."""

from datetime import date
from typing import Annotated

from domain.case.state import CaseState
from domain.message import FieldClass, Message, Role
from projections.views import referrals
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
