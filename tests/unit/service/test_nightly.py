"""All parts are compared each night, by one process in the house, and what it comes to is recorded."""

import signal
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from domain.message import StreamKind
from domain.upkeep.vocabulary import Act, Fact
from ledger.ledger import Ledger
from projections.comparing import Covered, RowDiffers
from service.running.auditing import nightly, recorded
from service.running.auditing.found import Reconciled
from service.running.auditing.nightly import NEVER, Nightly, is_due
from service.running.auditing.notebook import Notebook
from workflows.reconciling import Differs, WorkflowDiffers

NIGHT = datetime(2026, 1, 15, 1, tzinfo=UTC)
"""Two o'clock in Morocco."""
COVERED = Covered(position=9, behind=0, same_event=True, calendar="ma")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


TELLS_WHEN_IT_ENDS = """
import ctypes, pathlib, sys
by = ctypes.c_int()
ctypes.CDLL(None).prctl(2, ctypes.byref(by))  # PR_GET_PDEATHSIG
pathlib.Path(sys.argv[1]).write_text(str(by.value))
"""


class OneCase:
    """All that is read of a ledger."""

    def streams(self, _: StreamKind) -> list[tuple[str, int]]:
        return [(f"case/{CASE}", 5)]


NO_LEDGER = cast("Ledger", OneCase())
CASE = "6f0c2a52-6e0c-5d1f-9b1a-2f4a54c6a7e1"


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (NIGHT - DAY, NIGHT - HOUR, False),
        (NIGHT - DAY, NIGHT, True),
        (NIGHT - DAY, NIGHT + 5 * HOUR, True),
        (NIGHT - DAY, NIGHT + 7 * HOUR, False),
        (NIGHT - 3 * DAY, NIGHT + 7 * HOUR, True),
        (NIGHT + HOUR, NIGHT + 2 * HOUR, False),
        (NIGHT + HOUR, NIGHT + 20 * HOUR, False),
        (NIGHT + HOUR, NIGHT + DAY, True),
    ],
)
def test_it_is_run_once_a_night_and_by_day_where_the_nights_were_missed(
    last: datetime, now: datetime, *, due: bool
) -> None:
    assert is_due(last, now, 2) is due
    assert not is_due(last, now, NEVER)


class Taken:
    """A turn that is had, or not."""

    def __init__(self, *, free: bool) -> None:
        self.free = free

    def hold(self) -> bool:
        return self.free

    def close(self) -> None: ...


def test_one_in_the_house_runs_it_and_a_worker_that_ends_takes_it_along(tmp_path: Path) -> None:
    ran, stop = tmp_path / "ran", threading.Event()
    command = (sys.executable, "-S", "-c", TELLS_WHEN_IT_ENDS, str(ran))

    def looking(*, free: bool = True, command: tuple[str, ...] = command) -> Nightly:
        turn = Taken(free=free)
        return Nightly(lambda: NIGHT - DAY, lambda: turn, 2, command, lambda: NIGHT)

    assert not looking(free=False).look(stop)
    assert not ran.exists()
    at_night = looking()
    assert at_night.look(stop)
    assert ran.read_text() == str(signal.SIGKILL.value), "also with a worker that is killed"
    assert not at_night.look(stop), "one that came to nothing is not tried again at once"
    stop.set()
    assert not looking(command=(sys.executable, "-S", "-c", "import time; time.sleep(60)")).look(
        stop
    )


def test_a_run_goes_on_from_where_one_was_ended(tmp_path: Path) -> None:
    notebook = Notebook(tmp_path)
    assert notebook.begun() is None
    found = Reconciled(datetime.now(UTC), cases=3, covered=COVERED, last=CASE)
    found.workflows.append(WorkflowDiffers(CASE, Differs.BEHIND, "5", "4"))
    notebook.keep(found)
    assert notebook.begun() == found
    found.began -= nightly.NIGHT * 4
    notebook.keep(found)
    assert notebook.begun() is None, "what was looked at yesterday says nothing of today"
    (tmp_path / "reconciling.json").write_text("{")
    assert notebook.begun() is None
    notebook.forget()
    notebook.forget()


def test_each_difference_is_an_entry_before_the_run_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[Act, dict[Fact, object]]] = []
    monkeypatch.setattr(
        recorded, "record_act", lambda _, act, facts: told.append((act, dict(facts)))
    )
    found = Reconciled(
        NIGHT,
        cases=2,
        covered=COVERED,
        workflows=[
            WorkflowDiffers(CASE, Differs.BEHIND, "5", "4"),
            WorkflowDiffers(CASE, Differs.MISSING),
        ],
        rows=[RowDiffers("cases", CASE, columns=("stage", "due_on"))],
    )
    recorded.record(NO_LEDGER, found)
    assert [act for act, _ in told] == [Act.DIFFERENCE_FOUND] * 3 + [Act.CHECKED]
    assert [facts[Fact.RESULT] for _, facts in told] == [
        "behind: ledger 5, workflow 4",
        "missing",
        "stage, due_on",
        "3 differences",
    ]
    assert told[0][1][Fact.OF] == f"case/{CASE}"
    assert told[2][1][Fact.OF] == f"case/{CASE}", "a row of a case leads to it"
    told.clear()
    found.rows *= 100
    recorded.record(NO_LEDGER, found)
    assert len(told) == recorded.NAMED + 1
    assert told[-1][1][Fact.RESULT] == "102 differences"
