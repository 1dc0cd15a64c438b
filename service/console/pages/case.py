"""One case: what needs a hand, where the person stands, what is known, what happened."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from starlette.responses import Response

from domain.case.schedule import ReviewStatus
from domain.case.vocabulary import Stage
from domain.message import StreamKind
from projections.views.complaints import NEWEST
from projections.views.complaints import Filters as Complaints
from projections.views.pages import Part
from projections.views.requests import FIRST_ASKED
from projections.views.requests import Filters as Asked
from projections.views.timeline import TimelineEntry
from service.access.table import QUERIES, REACH
from service.access.vocabulary import Reach
from service.console.pages.known import known, naming
from service.console.showing.answering import ANSWERS
from service.console.showing.attention import attention
from service.console.showing.case_cards import Card, Cards
from service.console.showing.complaints_card import complaints_card
from service.console.showing.gaps import Gap, Missing, missing_of
from service.console.showing.links import CaseLinks, StepLink
from service.console.showing.list_rows import Known
from service.console.showing.offers import offers
from service.console.showing.papers_card import papers_card
from service.console.showing.person import Told, person_facts
from service.console.showing.reviews import SETTLED, ReviewLine, review_line
from service.console.showing.story import Line, told
from service.console.showing.track_cards import on_rail, rail_of, track_cards
from service.console.visit import Signed
from service.queries import cases, people, timeline
from service.queries.case_steps import ClosedStep
from service.queries.complaints import list_complaints
from service.queries.papers import list_case_papers
from service.queries.requests import WaitingRequest, list_requests
from service.words import writing
from service.words.language import Language
from service.words.store import words

AT_ONCE, MOST = 500, 10_000
"""Events that are read in one go, and in all."""
LAST = 5
"""So many of the last entries stand on the page; the others are a page of their own."""
MOST_WAITING = 20


@dataclass(frozen=True, slots=True)
class Seen:
    """A case as its reader may see it, with what happened in it."""

    case: cases.CaseAnswer
    entries: tuple[TimelineEntry, ...]
    names: Known
    links: CaseLinks

    @property
    def counting(self) -> list[TimelineEntry]:
        """Those that nothing mended."""
        return [each for each in self.entries if each.mended is None]


async def seen(visit: Signed) -> Seen:
    """Raises `NotFound`, and what forbids the case."""
    case_id = visit.id_of("case_id")
    case = await visit.ask(cases.get_case, case_id)
    names, found, after = await known(visit), list[TimelineEntry](), 0
    while True:
        part = await visit.ask(timeline.get_case_timeline, case_id, after, AT_ONCE)
        names = naming(names, part.named, visit.language)
        found += part.entries
        if part.next_after is None or len(found) >= MOST:
            break
        after = part.next_after
    links = CaseLinks(case_id, case.open_steps, visit.language)
    return Seen(case, tuple(found), names, links)


async def case_page(visit: Signed) -> Response:
    it = await seen(visit)
    case, names, links, language, today = it.case, it.names, it.links, visit.language, visit.today
    role, counting = visit.actor.role, it.counting
    reviews = _reviews(case, today, language)
    person = await _person(visit, case)
    pressing = attention(case, await _waiting(visit, case), links, today, language)
    lines = list(told(it.entries, names, language))
    cards = Cards(case, person, counting, names, role, language, today)
    why_none = partial(missing_of, role=role, erased_on=case.erased_on, key_lost=case.key_lost)
    tracks = track_cards(case.tracks, counting, names, links, language, why_none)
    stages = rail_of(case.tracks)
    links.take(ANSWERS)  # they stand with what is due, or nothing waits for them
    return visit.page(
        "case.html",
        case=case,
        names=writing.names(case.name_ar, case.name_latin, language),
        missing=why_none(cases.CaseAnswer, "name_ar"),
        facts=list(_together(_header(visit, case, person, names), language)),
        stages=[words(language).code["Stage"][each] for each in stages],
        reached=stages.index(case.stage),
        since=_since(counting, case),
        pressing=pressing,
        later=[each for each in reviews if each.status is ReviewStatus.SCHEDULED],
        settled=[each for each in reviews if each.status in SETTLED],
        tracks=tracks,
        on_rail=on_rail(case.tracks, language),
        cards=[
            *cards.told(links),
            *await _complaints(visit, case),
            *await _papers(visit, case, links),
        ],
        pages=dict(_pages(visit, case)),
        open_parts=list(links.others()),
        closed_reasons=list(_by_reason(case.closed_steps, language)),
        lines=[(line, _offered(line, links, language)) for line in lines[:LAST]],
        more=len(lines) > LAST,
    )


async def _papers(visit: Signed, case: cases.CaseAnswer, links: CaseLinks) -> list[Card]:
    """For whom may read papers about a person."""
    if visit.actor.role not in QUERIES["list-case-papers"].who:
        return []
    return [papers_card(await visit.ask(list_case_papers, case.case_id), visit, links)]


async def _complaints(visit: Signed, case: cases.CaseAnswer) -> list[Card]:
    """Those about the case that the reader may know of."""
    if visit.actor.role not in QUERIES["list-complaints"].who:
        return []
    about = Complaints(case_id=case.case_id)
    page = await visit.ask(list_complaints, about, Part(NEWEST, limit=MOST_WAITING))
    return list(complaints_card(page.complaints, visit.language))


def _pages(visit: Signed, case: cases.CaseAnswer) -> Iterator[tuple[str, tuple[str, str]]]:
    """By the name of a card, the page that has all of it, and how the link is called."""
    here = f"/cases/{case.case_id}"
    if visit.reads_people and case.beneficiary_id:
        person = f"/beneficiaries/{case.beneficiary_id}", "person_page"
        yield from (("family", person), ("people", person))
    if case.custody is not None:
        yield "custody", (f"{here}/custody", "custody_open")
    yield "papers", (f"{here}/papers", "case_papers_all")


def _offered(line: Line, links: CaseLinks, language: Language) -> list[StepLink]:
    return offers(line.entry, links, language)


def _header(
    visit: Signed, case: cases.CaseAnswer, person: people.Beneficiary | None, names: Known
) -> Iterator[tuple[str, Told]]:
    """What stands under the name: each with the name of what it is."""
    said, language = words(visit.language), visit.language
    if person is not None:
        role, lost = visit.actor.role, case.key_lost
        yield from person_facts(person, role, visit.today, language, key_lost=lost)
    yield said.page["caseworker"], _staff(case, names)
    if REACH[visit.actor.role] is Reach.EVERYWHERE:
        named = names.centres.get(case.centre or "")
        yield said.page["centre"], named or Missing(Gap.NOT_RECORDED)
    if case.referred_to is not None:
        yield said.page["referred_to"], names.centres.get(case.referred_to, case.referred_to)
    for each in case.asked_for:
        yield said.page["asked_for_by"], names.centres.get(each.by_centre, each.by_centre)
    if case.died_on is not None:
        yield said.page["died"], writing.day(case.died_on, language)


def _together(facts: Iterable[tuple[str, Told]], language: Language) -> Iterator[tuple[str, Told]]:
    """What is not there for one and the same reason is named together."""
    gaps: dict[Missing, list[str]] = {}
    for label, value in facts:
        if isinstance(value, Missing):
            gaps.setdefault(value, []).append(label)
        else:
            yield label, value
    for missing, labels in gaps.items():
        yield f"{writing.COMMA[language]} ".join(labels), missing


def _staff(case: cases.CaseAnswer, names: Known) -> str | Missing:
    if case.caseworker is None:
        return Missing(Gap.NOT_RECORDED)
    return names.staff.get(case.caseworker, Missing(Gap.NOT_SHOWN))


def _reviews(case: cases.CaseAnswer, today: date, language: Language) -> list[ReviewLine]:
    lines = [review_line(each, each.status, today, language) for each in case.reviews]
    return sorted(lines, key=lambda line: line.window_end)


async def _person(visit: Signed, case: cases.CaseAnswer) -> people.Beneficiary | None:
    """Nobody where the case has come to no person yet."""
    if case.beneficiary_id is None:
        return None
    return await visit.ask(people.get_beneficiary, case.beneficiary_id)


async def _waiting(visit: Signed, case: cases.CaseAnswer) -> tuple[WaitingRequest, ...]:
    """What was asked for in this case and waits for a second person."""
    if visit.actor.role not in QUERIES["list-requests"].who:
        return ()
    asked = Asked(kind=StreamKind.CASE, about=case.case_id)
    page = await visit.ask(list_requests, asked, Part(FIRST_ASKED, limit=MOST_WAITING))
    return page.requests


def _since(entries: Iterable[TimelineEntry], case: cases.CaseAnswer) -> date | None:
    """Since when the case is where it is, as far as milestones of its tracks tell it."""
    known: dict[Stage, list[date | None]] = {
        Stage.FOLLOW_UP: [each.begun_on for each in case.tracks],
        Stage.EQUIPMENT_DELIVERY: [each.approved_on for each in case.with_projects],
        Stage.CLOSED: [each.occurred_on for each in entries if each.type == "CaseClosed"],
    }
    return max((each for each in known.get(case.stage, []) if each), default=None)


def _by_reason(steps: Iterable[ClosedStep], language: Language) -> Iterator[tuple[str, list[str]]]:
    """The steps that are closed, by what they wait for."""
    said, reasons = words(language), dict[str, list[str]]()
    for step in steps:
        reasons.setdefault(step.reason, []).append(said.step[step.step])
    for reason, some in reasons.items():
        yield reason, list(dict.fromkeys(some))
