"""`jisr`, with faults planted in a few rules: run as `python -m tests.faults.planted up …`.

Each fault is in one process only, and strikes where a text says `STUMBLE`. A reminder always
stumbles.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

from setproctitle import getproctitle

from domain.beneficiary.steps import ChangeDetails
from domain.case.steps import PauseCase, RecordContact, RecordReminder
from domain.commands import HANDLINGS
from domain.message import Event, Step
from domain.steps.handling import Context, Events, Handling, World
from tests.faults.hasty import run

STUMBLE = "Stumbling-stone"


def always(_step: Any) -> bool:
    return True


def told(step: Any) -> bool:
    return STUMBLE in str(step)


PLANTED: Mapping[str, Mapping[type[Step], Callable[[Any], bool]]] = {
    "api": {RecordContact: told, ChangeDetails: told},
    "worker": {PauseCase: told, RecordReminder: always},
}
"""Process → step → when its rule goes wrong."""


def faulty(handling: Handling, part: str, strikes: Callable[[Any], bool]) -> Handling:
    def rule(world: World, step: Any, ctx: Context) -> Event | Events:
        if strikes(step) and getproctitle().startswith(f"jisr {part} "):
            raise ZeroDivisionError(f"cannot divide by {step}")
        return handling.rule(world, step, ctx)

    return replace(handling, rule=rule)


if __name__ == "__main__":
    table = cast("dict[type[Step], Handling]", HANDLINGS)
    for part, faults in PLANTED.items():
        for step, strikes in faults.items():
            table[step] = faulty(table[step], part, strikes)
    run()
