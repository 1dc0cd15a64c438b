"""The files of the data folder: whether each is what its name says, and can be read and written.

The ledger, its keys and who follows them are opened besides (`records.py`, `progress.py`), and the
master key is read (`ground.py`): here is what all files have in common, and what nobody else reads.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ledger.sqlite.wholeness import damage_of
from ledger.urls import sqlite_path
from service.bootstrap import address_file, api_file, noted_address
from service.running.doctor.finding import Finding, Part, broken, warning
from service.running.faults import OperatorError, user_of
from service.running.holidays import open_calendar
from service.settings import Settings

ANEW = "stop Jisr, move it away, and start it again: it is made anew"
AGAIN = f"{ANEW}. The worker begins the workflows again, and nothing is lost"
LOST_PASSWORDS = (
    "stop Jisr, bring a copy back or move it away, and start it again. What came since the copy, or all"
    " of it, is invited anew: `jisr password invite`, or the console's page of people"
)

LOST_OUTBOX = (
    "stop Jisr, bring a copy back or move it away, and start it again: what is older than two days is"
    " not sent again, and stands in the inbox as before"
)


LOST_READS = (
    "stop Jisr, bring a copy back, of the same moment as the ledger's, and start it again: nothing of"
    " people is shown without it"
)


LOST_PROOF = (
    "stop Jisr, bring a copy back, and start it again. Without a copy move it away: the tree is made"
    " again, and its checkpoints are numbered anew; those that others hold still say what there was"
)


class Known(NamedTuple):
    """Files of one kind, by what their names look like."""

    pattern: str
    part: Part
    advice: str = ANEW


KNOWN = (
    Known("jisr.lock", Part.FOLDER),
    Known("processes/*", Part.FOLDER),
    Known("*.log", Part.FOLDER, f"{ANEW}. A part that cannot write its log does not run"),
    Known("temporal.*", Part.TEMPORAL, AGAIN),
    Known("api.address", Part.API),
    Known("sign_ins.db*", Part.SIGN_INS, f"{ANEW}, and people sign in again"),
    Known("passwords.db*", Part.PASSWORDS, LOST_PASSWORDS),
    Known("reads.db*", Part.READS, LOST_READS),
    Known("outbox.db*", Part.OUTBOX, LOST_OUTBOX),
    Known("views*.lock", Part.PROJECTOR),
    Known("ledger.db.proof*", Part.PROOF, LOST_PROOF),
    Known("ledger.db.*", Part.TELLING),
)
"""What stops somebody when it is no file, or another user's; the first that fits counts."""


def files(settings: Settings) -> Iterator[Finding]:
    """Those that are not what they should be, in a folder that can be looked into."""
    if not os.access(settings.data, os.R_OK | os.X_OK):
        return
    wrong: dict[Path, Finding] = {}
    for known in KNOWN:
        for path in sorted(settings.data.glob(known.pattern)):
            if (why := _wrong_with(path)) is not None:
                wrong.setdefault(path, broken(known.part, f"{path} {why}", known.advice))
    yield from wrong.values()
    processes = settings.data / "processes"
    if processes.exists() and not processes.is_dir():
        yield broken(Part.FOLDER, f"{processes} is a file, not a folder", ANEW)
    yield from _addresses(settings)
    yield from _databases(settings)


def _wrong_with(path: Path) -> str | None:
    if path.is_dir():
        return "is a folder, not a file"
    if not os.access(path, os.R_OK | os.W_OK):
        return f"cannot be read and written by {user_of(os.geteuid())}"
    return None


def _addresses(settings: Settings) -> Iterator[Finding]:
    """What `jisr up` noted, where others look for it."""
    for part, file in ((Part.TEMPORAL, address_file(settings)), (Part.API, api_file(settings))):
        if file.is_file() and os.access(file, os.R_OK) and noted_address(file) is None:
            yield warning(part, f"{file} holds no address", "the next start of `jisr up` notes it")


def _databases(settings: Settings) -> Iterator[Finding]:
    """Those beside the ledger, its keys and the views."""
    again = "start `jisr up` anew, which sets it aside; nothing of the cases is lost"
    ledger = sqlite_path(settings.ledger)
    held = [
        (Part.PROOF, ledger and ledger.with_name(f"{ledger.name}.proof"), "tiles", LOST_PROOF),
        (Part.SIGN_INS, sqlite_path(settings.sign_ins), "sessions", again),
        (Part.PASSWORDS, sqlite_path(settings.passwords), "secrets", LOST_PASSWORDS),
        (Part.OUTBOX, sqlite_path(settings.outbox), "messages", LOST_OUTBOX),
    ]
    if settings.embedded_temporal:
        held.append((Part.TEMPORAL, settings.data / "temporal.db", "namespaces", again))
    for part, path, table, advice in held:
        if path is None or not path.is_file() or not path.stat().st_size:
            continue
        if (wrong := damage_of(path, table)) is not None:
            yield broken(part, f"{path} {wrong}", advice)


def holidays(settings: Settings) -> Iterator[Finding]:
    """Whether the announced ones can be read, where some are named."""
    try:
        open_calendar(settings.calendar_file)
    except OperatorError as error:
        advice = "correct JISR_CALENDAR_FILE: no part starts with this one"
        yield broken(Part.HOLIDAYS, str(error), advice)
