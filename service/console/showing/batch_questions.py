"""What a batch's step asks for in every line, as few plain questions: choices, or what is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, get_args

from pydantic import BaseModel

from domain.batch.allowed import ALLOWED
from domain.batch.lines import DAY
from service.words.language import Language
from service.words.store import words

WHOM = "caseworker"
CEREMONY = "ceremony_id"
NOT_FOR_ALL = frozenset({"track_id", "replaces", "tracks", "reference", "marks"})
"""What no two lines would say alike."""
YES_OR_NO = {"true": "form_yes", "false": "form_no"}


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """One question; with options it is a choice, else something is written."""

    name: str
    label: str
    options: Mapping[str, str] | None
    is_day: bool
    is_optional: bool


def questions_of(
    step: str, known: Mapping[str, Mapping[str, str]], language: Language
) -> Iterator[BatchQuestion]:
    """In the step's own order; `known` are the choices that come from what there is."""
    said = words(language)
    for name, field in ALLOWED[step].step.model_fields.items():
        kinds = [*_kinds(field.annotation)]
        if name in NOT_FOR_ALL or any(issubclass(kind, BaseModel) for kind in kinds):
            continue
        yield BatchQuestion(
            name=name,
            label=said.field.get(name, name) if name != DAY else said.page["batch_day"],
            options=known.get(name) or _options(kinds, language),
            is_day=date in kinds,
            is_optional=not field.is_required(),
        )


def _options(kinds: list[type], language: Language) -> Mapping[str, str] | None:
    said = words(language)
    for kind in kinds:
        if issubclass(kind, StrEnum):
            return dict(said.code[kind.__name__])
        if kind is bool:
            return {value: said.page[word] for value, word in YES_OR_NO.items()}
    return None


def _kinds(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for inside in get_args(annotation):
        yield from _kinds(inside)
