"""A form asks exactly what its step takes, and reads the answers back to the step."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from pydantic import BaseModel

from domain.agreement.steps import SignAgreement
from domain.message import Role
from domain.registry.steps import RegisterCentre, RegisterEntry
from domain.staff.steps import RegisterStaff
from domain.values.codes import EntryKind
from domain.values.places import places
from service.access.table import FOR_PAGES, OF_BATCHES, STEPS, WITH_A_FILE
from service.console.forms.answers import Answers, read, row_numbers, tidied
from service.console.forms.layout import Source
from service.console.forms.layouts import FIRST_RUN, LAYOUTS
from service.console.forms.making import chosen_in, questions_of
from service.console.forms.questions import Kind, Options, Question, every
from service.words.language import Language
from service.words.store import words

TODAY, ENGLISH = date(2026, 11, 26), Language.ENGLISH
OFFERED: Mapping[Source, Options] = {
    Source.PROVINCES: {code: place.name_fr for code, place in places().items()},
    Source.REGIONS: {place.region: place.region_fr for place in places().values()},
    Source.CENTRES: {"taza": "Taza"},
    Source.STAFF: {},
    Source.ROLES: {role: role for role in (Role.COORDINATOR, Role.CASEWORKER, Role.DIVISION)},
}
CENTRE = {
    "name_fr": "Centre de Taza",
    "name_ar": "مركز تازة",
    "centre": "taza",
    "code": "TAZ",
    "occurred_on": "today",
    "catchment.0.province": "taza",
    "catchment.0.since.day": "1",
    "catchment.0.since.month": "janvier",
    "catchment.0.since.year": "2015",
}
AGREEMENT = {
    "parties.0": "Foundation",
    "parties.1": "Province",
    "territory.reach": "provinces",
    "territory.provinces.0": "taza",
    "season.label": "2024",
    "season.starts_on.day": "1",
    "season.starts_on.month": "1",
    "season.starts_on.year": "2024",
    "season.ends_on.day": "31",
    "season.ends_on.month": "12",
    "season.ends_on.year": "2024",
    "funding_source": "indh_income",
    "envelope": "1 500 000,50",
    "planned_places": "٤٥",
    "ends_on.day": "31",
    "ends_on.month": "12",
    "ends_on.year": "2024",
    "signed_at": "Taza",
    "occurred_on": "other",
    "occurred_on.day": "18",
    "occurred_on.month": "3",
    "occurred_on.year": "2024",
}


ENTRY = {
    "kind": "supplier",
    "name_fr": "Fournisseur de Taza",
    "name_ar": "مورد تازة",
    "entry": "supplier-taza",
    "since.day": "1",
    "since.month": "يناير",
    "since.year": "2015",
    "occurred_on": "today",
}


def questions(step: str, language: Language = Language.ENGLISH) -> tuple[Question, ...]:
    layout = LAYOUTS[step]
    offered = {name: OFFERED.get(source, {}) for name, (source, _) in chosen_in(layout).items()}
    return questions_of(step, layout, offered, language)


def answered(step: str, typed: dict[str, str]) -> Answers:
    asked = questions(step)
    return read(LAYOUTS[step].model, asked, tidied(asked, typed), TODAY, Language.ENGLISH)


def names(model: type[BaseModel]) -> set[str]:
    return set(model.model_fields)


@pytest.mark.parametrize("step", LAYOUTS)
def test_a_layout_has_every_field_of_its_step_once_and_no_other(step: str) -> None:
    layout = LAYOUTS[step]
    together = {each for fields in layout.together.values() for each in fields if "." not in each}
    asked = [*layout.order, *layout.left, *together]
    assert sorted(asked) == sorted(names(layout.model))
    assert {each.partition(".")[0] for each in layout.breaks} <= set(layout.order)


def test_every_step_that_a_person_takes_has_a_layout() -> None:
    own = FOR_PAGES | WITH_A_FILE | OF_BATCHES
    assert LAYOUTS.keys() == STEPS.keys() - own, (
        "passwords, papers and batches have pages of their own"
    )


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("step", FIRST_RUN)
def test_every_question_has_its_words_in_every_language(step: str, language: Language) -> None:
    def every(asked: tuple[Question, ...]) -> list[Question]:
        return [inner for each in asked for inner in (each, *every(each.inside))]

    asked = every(questions(step, language))
    assert all(each.label for each in asked)
    known = {each.name for each in asked}
    said = words(language).asked(step)
    assert said.why
    assert {*said.hints, *said.examples, *LAYOUTS[step].candidates} <= known


def test_what_is_asked_for_follows_from_the_type_of_the_field() -> None:
    kinds = {each.name: each.kind for each in questions("sign-agreement")}
    assert kinds == {
        "parties": Kind.LINES,
        "territory": Kind.GROUP,
        "season": Kind.GROUP,
        "funding_source": Kind.RADIOS,
        "indh_phase": Kind.NUMBER,
        "envelope": Kind.AMOUNT,
        "planned_places": Kind.NUMBER,
        "ends_on": Kind.DAY,
        "tranches": Kind.ROWS,
        "signed_at": Kind.TEXT,
        "occurred_on": Kind.THE_DAY,
    }
    (territory,) = (each for each in questions("sign-agreement") if each.name == "territory")
    assert [each.kind for each in territory.inside] == [Kind.RADIOS, Kind.LINES, Kind.SELECT]
    (catchment,) = (each for each in questions("register-centre") if each.kind is Kind.ROWS)
    assert [each.kind for each in catchment.inside] == [Kind.SELECT, Kind.DAY, Kind.DAY]
    assert [each.optional for each in catchment.inside] == [False, False, True]


def test_answers_make_the_step() -> None:
    assert answered("register-centre", CENTRE) == Answers(
        RegisterCentre.model_validate(
            {
                "occurred_on": TODAY,
                "centre": "taza",
                "code": "TAZ",
                "name_fr": "Centre de Taza",
                "name_ar": "مركز تازة",
                "catchment": [{"province": "taza", "since": date(2015, 1, 1)}],
            }
        ),
        (),
    )


def test_amounts_and_days_are_read_as_they_are_typed() -> None:
    step = answered("sign-agreement", AGREEMENT).body
    assert isinstance(step, SignAgreement)
    assert (step.envelope, step.planned_places) == (Decimal("1500000.50"), 45)
    assert (step.occurred_on, step.season.ends_on) == (date(2024, 3, 18), date(2024, 12, 31))


def test_several_are_chosen_inside_a_group_too() -> None:
    chosen = {"territory.provinces.1": "fes", "territory.provinces.3": ""}
    step = answered("sign-agreement", AGREEMENT | chosen).body
    assert isinstance(step, SignAgreement)
    assert step.territory.provinces == ("taza", "fes")
    region = {
        "territory.reach": "region",
        "territory.provinces.0": "",
        "territory.region": "fes-meknes",
    }
    step = answered("sign-agreement", AGREEMENT | region).body
    assert isinstance(step, SignAgreement)
    assert (step.territory.provinces, step.territory.region) == ((), "fes-meknes")


def test_an_answer_that_may_be_left_out_is() -> None:
    division = {"role": "division", "label": "division-1", "occurred_on": "yesterday", "centre": ""}
    step = answered("register-staff", division).body
    assert isinstance(step, RegisterStaff)
    assert (step.centre, step.occurred_on) == (None, date(2026, 11, 25))


def test_every_fault_is_told_once_at_its_question() -> None:
    wrong = AGREEMENT | {
        "envelope": "a lot",
        "planned_places": "0",
        "season.ends_on.day": "32",
        "parties.1": " ",
        "signed_at": "",
    }
    complaints = {each.name: each.text for each in answered("sign-agreement", wrong).complaints}
    said = words(Language.ENGLISH)
    assert complaints == {
        "envelope": said.fault["amount"],
        "planned_places": "It must be 1 or more",
        "season.ends_on": said.page["complaint_day"],
        "parties": "Number of entries: at least 2",
        "signed_at": said.fault["missing"],
    }


def test_nothing_answered_is_told_question_by_question() -> None:
    complaints = {each.name for each in answered("sign-agreement", {}).complaints}
    groups, left_out = {"season", "territory"}, {"indh_phase", "tranches"}
    asked = {each.name for each in questions("sign-agreement")} - groups - left_out
    inside = {"season.label", "season.starts_on", "season.ends_on", "territory.reach"}
    assert complaints == asked | inside


def test_a_row_left_empty_counts_for_nothing() -> None:
    asked = questions("register-centre")
    typed = {f"catchment.2.{name}": text for name, text in [("province", "taza")]}
    typed |= {"catchment.0.province": "", "catchment.0.since.day": " ", "catchment.1.province": "x"}
    assert tidied(asked, typed) == {"catchment.0.province": "x", "catchment.1.province": "taza"}
    assert row_numbers(typed, "catchment") == [0, 1, 2]
    complaints = {each.name for each in answered("register-centre", CENTRE | typed).complaints}
    assert "catchment.0.province" in complaints


def test_an_entry_of_the_registry_needs_neither_tifinagh_nor_province_nor_end() -> None:
    assert answered("register-entry", ENTRY) == Answers(
        RegisterEntry(
            occurred_on=TODAY,
            kind=EntryKind.SUPPLIER,
            entry="supplier-taza",
            name_fr="Fournisseur de Taza",
            name_ar="مورد تازة",
            since=date(2015, 1, 1),
        ),
        (),
    )
    latin = answered("register-entry", ENTRY | {"name_tifinagh": "Taza"})
    assert [each.name for each in latin.complaints] == ["name_tifinagh"]
    (kinds,) = (each for each in questions("register-entry") if each.name == "kind")
    assert (kinds.kind, [*(kinds.options or ())]) == (Kind.SELECT, list(EntryKind))


def test_what_lacks_in_a_choice_that_answers_two_fields_is_told_once_at_the_choice() -> None:
    asked = questions("place-order")
    typed = {"contract": "7", "supplier": "supplier-taza", "occurred_on": "today"}
    told = read(LAYOUTS["place-order"].model, asked, typed | {"lines.0.price": "5"}, TODAY, ENGLISH)
    (complaint,) = (each for each in told.complaints if each.name.startswith("lines.0.p"))
    (choice,) = (each for each in every(asked) if each.name == "lines.project_id")
    assert complaint.name == "lines.0.project_id"
    assert complaint.label(asked) == choice.label
