"""What stands in the records and should be looked at, with what to do about it; and one by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from starlette.responses import Response

from domain.errors import Refused
from domain.message import StreamKind, kind_of, name_of
from domain.values.calendar import local_date
from domain.values.findings import FindingCode
from projections.views.findings import NEWEST, Filters, RestsOn
from projections.views.pages import Part
from service.console.pages.known import known
from service.console.showing.gaps import Missing
from service.console.showing.links import StepLink, form_at
from service.console.showing.list_rows import Known
from service.console.visit import Signed
from service.queries.findings import (
    FindingAnswer,
    FoundEntry,
    get_finding,
    list_findings,
    told_of,
)
from service.words import writing
from service.words.language import Language
from service.words.store import Words, words

PAGE = 50
PATH = "/findings"
STEP_FOR: Mapping[FindingCode, str] = {FindingCode.APPROVAL_AFTER_DEATH: "end-approval"}
"""The step on the case by which it ends."""
STATES: Mapping[str, Filters] = {
    "open": Filters(open=True),
    "dismissed": Filters(dismissed=True),
    "settled": Filters(open=False, dismissed=False),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: codes alone."""

    code: str
    state: str

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        """Raises `Refused("filter_unknown")` for a value that is none."""
        code, state = query.get("code", ""), query.get("state", "")
        if code not in ("", *FindingCode) or state not in ("", *STATES):
            raise Refused("filter_unknown")
        return cls(code, state)

    @property
    def filters(self) -> Filters:
        code = FindingCode(self.code) if self.code else None
        return replace(STATES.get(self.state, Filters()), code=code)

    def address(self, after: str) -> str:
        given = {"code": self.code, "state": self.state, "after": after}
        return f"{PATH}?{urlencode({name: value for name, value in given.items() if value})}"


async def findings_page(visit: Signed) -> Response:
    query = visit.request.query_params
    asked = Asked.of(query)
    page = await visit.ask(list_findings, asked.filters, Part(NEWEST, query.get("after"), PAGE))
    said = words(visit.language)
    names = await known(visit)
    return visit.page(
        "findings.html",
        found=page,
        asked=asked,
        codes=said.code[FindingCode.__name__],
        step_for=STEP_FOR,
        states=_states(said),
        centres=names.centres,
        next=asked.address(page.next_cursor) if page.next_cursor else None,
    )


def _states(said: Words) -> Mapping[str, str]:
    return {state: said.page[f"finding_{state}"] for state in STATES}


async def finding_page(visit: Signed) -> Response:
    """One finding: each entry that says it, who made it and when, and what came of looking."""
    found = await visit.ask(get_finding, Filters(finding_id=visit.id_of("finding_id")))
    names, language = await known(visit), visit.language
    it = found.finding
    steps: tuple[str, ...] = () if found.has_yours else ("dismiss-finding",)
    steps = ("reopen-finding",) if it.dismissed else steps
    return visit.page(
        "finding.html",
        it=it,
        found=found,
        title=words(language).of(it.code),
        entries=[_entry(each, grounds, names, language) for each, grounds in _paired(found)],
        centres=names.centres,
        dismissed_by=names.staff.get(it.dismissed.by) if it.dismissed else None,
        steps=[
            StepLink(step, words(language).step[step], form_at(step, "findings", it.finding_id))
            for step in steps
            if step in visit.steps
        ],
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry, as a page shows it."""

    position: int
    what: str
    on: date
    recorded: str
    days: int
    """How long after it happened it was recorded."""
    who: str | Missing
    made_by: str
    href: str
    reference: str | None
    centre: str | None


def _paired(found: FindingAnswer) -> Iterator[tuple[FoundEntry, RestsOn]]:
    return zip(found.entries, told_of(found.finding), strict=False)


def _entry(each: FoundEntry, ground: RestsOn, names: Known, language: Language) -> Shown:
    said = words(language)
    return Shown(
        position=each.position,
        what=said.event.get(each.type, each.type),
        on=each.occurred_on,
        recorded=writing.moment(each.recorded_at, language),
        days=max(0, (local_date(each.recorded_at) - each.occurred_on).days),
        who=names.staff.get(each.actor.id) or said.of(each.actor.role),
        made_by=said.of(each.made_by),
        href=_history_at(each.stream, ground),
        reference=ground.reference,
        centre=ground.centre,
    )


def _history_at(stream: str, ground: RestsOn) -> str:
    """Where the whole history stands in which it is."""
    if ground.case_id is not None:
        return f"/cases/{ground.case_id}/history?view=all"
    collection = COLLECTION_OF.get(kind_of(stream))
    return f"/{collection}/{name_of(stream)}/history" if collection else ""


COLLECTION_OF: Mapping[StreamKind, str] = {
    StreamKind.AGREEMENT: "agreements",
    StreamKind.SESSION: "sessions",
    StreamKind.ORDER: "orders",
}
