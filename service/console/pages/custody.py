"""Custody of one case. It is judicial: a page of its own, and each opening stands in the request log."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from starlette.responses import Response

from domain.case.custody.vocabulary import INSIDE, EpisodeKind
from domain.errors import JisrError
from domain.message import StreamKind
from domain.values.codes import EntryKind
from service.console.choices.about import About, about_of
from service.console.choices.of_case import counting, events_of
from service.console.showing.case_cards import Fact
from service.console.showing.custody import Episode, custody_facts, episodes_of
from service.console.showing.gaps import missing_of
from service.console.showing.links import CaseLinks
from service.console.visit import Signed
from service.queries.cases import CaseAnswer, EpisodeAnswer
from service.queries.registry_names import get_registry_entry
from service.words.language import Language
from service.words.store import words

OPERATION = "see-custody"
"""As the log of requests names it."""
PLACES: Mapping[EpisodeKind, tuple[EntryKind, ...]] = {
    **dict.fromkeys(INSIDE, (EntryKind.PRISON,)),
    EpisodeKind.CHILD_PROTECTION: (EntryKind.CHILD_PROTECTION_CENTRE,),
    EpisodeKind.ALTERNATIVE_PENALTY: (
        EntryKind.ASSOCIATION,
        EntryKind.MUNICIPALITY,
        EntryKind.SCHOOL,
        EntryKind.VOCATIONAL_CENTRE,
        EntryKind.CHILD_PROTECTION_CENTRE,
    ),
}
"""Of which kinds the places of an episode are."""


async def custody_page(visit: Signed) -> Response:
    """Raises `NotFound`, and what forbids the case."""
    visit.request.scope["operation"] = OPERATION
    about = await about_of(visit, StreamKind.CASE, visit.id_of("case_id"))
    case: CaseAnswer = about.answer
    links = CaseLinks(case.case_id, case.open_steps, visit.language)
    return visit.page(
        "custody.html",
        case=case,
        about=about,
        missing=_missing(visit, case),
        facts=[*custody_facts(case.custody, visit.language)] if case.custody else [],
        conditions=[*await _conditions(visit, about)] if case.custody else [],
        episodes=await _episodes(visit, case),
        steps=links.of_parts(("custody",), None),
    )


def _missing(visit: Signed, case: CaseAnswer) -> object:
    role, on = visit.actor.role, case.erased_on
    return missing_of(CaseAnswer, "custody", role, erased_on=on, key_lost=case.key_lost)


async def _episodes(visit: Signed, case: CaseAnswer) -> list[Episode]:
    episodes = case.custody.episodes if case.custody else ()
    names = {
        each.place: await _place(visit, each.place, PLACES.get(each.kind, ()))
        for each in episodes
        if each.place
    }
    return [*episodes_of(_latest_first(episodes), names, visit.language)]


def _latest_first(episodes: Iterable[EpisodeAnswer]) -> list[EpisodeAnswer]:
    return sorted(episodes, key=lambda each: each.number, reverse=True)


async def _place(visit: Signed, code: str, kinds: Iterable[EntryKind]) -> str:
    """By its name: of whichever of these kinds it is."""
    for kind in kinds:
        with suppress(JisrError):
            entry = await visit.ask(get_registry_entry, kind, code)
            return entry.name_ar if visit.language is Language.ARABIC else entry.name_fr
    return ""


async def _conditions(visit: Signed, about: About) -> Iterator[Fact]:
    """What the person is bound by, as it was last said."""
    said = words(visit.language)
    told = counting(await events_of(visit, about))
    texts = [str(each.fields["conditions"]) for each in told if each.fields.get("conditions")]
    return iter([Fact(said.field["conditions"], texts[-1])] if texts else [])
