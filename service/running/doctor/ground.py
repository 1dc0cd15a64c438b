"""What everything stands on: settings, data folder, disk, master key."""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from ledger.urls import sqlite_path
from service.running.doctor.finding import Finding, Part, broken, warning, well
from service.running.faults import OperatorError
from service.running.folder import is_open, wrong_with
from service.running.master_key import MasterKeyError, read_master_keys
from service.running.rotation import unfinished
from service.running.unfinished import require_finished
from service.settings import Settings, strange_settings

LEAST_FREE_BYTES = 1024**3
FULL_BYTES = 16 * 1024**2
"""Below, a commit and what follows from it may find no room any more."""


def settings_given(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Whether each variable that looks like a setting is one."""
    strange = list(strange_settings(environment))
    for name, nearest in strange:
        meant = f"it may be meant for {nearest}" if nearest else "see `docs/operations.md`"
        yield warning(Part.SETTINGS, f"{name} is none", meant)
    if not strange:
        yield well(Part.SETTINGS, "can be used")


def data_folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data
    if settings.on_postgres and not folder.exists():
        return
    if (wrong := wrong_with(folder)) is not None:
        found, _, advice = wrong.rpartition(": ")
        yield broken(Part.FOLDER, found or wrong, advice)
        return
    if is_open(folder):
        advice = f"run `chmod 700` on it; the next start does that too: {folder}"
        yield warning(Part.FOLDER, "others can look into it", advice)
    else:
        yield well(Part.FOLDER, f"{folder} is its owner's alone")
    try:
        require_finished(settings)
    except OperatorError as error:
        found, _, advice = str(error).rpartition(": ")
        yield broken(Part.FOLDER, found, advice)


def disks(settings: Settings) -> Iterator[Finding]:
    """The room on each disk that something is written to."""
    files = (sqlite_path(url) for url in (settings.ledger, settings.keys, settings.views))
    places = {settings.data, *(file.parent for file in files if file is not None)}
    seen: set[int] = set()
    for place in sorted(each for each in places if each.is_dir()):
        if (disk := place.stat().st_dev) not in seen:
            seen.add(disk)
            yield _room(place)


def _room(place: Path) -> Finding:
    free = shutil.disk_usage(place).free
    found = f"{free / 1024**3:.1f} GiB free in {place}"
    if os.statvfs(place).f_flag & os.ST_RDONLY:
        return broken(Part.DISK, f"{place} can only be read", "mount its disk to be written")
    if free < FULL_BYTES:
        return broken(Part.DISK, f"{place} is full", "free some space: nothing can be recorded")
    if free < LEAST_FREE_BYTES:
        return warning(Part.DISK, found, "free some space: without it nothing can be recorded")
    return well(Part.DISK, found)


def master_key(settings: Settings) -> Iterator[Finding]:
    path = settings.master_key
    try:
        number = max(read_master_keys(path))
    except MasterKeyError as error:
        advice = "bring it back from its backup; a new installation makes one at `jisr up`"
        yield broken(Part.MASTER_KEY, str(error), advice)
        return
    yield well(Part.MASTER_KEY, f"{path} can be used, number {number}")
    if unfinished(path):
        found = f"{path} is half replaced by the next one"
        yield warning(Part.MASTER_KEY, found, "run `jisr keys rotate` again")
