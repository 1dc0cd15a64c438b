"""What pages name by more than a code: the staff by their posts, the centres by their names."""

from service.console.showing.list_rows import Known
from service.console.visit import Signed
from service.queries.registry import list_centres
from service.queries.staff import list_staff
from service.words.language import Language


async def known(visit: Signed) -> Known:
    staff = await visit.ask(list_staff)
    centres = await visit.ask(list_centres)
    arabic = visit.language is Language.ARABIC
    return Known(
        staff={each.staff_id: each.label for each in staff.staff if each.label},
        centres={each.centre: each.name_ar if arabic else each.name_fr for each in centres.centres},
    )
