"""What became of what was sent under a key: recorded, with what follows; or not known yet."""

import json
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from starlette.responses import Response

from domain.case.schedule import ReviewStatus
from domain.commands import step_name
from domain.errors import JisrError, NotFound, Refused
from domain.message import StreamKind, derived_id, name_of
from domain.path import PATH
from domain.seeing_to import DONE_BY
from domain.steps.warning import WarningCode
from service.access.table import STEPS as TAKEN
from service.api.steps.routes import COLLECTIONS
from service.console.choices.about import About, about_of
from service.console.choices.of_case import HISTORIES, MOST_EVENTS
from service.console.failures import ISOLATED
from service.console.forms.layouts import LAYOUTS
from service.console.hand_made import made_for
from service.console.pages.drafts import drafts_of
from service.console.pages.form import REGISTERING
from service.console.pages.known import known
from service.console.showing.found import opening
from service.console.showing.gaps import Gap, Missing
from service.console.showing.reviews import SETTLED, ReviewLine, review_line
from service.console.visit import Signed
from service.problems.problem import text_of_warning
from service.queries.cases import get_case
from service.queries.history import HistoricEvent, Moment, Stretch
from service.queries.me import get_receipt
from service.queries.people import Beneficiary
from service.words.language import Language

RECEIPTS = "/sent"
NEXT = 4
"""So many of the likely next steps are linked."""
DUE = frozenset({ReviewStatus.DUE, ReviewStatus.OVERDUE})
AHEAD = frozenset({ReviewStatus.SCHEDULED})
MENDING = {"correct-entries": "entries.0.entry_number", "retract-entry": "entry_number"}
"""The steps that mend an entry, each with the field that names it."""
BESIDE_THE_WAY = frozenset(
    {"anywhere", "reminders", "residence", "referral", "requests", "mending", "mending_money"}
)
"""Parts whose steps are open at any time: none of them comes next."""


@dataclass(frozen=True, slots=True)
class Link:
    """A step that can be taken next, and where its form is."""

    step: str
    href: str


async def sent_page(visit: Signed) -> Response:
    key, step = visit.request.path_params["key"], visit.request.query_params.get("step", "")
    if step not in LAYOUTS:
        raise NotFound
    try:
        answer = json.loads(await visit.ask(get_receipt, key, None))
    except Refused:
        return visit.page("unknown.html", step=step, form=None, key=key)
    about = await _about(visit, answer)
    case = about if about is not None and about.kind is StreamKind.CASE else None
    told = await _told(visit, about, answer)
    entry = told[0].version if case is not None and told else None
    staff = (await known(visit)).staff
    made = made_for(step)
    return visit.page(
        made.receipt,
        step=step,
        after=await made.after(visit, about),
        begun=await drafts_of(visit) if step == REGISTERING else (),
        position=answer["position"],
        by=staff.get(visit.actor.id, Missing(Gap.NOT_SHOWN)),
        at=told[0].recorded_at if told else None,
        events=list(dict.fromkeys(answer["events"])),
        warnings=warned(answer, visit.language),
        about=about,
        due=_due(visit, about),
        following=[
            *_beside(visit, about, step, answer),
            *([] if case is None else await _following(visit, case, entry)),
        ],
        mending=[] if case is None or entry is None else [*_mending(case, entry)],
    )


async def _about(visit: Signed, answer: dict[str, Any]) -> About | None:
    """What the step was taken on, where it can still be read."""
    kind, _, _ = answer["stream"].partition("/")
    if kind not in COLLECTIONS:
        return None
    with suppress(JisrError):
        return await about_of(visit, StreamKind(kind), UUID(name_of(answer["stream"])))
    return None


def _due(visit: Signed, about: About | None) -> ReviewLine | None:
    """What is due next in a case."""
    if about is None or about.kind is not StreamKind.CASE:
        return None
    first = next((each for each in about.answer.reviews if each.status not in SETTLED), None)
    if first is None:
        return None
    return review_line(first, first.status, visit.today, visit.language)


def _referred_from(answer: dict[str, Any]) -> Iterator[Link]:
    """To the centre that serves where the person lives now."""
    for each in answer["warnings"]:
        if each["code"] == WarningCode.ANOTHER_CENTRE_SERVES:
            to = each["params"]["centre"]
            yield Link("refer-case", f"/cases/{each['about']}/steps/refer-case?to_centre={to}")


def _beside(
    visit: Signed, about: About | None, step: str, answer: dict[str, Any]
) -> Iterator[Link]:
    """What follows where there is no case yet."""
    yield from _referred_from(answer)
    if step == "register-staff":
        made = derived_id(UUID(answer["command_id"]), "staff")
        yield Link("invite-password", f"/staff/{made}")
    may_open = visit.actor.role in TAKEN["open-case"].who
    person = about.answer if about is not None else None
    if about is not None and isinstance(person, Beneficiary) and not person.open_case and may_open:
        yield Link("open-case", opening(about.id, visit.actor))


async def _following(visit: Signed, case: About, entry: int | None) -> list[Link]:
    """What is likely to be recorded next: what is due, then what this entry has opened.

    Where it is neither: what the next review asks for, else the first of the way that is open.
    """
    steps = [*_due_steps(case, DUE), *await _just_opened(visit, case, entry)]
    steps = steps or [*_due_steps(case, AHEAD)] or [*_on_the_way(case)][:1]
    likely = [*dict.fromkeys(steps)][:NEXT]
    return [Link(each, f"/cases/{case.id}/steps/{each}") for each in likely]


def _open_now(case: About) -> set[str]:
    return {each.step for each in case.answer.open_steps if each.yours}


def _due_steps(case: About, standing: Collection[ReviewStatus]) -> Iterator[str]:
    open_now = _open_now(case)
    for each in case.answer.reviews:
        wanted = DONE_BY.get(each.kind, "") if each.kind else ""
        if each.status in standing and wanted in open_now:
            yield wanted


async def _just_opened(visit: Signed, case: About, entry: int | None) -> list[str]:
    """The steps of the way that are open now and were not before the entry, in the way's order."""
    if entry is None:
        return []
    before = _open_now(replace(case, answer=await visit.ask(get_case, case.id, entry - 1)))
    return [each for each in _on_the_way(case) if each not in before]


def _on_the_way(case: About) -> Iterator[str]:
    open_now = _open_now(case)
    names = (
        step_name(row.step) for part in PATH for row in part.rows if part.name not in BESIDE_THE_WAY
    )
    yield from (each for each in names if each in open_now)


async def _told(visit: Signed, about: About | None, answer: dict[str, Any]) -> list[HistoricEvent]:
    """What was told of the thing by what was sent: of its history no more than that is read."""
    if about is None or about.kind not in HISTORIES:
        return []
    before = max(answer["version"] - len(answer["events"]), 0)
    stretch = Stretch(Moment(), before, MOST_EVENTS)
    with suppress(JisrError):
        history = await visit.ask(HISTORIES[about.kind], about.id, stretch)
        return [each for each in history.events if str(each.command_id) == answer["command_id"]]
    return []


def _mending(case: About, entry: int) -> Iterator[Link]:
    """Where the entry is corrected or taken back, where the asker can do that."""
    open_now = _open_now(case)
    for step, field in MENDING.items():
        if step in open_now:
            yield Link(step, f"/cases/{case.id}/steps/{step}?{field}={entry}")


def warned(answer: dict[str, Any], language: Language) -> list[tuple[str, str, str]]:
    """What the answer tells of besides: each with its title, what to do, and what it is about."""
    return [
        (*text_of_warning(each["code"], each["params"], language, ISOLATED), each["about"])
        for each in answer["warnings"]
    ]
