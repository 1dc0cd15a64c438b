"""What forms say beside their fields: of every step, in three languages, briefly, and readably."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from domain.values.codes import Registered
from service.console.forms.layout import Layout
from service.console.forms.layouts import LAYOUTS
from service.words.language import Language
from service.words.store import Asked, words
from tests.unit.service.test_words_spoken import TEXTS

BESIDE_A_FIELD = ("labels", "hints", "examples")
MOST_WORDS = 16
LONGER = 1.4
"""So many times as long as in English, a label as long as a word aside."""
A_WORD = 12
TYPED = (str, int, Decimal)


def leaves(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for inside in get_args(annotation):
        yield from leaves(inside)


def fields_of(model: type[BaseModel], above: str = "") -> Iterator[tuple[str, Any]]:
    """The fields that a form can ask for, named from the top, with their types."""
    for name, field in model.model_fields.items():
        yield f"{above}{name}", field
        for inner in leaves(field.annotation):
            if issubclass(inner, BaseModel):
                yield from fields_of(inner, f"{above}{name}.")


def texts_of(asked: Asked) -> dict[str, str]:
    found = {"why": asked.why}
    for section in BESIDE_A_FIELD:
        found |= {f"{section}/{name}": text for name, text in getattr(asked, section).items()}
    return found


EVERY = [
    (step, where, {each: texts_of(words(each).asked(step))[where] for each in Language})
    for step in LAYOUTS
    for where in texts_of(words(Language.ENGLISH).asked(step))
]


@pytest.mark.parametrize("language", Language)
def test_each_step_says_why_it_is_asked_and_speaks_only_of_its_own_fields(
    language: Language,
) -> None:
    assert words(language).form.keys() == LAYOUTS.keys()
    for step, layout in LAYOUTS.items():
        asked = words(language).asked(step)
        known = {name for name, _ in fields_of(layout.model)}
        assert asked.why, step
        for section in BESIDE_A_FIELD:
            assert getattr(asked, section).keys() <= known, (step, section)
        in_english = words(Language.ENGLISH).asked(step)
        assert texts_of(asked).keys() == texts_of(in_english).keys(), step


def is_typed(layout: Layout, name: str, field: Any) -> bool:
    """Whether somebody writes into it: no choice, no record, and asked for at all."""
    kinds = list(leaves(field.annotation))
    marks = (*field.metadata, *get_args(field.annotation))
    with_another = [each for names in layout.together.values() for each in names]
    return (
        any(kind in TYPED for kind in kinds)
        and not any(issubclass(kind, BaseModel) for kind in kinds)
        and not any(isinstance(mark, Registered) or "Registered" in repr(mark) for mark in marks)
        and layout.source(name) is None
        and name not in (*layout.left, *with_another)
    )


@pytest.mark.parametrize("step", LAYOUTS)
def test_where_something_is_typed_a_hint_or_an_example_says_what(step: str) -> None:
    layout, asked = LAYOUTS[step], words(Language.ENGLISH).asked(step)
    helped = asked.hints.keys() | asked.examples.keys()
    typed = {name for name, each in fields_of(layout.model) if is_typed(layout, name, each)}
    asked_for = {name for name in typed if name.split(".")[0] in layout.order}
    assert asked_for <= helped


def test_sentences_are_short_in_every_language() -> None:
    for step, where, said in EVERY:
        for language, text in said.items():
            for sentence in re.split(r"[.!?؟:؛;]\s*", text):
                counted = [each for each in sentence.split() if re.search(r"\w", each)]
                assert len(counted) <= MOST_WORDS, (step, where, language, sentence)


def test_no_language_says_it_at_much_more_length() -> None:
    for step, where, said in EVERY:
        longest = LONGER * len(said[Language.ENGLISH]) + A_WORD
        assert len(said[Language.FRENCH]) <= longest, (step, where)
        assert len(said[Language.ARABIC]) <= longest, (step, where)


LATIN = re.compile(r"(?<!\u2066)\b[A-Za-z0-9+][A-Za-z0-9 ./+@–-]*[A-Za-z0-9]\b(?!\u2069)")


def torn(text: str) -> list[str]:
    """The runs from left to right that Arabic would turn around in parts: mixed, not isolated."""
    mixed = re.compile(r"[A-Za-z][A-Za-z]*[0-9 ./+@-]|[0-9 ./+@-][A-Za-z]|\d +\d|\d–\d")
    outside = re.sub(r"\u2066[^\u2069]*\u2069", "", text)
    return [run for run in LATIN.findall(outside) if mixed.search(run)]


def test_a_run_that_arabic_would_tear_is_known() -> None:
    assert torn("رقم BC-2024-31 في السجل")
    assert torn("الهاتف 06 12 34")
    assert not torn("رقم \u2066BC-2024-31\u2069 في السجل، 100\u202f000 درهم، ANAPEC")


def test_numbers_and_codes_keep_together_in_arabic() -> None:
    for step, where, said in EVERY:
        text = said[Language.ARABIC]
        assert torn(text) == [], (step, where)
        assert text.count("\u2066") == text.count("\u2069"), (step, where)


def test_files_are_named_after_their_parts() -> None:
    for file in TEXTS.joinpath("forms").iterdir():
        assert json.loads(file.read_text(encoding="utf-8")), file.name
