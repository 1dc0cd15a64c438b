"""What is said at the table of who did not come, until the ceremony is recorded as held.

It is no entry yet: who comes late is handed theirs all the same. It is kept sealed beside drafts,
as long as those, for all who hold the ceremony together, whichever of them records it.
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from domain.ceremony.steps import MOST_LINES
from domain.ceremony.vocabulary import MissedBecause
from service.console.visit import Signed
from service.queries.ceremonies import Ceremony

_OF_LINE = "missed-"


async def marks_of(visit: Signed, ceremony: Ceremony) -> Mapping[UUID, MissedBecause]:
    """By case, as it was said for the day on which the ceremony is planned now."""
    drafts, now = visit.sign_ins.drafts, datetime.now(UTC)
    found = await asyncio.to_thread(drafts.of, ceremony.ceremony_id, now)
    return {
        UUID(each.key.removeprefix(_OF_LINE)): MissedBecause(each.content["because"])
        for each in found
        if each.content["on"] == str(ceremony.held_on)
    }


async def mark(visit: Signed, ceremony: Ceremony, case_id: UUID, because: MissedBecause) -> None:
    """Said again it stays as it is said last."""
    await asyncio.to_thread(
        visit.sign_ins.drafts.save,
        ceremony.ceremony_id,
        f"{_OF_LINE}{case_id}",
        {"because": str(because), "on": str(ceremony.held_on)},
        datetime.now(UTC),
        case_id,
        most=MOST_LINES,
    )


async def unmark(visit: Signed, ceremony: Ceremony, case_id: UUID) -> None:
    drafts, key = visit.sign_ins.drafts, f"{_OF_LINE}{case_id}"
    await asyncio.to_thread(drafts.drop, ceremony.ceremony_id, key)
