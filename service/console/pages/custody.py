"""Custody of one case. It is judicial: a page of its own, and each opening stands in the request log."""

from collections.abc import Iterable, Iterator

from starlette.responses import Response

from domain.message import StreamKind
from service.console.choices.about import About, about_of
from service.console.choices.of_case import counting, events_of
from service.console.showing.case_cards import Fact
from service.console.showing.custody import Episode, custody_facts, episodes_of
from service.console.showing.gaps import missing_of
from service.console.showing.links import CaseLinks
from service.console.visit import Signed
from service.queries.cases import CaseAnswer, EpisodeAnswer
from service.words.store import words

OPERATION = "see-custody"
"""As the log of requests names it."""


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
        episodes=_episodes(visit, case),
        steps=links.of_parts(("custody",), None),
    )


def _missing(visit: Signed, case: CaseAnswer) -> object:
    role, on = visit.actor.role, case.erased_on
    return missing_of(CaseAnswer, "custody", role, erased_on=on, key_lost=case.key_lost)


def _episodes(visit: Signed, case: CaseAnswer) -> list[Episode]:
    episodes = case.custody.episodes if case.custody else ()
    return [*episodes_of(_latest_first(episodes), visit.language)]


def _latest_first(episodes: Iterable[EpisodeAnswer]) -> list[EpisodeAnswer]:
    return sorted(episodes, key=lambda each: each.number, reverse=True)


async def _conditions(visit: Signed, about: About) -> Iterator[Fact]:
    """What the person is bound by, as it was last said."""
    said = words(visit.language)
    told = counting(await events_of(visit, about))
    texts = [str(each.fields["conditions"]) for each in told if each.fields.get("conditions")]
    return iter([Fact(said.field["conditions"], texts[-1])] if texts else [])
