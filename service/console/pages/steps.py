"""The form of a step: ask, check where money is in play, record, and what was recorded.

Sending again is harmless, and so is Back: every form carries its idempotency key from the
moment it is shown.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from pydantic import BaseModel
from starlette.responses import Response

from domain.errors import JisrError, KeyReused, NotFound, Refused, Unavailable
from domain.message import derived_id
from domain.values.calendar import local_date
from service.access.table import require
from service.application import Ask, Taken
from service.console.failures import ISOLATED, told_of
from service.console.forms.answers import Complaint, read, row_numbers, tidied
from service.console.forms.layout import Layout
from service.console.forms.layouts import FIRST_RUN, LAYOUTS
from service.console.forms.questions import Kind, Question, lists_in, questions_of
from service.console.pages.candidates import candidates
from service.console.pages.signing_in import keep_language
from service.console.visit import Signed
from service.identity.issuing import AccessKeyRequest, Issuing
from service.problems.problem import text_of, text_of_warning
from service.queries.me import get_receipt
from service.words.language import Language
from service.words.store import words

ISSUE_KEY = "issue-access-key"
NOT_ANSWERS = frozenset({"key", "go", "language", "at"})
"""What a form sends beside the answers."""
_SAME_PAGE = {"check": "check", "key": "record"}
"""What leads to the very page again on which another language was chosen; else it is the form."""
FIRST_ROWS = {Kind.LINES: 2, Kind.ROWS: 1}
"""So many rows of a question are there to begin with; one where answers are chosen."""
UNPROCESSABLE, CONFLICT = 422, 409


@dataclass(frozen=True, slots=True)
class Form:
    """A step's form, in the asker's language, with what was typed so far."""

    visit: Signed
    step: str
    layout: Layout
    questions: tuple[Question, ...]
    typed: dict[str, str]
    key: str

    @classmethod
    async def of(cls, visit: Signed, typed: dict[str, str], key: str) -> "Form":
        """Raises `NotFound` for a step without a form, and `NotAllowed`."""
        step = visit.request.path_params["step"]
        if step not in FIRST_RUN:
            raise NotFound
        layout = LAYOUTS[step]
        require(visit.actor, step)
        offered = await candidates(visit, layout)
        questions = questions_of(step, layout, offered, visit.language)
        return cls(visit, step, layout, questions, tidied(questions, typed), key)

    def rows(self, question: Question, more: str) -> int:
        """How many rows of a question to show; one more of the one named."""
        filled = len(row_numbers(self.typed, question.name))
        first = 1 if question.options else FIRST_ROWS[question.kind]
        return max(filled + (question.name == more), first)

    def page(
        self,
        *,
        status: int = 200,
        complaints: Sequence[Complaint] = (),
        refusal: str = "",
        more: str = "",
    ) -> Response:
        counted = {each.name: self.rows(each, more) for each in lists_in(self.questions)}
        return self.visit.page(
            "step.html",
            status=status,
            form=self,
            complaints=complaints,
            complaint_of={each.name: each.text for each in complaints},
            refusal=refusal,
            rows=counted,
        )

    def ask(self, body: BaseModel) -> Ask:
        return Ask(
            actor=self.visit.actor,
            step=body,  # type: ignore[arg-type]  # a request for a key is none: `_take` makes its step
            key=self.key,
            request=self.visit.request.state.request_id,
        )

    def stopped(self, error: JisrError) -> Response:
        """The form again, with all that was typed, and why nothing was recorded."""
        language = self.visit.language
        if isinstance(error, KeyReused):
            again = replace(self, key=uuid4().hex)
            return again.page(status=CONFLICT, refusal=words(language).page["form_used"])
        if isinstance(error, Refused):
            _, why = text_of(error.code, error.params, language, ISOLATED)
            return self.page(status=CONFLICT, refusal=why)
        told = told_of(error, language)
        why = " ".join(filter(None, (f"{told.title}.", told.help, told.reference)))
        return self.page(status=told.status, refusal=why)


async def step_form(visit: Signed) -> Response:
    """An empty form; the address may answer a question of choice beforehand."""
    known = dict(visit.request.query_params)
    return (await Form.of(visit, known, uuid4().hex)).page()


async def send_step(visit: Signed) -> Response:
    sent = await visit.form()
    spoken = sent.get("language")
    if spoken not in set(Language):
        return await _sent(visit, sent, sent.get("go", ""))
    other = Signed(visit.request, Language(spoken), visit.actor, visit.sign_in)
    response = await _sent(other, sent, _SAME_PAGE.get(sent.get("at", ""), "change"))
    keep_language(visit, response, spoken)
    return response


async def _sent(visit: Signed, sent: dict[str, str], go: str) -> Response:
    """What a form leads to; `go`: the button that was pressed."""
    typed = {name: text for name, text in sent.items() if name not in NOT_ANSWERS}
    form = await Form.of(visit, typed, sent.get("key") or uuid4().hex)
    if go == "change" or go.startswith("more:"):
        return form.page(more=go.removeprefix("more:"))
    today = local_date(datetime.now(UTC))
    answers = read(form.layout.model, form.questions, form.typed, today, visit.language)
    if answers.body is None:
        return form.page(status=UNPROCESSABLE, complaints=answers.complaints)
    if form.layout.checked and go != "record":
        return await _check(form, answers.body)
    return await _record(form, answers.body)


async def _check(form: Form, body: BaseModel) -> Response:
    """The answers once more, or at once the rule that refuses them."""
    try:
        await form.visit.application.foresee(form.ask(body))
    except Unavailable:
        pass  # nothing is recorded by looking: whether it passes is seen when it is sent
    except JisrError as error:
        return form.stopped(error)
    return form.visit.page("check.html", form=form, body=body)


async def _record(form: Form, body: BaseModel) -> Response:
    visit = form.visit
    try:
        taken = await _take(visit, form.ask(body), body)
    except Unavailable:
        return visit.page("sent.html", step=form.step, position=None, staff_id=None, form=form)
    except JisrError as error:
        return form.stopped(error)
    if form.step == ISSUE_KEY:
        return visit.page("key.html", key=json.loads(taken.answer)["access_key"], form=form)
    return visit.redirect(f"/sent/{form.key}?step={form.step}")


async def _take(visit: Signed, ask: Ask, body: BaseModel) -> Taken:
    if isinstance(body, AccessKeyRequest):
        issuing: Issuing = visit.request.app.state.issuing
        return await issuing.issue(ask, body)
    return await visit.take(ask)


async def sent_page(visit: Signed) -> Response:
    """What became of what was sent under a key: recorded, or not known yet."""
    key, step = visit.request.path_params["key"], visit.request.query_params.get("step", "")
    if step not in FIRST_RUN:
        raise NotFound
    try:
        answer = json.loads(await visit.ask(get_receipt, key, None))
    except Refused:
        return visit.page("sent.html", step=step, position=None, staff_id=None, form=None)
    made = derived_id(UUID(answer["command_id"]), "staff") if step == "register-staff" else None
    return visit.page(
        "sent.html",
        step=step,
        position=answer["position"],
        staff_id=made,
        form=None,
        warnings=warned(answer, visit.language),
    )


def warned(answer: dict[str, Any], language: Language) -> list[tuple[str, str, str]]:
    """What the answer tells of besides: each with its title, what to do, and what it is about."""
    return [
        (*text_of_warning(each["code"], each["params"], language, ISOLATED), each["about"])
        for each in answer["warnings"]
    ]
