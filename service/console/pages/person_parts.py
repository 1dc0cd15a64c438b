"""What a person's page tells besides: where they lived, with whom, papers, consents, merges, erasure."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from domain.case.consents.vocabulary import Purpose
from domain.erasure.proof import kept_until
from domain.errors import JisrError
from domain.message import StreamKind
from domain.rules import rules_by
from domain.values.papers import PaperKind
from projections.views import data_requests
from service.console.choices.about import About
from service.console.choices.of_case import ALL, counting, events_of
from service.console.choices.said import parts
from service.console.failures import ISOLATED
from service.console.showing.case_cards import Fact
from service.console.showing.gaps import Gap, Missing
from service.console.showing.services import household as served_too
from service.console.visit import Signed
from service.problems.problem import text_of
from service.queries.cases import CaseAnswer
from service.queries.data_requests import list_data_requests
from service.queries.history import HistoricEvent, get_project_history
from service.queries.papers import list_case_papers
from service.queries.people import Beneficiary
from service.words import writing
from service.words.store import words

OF_CUSTODY = frozenset({PaperKind.RELEASE_SLIP})
"""Kinds that would tell of it: they stand with the case alone."""


@dataclass(frozen=True, slots=True)
class Lived:
    """An address, and since when it is known."""

    address: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class HeldPaper:
    """A paper that is kept with a case."""

    kind: str
    href: str
    expires_on: date | None
    expired: bool


def erasable(person: Beneficiary) -> bool:
    """Whether there is anything left to erase, under the name that the person goes by."""
    return person.erased_on is None and person.merged_into is None


async def told_of(visit: Signed, person: Beneficiary) -> list[HistoricEvent]:
    """What counts of the person's own history."""
    name, version = person.beneficiary_id, person.version
    about = About(StreamKind.BENEFICIARY, name, version, person, "", "")
    return counting(await events_of(visit, about))


def lived_at(events: Sequence[HistoricEvent]) -> Sequence[Lived]:
    """The last first; one entered late stands where its day is."""
    found = list[tuple[date, str]]()
    for each in sorted(events, key=lambda it: it.occurred_on):
        address = each.fields.get("address")
        if address and (not found or found[-1][1] != address):
            found.append((each.occurred_on, address))
    ends = [*(since for since, _ in found[1:]), None]
    lived = [Lived(text, since, end) for (since, text), end in zip(found, ends, strict=False)]
    return lived[::-1]


async def told_in(visit: Signed, case: CaseAnswer) -> list[HistoricEvent]:
    """What counts of the case's history."""
    about = About(StreamKind.CASE, case.case_id, case.version, case, "", "")
    return counting(await events_of(visit, about))


def household(
    events: Sequence[HistoricEvent], cases: Sequence[CaseAnswer], visit: Signed
) -> Iterator[Fact]:
    """As the last social enquiry found it, and who of it is served too."""
    yield from _as_found(events, visit)
    for case in cases[:1]:
        for label, name, met in served_too(case, visit.language):
            yield Fact(label, name, place=met)


def _as_found(events: Sequence[HistoricEvent], visit: Signed) -> Iterator[Fact]:
    said = words(visit.language)
    told = [each for each in events if each.type == "SocialEnquiryRecorded"]
    if not told:
        yield Fact(said.field["household_size"], Missing(Gap.NOT_RECORDED))
        return
    last, none = told[-1], Missing(Gap.NOT_RECORDED)
    on = writing.day(last.occurred_on, visit.language)
    size, housing = last.fields.get("household_size"), last.fields.get("has_housing")
    yield Fact(said.field["household_size"], none if size is None else str(size), place=on)
    yes_no = said.page["form_yes" if housing else "form_no"]
    yield Fact(said.field["has_housing"], none if housing is None else yes_no, place=on)


def consents(cases: Sequence[CaseAnswer], visit: Signed) -> Iterator[Fact]:
    """Per purpose, since when it stands so and how it was given; care itself rests on the legal task.

    Of the first case: the one that is open, where one is.
    """
    said, language = words(visit.language), visit.language
    stands = {each.purpose: each for case in cases[:1] for each in case.consents}
    for purpose in Purpose:
        answer = stands.get(purpose)
        if answer is None:
            yield Fact(said.of(purpose), Missing(Gap.NOT_RECORDED))
            continue
        told = [f"{said.page['since']} {writing.day(answer.said_on, language)}"]
        if answer.given_as is not None:
            told.append(said.of(answer.given_as))
        if answer.witness:
            told.append(f"{said.field['witness']}{writing.COLON[language]} {answer.witness}")
        given = said.page["consent_given" if answer.given else "consent_not_given"]
        yield Fact(said.of(purpose), given, place=parts(language, *told))


async def papers(visit: Signed, case: CaseAnswer) -> list[HeldPaper]:
    """Those that stand, but for what tells of custody."""
    with suppress(JisrError):
        answer = await visit.ask(list_case_papers, case.case_id)
        said = words(visit.language)
        return [
            HeldPaper(
                said.of(each.kind),
                f"/cases/{case.case_id}/papers/{each.paper_id}",
                each.expires_on,
                bool(each.expired),
            )
            for each in answer.papers
            if each.valid and each.kept and each.kind is not None and each.kind not in OF_CUSTODY
        ]
    return []


async def asked_about_data(visit: Signed, person: Beneficiary) -> list[Fact]:
    """What they asked about their data that waits for its answer, and by when it is due."""
    filters = data_requests.Filters(beneficiary_id=person.beneficiary_id, waiting=True)
    found = await visit.ask(list_data_requests, filters)
    said = words(visit.language)
    return [
        Fact(said.of(each.kind), each.due_on, place=said.page["answer_until"])
        for each in found.data_requests
    ]


async def earliest_erasure(visit: Signed, person: Beneficiary, cases: Sequence[CaseAnswer]) -> Fact:
    """While a case is open, not at all; then not before the proof of public money is outlived."""
    said = words(visit.language)
    label = said.page["earliest_erasure"]
    if person.restricted_until is not None and person.restricted_for is None:
        return Fact(label, person.restricted_until)
    if person.open_case is not None:
        return Fact(label, text_of("case_still_open", {}, visit.language, ISOLATED)[1])
    moved = [each async for each in _money_moved(visit, cases)]
    earliest = kept_until(moved, (rules_by(each.rules_version, each.rules_terms) for each in cases))
    past = earliest is None or earliest <= visit.today
    return Fact(label, said.page["today"] if past or earliest is None else earliest)


async def _money_moved(visit: Signed, cases: Sequence[CaseAnswer]) -> AsyncIterator[date | None]:
    for track in (track for case in cases for track in case.with_projects):
        if track.project_id is not None:
            with suppress(JisrError):
                history = await visit.ask(get_project_history, track.project_id, ALL)
                on = history.state.get("money_moved_on")
                yield date.fromisoformat(str(on)) if on else None
