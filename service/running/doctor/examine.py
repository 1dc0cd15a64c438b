"""Asks every part for itself, all at once, and gathers what was found."""

import asyncio
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from threading import Thread
from typing import Any

from pydantic import ValidationError

from domain.errors import JisrError
from ledger.ground.living import Alive
from ledger.ledger import Ledger
from ledger.opening import open_living
from service.bootstrap import looked_at_ledger
from service.running import said
from service.running.doctor import files, ground, records
from service.running.doctor.administering import administrators
from service.running.doctor.backups import backups, register
from service.running.doctor.batches import batches
from service.running.doctor.finding import Finding, Part, broken, in_order
from service.running.doctor.halted import halted
from service.running.doctor.lost_keys import keys_of_everybody
from service.running.doctor.outbox import outbox
from service.running.doctor.papers import papers
from service.running.doctor.progress import MOVES_WITHIN, compared, look
from service.running.doctor.proof import proof
from service.running.doctor.readings import readings
from service.running.doctor.reconciled import reconciled
from service.running.master_key import MasterKeyError
from service.settings import Settings

WITHIN = 8.0
"""Seconds for all of it, whatever is away or hangs."""
STUMBLED = "tell who made Jisr what it says, and look at this part by hand"

Check = Callable[[Settings], Iterable[Finding]]


def examine_given(given: Mapping[str, Any]) -> list[Finding]:
    """As `examine`, by the environment and what the command line gives; also where that is wrong."""
    strange = list(ground.settings_given(os.environ))
    try:
        settings = Settings(**given)
    except ValidationError as error:
        wrong = "; ".join(said.refused(error))
        return in_order([broken(Part.SETTINGS, wrong, "correct them"), *strange])
    return in_order([*strange, *examine(settings)])


def examine(settings: Settings) -> list[Finding]:
    """All findings, the worst first."""
    checks = {
        Part.FOLDER: ground.data_folder,
        Part.DISK: ground.disks,
        Part.MASTER_KEY: ground.master_key,
        Part.SIGN_INS: files.files,
        Part.HOLIDAYS: files.holidays,
        Part.LEDGER: _records,
        Part.API: _door,
        Part.WORKER: _engine,
    }
    asked = [_Asked(part, check, settings) for part, check in checks.items()]
    until = time.monotonic() + WITHIN
    for each in asked:
        each.join(max(0.0, until - time.monotonic()))
    return in_order(finding for each in asked for finding in each.told())


class _Asked(Thread):
    """A part that is looked at. It keeps no other from its look, nor this process from its end."""

    def __init__(self, part: Part, check: Check, settings: Settings) -> None:
        super().__init__(daemon=True, name=f"looks at the {part}")
        self._part, self._check, self._settings = part, check, settings
        self._found: list[Finding] = []
        self.start()

    def run(self) -> None:
        for each in _safely(self._part, lambda: self._check(self._settings)):
            self._found.append(each)

    def told(self) -> list[Finding]:
        """What was found by now, though the rest of the look hangs."""
        hangs, found = self.is_alive(), [*self._found]
        if hangs:
            why = f"it does not come to an end within {WITHIN:.0f} s"
            advice = "see what hangs: a disk, a database, the network"
            found.append(broken(self._part, why, advice))
        return found


def _safely(part: Part, check: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """What a check finds; one that stumbles is a finding, and keeps no other from its look."""
    try:
        yield from check()
    except Exception as error:  # noqa: BLE001 - the doctor is for states that nobody foresaw
        stumbled = f"it could not be looked at ({type(error).__name__})"
        yield broken(part, stumbled, STUMBLED)


def _records(settings: Settings) -> Iterator[Finding]:
    """The ledger with who follows it, who is looked at twice."""
    wrong = list(records.not_whole(settings))
    yield from wrong
    if wrong:
        return
    try:
        with looked_at_ledger(settings) as ledger:
            yield from _open(settings, ledger)
    except MasterKeyError:  # said already
        return
    except JisrError as error:
        yield records.unusable(error, settings)


def _open(settings: Settings, ledger: Ledger) -> Iterator[Finding]:
    began = time.monotonic()
    yield from _safely(Part.PROOF, lambda: proof(ledger, settings))
    first = look(settings.views, ledger)
    yield from _safely(Part.LEDGER, lambda: records.standing(ledger, settings))
    yield from _safely(Part.READS, lambda: [readings(ledger, settings)])
    yield from _safely(Part.KEYS, lambda: [keys_of_everybody(ledger)])
    yield from _safely(Part.PAPERS, lambda: [papers(ledger, settings)])
    yield from _safely(Part.BATCHES, lambda: batches(ledger))
    yield from _safely(Part.OUTBOX, lambda: outbox(settings))
    yield from _safely(Part.ADMINISTRATORS, lambda: [administrators(ledger)])
    yield from _safely(
        Part.BACKUPS, lambda: [backups(ledger, settings), register(ledger, settings)]
    )
    yield from _safely(Part.RECONCILED, lambda: [reconciled(ledger, settings)])
    if not first.is_level:
        time.sleep(max(0.0, began + MOVES_WITHIN - time.monotonic()))
    yield from _safely(
        Part.PROJECTOR, lambda: compared(first, look(settings.views, ledger), ledger)
    )


def _living(settings: Settings) -> list[Alive] | None:
    """The processes that left word at the ledger; None where that cannot be asked."""
    with suppress(JisrError, OSError), closing(open_living(settings.ledger)) as living:
        return living.everybody()
    return None


def _door(settings: Settings) -> Iterator[Finding]:
    # ruff: noqa: PLC0415 - slow to load
    from service.running.doctor.door import door

    living = _living(settings)
    yield from halted(living or ())
    yield door(settings, living)


def _engine(settings: Settings) -> list[Finding]:
    from service.running.doctor.engine import asked

    return asyncio.run(asked(settings, _living(settings)))
