"""Whatever pydantic finds in a form of ours is told in the reader's language, and no more of it."""

import json
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, get_args

import pytest
from pydantic import AfterValidator, BaseModel, TypeAdapter, ValidationError
from pydantic_core.core_schema import ErrorType

from domain.case.vocabulary import TrackKind
from domain.errors import Unfit
from service.api import parameters
from service.api.parsing import body_as
from service.api.steps.routes import operations
from service.problems.faults import KINDS, TEXTS, Fault, faults_in, pointer, text_of_fault
from service.problems.problem import Rejected, body_of, problem_of
from service.words.language import Language
from service.words.store import words

ROOT = Path(__file__).parents[3]
BODIES = sorted({operation.body for operation in operations()}, key=lambda body: body.__name__)
QUERIES = [
    each
    for each in vars(parameters).values()
    if isinstance(each, type) and issubclass(each, BaseModel) and each.model_fields
]


RAISED = re.compile(r'\bUnfit\(\s*"(\w+)"')


def ours() -> set[str]:
    """What our own validators raise (`Unfit("years")`), and the edge."""
    files = (file for each in ("domain", "service") for file in (ROOT / each).rglob("*.py"))
    written = (RAISED.findall(file.read_text(encoding="utf-8")) for file in files)
    return {"doubled", "number_written", *chain.from_iterable(written)}


OURS = ours()

GIVEN: dict[str, set[str]] = {
    "any": set(),
    "chain": set(),
    "function-wrap": {"value_error"},
    "union": set(),
    "bool": {"bool_type", "bool_parsing"},
    "date": {
        "date_type",
        "date_parsing",
        "date_from_datetime_parsing",
        "date_from_datetime_inexact",
    },
    "datetime": {
        "datetime_type",
        "datetime_parsing",
        "datetime_object_invalid",
        "datetime_from_date_parsing",
        "timezone_aware",
    },
    "decimal": {"decimal_type", "decimal_parsing", "finite_number"},
    "default": set(),
    "dict": {"dict_type"},
    "definition-ref": set(),
    "definitions": set(),
    "enum": {"enum"},
    "function-after": {"value_error"},
    "function-before": {"value_error"},
    "int": {"int_type", "int_parsing", "int_parsing_size", "int_from_float"},
    "list": {"list_type"},
    "literal": {"literal_error"},
    "model": {"model_type", "model_attributes_type"},
    "model-field": {"missing"},
    "model-fields": {"extra_forbidden", "dict_type", "model_attributes_type"},
    "none": {"none_required"},
    "nullable": set(),
    "str": {"string_type", "string_unicode"},
    "tuple": {"tuple_type"},
    "uuid": {"uuid_type", "uuid_parsing", "uuid_version"},
}
"""What a node of pydantic's schema can find, by its kind."""
BOUNDS: dict[str, str] = {
    "gt": "greater_than",
    "ge": "greater_than_equal",
    "lt": "less_than",
    "le": "less_than_equal",
    "pattern": "string_pattern_mismatch",
    "max_digits": "decimal_max_digits",
    "decimal_places": "decimal_max_places",
}
"""And by a limit it has."""
INNER = ("schema", "steps", "items_schema", "keys_schema", "values_schema", "fields", "definitions")


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, list):
        for each in schema:
            yield from nodes(each)
    elif isinstance(schema, dict):
        if isinstance(schema.get("type"), str):
            yield schema
        for name in INNER:
            inside = schema.get(name)
            if name == "fields" and isinstance(inside, dict):
                inside = list(inside.values())
            yield from nodes(inside)


def findings(node: dict[str, Any]) -> Iterator[str]:
    yield from GIVEN[node["type"]]
    for bound, found in BOUNDS.items():
        if node.get(bound) is not None:
            yield found
    if node.get("max_digits") is not None:
        yield "decimal_whole_digits"
    several = node["type"] in ("tuple", "list", "dict")
    for bound, ending in (("min_length", "short"), ("max_length", "long")):
        if node.get(bound) is not None:
            yield f"too_{ending}" if several else f"string_too_{ending}"


def every_finding() -> set[str]:
    schemas = [model.__pydantic_core_schema__ for model in (*BODIES, *QUERIES)]
    return {found for node in nodes(schemas) for found in findings(node)}


def test_everything_our_forms_can_find_has_a_text_and_no_text_is_idle() -> None:
    found = every_finding()
    assert len(found) > 25
    assert found <= set(get_args(ErrorType))
    assert found <= TEXTS.keys()
    assert [kind for kind, types in KINDS.items() if not found & set(types)] == []


@pytest.mark.parametrize("language", Language)
def test_every_text_is_there_and_names_its_figures(language: Language) -> None:
    said = words(language).fault
    assert said.keys() == KINDS.keys() | OURS
    assert len(OURS) > 3
    for text in said.values():
        assert text.strip() == text
        assert text
    fault = Fault("/amount", "greater_than", {"gt": 7})
    assert "7" in text_of_fault(fault, language)


WRONG: tuple[Any, ...] = (
    None,
    True,
    5,
    -(10**15),
    1.5,
    "",
    "x" * 5000,
    "1",
    "0",
    [],
    [1],
    {},
    {"x": 1},
    "2024-13-45",
)
"""Among them there is something wrong for every field."""


@pytest.mark.parametrize("model", BODIES, ids=lambda model: model.__name__)
def test_what_is_wrong_is_told_in_every_language_without_pydantics_words(
    model: type[BaseModel],
) -> None:
    for name in model.model_fields:
        for value in WRONG:
            try:
                body_as(model, json.dumps({name: value}).encode())
            except Rejected as error:
                for fault in error.faults.named:
                    assert fault.code in TEXTS.keys() | words(Language.ENGLISH).fault.keys(), fault
                    texts = {text_of_fault(fault, language) for language in Language}
                    assert len(texts) == len(Language)
                    assert not any("…" in text or "Input should" in text for text in texts)


@pytest.mark.parametrize("language", Language)
def test_choices_are_named_without_english_between_them(language: Language) -> None:
    with pytest.raises(ValidationError) as caught:
        parameters.CaseParameters.model_validate({"track": "farming"})
    (fault,) = faults_in(caught.value).named
    assert text_of_fault(fault, language).endswith(", ".join(TrackKind))


def test_a_value_that_does_not_fit_says_why_by_a_code() -> None:
    def refuse(_: str) -> str:
        raise Unfit("place_unknown")

    adapter = TypeAdapter(Annotated[str, AfterValidator(refuse)])
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python("atlantis")
    (fault,) = faults_in(caught.value).named
    assert fault.code == "place_unknown"
    assert "المغرب" in text_of_fault(fault, Language.ARABIC)


def test_a_finding_nobody_knows_still_has_a_text() -> None:
    assert text_of_fault(Fault("/x", "from_the_future"), Language.FRENCH).startswith("Cette valeur")


def test_twenty_are_named_and_the_others_counted() -> None:
    body = {f"unknown-{number}": 1 for number in range(300)}
    with pytest.raises(Rejected) as caught:
        body_as(BODIES[0], json.dumps(body).encode())
    answer = json.loads(body_of(problem_of(caught.value, Language.ENGLISH)))
    missing = sum(field.is_required() for field in BODIES[0].model_fields.values())
    assert len(answer["errors"]) == 20
    assert answer["more_errors"] == 300 + missing - 20


def test_a_pointer_is_escaped_and_no_longer_than_an_answer_can_hold() -> None:
    assert pointer(("items", 0, "a/b~c")) == "/items/0/a~1b~0c"
    assert len(pointer(("x" * 60_000,))) < 300
