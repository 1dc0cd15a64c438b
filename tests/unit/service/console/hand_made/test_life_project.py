"""The plan's goals and steps: what is typed there makes them again."""

import pytest

from service.console.forms.answers import read, tidied
from service.console.hand_made.life_project import STEP
from service.console.rendering import _templates
from service.words.language import Language
from service.words.store import words
from tests.support.browsing import Page
from tests.unit.service.console.test_every_form import TODAY, body_of, form_of

DRAWN = """{% from "questions.html" import ask with context %}
{% from "hand_made/goals.html" import goals, told with context %}
<form id="answers">{% for each in form.questions %}{% if each.name == "goals" %}{{ goals(each) }}
{% else %}{{ ask(each, each.name) }}{% endif %}{% endfor %}</form>{{ told(body.goals) }}"""


@pytest.mark.parametrize("language", Language)
def test_goals_and_steps_are_read_back_from_their_page(language: Language) -> None:
    form, body = form_of(STEP, language), body_of(STEP)
    said: dict[str, object] = {"words": words(language), "lang": language, "complaint_of": {}}
    drawn = _templates().from_string(DRAWN)
    page = Page(drawn.render(form=form, body=body, more="goals.0.steps", **said))
    answers = read(
        form.layout.model, form.questions, tidied(form.questions, page.sent()), TODAY, language
    )
    assert (answers.body, answers.complaints) == (body, ())
