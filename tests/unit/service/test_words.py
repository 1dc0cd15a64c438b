"""Every text a person can come to read exists in three languages, from the code's own tables."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, get_args

import pytest
from babel import Locale
from pydantic import BaseModel

from domain import commands
from domain.agreement.funds import FundsKind
from domain.case.referral.vocabulary import ReferralOutcome
from domain.case.schedule import ReviewKind, ReviewStatus
from domain.case.support.vocabulary import SupportStatus
from domain.case.vocabulary import Stage
from domain.events.stored import EVENTS
from domain.message import MadeBy
from domain.path import PATH
from domain.steps.warning import WarningCode
from domain.tracks.training.vocabulary import TrainingStatus
from domain.upkeep.vocabulary import Act, Fact
from domain.values.findings import FindingCode
from domain.values.looking import Door, ReadingPurpose, UnusualKind
from service.access.table import STEPS
from service.console.showing.story import kinds_said
from service.problems.table import STATUS
from service.queries.ceremonies import ItemStanding, LineStanding
from service.words import writing
from service.words.language import Language
from service.words.store import _add, words

SHOWN_CODES: tuple[type[StrEnum], ...] = (
    *(Stage, ReviewStatus, ReviewKind, FindingCode, ReferralOutcome),
    *(Door, ReadingPurpose, UnusualKind),
    *(LineStanding, ItemStanding, FundsKind, TrainingStatus, SupportStatus),
    *(Act, Fact, MadeBy),
)
"""What is shown of a case or a ceremony, or found, beside what steps and events hold."""


def leaves(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for inside in get_args(annotation):
        yield from leaves(inside)


def fields_of(model: type[BaseModel]) -> Iterator[tuple[str, type]]:
    """Every field that a form of this model asks for, with what it holds, records looked into."""
    for name, field in model.model_fields.items():
        for kind in leaves(field.annotation):
            yield name, kind
            if issubclass(kind, BaseModel):
                yield from fields_of(kind)


def read_by_people() -> set[tuple[str, type]]:
    """The fields of steps, as forms and the documentation ask for them, and of timelines."""
    asked = {each for name in STEPS for each in fields_of(commands.STEPS[name])}
    return asked | {each for event in EVENTS.values() for each in kinds_said(event)}


def codes() -> Mapping[str, set[str]]:
    enums = {kind for _, kind in read_by_people() if issubclass(kind, StrEnum)}
    named = {enum.__name__: {str(code) for code in enum} for enum in (*enums, *SHOWN_CODES)}
    return named | {"Part": {part.name for part in PATH}}


@pytest.mark.parametrize("language", Language)
def test_every_step_event_field_code_and_problem_has_its_words_and_no_other(
    language: Language,
) -> None:
    said = words(language)
    assert said.step.keys() == STEPS.keys()
    assert said.event.keys() == EVENTS.keys()
    assert said.field.keys() == {name for name, _ in read_by_people()}
    assert {name: set(section) for name, section in said.code.items()} == codes()
    assert said.problem.keys() == STATUS.keys()
    assert said.warning.keys() == set(WarningCode)


@pytest.mark.parametrize("language", Language)
def test_no_text_is_empty_and_pages_say_the_same_in_every_language(language: Language) -> None:
    said = words(language)
    sections = (said.page, said.step, said.event, said.field, said.fault, *said.code.values())
    for text in (text for section in sections for text in section.values()):
        assert text.strip() == text
        assert text
    assert said.page.keys() == words(Language.ENGLISH).page.keys()
    assert said.count.keys() == words(Language.ENGLISH).count.keys()


@pytest.mark.parametrize("language", Language)
def test_every_finding_says_what_to_do(language: Language) -> None:
    said = words(language).page
    assert {f"todo_{code}" for code in FindingCode} == {
        name for name in said if name.startswith("todo_")
    }


def test_dates_and_amounts_are_written_as_morocco_writes_them() -> None:
    assert writing.day(date(2024, 8, 19), Language.ARABIC) == "19 غشت 2024"
    assert writing.moment(datetime(2026, 7, 1, 8, tzinfo=UTC), Language.FRENCH).endswith("09:00")
    assert writing.day(date(2024, 12, 1), Language.FRENCH) == "1er décembre 2024"
    assert writing.day(date(2024, 6, 1), Language.ENGLISH) == "1 June 2024"
    cost = Decimal("1594075.8")
    assert str(writing.amount(cost, Language.ARABIC)) == "1\u202f594\u202f075,80\u00a0درهم"
    assert str(writing.amount(cost, Language.FRENCH)) == "1\u202f594\u202f075,80\u00a0DH"
    assert str(writing.amount(cost, Language.ENGLISH)) == "MAD\u00a01,594,075.80"
    assert writing.number(18245, Language.ENGLISH) == "18,245"


@pytest.mark.parametrize("language", Language)
def test_every_counted_thing_has_the_forms_that_its_language_counts_with(
    language: Language,
) -> None:
    rare = {"many"} if language is Language.FRENCH else set()
    forms = set(Locale.parse(writing.LOCALES[language]).plural_form.tags) - rare | {"other"}
    for name, said in words(language).count.items():
        assert said.keys() == forms, name
        assert all("{n}" in text for form, text in said.items() if form in ("few", "other"))


def test_a_number_asks_for_its_form() -> None:
    days = words(Language.ARABIC).count["days_late"]
    counted = [writing.counted(days, number, Language.ARABIC) for number in (0, 1, 2, 3, 11, 100)]
    assert counted == [
        "لا تأخر",
        "التأخر: يوم واحد",
        "التأخر: يومان",
        "التأخر: 3 أيام",
        "التأخر: 11 يوما",
        "التأخر: 100 يوم",
    ]
    in_french = words(Language.FRENCH).count["cases_open"]
    assert writing.counted(in_french, 0, Language.FRENCH) == "0 dossier ouvert"
    assert writing.counted(in_french, 2, Language.FRENCH) == "2 dossiers ouverts"


def test_a_name_comes_in_the_readers_script_first() -> None:
    arabic = writing.Name("سلمى", Language.ARABIC)
    latin = writing.Name("Salma", Language.FRENCH)
    assert writing.names("سلمى", "Salma", Language.ARABIC) == (arabic, latin)
    assert writing.names("سلمى", "Salma", Language.ENGLISH) == (latin, arabic)
    assert writing.names(None, "Salma", Language.ARABIC) == (latin,)
    assert writing.names(None, None, Language.ARABIC) == ()


def test_two_rooms_cannot_say_the_same() -> None:
    text = dict.fromkeys(Language, "Sum")
    said: dict[str, Any] = {"field": {"amount": text}}
    _add(said, {"field": {"place": text}}, "ceremony.json")
    assert said["field"].keys() == {"amount", "place"}
    with pytest.raises(ValueError, match=r"agreement\.json says amount again"):
        _add(said, {"field": {"amount": dict(text)}}, "agreement.json")
