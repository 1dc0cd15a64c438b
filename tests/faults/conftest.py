"""One installation on each database, for all tests that leave it as whole as it was, and a faulty one."""

from collections.abc import Iterator

import pytest

from tests.faults.house import House, house_on_files, house_on_postgres


@pytest.fixture(scope="package")
def on_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house_on_files(tmp_path_factory.mktemp("files")) as house:
        yield house


@pytest.fixture(scope="package")
def on_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house_on_postgres(tmp_path_factory.mktemp("postgres")) as house:
        yield house


@pytest.fixture(scope="package")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    data = tmp_path_factory.mktemp("planted")
    with house_on_files(data, program="tests.faults.planted") as house:
        yield house


@pytest.fixture(params=["on_files", pytest.param("on_postgres", marks=pytest.mark.rare)])
def house(request: pytest.FixtureRequest) -> House:
    found: House = request.getfixturevalue(request.param)
    return found
