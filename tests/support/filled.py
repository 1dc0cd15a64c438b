"""What would be typed into the form of a step to say just this: for tests that walk by forms."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel

from service.console.forms.answers import is_put
from service.console.forms.layout import Layout
from service.console.forms.layouts import LAYOUTS
from service.console.forms.making import chosen_in, questions_of
from service.console.forms.questions import Candidates, Options, Question
from service.console.forms.refilled import refilled
from service.words.language import Language

CORRECTED = "record-social-enquiry"
"""The step whose entry the example corrects."""


def offering(layout: Layout, body: BaseModel) -> Candidates:
    """Candidates of each question: what the body says, and nothing else."""
    found: dict[str, Options] = {
        name: dict.fromkeys(_codes(layout, body, name), name)
        for name in chosen_in(layout)
        if name not in layout.by_hand
    }
    for name in layout.by_hand:
        found |= _of_entries(name, getattr(body, name))
    return found


def _of_entries(name: str, entries: Iterable[Any]) -> Candidates:
    """Entries to correct, which the step of the example told."""
    found: dict[str, Options] = {name: {str(each.entry_number): name for each in entries}}
    for row, each in enumerate(entries):
        inner = LAYOUTS[CORRECTED].model.model_validate(each.content)
        found[f"{name}.{row}"] = {CORRECTED: ""}
        for own, options in offering(LAYOUTS[CORRECTED], inner).items():
            found[f"{name}.{row}.content.{own}"] = options
    return found


def questions_for(
    step: str, body: BaseModel, language: Language = Language.ENGLISH
) -> tuple[Question, ...]:
    layout = LAYOUTS[step]
    return questions_of(step, layout, offering(layout, body), language)


def typed_for(step: str, body: BaseModel) -> Mapping[str, str]:
    """Without what is not put by what is answered."""
    questions = questions_for(step, body)
    typed = refilled(questions, body)
    left_out = [each.name for each in questions if not is_put(each, each.name, typed)]
    return {
        name: text
        for name, text in typed.items()
        if not any(name == each or name.startswith(f"{each}.") for each in left_out)
    }


def _codes(layout: Layout, body: BaseModel, name: str) -> list[str]:
    above, _, own = name.rpartition(".")
    found: list[str] = []
    for holder in _at(body, above):
        value = getattr(holder, own)
        together = layout.together.get(name)
        if name in layout.rows_from:
            found += [str(getattr(each, next(iter(type(each).model_fields)))) for each in value]
        elif together and value is not None:
            beside = (getattr(holder, each.rpartition(".")[2]) for each in together)
            found.append("/".join(str(each) for each in (value, *beside)))
        else:
            found += [str(each) for each in _several(value)]
    return found


def _at(body: Any, path: str) -> list[Any]:
    """What stands there: of several records each."""
    found = [body]
    for part in path.split(".") if path else ():
        found = [inner for each in found for inner in _several(getattr(each, part))]
    return found


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, tuple) else [value]
