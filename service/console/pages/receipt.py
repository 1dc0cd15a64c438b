"""What became of what was sent under a key: recorded, with what follows; or not known yet."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.responses import Response

from domain.commands import step_name
from domain.errors import JisrError, NotFound, Refused
from domain.message import StreamKind, derived_id, name_of
from domain.path import PATH
from service.access.table import STEPS as TAKEN
from service.api.steps.routes import COLLECTIONS
from service.console.choices.about import About, about_of
from service.console.choices.of_case import events_of
from service.console.failures import ISOLATED
from service.console.forms.layouts import LAYOUTS
from service.console.showing.reviews import DONE_BY, SETTLED, ReviewLine, review_line
from service.console.visit import Signed
from service.problems.problem import text_of_warning
from service.queries.me import get_receipt
from service.words.language import Language

RECEIPTS = "/sent"
NEXT = 4
"""So many of the likely next steps are linked."""
MENDING = {"correct-entries": "entries.0.entry_number", "retract-entry": "entry_number"}
"""The steps that mend an entry, each with the field that names it."""
BESIDE_THE_WAY = frozenset({"anywhere", "requests", "mending", "mending_money"})
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
    return visit.page(
        "sent.html",
        step=step,
        position=answer["position"],
        events=list(dict.fromkeys(answer["events"])),
        warnings=warned(answer, visit.language),
        about=about,
        due=_due(visit, about),
        following=[*_following(visit, about, step, answer)],
        mending=[*await _mending(visit, about, answer)],
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


def _following(
    visit: Signed, about: About | None, step: str, answer: dict[str, Any]
) -> Iterator[Link]:
    """What is likely to be recorded next: what is due first, then the way's own next steps."""
    if step == "register-staff":
        made = derived_id(UUID(answer["command_id"]), "staff")
        yield Link("invite-password", f"/staff/{made}")
    if about is None:
        return
    may_open = visit.actor.role in TAKEN["open-case"].who
    if about.kind is StreamKind.BENEFICIARY and about.answer.open_case is None and may_open:
        yield Link("open-case", f"/steps/open-case?beneficiary_id={about.id}")
    if about.kind is StreamKind.CASE:
        steps = dict.fromkeys([*_due_steps(about), *_next_on_the_way(about, step)])
        for each in [*steps][:NEXT]:
            yield Link(each, f"/cases/{about.id}/steps/{each}")


def _due_steps(about: About) -> Iterator[str]:
    open_now = {each.step for each in about.answer.open_steps if each.yours}
    for each in about.answer.reviews:
        wanted = DONE_BY.get(each.kind, "") if each.kind else ""
        if each.status in ("due", "overdue") and wanted in open_now:
            yield wanted


def _next_on_the_way(about: About, step: str) -> Iterator[str]:
    """The steps open now that stand behind this one; of one beside the way all that are open."""
    names = [
        step_name(row.step) for part in PATH for row in part.rows if part.name not in BESIDE_THE_WAY
    ]
    after = names[names.index(step) + 1 :] if step in names else names
    open_now = {each.step for each in about.answer.open_steps if each.yours}
    yield from (each for each in after if each in open_now)


async def _mending(visit: Signed, about: About | None, answer: dict[str, Any]) -> Iterator[Link]:
    """Where the entry is corrected or taken back, where the asker can do that."""
    if about is None or about.kind is not StreamKind.CASE:
        return iter(())
    open_now = {each.step for each in about.answer.open_steps if each.yours}
    told = await events_of(visit, about) if open_now & MENDING.keys() else []
    mine = [each.version for each in told if str(each.command_id) == answer["command_id"]]
    return (
        Link(step, f"/cases/{about.id}/steps/{step}?{field}={mine[0]}")
        for step, field in MENDING.items()
        if mine and step in open_now
    )


def warned(answer: dict[str, Any], language: Language) -> list[tuple[str, str, str]]:
    """What the answer tells of besides: each with its title, what to do, and what it is about."""
    return [
        (*text_of_warning(each["code"], each["params"], language, ISOLATED), each["about"])
        for each in answer["warnings"]
    ]
