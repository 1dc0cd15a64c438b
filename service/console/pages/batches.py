"""Batches: which there are, one that is prepared from a list, and how far one is.

Everything works without a script: a page of a batch under way comes anew by itself, and closing it
stops nothing.
"""

import asyncio
import csv
import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from pydantic import ValidationError
from starlette.responses import Response

from domain.batch import steps as s
from domain.batch.allowed import ALLOWED
from domain.batch.vocabulary import BatchStatus, Foretold
from domain.commands import HANDLINGS
from domain.errors import JisrError, NotFound, Refused
from domain.message import Role, Step
from projections.views import ceremonies
from projections.views.batches import NEWEST, Filters
from projections.views.pages import Part
from service.application import Ask
from service.console.failures import ISOLATED, told_of
from service.console.pages.batch_lists import FILTERED, changed, listed_in
from service.console.pages.batch_triage import AFTER, matched, triage
from service.console.showing.batch_questions import CEREMONY, WHOM, questions_of
from service.console.visit import Signed
from service.problems.problem import text_of
from service.queries.batches import (
    BatchLineAnswer,
    PastedLines,
    find_batch_lines,
    get_batch,
    list_batch_lines,
    list_batches,
)
from service.queries.ceremonies import list_ceremonies
from service.queries.staff import list_staff
from service.words.store import words

PATH = "/batches"
PAGE = 50
LINES = 60
CONFLICT, UNFIT = 409, 422
MOVING = frozenset({BatchStatus.LOOKING, BatchStatus.RUNNING, BatchStatus.FILLING})
NOT_THE_STEPS = frozenset({"once", "takes", "list", "filtered", "explanation"})
BUTTONS: Mapping[str, tuple[BatchStatus, ...]] = {
    "pause-batch": (BatchStatus.RUNNING,),
    "resume-batch": (BatchStatus.PAUSED,),
    "recheck-batch": (BatchStatus.READY, BatchStatus.ENDED, BatchStatus.STOPPED),
    "start-batch": (BatchStatus.READY,),
    "stop-batch": (
        *(BatchStatus.FILLING, BatchStatus.LOOKING, BatchStatus.READY),
        *(BatchStatus.RUNNING, BatchStatus.PAUSED),
    ),
    "forget-batch": (BatchStatus.ENDED, BatchStatus.STOPPED),
}
"""What can be pressed, by how far a batch is."""


async def batches_page(visit: Signed) -> Response:
    after = visit.request.query_params.get("after")
    page = await visit.ask(list_batches, Filters(), Part(NEWEST, after, PAGE))
    return visit.page(
        "batches.html",
        batches=page.batches,
        may=[each for each in ALLOWED if _may(visit, each)],
        next=f"{PATH}?after={page.next_cursor}" if page.next_cursor else None,
    )


def _may(visit: Signed, step: str) -> bool:
    """Whether the reader takes that step at all, and batches."""
    who = HANDLINGS[ALLOWED[step].step].who
    return visit.actor.role in who and "prepare-batch" in visit.steps


async def new_page(visit: Signed) -> Response:
    """What is asked for one step, with the list that was chosen on another page."""
    query = visit.request.query_params
    text = await listed_in(visit, query.get("list", ""))
    takes = query.get("takes", "")
    if not takes:
        may = [each for each in ALLOWED if _may(visit, each)]
        return visit.page("batch_step.html", may=may, list=query.get("list", ""))
    first, _, rest = (text or "").partition("\n")
    if first.startswith(FILTERED):
        typed = {"list": rest, "filtered": first.removeprefix(FILTERED)}
    else:
        typed = {"list": text or ""}
    return await _asked(visit, takes, typed, "")


async def _asked(visit: Signed, takes: str, typed: Mapping[str, str], refusal: str) -> Response:
    if takes not in ALLOWED or not _may(visit, takes):
        raise NotFound
    known = await _known(visit, takes)
    return visit.page(
        "batch_new.html",
        status=UNFIT if refusal else 200,
        takes=takes,
        asked=[*questions_of(takes, known, visit.language)],
        typed=typed,
        refusal=refusal,
        custody=ALLOWED[takes].custody,
        once=typed.get("once") or uuid4().hex,
    )


async def _known(visit: Signed, takes: str) -> dict[str, dict[str, str]]:
    """The choices that come from what there is: colleagues, ceremonies to come."""
    fields, known = ALLOWED[takes].step.model_fields, {}
    if WHOM in fields:
        staff = (await visit.ask(list_staff)).staff
        known[WHOM] = {
            str(each.staff_id): each.label or str(each.staff_id)[:8]
            for each in staff
            if each.role is Role.CASEWORKER and each.left_on is None
        }
    if CEREMONY in fields:
        page = await visit.ask(list_ceremonies, ceremonies.Filters(), Part(ceremonies.NEWEST))
        known[CEREMONY] = {
            str(each.ceremony_id): f"{each.held_on} · {each.city}"
            for each in page.ceremonies
            if each.status == "scheduled"
        }
    return known


async def prepare(visit: Signed) -> Response:
    """Record the list and have it looked at; what cannot be is told beside the form."""
    form = await visit.form()
    takes = form.get("takes", "")
    try:
        found = await visit.ask(find_batch_lines, form.get("list", ""))
        batch = await _prepared(visit, takes, form, found)
    except ValidationError:
        said = words(visit.language).page["batch_answers_missing"]
        return await _asked(visit, takes, form, said)
    except JisrError as error:
        return await _asked(visit, takes, form, _said_of(visit, error))
    return visit.redirect(f"{PATH}/{batch}")


async def _prepared(visit: Signed, takes: str, form: Mapping[str, str], found: PastedLines) -> UUID:
    """The batch, with all of its lines."""
    once = form.get("once") or uuid4().hex
    answers = tuple(
        s.Answer(field=name, value=value)
        for name, value in form.items()
        if name not in NOT_THE_STEPS and value.strip()
    )
    lines = [_line(each) for each in found.lines]
    step = s.PrepareBatch(
        occurred_on=visit.today,
        takes=takes,
        answers=answers,
        count=len(lines),
        filtered=form.get("filtered") or None,
        lines=tuple(lines[: s.MOST_AT_ONCE]),
        explanation=form.get("explanation", ""),
    )
    taken = await visit.take(Ask(visit.actor, step, once))
    batch = UUID(_made(taken.answer))
    for number, first in enumerate(range(s.MOST_AT_ONCE, len(lines), s.MOST_AT_ONCE), 1):
        more = s.AddBatchLines(
            occurred_on=visit.today, lines=tuple(lines[first : first + s.MOST_AT_ONCE])
        )
        await visit.take(Ask(visit.actor, more, f"{once}-{number}", batch))
    return batch


def _made(answer: str) -> str:
    made: str = json.loads(answer)["ids"]["batch"]
    return made


def _said_of(visit: Signed, error: JisrError) -> str:
    """Why it is not recorded, in words."""
    if isinstance(error, Refused):
        return text_of(error.code, error.params, visit.language, ISOLATED)[1]
    return told_of(error, visit.language).title


def _line(found: Any) -> s.BatchLine:
    answers = tuple(s.LineAnswer(field=n, value=v) for n, v in found.answers.items())
    return s.BatchLine(case_id=found.case_id, said=found.said, answers=answers)


async def batch_page(visit: Signed) -> Response:
    return await _shown(visit, "")


async def _shown(visit: Signed, refusal: str) -> Response:
    batch_id, query = visit.id_of("batch_id"), visit.request.query_params
    batch = await visit.ask(get_batch, batch_id)
    only = next((each for each in Foretold if each == query.get("only")), None)
    after = int(query["after"]) if query.get("after", "").isdecimal() else 0
    page = await visit.ask(list_batch_lines, batch_id, after, LINES, only)
    status = BatchStatus(batch.status)
    whose = await triage(visit, batch)
    return visit.page(
        "batch.html",
        status=CONFLICT if refusal else 200,
        batch=batch,
        lines=[(each, _why(visit, each)) for each in page.lines],
        only=only,
        kinds=[each for each in Foretold if each is not Foretold.WAITING],
        next=_further(batch_id, only, page.next_after),
        refusal=refusal,
        halted=_told(visit, batch.halted),
        moving=status in MOVING,
        again=status in MOVING and not (whose and whose.lines),
        buttons=[
            step
            for step, when in BUTTONS.items()
            if status in when
            and not batch.forgotten
            and step in visit.steps
            and (step != "start-batch" or batch.foreseen_ready)
        ],
        whose=whose,
        changed=await changed(visit, batch) if status is BatchStatus.READY else None,
        once=uuid4().hex,
        at=datetime.now(UTC),
    )


def _further(batch_id: UUID, only: Foretold | None, after: int | None) -> str | None:
    if after is None:
        return None
    return f"{PATH}/{batch_id}?after={after}" + (f"&only={only}" if only else "")


def _told(visit: Signed, code: str | None) -> str:
    """Why, in words: the title of the problem, for its details are of that moment."""
    said = words(visit.language).problem.get(code or "")
    return said["title"] if said else ""


def _why(visit: Signed, line: BatchLineAnswer) -> str:
    return _told(visit, line.code)


async def press(visit: Signed) -> Response:
    """Do what was pressed, and show how far it is."""
    form, batch_id = await visit.form(), visit.id_of("batch_id")
    try:
        step = _pressed(form, visit)
    except (KeyError, ValidationError, ValueError):
        return await _shown(visit, words(visit.language).page["batch_answers_missing"])
    try:
        await visit.take(Ask(visit.actor, step, form.get("once") or uuid4().hex, batch_id))
    except JisrError as error:
        return await _shown(visit, _said_of(visit, error))
    await asyncio.sleep(0.3)  # most short lists are looked at by then
    after = form.get(AFTER, "")
    further = f"?{AFTER}={after}#whose" if after.isdecimal() else ""
    return visit.redirect(f"{PATH}/{batch_id}{further}")


PLAIN: Mapping[str, type[Step]] = {
    "pause-batch": s.PauseBatch,
    "resume-batch": s.ResumeBatch,
    "recheck-batch": s.RecheckBatch,
    "forget-batch": s.ForgetBatch,
}
"""Buttons that say no more than that they were pressed."""


def _pressed(form: Mapping[str, str], visit: Signed) -> Step:
    """Raises `KeyError`, and what a form's validation raises."""
    day, go = visit.today, form["go"]
    if go == "start-batch":
        return s.StartBatch(occurred_on=day, looked_at=form["digest"])
    if go == "stop-batch":
        return s.StopBatch(occurred_on=day, explanation=form.get("explanation", ""))
    if go == "match-batch-lines":
        return s.MatchBatchLines(occurred_on=day, matched=tuple(matched(form)))
    return PLAIN[go](occurred_on=day)


async def refused_file(visit: Signed) -> Response:
    """The lines that were refused, as they were pasted, to mend and send again."""
    batch_id, after = visit.id_of("batch_id"), 0
    written = io.StringIO()
    out = csv.writer(written)
    heads: list[str] | None = None
    while True:
        page = await visit.ask(list_batch_lines, batch_id, after, 500, Foretold.REFUSED)
        for each in page.lines:
            heads = heads or ["reference", *each.answers, "why"]
            if after == 0 and each is page.lines[0]:
                out.writerow(heads)
            row = {"reference": each.reference or each.said, "why": _why(visit, each)}
            out.writerow([_harmless(str({**each.answers, **row}.get(head, ""))) for head in heads])
        if page.next_after is None:
            break
        after = page.next_after
    disposition = f'attachment; filename="refused-{str(batch_id)[:8]}.csv"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    text = "\ufeff" + written.getvalue()
    return Response(text.encode(), 200, headers, "text/csv; charset=utf-8")


def _harmless(cell: str) -> str:
    """A spreadsheet takes what begins so as a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t" else cell
