"""The one lookup of words, by language and section."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from service.words.language import Language

Section = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form says beside its labels; fields are named from the top, `season.label`."""

    why: str = ""
    """What the step records and what follows, in one or two sentences."""
    labels: Section = field(default_factory=dict)
    """Of a field, as a question, where it says more here than its name does everywhere."""
    hints: Section = field(default_factory=dict)
    """Under the label of a field."""
    examples: Section = field(default_factory=dict)
    """Of what can be typed into a field: invented."""


@dataclass(frozen=True, slots=True)
class Words:
    """All words of a language."""

    page: Section
    """What pages say beside data."""
    step: Section
    """By the step's name in the API."""
    event: Section
    """By the event's type."""
    field: Section
    """By the field's name, which means the same in every step and event."""
    code: Mapping[str, Section]
    """By the enum's name, then by its value; `Part` are the parts of the path."""
    count: Mapping[str, Section]
    """Of counted things: the forms, by the category of the number (`one`, `two`, `few`, …)."""
    problem: Mapping[str, Section]
    """`title` and `detail`, by the problem's code."""
    form: Mapping[str, Mapping[str, Any]]
    """By the step's name: what `asked` tells of."""
    warning: Mapping[str, Section]
    """`title` and `detail` of what a step that passed is told of besides, by its code."""
    message: Section
    """Of what is sent to people: nothing of it says who anybody is, or was."""
    fault: Section
    """What a field should be, by what is wrong with it."""

    def asked(self, step: str) -> "Asked":
        """What the form of a step says beside its labels."""
        return Asked(**self.form.get(step, {}))

    def of(self, code: StrEnum) -> str:
        return self.code[type(code).__name__][code]


@cache
def words(language: Language) -> Words:
    apart = {"count": _read("counts.json"), "page": _together("pages", _read("page.json"))}
    apart["form"] = _together("forms", {})
    apart["problem"] = _together("problems", _read("problem.json"))
    apart |= {name: _read(f"{name}.json") for name in ("warning", "fault", "message")}
    sections = apart | _of_programme()
    return Words(**{name: _spoken(section, language) for name, section in sections.items()})


@cache
def _of_programme() -> dict[str, Any]:
    """The words of steps, events, fields and codes, out of the files of all rooms.

    Raises `ValueError` where two rooms say the same.
    """
    return _together("programme", {})


def _together(folder: str, said: dict[str, Any]) -> dict[str, Any]:
    """What the files of a folder say, with what is said already."""
    for file in (files("service.words") / "texts" / folder).iterdir():
        _add(said, _read(f"{folder}/{file.name}"), file.name)
    return said


def _add(said: dict[str, Any], more: Mapping[str, Any], where: str) -> None:
    for name, inside in more.items():
        if inside.keys() != set(Language):
            _add(said.setdefault(name, {}), inside, where)
        elif said.setdefault(name, inside) is not inside:
            raise ValueError(f"{where} says {name} again")


def _read(name: str) -> Any:
    return json.loads((files("service.words") / "texts" / name).read_text(encoding="utf-8"))


def _spoken(texts: Mapping[str, Any], language: Language) -> Any:
    """What `language` says, out of texts that are given in each."""
    if texts.keys() == set(Language):
        return texts[language]
    return {name: _spoken(inside, language) for name, inside in texts.items()}
