"""What is still with somebody who leaves: no case is given to them any more, and theirs go to others."""

from collections.abc import Iterator

from domain.message import Command
from domain.staff.steps import RecordDeparture
from domain.steps.warning import Warned, WarningCode


def cases_left(command: Command) -> Iterator[Warned]:
    """A departure waits for nothing; that open cases remain is told with it."""
    step = command.step
    if isinstance(step, RecordDeparture) and command.cases_left:
        params = {"cases": str(command.cases_left)}
        yield Warned(code=WarningCode.CASES_LEFT, about=step.staff_id, params=params)
