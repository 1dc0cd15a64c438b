"""What a form offers to choose from, of all that the asker may see."""

from collections.abc import Awaitable, Callable, Mapping

from domain.values.places import places
from service.access.table import REACH
from service.console.forms.layout import Layout, Source
from service.console.forms.questions import Candidates, sources_of
from service.console.visit import Signed
from service.queries.registry import list_centres
from service.queries.staff import list_staff
from service.words import writing
from service.words.language import Language
from service.words.store import words

Options = Mapping[str, str]


async def candidates(visit: Signed, layout: Layout) -> Candidates:
    """By each source that the layout names."""
    return {source: await _OF[source](visit) for source in sources_of(layout)}


async def _provinces(visit: Signed) -> Options:
    named = {code: writing.place_name(place, visit.language) for code, place in places().items()}
    return dict(sorted(named.items(), key=lambda each: each[1]))


async def _regions(visit: Signed) -> Options:
    """Those of today: of a former one nobody knows which provinces it had."""
    found = dict.fromkeys(place.region for place in places().values())
    return {code: writing.region(code, visit.language) for code in found}


async def _centres(visit: Signed) -> Options:
    found = await visit.ask(list_centres)
    arabic = visit.language is Language.ARABIC
    return {each.centre: each.name_ar if arabic else each.name_fr for each in found.centres}


async def _staff(visit: Signed) -> Options:
    """Each by their post, with their role: those without a key first."""
    found = await visit.ask(list_staff)
    said = words(visit.language)
    ordered = sorted(found.staff, key=lambda each: len(each.keys))
    return {
        str(each.staff_id): f"{each.label or each.staff_id} ({said.of(each.role)})"
        for each in ordered
    }


async def _roles(visit: Signed) -> Options:
    """Those that a person can hold."""
    said = words(visit.language)
    return {role: said.of(role) for role in REACH}


_OF: Mapping[Source, Callable[[Signed], Awaitable[Options]]] = {
    Source.PROVINCES: _provinces,
    Source.REGIONS: _regions,
    Source.CENTRES: _centres,
    Source.STAFF: _staff,
    Source.ROLES: _roles,
}
