"""Pages made by hand have a place for all that the step asks: what is typed there makes it again."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from service.console.forms.answers import read, tidied
from service.console.hand_made.plan_of_finance import plan_typed
from service.console.hand_made.project import FORMS, ProjectFacts
from service.console.rendering import _templates
from service.words.language import Language
from service.words.store import words
from tests.support.browsing import Page
from tests.unit.service.console.test_every_form import TODAY, body_of, form_of

BY_WHO_PAYS = """{% from "questions.html" import ask with context %}
{% from "hand_made/plan_of_finance.html" import items, sums, told with context %}
<form id="answers">{% for each in form.questions %}{% if each.name == "items" %}{{ items(each, facts) }}
{% else %}{{ ask(each, each.name) }}{% endif %}{% endfor %}</form>{{ sums(facts) }}{{ told(facts) }}"""
SHARED: Mapping[str, str] = {
    "items.0.own_cash": "1000",
    "items.0.sources.region.amount": "2500",
    "items.0.sources.indh_income.amount": "18000.50",
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("step", FORMS)
def test_a_projects_plan_is_read_back_from_its_table(step: str, language: Language) -> None:
    form = form_of(step, language)
    sent = Page(drawn(BY_WHO_PAYS, step, form.typed, language)).sent()
    found = tidied(form.questions, sent)
    answers = read(form.layout.model, form.questions, found, TODAY, language)
    assert (answers.body, answers.complaints) == (body_of(step), ())


def test_a_source_that_pays_has_a_column() -> None:
    form = form_of("propose-project", Language.FRENCH)
    found = Page(drawn(BY_WHO_PAYS, "propose-project", {**form.typed, **SHARED}, Language.FRENCH))
    assert {name: found.controls[name].value for name in SHARED} == SHARED
    assert "items.0.sources.special.amount" not in found.controls


def drawn(template: str, step: str, typed: Mapping[str, str], language: Language) -> str:
    form, plan = form_of(step, language), plan_typed(typed)
    values: Mapping[str, object] = {
        "form": replace(form, typed={**typed}),
        "facts": ProjectFacts(plan, (), plan.payers, None),
        "words": words(language),
        "lang": language,
        "complaint_of": {},
        "more": "",
    }
    return _templates().from_string(template).render(values)
