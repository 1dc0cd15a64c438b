"""What other centres refer to one's own, and what one's own refers to them."""

from domain.message import Message, Role
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
