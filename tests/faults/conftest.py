"""One installation on each database, for all tests that leave it as whole as it was."""

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


@pytest.fixture(params=["on_files", "on_postgres"])
def house(request: pytest.FixtureRequest) -> House:
    found: House = request.getfixturevalue(request.param)
    return found
