"""What stands in the records and should be looked at, with what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import Response

from domain.errors import Refused
from domain.values.findings import FindingCode
from projections.views.findings import NEWEST, Filters
from projections.views.pages import Part
from service.console.pages.known import known
from service.console.visit import Signed
from service.queries.findings import list_findings
from service.words.store import Words, words

PAGE = 50
PATH = "/findings"
STEP_FOR: Mapping[FindingCode, str] = {FindingCode.APPROVAL_AFTER_DEATH: "end-approval"}
"""The step on the case by which it ends."""
STATES: Mapping[str, bool] = {"open": True, "settled": False}


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
        return Filters(code=code, open=STATES.get(self.state))

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
