"""Ten years of a centre's reminders: each goes out once, when it should, unless it is called off.

`JISR_YEARS_SEED`, `JISR_YEARS_PEOPLE` and `JISR_YEARS` see a run again.
"""

import os
import secrets
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.case import reviews
from domain.case.schedule import ReviewKind
from domain.message import Command
from tests.years.clockwork import WRONG
from tests.years.living import Run, live
from workflows.case.schedule import Schedule

SEED = os.environ.get("JISR_YEARS_SEED")
PEOPLE = int(os.environ.get("JISR_YEARS_PEOPLE", "100"))
YEARS = int(os.environ.get("JISR_YEARS", "10"))
SMALL = Run(seed=7, people=10, years=2)
HEARD = ("visit", "contact", "silence", "pre_release", "detention", "plan", "first_contact")

STEPS = (
    *("AcknowledgeReminder", "SnoozeReminder", "PauseCase", "ResumeCase"),
    *("AdoptRules", "CorrectEntries", "CloseCase", "ReopenCase"),
)
"""And what moves reminders, or calls them off."""


@pytest.mark.timeout(600)
def test_each_reminder_of_ten_years_goes_out_once_and_when_it_should(tmp_path: Path) -> None:
    """Of a centre that nobody has seen."""
    run = Run(secrets.randbelow(10**9) if SEED is None else int(SEED), PEOPLE, YEARS)
    print(run)  # noqa: T201 - pytest shows it when the test fails
    lived = live(run, tmp_path)
    if SEED is None:
        assert set(WRONG) <= lived.wrong.keys(), "something never went wrong"
        assert {*HEARD, ReviewKind.ESCALATION} <= lived.seen.keys()
        assert all(lived.seen[each] for each in ("plan, missed", "called off", "closed before"))
        assert set(STEPS) <= lived.steps.keys()
        assert lived.restarts
        assert lived.steps.total() > PEOPLE * YEARS


def test_a_run_is_its_seeds_alone(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "another")]
    for folder in folders:
        folder.mkdir()
    one, another = (live(SMALL, folder) for folder in folders)
    assert one == another


class ForgetsTheSecond(Schedule):
    """Nobody tells the division."""

    def reminders(
        self, case_id: str, state: Any, now: datetime, today: date, run: str | None
    ) -> list[Command]:
        found = super().reminders(case_id, state, now, today, run)
        return [each for each in found if not each.step.review.startswith("escalation/2/")]  # type: ignore[attr-defined]


def test_one_that_is_never_recorded_is_missed_with_the_seed_to_see_it_again(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="is lost") as lost:
        live(SMALL, tmp_path, lambda calendar: ForgetsTheSecond(reviews, calendar))
    assert "JISR_YEARS_SEED=7 JISR_YEARS_PEOPLE=10 JISR_YEARS=2" in str(lost.value)
    assert "escalation/2/" in str(lost.value)
