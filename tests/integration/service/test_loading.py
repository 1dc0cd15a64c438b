"""What the stem has loaded is all that the parts load, and nothing of it is at work."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.running.master_key import make_master_key
from tests.support.postgres import PostgresDatabase
from tests.support.system import ROOT, on_postgres

PROGRAM = """
import asyncio, json, sys
from pathlib import Path
from service.running.loading import load
from service.settings import Settings

def count(what):
    return len(list(Path(f"/proc/self/{what}").iterdir()))

settings = Settings()
opened = count("fd")
load(settings)
before = set(sys.modules)
found = {"threads": count("task"), "opened": count("fd") - opened}

async def run_parts():
    from service.running.parts.api import create_app, mount_console, opened_application, opened_sign_ins
    from service.running.parts.worker import at_work, erasing, opened_ledger
    async with opened_application(settings) as application:
        create_app(None, mount_console)
        with opened_sign_ins(settings, application):
            pass
        with at_work(settings, "worker"), opened_ledger(settings) as ledger, erasing(ledger):
            pass

asyncio.run(run_parts())
found["loaded"] = sorted(set(sys.modules) - before)
print(json.dumps(found))
"""


def found(environment: dict[str, str]) -> dict[str, object]:
    made = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert made.returncode == 0, made.stderr
    report: dict[str, object] = json.loads(made.stdout)
    return report


@pytest.fixture(params=["files", "postgres"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    given = {"JISR_DATA": str(tmp_path)}
    if request.param == "files":
        make_master_key(tmp_path / "master.key")
        return given
    database: PostgresDatabase = request.getfixturevalue("postgres_database")
    return given | on_postgres(database, tmp_path / "master.key")


def test_no_part_loads_what_the_stem_has_not(environment: dict[str, str]) -> None:
    assert found(environment) == {"threads": 1, "opened": 0, "loaded": []}
