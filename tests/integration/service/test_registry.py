"""What steps name by a code: registered, listed, asked for, and named in whatever tells of it."""

from typing import Any
from uuid import uuid4

import pytest

from domain.case.steps import RecordEducation
from service.api.steps.examples import EXAMPLES
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story

SUPPLIER = EXAMPLES["register-entry"]


def new(**changed: Any) -> dict[str, Any]:
    return SUPPLIER | {"entry": f"supplier-{uuid4().hex[:8]}"} | changed


def test_a_coordinator_registers_a_supplier_and_finds_it_where_the_answer_says(
    office: Office,
) -> None:
    body = new(name_tifinagh="ⵜⴰⵣⴰ", until="2031-12-31")
    answer = office.coordinator.post("/v1/registry", body)
    assert answer.status_code == 201, answer.text
    place = answer.headers["location"]
    assert place == f"/v1/registry/supplier/{body['entry']}"
    position = answer.json()["position"]
    found = office.caseworker.found(place, at_least=position)
    said = {name: body[name] for name in found.keys() & body.keys()}
    assert found == said | {"goes_by": body["entry"], "names": found["names"], "merged": []}
    assert [each["name_fr"] for each in found["names"]] == [body["name_fr"]]
    listed = office.auditor.found("/v1/registry/supplier", limit=200, province="taza")["entries"]
    assert said | {"goes_by": body["entry"]} in listed
    history = office.auditor.found("/v1/registry/history")
    assert history["stream"] == "registry/all"
    assert body["entry"] in history["state"]["entries"]


def test_an_entry_whose_validity_ended_is_left_out_on_later_days(office: Office) -> None:
    body = new(until="2024-06-30")
    position = office.administrator.step("/v1/registry", body)["position"]

    def codes(**filters: Any) -> list[str]:
        asked = {"at_least": position, "limit": 200, "total": True} | filters
        page = office.division.found("/v1/registry/supplier", **asked)
        assert page["total"] == len(page["entries"])
        return [each["entry"] for each in page["entries"]]

    assert body["entry"] in codes(valid_on="2024-06-30")
    assert body["entry"] not in codes(valid_on="2024-07-01")
    assert body["entry"] not in codes(province="midelt")


@pytest.mark.parametrize(
    ("path", "asked", "code"),
    [
        ("supplier/supplier-nowhere", {}, "not_found"),
        ("prison/supplier-taza", {}, "not_found"),
        ("bakery", {}, "validation_failed"),
        ("supplier", {"kind": "prison"}, "validation_failed"),
        ("supplier", {"valid_on": "20240701"}, "validation_failed"),
        ("supplier", {"province": "atlantis"}, "validation_failed"),
    ],
)
def test_what_is_not_there_is_refused(
    office: Office, path: str, asked: dict[str, str], code: str
) -> None:
    assert office.caseworker.get(f"/v1/registry/{path}", **asked).json()["code"] == code


def test_a_step_that_names_what_is_not_registered_says_what_to_do(office: Office) -> None:
    story = Story(office)
    with story.beforehand():
        story.open()
        story.walk(story.steps(), until="begin-detention")
    body = story.body("begin-detention") | {"prison": "prison-nowhere"}
    path = f"{story.case}/steps/begin-detention"
    for language, told in {
        "ar": ("مؤسسة سجنية", "تسجيل في السجل"),
        "fr": ("Établissement pénitentiaire", "Inscrire au registre"),
        "en": ("Prison", "Register an entry"),
    }.items():
        headers = {"Accept-Language": language, "Idempotency-Key": uuid4().hex}
        answer = office.caseworker.http.post(path, json=body, headers=headers)
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (422, "entry_not_registered")
        assert all(part in problem["detail"] for part in told), problem["detail"]
        assert "prison-nowhere" not in answer.text


def test_a_timeline_names_who_trains(office: Office) -> None:
    story = Story(office)
    with story.beforehand():
        story.open()
        inside = (step for step in story.way.to_release() if not isinstance(step, RecordEducation))
        story.walk(inside)
    answer = office.caseworker.step(
        f"{story.case}/steps/enrol-in-training", story.body("enrol-in-training")
    )
    told = office.caseworker.found(f"{story.case}/timeline", at_least=answer["position"])
    (named,) = told["named"]
    assert named["entry"] == story.body("enrol-in-training")["provider"]
    (said,) = named["names"]
    assert said["name_ar"].startswith("مركز التكوين")


def test_one_coordinator_merges_what_is_there_twice_and_undoes_it(office: Office) -> None:
    first, second = (
        new(name_fr="Forge Aghbalou", name_ar="حدادة أغبالو"),
        new(name_fr="Sté Aghbalou"),
    )
    for body in (first, second):
        office.coordinator.step("/v1/registry", body)
    step = {
        "occurred_on": "2024-06-30",
        "entry": second["entry"],
        "goes_by": first["entry"],
        "explanation": "One forge.",
    }
    assert office.caseworker.post("/v1/registry/merges", step).status_code == 403
    position = office.coordinator.step("/v1/registry/merges", step)["position"]
    place = f"/v1/registry/supplier/{second['entry']}"
    assert office.division.found(place, at_least=position)["goes_by"] == first["entry"]
    sought = {"text": "forje arbalou", "kinds": ["supplier"]}
    (found,) = office.caseworker.step("/v1/registry/search", sought)["entries"]
    assert found["entry"] == first["entry"]
    undo = {name: step[name] for name in ("occurred_on", "entry", "explanation")}
    again = office.coordinator.step("/v1/registry/merges/undone", undo)["position"]
    assert office.division.found(place, at_least=again)["goes_by"] == second["entry"]
    refused = office.coordinator.post("/v1/registry/merges/undone", undo).json()
    assert refused["code"] == "entry_not_merged"


def test_totals_are_for_who_reads_cases(office: Office) -> None:
    path = "/v1/registry-totals/supplier"
    assert office.caseworker.found(path, entry=SUPPLIER["entry"])["entries"] is not None
    assert office.administrator.get(path).status_code == 403
    by_code = {"entry": SUPPLIER["entry"]}
    assert office.division.get("/v1/cases", **by_code).status_code == 403
    assert office.caseworker.get("/v1/cases", **by_code).status_code == 200
