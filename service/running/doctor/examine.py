"""Asks every part for itself, and gathers what was found."""

import asyncio
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from functools import partial
from typing import Any

from pydantic import ValidationError

from domain.errors import JisrError
from ledger.ground.living import Alive
from ledger.ledger import Ledger
from ledger.opening import open_living
from service.bootstrap import looked_at_ledger
from service.running import said
from service.running.doctor import ground, records
from service.running.doctor.finding import Finding, Part, in_order
from service.running.doctor.lost_keys import keys_of_everybody
from service.running.doctor.progress import MOVES_WITHIN, compared, look
from service.running.master_key import MasterKeyError
from service.settings import Settings

Check = Callable[[], Iterable[Finding]]
GROUND = {
    Part.FOLDER: ground.data_folder,
    Part.DISK: ground.disks,
    Part.MASTER_KEY: ground.master_key,
}


def examine_given(given: Mapping[str, Any]) -> list[Finding]:
    """As `examine`, by the environment and what the command line gives; also where that is wrong."""
    strange = list(ground.settings_given(os.environ))
    try:
        settings = Settings(**given)
    except ValidationError as error:
        wrong = "; ".join(said.refused(error))
        return in_order(
            [Finding(Part.SETTINGS, well=False, found=wrong, advice="correct them"), *strange]
        )
    return in_order([*strange, *examine(settings)])


def examine(settings: Settings) -> list[Finding]:
    """All findings, what is wrong first."""
    findings: list[Finding] = []
    for part, check in GROUND.items():
        findings += _safely(part, partial(check, settings))
    findings += _safely(Part.LEDGER, partial(_records_and_processes, settings))
    return in_order(findings)


def _safely(part: Part, check: Check) -> list[Finding]:
    """What a check finds; one that stumbles is a finding, and keeps no other from its look."""
    found: list[Finding] = []
    try:
        found.extend(check())
    except Exception as error:  # noqa: BLE001 - the doctor is for states that nobody foresaw
        said = f"it could not be looked at ({type(error).__name__})"
        found.append(Finding(part, well=False, found=said, advice="tell who made Jisr"))
    return found


def _records_and_processes(settings: Settings) -> Iterator[Finding]:
    """The ledger with who follows it, between whose two looks the processes are asked."""
    gone = list(records.missing(settings))
    yield from gone
    if gone:
        yield from _processes(settings, [])
        return
    try:
        with looked_at_ledger(settings) as ledger:
            yield from _open(settings, ledger)
    except MasterKeyError:  # said already
        yield from _processes(settings, _living(settings))
    except JisrError as error:
        yield records.unusable(error, settings)
        yield from _processes(settings, _living(settings))


def _open(settings: Settings, ledger: Ledger) -> Iterator[Finding]:
    began = time.monotonic()
    first = look(settings.views, ledger)
    yield from _safely(Part.LEDGER, lambda: records.standing(ledger, settings))
    yield from _safely(Part.KEYS, lambda: [keys_of_everybody(ledger)])
    yield from _processes(settings, _living(settings))
    if not first.is_level:
        time.sleep(max(0.0, began + MOVES_WITHIN - time.monotonic()))
    yield from _safely(
        Part.PROJECTOR, lambda: compared(first, look(settings.views, ledger), ledger)
    )


def _living(settings: Settings) -> list[Alive]:
    """The processes that left word at the ledger; none where that cannot be asked."""
    with suppress(JisrError, OSError), closing(open_living(settings.ledger)) as living:
        return living.everybody()
    return []


def _processes(settings: Settings, living: list[Alive]) -> list[Finding]:
    # ruff: noqa: PLC0415 - slow to load, and the last to be looked at
    from service.running.doctor.door import door
    from service.running.doctor.engine import asked

    return [
        *_safely(Part.API, lambda: [door(settings, living)]),
        *_safely(Part.TEMPORAL, lambda: asyncio.run(asked(settings, living))),
    ]
