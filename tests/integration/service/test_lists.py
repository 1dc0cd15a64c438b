"""How lists are sorted, counted and paged, over HTTP."""

import re
from base64 import urlsafe_b64decode
from itertools import pairwise

import pytest

from domain.message import Role
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story


@pytest.fixture(scope="module")
def position(office: Office) -> int:
    """From which on there are two cases at least, with an agreement and a ceremony each."""
    for _ in range(2):
        story = Story(office)
        story.sign()
        story.schedule()
        story.open()
    return story.position


@pytest.mark.parametrize(
    ("path", "rows", "by"),
    [
        ("/v1/cases", "cases", "opened_on"),
        ("/v1/agreements", "agreements", "signed_on"),
        ("/v1/ceremonies", "ceremonies", "scheduled_on"),
    ],
)
def test_a_list_is_sorted_as_asked_and_counted_where_asked(
    path: str, rows: str, by: str, office: Office, position: int
) -> None:
    ascending, descending = (
        office.division.found(path, at_least=position, sort=sort, total=True, limit=200)
        for sort in (by, f"-{by}")
    )
    days = [row[by] for row in ascending[rows]]
    assert all(one <= next_one for one, next_one in pairwise(days))
    assert [row[by] for row in descending[rows]] == days[::-1]
    assert ascending["total"] == descending["total"] == len(days) >= 2
    assert office.division.found(path)["total"] is None


def test_a_cursor_is_good_for_its_own_list_only(office: Office, position: int) -> None:
    asked = {"sort": "overdue", "limit": 1, "at_least": position}
    cursor = office.caseworker.found("/v1/cases", **asked)["next_cursor"]
    assert office.caseworker.get("/v1/cases", **asked, cursor=cursor).status_code == 200
    for changed in ({"sort": "opened_on"}, {"stage": "release"}):
        response = office.caseworker.get("/v1/cases", **(asked | changed), cursor=cursor)
        assert (response.status_code, response.json()["code"]) == (422, "cursor_of_another_list")
    for nonsense in ("x", cursor[:-1], cursor.swapcase(), "é", "2024-01-01~17"):
        response = office.caseworker.get("/v1/cases", **asked, cursor=nonsense)
        assert (response.status_code, response.json()["code"]) == (422, "cursor_invalid")


def test_a_cursor_of_another_centres_list_is_none_here(office: Office, position: int) -> None:
    asked = {"limit": 1, "at_least": position}
    colleague = office.system.hire(Role.CASEWORKER, "taza")
    for path in ("/v1/cases", "/v1/agreements", "/v1/ceremonies"):
        cursor = office.caseworker.found(path, **asked)["next_cursor"]
        assert cursor
        for stranger in (office.elsewhere, office.division):
            response = stranger.get(path, **asked, cursor=cursor)
            refused = (response.status_code, response.json()["code"])
            assert refused == (422, "cursor_of_another_list")
        assert colleague.get(path, **asked, cursor=cursor).status_code == 200


def test_a_cursor_does_not_say_when_a_case_is_overdue(office: Office, position: int) -> None:
    """The end of a window may hang on the day of a release, which is not for the division."""
    page = office.division.found("/v1/cases", sort="overdue", limit=1, at_least=position)
    cursor = page["next_cursor"]
    inside = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    assert page["cases"][0]["case_id"].encode() not in inside
    assert not re.search(rb"\d{4}-\d\d-\d\d", inside)


def test_a_sort_that_no_index_has_is_refused(office: Office) -> None:
    response = office.caseworker.get("/v1/cases", sort="name_ar")
    assert (response.status_code, response.json()["code"]) == (422, "validation_failed")
