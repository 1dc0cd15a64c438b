"""Every step's form: in every language it asks all of the step, and what is typed makes it again."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, get_args
from uuid import UUID

import pytest
from pydantic import BaseModel

from domain.commands import STEPS
from domain.message import Actor, Role
from service.api.steps.examples import EXAMPLES
from service.console.forms.answers import read, tidied
from service.console.forms.by_hand import ASKERS
from service.console.forms.layouts import LAYOUTS
from service.console.forms.opening import OPENED_BY
from service.console.forms.questions import Kind, every
from service.console.forms.refilled import refilled
from service.console.pages.form import Form
from service.console.rendering import _templates
from service.problems.table import STATUS
from service.words.language import Language
from service.words.store import words
from tests.support.browsing import Page
from tests.support.filled import questions_for

TODAY = date(2026, 11, 26)
ASKED = """{% from "questions.html" import ask with context %}
<form id="answers">{% for each in form.questions %}{{ ask(each, each.name) }}{% endfor %}</form>"""


def body_of(step: str) -> BaseModel:
    return LAYOUTS[step].model.model_validate(EXAMPLES[step])


def form_of(step: str, language: Language) -> Form:
    body = body_of(step)
    questions = questions_for(step, body, language)
    return Form(
        visit=Spoken(language),  # type: ignore[arg-type]  # what a form asks of a visit
        step=step,
        layout=LAYOUTS[step],
        path="",
        about=None,
        questions=questions,
        typed=tidied(questions, refilled(questions, body)),
        key="",
        seen=None,
    )


class Spoken:
    """As much of a visit as the questions need."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.actor = Actor(id=UUID(int=0), role=Role.COORDINATOR, centre="taza")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("step", LAYOUTS)
def test_what_is_typed_makes_the_step_again(step: str, language: Language) -> None:
    form, body = form_of(step, language), body_of(step)
    answers = read(form.layout.model, form.questions, form.typed, TODAY, language)
    assert (answers.body, answers.complaints) == (body, ())


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("step", LAYOUTS)
def test_the_form_has_a_place_for_all_that_is_typed(step: str, language: Language) -> None:
    form = form_of(step, language)
    found = Page(drawn(form, language))
    for name, text in form.typed.items():
        assert found.controls[name].value == text, name


def drawn(form: Form, language: Language) -> str:
    values: Mapping[str, object] = {
        "form": form,
        "words": words(language),
        "lang": language,
        "complaint_of": {},
        "more": "",
    }
    return _templates().from_string(ASKED).render(values)


def paths(model: type[BaseModel], above: str = "") -> Iterator[str]:
    """The fields of a form and of those inside it, named from the top."""
    for name, field in model.model_fields.items():
        yield above + name
        for inner in models_in(field.annotation):
            yield from paths(inner, f"{above}{name}.")


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inside in get_args(annotation):
        yield from models_in(inside)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("step", LAYOUTS)
def test_every_question_is_asked_in_words(step: str, language: Language) -> None:
    asked = list(every(form_of(step, language).questions))
    assert all(each.label for each in asked)
    said = words(language).asked(step)
    assert said.why
    assert {*said.labels, *said.hints, *said.examples} <= set(paths(LAYOUTS[step].model))
    assert {each.hand for each in asked if each.kind is Kind.HAND} <= ASKERS.keys()


def test_what_opens_the_way_is_a_step_and_what_it_opens_a_refusal() -> None:
    assert OPENED_BY.keys() <= STATUS.keys()
    assert set(OPENED_BY.values()) <= STEPS.keys()
