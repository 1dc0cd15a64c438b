"""Several people at one case at the same moment."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

from domain.example.way import Way
from service.api.steps.examples import EXAMPLES
from tests.faults.crowd import Crowd, decided, insist
from tests.faults.house import House
from tests.support.system import Person

NOTE = EXAMPLES["add-note"]
PEOPLE = 12


def outcomes(person: Person, path: str, *, version: str | None, key: str = "") -> Counter[int]:
    """What many get who send the same at once."""
    given = {"if_match": version} if version else {}

    def send(_: int) -> int:
        return decided(person, path, NOTE, key or uuid4().hex, **given).status_code

    with ThreadPoolExecutor(PEOPLE) as threads:
        return Counter(threads.map(send, range(PEOPLE)))


def test_of_many_who_saw_the_same_version_one_passes(house: House) -> None:
    case, by = Crowd(house).open(), house.caseworker
    seen = by.get(case).headers["etag"]
    assert outcomes(by, f"{case}/steps/add-note", version=seen) == {200: 1, 412: PEOPLE - 1}
    assert by.found(case)["version"] > int(seen.strip('"'))


def test_more_steps_at_once_than_a_workflow_takes_all_pass(house: House) -> None:
    case, by = Crowd(house).open(), house.caseworker
    before = by.found(case)["version"]
    for _ in range(3):
        assert outcomes(by, f"{case}/steps/add-note", version=None) == {200: PEOPLE}
    assert by.found(case)["version"] >= before + 3 * PEOPLE


def test_a_case_is_opened_once_by_many_under_one_key(house: House) -> None:
    crowd, by, key = Crowd(house), house.caseworker, uuid4().hex
    first = Way(crowd.register(), UUID(by.staff_id)).steps()[0]
    body = first.model_dump(mode="json")
    with ThreadPoolExecutor(PEOPLE) as threads:
        answers = list(
            threads.map(lambda _: insist(by, "/v1/cases", body, key).content, range(PEOPLE))
        )
    assert len(set(answers)) == 1
    other = decided(by, "/v1/cases", body, uuid4().hex)
    assert (other.status_code, other.json()["code"]) == (409, "beneficiary_has_open_case")
