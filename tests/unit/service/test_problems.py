"""Every code that can be raised has a status, and texts in three languages that say what to do."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from domain.errors import JisrError, Param, Refused, StaleVersion
from service.problems.problem import Rejected, body_of, problem_of, text_of
from service.problems.table import STATUS, status_of
from service.words.language import Language, preferred
from service.words.store import words

ROOT = Path(__file__).parents[3]
RAISED = {
    "Refused",
    "NotAllowed",
    "NotFound",
    "StaleVersion",
    "Erased",
    "KeyReused",
    "Unavailable",
    "Unexpected",
    "Condition",
    "Rejected",
}
FOLDERS = ("domain", "ledger", "workflows", "projections", "service")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
OURS_ALONE = {"error", "operator", "master_key"}
"""Codes of errors that end a command of the operator's and are never answered."""


@cache
def calls() -> tuple[ast.Call, ...]:
    """Every call of a plain name in the source."""
    return tuple(
        node
        for folder in FOLDERS
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    )


def raised_codes() -> Iterator[str]:
    """The codes written in the source where an error is made."""
    for call in calls():
        if isinstance(call.func, ast.Name) and call.func.id in RAISED and call.args:
            first = call.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def classes(root: type[JisrError] = JisrError) -> Iterator[type[JisrError]]:
    yield root
    for child in root.__subclasses__():
        yield from classes(child)


@cache
def params() -> Mapping[str, set[str]]:
    """By each code, the parameters with which it is raised somewhere."""
    found = defaultdict[str, set[str]](set)
    for call in calls():
        if call.args and isinstance(call.args[0], ast.Constant):
            found[str(call.args[0].value)].update(each.arg for each in call.keywords if each.arg)
    return found


def test_every_code_of_the_source_is_in_the_table() -> None:
    codes = set(raised_codes()) | {each.code for each in classes()} - OURS_ALONE
    assert len(codes) > 100
    assert codes - STATUS.keys() == set()


def test_http_errors_are_in_the_table() -> None:
    expected = {400, 401, 403, 404, 405, 406, 408, 409, 410, 412, 413, 414, 415, 422, 429, 431}
    expected |= {500, 503, 504}
    assert set(STATUS.values()) == expected


@pytest.mark.parametrize("language", list(Language))
def test_every_code_has_a_title_and_a_detail_in_every_language(language: Language) -> None:
    texts = words(language).problem
    assert texts.keys() == STATUS.keys()
    for code, text in texts.items():
        assert text["title"].strip(), code
        assert len(text["detail"]) > 10, code


def in_any_script(name: str) -> str:
    """`centre_ar` and `centre_fr` are one name, in the reader's script."""
    return name.removesuffix("_ar").removesuffix("_fr")


@pytest.mark.parametrize("code", sorted(STATUS))
def test_the_languages_name_the_same_parameters_and_none_that_is_never_given(code: str) -> None:
    used = {
        language: set(PLACEHOLDER.findall(words(language).problem[code]["detail"]))
        for language in Language
    }
    one, other, third = (set(map(in_any_script, names)) for names in used.values())
    assert one == other == third
    own = {"stale_version": {"expected", "actual"}, "unexpected": {"reference"}}
    own["body_too_large"] = {"limit"}
    assert set().union(*used.values()) <= params().get(code, set()) | own.get(code, set())


def test_a_refusal_nobody_knows_is_still_a_conflict() -> None:
    problem = problem_of(Refused("from_the_future", date="2031-01-01"), Language.FRENCH)
    assert (problem.status, problem.code) == (409, "from_the_future")
    assert status_of("from_the_future") == 409


@pytest.mark.parametrize(
    ("code", "params", "said"),
    [
        ("envelope_exceeded", {"room": "4200.00", "asked": "28780.18"}, "4\u202f200\u00a0درهم"),
        ("envelope_exceeded", {"room": "4200.00", "asked": "28780.18"}, "28\u202f780,18"),
        ("date_too_early", {"date": "2024-07-18", "earliest": "1950-01-01"}, "18 يوليوز 2024"),
        ("outside_the_territory", {"province": "taza"}, "تازة"),
        ("rests_on_it", {"entries": "7 record-circumstances 2024-07-01"}, "(يوليوز 2024)"),
        ("rests_on_it", {"entries": "7 sign-undertaking 2024-07-18"}, "(18 يوليوز 2024)"),
        ("clock_behind", {"seconds": 1}, "ثانية واحدة"),
        ("clock_behind", {"seconds": 2}, "ثانيتين"),
        ("clock_behind", {"seconds": 7}, "7 ثوان"),
        ("clock_behind", {"seconds": 11}, "11 ثانية"),
        ("clock_far_ahead", {"days": 3}, "3 أيام"),
        ("clock_far_ahead", {"days": 40}, "40 يوما"),
        ("clock_far_ahead", {"days": 100}, "100 يوم"),
        ("clock_far_ahead", {}, "…"),
    ],
)
def test_amounts_days_places_and_plurals_are_said_as_pages_write_them(
    code: str, params: dict[str, str | int], said: str
) -> None:
    _, detail = text_of(code, params, Language.ARABIC)
    assert said in detail
    _, isolated = text_of(code, params, Language.ARABIC, "[{}]")
    assert said in isolated.replace("[", "").replace("]", "")
    assert isolated.count("[") == len(params)


def test_a_problem_says_what_changed() -> None:
    problem = problem_of(StaleVersion(expected=3, actual=5), Language.ENGLISH)
    assert problem.type == "/problems/stale_version"
    assert "version 3" in problem.detail
    assert b'"errors"' not in body_of(problem)
    assert b'"errors"' not in body_of(problem_of(Rejected("body_not_json"), Language.ARABIC))


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("ar-MA", "ar"),
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("de, ar;q=0.1", "ar"),
        ("en;q=0.1, ar;q=0.2", "ar"),
        ("fr;q=0", "en"),
        ("*", "en"),
        ("fr;q=high, ;;,", "en"),
    ],
)
def test_the_language_asked_for_most_is_spoken(header: str, language: str) -> None:
    assert preferred(header) == language


@pytest.mark.parametrize("language", Language)
def test_a_refused_line_of_an_order_is_said_with_its_item_and_its_case(language: Language) -> None:
    where: dict[str, Param] = {"line": 27, "item": 3, "reference": "FES-24-0173"}
    _, detail = text_of("not_approved", where, language)
    assert all(word in detail for word in ("27", "3", "FES-24-0173"))
    _, elsewhere = text_of("not_approved", {"line": 27}, language)
    assert "27" not in elsewhere
