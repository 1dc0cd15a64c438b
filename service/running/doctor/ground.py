"""What everything stands on: settings, data folder, disk, master key."""

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from ledger.urls import sqlite_path
from service.running.doctor.finding import Finding, Part
from service.running.folder import is_open, wrong_with
from service.running.master_key import MasterKeyError, read_master_keys
from service.running.rotation import unfinished
from service.settings import Settings, strange_settings

LEAST_FREE_BYTES = 1024**3


def settings_given(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Whether each variable that looks like a setting is one."""
    strange = list(strange_settings(environment))
    for name, nearest in strange:
        meant = f"it may be meant for {nearest}" if nearest else "see `docs/operations.md`"
        yield Finding(Part.SETTINGS, well=False, found=f"{name} is none", advice=meant)
    if not strange:
        yield Finding(Part.SETTINGS, well=True, found="can be used")


def data_folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data
    if settings.on_postgres and not folder.exists():
        return
    if (wrong := wrong_with(folder)) is not None:
        found, _, advice = wrong.rpartition(": ")
        yield Finding(Part.FOLDER, well=False, found=found or wrong, advice=advice)
    elif is_open(folder):
        advice = f"run `chmod 700` on it; the next start does that too: {folder}"
        yield Finding(Part.FOLDER, well=False, found="others can look into it", advice=advice)
    else:
        yield Finding(Part.FOLDER, well=True, found=f"{folder} is its owner's alone")


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
        found, advice = f"{place} can only be read", "mount its disk to be written"
        return Finding(Part.DISK, well=False, found=found, advice=advice)
    advice = "free some space: without it nothing can be recorded"
    return Finding(Part.DISK, free >= LEAST_FREE_BYTES, found, advice)


def master_key(settings: Settings) -> Iterator[Finding]:
    path = settings.master_key
    try:
        number = max(read_master_keys(path))
    except MasterKeyError as error:
        advice = "bring it back from its backup; a new installation makes one at `jisr up`"
        yield Finding(Part.MASTER_KEY, well=False, found=str(error), advice=advice)
        return
    yield Finding(Part.MASTER_KEY, well=True, found=f"{path} can be used, number {number}")
    if unfinished(path):
        found = f"{path} is half replaced by the next one"
        advice = "run `jisr keys rotate` again"
        yield Finding(Part.MASTER_KEY, well=False, found=found, advice=advice)
