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

_OF_LINE = "missed-"


async def marks_of(visit: Signed, ceremony_id: UUID) -> Mapping[UUID, MissedBecause]:
    """By case. Whose the ceremony is was asked before."""
    found = await asyncio.to_thread(visit.sign_ins.drafts.of, ceremony_id, datetime.now(UTC))
    return {
        UUID(each.key.removeprefix(_OF_LINE)): MissedBecause(each.content["because"])
        for each in found
    }


async def mark(visit: Signed, ceremony_id: UUID, case_id: UUID, because: MissedBecause) -> None:
    """Said again it stays as it is said last."""
    content = {"because": str(because)}
    await asyncio.to_thread(
        visit.sign_ins.drafts.save,
        ceremony_id,
        f"{_OF_LINE}{case_id}",
        content,
        datetime.now(UTC),
        case_id,
        most=MOST_LINES,
    )


async def unmark(visit: Signed, ceremony_id: UUID, case_id: UUID) -> None:
    await asyncio.to_thread(visit.sign_ins.drafts.drop, ceremony_id, f"{_OF_LINE}{case_id}")
