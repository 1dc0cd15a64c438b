"""The seven areas of need: a list, a page for each, and what is not answered keeps what was found."""

from types import SimpleNamespace
from typing import Any

import pytest

from domain.case.steps import AssessNeeds
from domain.case.vocabulary import NeedArea, NeedStatus
from service.console.forms.answers import read
from service.console.forms.layouts import LAYOUTS
from service.console.forms.paging import pages_of
from service.console.forms.questions import every
from service.console.hand_made.asking import Asking
from service.console.hand_made.needs import STEP, Areas, facts
from service.console.rendering import _templates
from service.words.language import Language
from service.words.store import words
from tests.support.browsing import Page
from tests.support.filled import questions_for
from tests.unit.service.console.test_every_form import TODAY, body_of, form_of

LISTED = """{% from "hand_made/areas.html" import asked, tasks with context %}
{% from "questions.html" import ask with context %}
<form id="answers">{{ tasks(areas) }}{% for page in form.pages %}{% for each in page %}
{% if each.name == "areas" %}{% set q = each.inside | first %}
{{ asked(areas.each[loop.index0], q, q.name, form.typed.get(q.name)) }}
{% else %}{{ ask(each, each.name) }}{% endif %}{% endfor %}{% endfor %}</form>"""


async def areas(**typed: str) -> Areas:
    visit: Any = SimpleNamespace(language=Language.ENGLISH)
    fields = {f"areas.{area}": status for area, status in typed.items()}
    told = await facts(Asking(visit, STEP, None, questions_for(STEP, body_of(STEP)), fields))
    found: Areas = told["areas"]
    return found


async def test_each_area_says_whether_it_is_answered() -> None:
    found = await areas(health=NeedStatus.NO_NEED, attitudes="not a status")
    assert [each.code for each in found.each] == [*NeedArea]
    answers = {each.code: each.answer for each in found.each if each.answer}
    assert answers == {NeedArea.HEALTH: words(Language.ENGLISH).of(NeedStatus.NO_NEED)}
    assert (found.answered, found.last_page) == (1, 8)


def test_each_area_has_a_page_between_the_list_and_the_remarks() -> None:
    questions = questions_for(STEP, body_of(STEP))
    pages = pages_of(questions, LAYOUTS[STEP].breaks, {})
    asked = [[each.name for each in every(page)] for page in pages]
    assert asked[0] == ["occurred_on"]
    assert asked[1:8] == [["areas", f"areas.{area}"] for area in NeedArea]
    assert asked[8] == ["remarks"]


@pytest.mark.parametrize("language", Language)
async def test_what_is_typed_on_their_pages_is_read_back(language: Language) -> None:
    form, body = form_of(STEP, language), body_of(STEP)
    assert isinstance(body, AssessNeeds)
    told = await areas(**{str(area): str(status) for area, status in body.areas.items()})
    drawn = _templates().from_string(LISTED)
    said: dict[str, object] = {"words": words(language), "lang": language, "complaint_of": {}}
    page = Page(drawn.render(form=form, areas=told, more="", **said))
    answers = read(form.layout.model, form.questions, page.sent(), TODAY, language)
    assert (answers.body, answers.complaints) == (body, ())
    assert page.buttons == [f"change:{number}" for number in range(1, 8)]
