"""Fixtures any test may ask for, and which tests run one after another.

Three processes share the tests out by file (`make test`), one more than there are cores, for many
tests wait. Files whose tests share an installation stay together, so that it is started once and not idle
beside all others; the longest such groups come first, and the many short files fill what is left.
"""

import gc
from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from tests.support.in_memory import keep_in_memory
from tests.support.postgres import PostgresDatabase, PrivatePostgres

TOGETHER = ("tests/faults", "tests/integration/service", "tests/workflow", "tests/browser")
"""Folders whose tests share installations, the longest to run first."""
ALONE = frozenset(
    {
        "test_backups.py",
        "test_postgres.py",
        "test_rotation.py",
        "test_two_shapes.py",
        "test_up.py",
        "test_upgrade.py",
        "test_workflows_lost.py",
    }
)
"""Their files that start what they need themselves: next after the groups, for they are long."""


LAST = (
    "tests/integration/ledger/test_ten_years.py",
    "tests/unit/test_again.py",
    "tests/unit/test_private_postgres.py",
    "tests/unit/workflows/test_supervise.py",
)
"""Long ones that would come last of all, while the other processes have nothing left: before the rest."""

ANSWERED_WITHIN, IDLE_AT_MOST = 30.0, 1.0
"""Seconds, of any request and any connection."""


def _group(file: str) -> str:
    """The folder with whose tests those of a file run; else the file itself."""
    folder, _, name = file.rpartition("/")
    return folder if folder in TOGETHER and name not in ALONE else file


def _turn(item: pytest.Item) -> int:
    """When it is an item's group's turn."""
    file = item.nodeid.partition("::")[0]
    if (group := _group(file)) in TOGETHER:
        return TOGETHER.index(group)
    return len(TOGETHER) + (file not in LAST and file.rpartition("/")[2] not in ALONE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the groups in their order."""
    items.sort(key=_turn)


def pytest_configure() -> None:
    """Nobody waits for a disk. Nobody who asks over HTTP gives a busy machine up after five seconds,
    as httpx would, nor goes on with a connection that the other side closes at that very moment;
    and nothing that hypothesis draws fails for the time that it takes.
    """
    keep_in_memory()
    slow = [HealthCheck.too_slow]
    settings.register_profile("patient", deadline=None, suppress_health_check=slow)
    settings.load_profile("patient")
    patient, kept = httpx._config.DEFAULT_TIMEOUT_CONFIG, httpx._config.DEFAULT_LIMITS
    patient.connect = patient.read = patient.write = patient.pool = ANSWERED_WITHIN
    kept.keepalive_expiry = IDLE_AT_MOST
    # Every client reads the machine's certificates, which none of ours uses: they are read once.
    at = httpx._transports.default
    at.create_ssl_context = cache(httpx._config.create_ssl_context)  # type: ignore[attr-defined]  # taken over


def pytest_sessionstart() -> None:
    """Nothing that is loaded or collected goes again, so nobody need look for it meanwhile."""
    gc.disable()


def pytest_collection_finish() -> None:
    """From here on tests make their own garbage, and what was there before is not walked over."""
    gc.freeze()
    gc.enable()


class Groups(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """Hands a whole group to one process."""

    def _split_scope(self, nodeid: str) -> str:
        return _group(nodeid.partition("::")[0])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Groups:
    return Groups(config, log)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PrivatePostgres]:
    """One server for all; a test that kills a server makes a `PrivatePostgres` of its own."""
    with PrivatePostgres() as server:
        yield server


@pytest.fixture
def postgres_database(postgres: PrivatePostgres) -> Iterator[PostgresDatabase]:
    """A fresh, empty database."""
    database = postgres.create_database(f"jisr_{uuid4().hex}")
    yield database
    postgres.drop_database(database.name)
