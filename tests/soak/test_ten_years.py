"""Ten years for minutes: centres that nobody has seen, and the people of one as many as come."""

import secrets
import shutil
from pathlib import Path

import pytest

from tests.years.living import Run, live

pytestmark = pytest.mark.rare  # long; `make test` takes a hundred people once
CENTRES, PEOPLE, YEARS = 15, 200, 10
LARGE = 1_000


@pytest.mark.timeout(7200)
def test_thousands_of_cases_have_each_reminder_once_in_ten_years(tmp_path: Path) -> None:
    first = secrets.randbelow(10**9)
    runs = [Run(first + number, PEOPLE, YEARS) for number in range(CENTRES)]
    for run in (*runs, Run(first, LARGE, YEARS)):
        folder = tmp_path / str(run.people) / str(run.seed)
        folder.mkdir(parents=True)
        lived = live(run, folder)
        assert lived.steps.total() > run.people * run.years
        shutil.rmtree(folder)
