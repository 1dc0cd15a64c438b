"""Two releases at work whose views have different tables: each answers from its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.faults.agreement import assert_everything_is_there_once
from tests.faults.crowd import Crowd
from tests.faults.house import House, house_on_files, house_on_postgres
from tests.faults.reshaped import PROGRAM
from tests.faults.test_upgrade import beside
from tests.support.postgres import OWNER, SERVICE
from tests.support.system import ROOT, Person
from tests.support.waiting import until

pytestmark = pytest.mark.rare


@pytest.fixture(params=["files", "postgres"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    with ExitStack() as stack:
        on = house_on_files if request.param == "files" else house_on_postgres
        yield stack.enter_context(on(tmp_path / "data"))


def prepare(house: House) -> None:
    """As the newer release's operator does first; nothing is to be done for files."""
    if house.postgres is None:
        return
    owner = {"JISR_OWNER_URL": house.postgres.url("jisr", OWNER), "JISR_SERVICE_ROLE": SERVICE}
    subprocess.run(
        [sys.executable, "-m", PROGRAM, "database", "prepare", "--data", str(house.data)],
        cwd=ROOT,
        env={**os.environ, **house.system.environment, **owner},
        check=True,
        timeout=200,
    )


def shapes(house: House) -> set[str]:
    """Those of which there are views."""
    if house.postgres is None:
        return {each.stem for each in house.data.glob("views_*.db") if each.is_symlink()}
    with psycopg.connect(house.settings.ledger) as database:
        found = database.execute("SELECT schemaname FROM pg_tables WHERE tablename = 'state'")
        return {name for (name,) in found if not name.endswith("_next")}


def listed(by: Person, position: int) -> list[Any]:
    """The caseload, at least as of a position; empty while it is being made."""
    answer = by.get("/v1/cases", limit=200, at_least=position)
    assert answer.status_code in (200, 503, 504), answer.text
    return answer.json().get("cases", []) if answer.status_code == 200 else []


def both_list(house: House, other: Person, position: int) -> bool:
    """Whether both releases show the same. This one's must answer at any time."""
    here = house.caseworker.found("/v1/cases", limit=200, at_least=position)["cases"]
    there = listed(other, position)
    return bool(there) and here == there


@pytest.mark.timeout(400)
def test_each_release_answers_from_views_of_its_own_shape(house: House) -> None:
    crowd = Crowd(house)
    crowd.open()
    older = shapes(house)
    assert len(older) == 1
    prepare(house)
    with beside(house, PROGRAM) as newer:
        there = newer.person(house.caseworker)
        for _ in range(2):  # at first the newer one makes its own, and then both keep theirs up
            crowd.open()
            position = crowd.acknowledged[-1].answer["position"]
            until(partial(both_list, house, there, position), "the lists differ")
        assert len(shapes(house)) == 2
        there.http.close()
    until(lambda: shapes(house) == older, "views that nobody reads stay")
    house.system.stop()
    house.system.program, house.system.loads = PROGRAM, True
    house.system.start()
    until(lambda: len(listed(house.caseworker, position)) == 3, "the newer one does not list")
    until(lambda: len(shapes(house)) == 1, "views that nobody reads stay")
    assert shapes(house) != older
    prepare(house)
    if house.postgres is not None:
        with psycopg.connect(house.settings.ledger) as database:
            names = database.execute("SELECT nspname FROM pg_namespace").fetchall()
        assert not older & {name for (name,) in names}
    assert_everything_is_there_once(crowd)
