"""`jisr`, with faults planted in a few rules: run as `python -m tests.faults.planted up …`.

Each fault is in one process only, and strikes where a text says `STUMBLE`. A reminder always
stumbles. So does a page of the console where the name in its address does: what it looks for there
fails as no rule does.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from setproctitle import getproctitle

from domain.beneficiary.steps import ChangeDetails
from domain.case.steps import PauseCase, RecordContact, RecordReminder
from domain.commands import HANDLINGS
from domain.message import Event, Step
from domain.registry.steps import RegisterCentre
from domain.steps.handling import Context, Events, Handling, World
from service.identity.sign_ins.store import SignIn, SignIns
from tests.faults import hasty

STUMBLE = "Stumbling-stone"


def always(_step: Any) -> bool:
    return True


def told(step: Any) -> bool:
    return STUMBLE in str(step)


PLANTED: Mapping[str, Mapping[type[Step], Callable[[Any], bool]]] = {
    "api": {RecordContact: told, ChangeDetails: told, RegisterCentre: told},
    "worker": {PauseCase: told, RecordReminder: always},
}
"""Process → step → when its rule goes wrong."""


def faulty(handling: Handling, part: str, strikes: Callable[[Any], bool]) -> Handling:
    def rule(world: World, step: Any, ctx: Context) -> Event | Events:
        if strikes(step) and getproctitle().startswith(f"jisr {part} "):
            raise ZeroDivisionError(f"cannot divide by {step}")
        return handling.rule(world, step, ctx)

    return replace(handling, rule=rule)


def find_or_stumble(
    sign_ins: SignIns, sign_in: SignIn, use: str, name: str, now: datetime
) -> str | None:
    if name == STUMBLE:
        raise ZeroDivisionError(f"cannot divide by {name}")
    return found(sign_ins, sign_in, use, name, now)


found = SignIns.noted


def run() -> None:
    """Run `jisr` so, and all that it forks off."""
    SignIns.noted = find_or_stumble  # type: ignore[assignment, method-assign]  # planted
    table = cast("dict[type[Step], Handling]", HANDLINGS)
    for part, faults in PLANTED.items():
        for step, strikes in faults.items():
            table[step] = faulty(table[step], part, strikes)
    hasty.run()


if __name__ == "__main__":
    run()
