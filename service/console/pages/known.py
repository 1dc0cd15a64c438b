"""What pages name by more than a code: the staff by their posts, all else by its name."""

from collections.abc import Iterable
from dataclasses import replace

from service.console.showing.gaps import Gap, Missing
from service.console.showing.list_rows import Known
from service.console.visit import Signed
from service.queries.registry import list_centres
from service.queries.staff import StaffMember, list_staff
from service.queries.timeline import NamedEntry
from service.words.language import Language


async def known(visit: Signed) -> Known:
    staff = await visit.ask(list_staff)
    centres = await visit.ask(list_centres)
    arabic = visit.language is Language.ARABIC
    return Known(
        staff={each.staff_id: each.label or _why_none(each) for each in staff.staff},
        centres={each.centre: each.name_ar if arabic else each.name_fr for each in centres.centres},
    )


def naming(names: Known, entries: Iterable[NamedEntry], language: Language) -> Known:
    """With the names of these entries of the registry too, by the day from which on."""
    arabic = language is Language.ARABIC
    named = {
        each.entry: tuple((it.since, it.name_ar if arabic else it.name_fr) for it in each.names)
        for each in entries
    }
    return replace(names, entries={**names.entries, **named})


def _why_none(member: StaffMember) -> Missing:
    return Missing(Gap.KEY_LOST if member.key_lost else Gap.NOT_RECORDED)
