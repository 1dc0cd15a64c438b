"""A backup that is brought back is not believed: every file of it is read, before anything is touched."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.errors import NewerReleaseNeeded, WrongMasterKey
from domain.events.levels import LEVELS
from ledger.ground.clock import IDLE, MAY_DIFFER
from ledger.migrations import missing, steps
from service.running.backup.across.shapes import is_across, require_newest
from service.running.backup.making import Places
from service.running.backup.manifest import Half, Manifest, digest_of, read, require_mark
from service.running.backup.marks import ERASED, USE, mark_key
from service.running.backup.rooms import Room, keys_of, rooms
from service.running.faults import OperatorError
from service.running.master_key import master_keys
from service.settings import Settings

Progress = Callable[[int], None]
ANOTHER = "take another backup"


@dataclass(frozen=True, slots=True)
class Checked:
    """A backup whose files are those that were written, and whose halves belong together."""

    places: Places
    records: Manifest
    keys: Manifest
    mark: bytes
    """By which the house marks the register of the erased."""


def check(settings: Settings, places: Places, progress: Progress) -> Checked:
    """Raises `OperatorError`, `MasterKeyError`, and for a newer release's what says so."""
    records, keys = read(places.records, Half.RECORDS), read(places.keys, Half.KEYS)
    _require_pair(records, keys)
    key = _key(settings, keys, USE)
    for folder in (places.records, places.keys):
        require_mark(folder, key)
    if records.level > LEVELS.reads:
        raise NewerReleaseNeeded(level=records.level, reads=LEVELS.reads)
    for room in rooms(settings):
        _require_fit(room, records)
    _require_fit(keys_of(settings), keys)
    for folder, manifest in ((places.records, records), (places.keys, keys)):
        _require_files(folder, manifest, progress)
    return Checked(places, records, keys, _key(settings, keys, ERASED))


def _require_pair(records: Manifest, keys: Manifest) -> None:
    """Newer keys are as good: keys are added and destroyed, and never changed."""
    if records.ledger != keys.ledger:
        raise OperatorError(
            f"the keys are of another installation ({keys.ledger}) than the ledger ({records.ledger}):"
            " name the folder of its own keys by --keys"
        )
    if keys.head.position < records.head.position:
        raise OperatorError(
            f"the keys are of {keys.day}, and the ledger of {records.day}: whoever was registered in"
            " between could not be read. Name keys of the same backup, or of a later one, by --keys"
        )


def _key(settings: Settings, keys: Manifest, use: str) -> bytes:
    try:
        return mark_key(bytes.fromhex(keys.root), master_keys(settings.master_key), use)
    except (WrongMasterKey, ValueError):
        raise OperatorError(
            f"{settings.master_key} does not open the keys of this backup, which master key"
            f" {keys.master} wraps: put a copy of that one there, or name keys of a later backup by"
            " --keys, which the present one opens"
        ) from None


def _require_fit(room: Room, manifest: Manifest) -> None:
    """Raises `DatabaseNewer`, and `OperatorError` where it is of the other database and of an earlier release."""
    found = manifest.room(room.name)
    if found is None:
        return
    if found.version is not None:
        missing(steps("sqlite" if found.in_files else "postgres", room.name), found.version)
    if is_across(room, found):
        require_newest(found)


def _require_files(folder: Path, manifest: Manifest, progress: Progress) -> None:
    for file in manifest.files:
        path = folder / file.path
        if not path.is_file():
            raise OperatorError(f"{path} is missing: {ANOTHER}")
        if path.stat().st_size != file.size:
            raise OperatorError(
                f"{path} is cut short, or has more than was written: it has {path.stat().st_size} bytes"
                f" and had {file.size}; {ANOTHER}"
            )
        if digest_of(path) != file.sha256:
            raise OperatorError(f"{path} is damaged: its bytes are not those written; {ANOTHER}")
        progress(file.size)


def require_clock(manifest: Manifest, now: datetime, *, confirmed: bool) -> None:
    """Raises `OperatorError` where this machine's clock may be wrong: it dates what is recorded next."""
    last = manifest.recorded_at
    if last is None:
        return
    if last - now > MAY_DIFFER:
        raise OperatorError(
            f"the clock of this machine says {now:%Y-%m-%d %H:%M} UTC, and the backup has what was recorded"
            f" at {last:%Y-%m-%d %H:%M}: set the clock, and run it again"
        )
    if now - last > IDLE and not confirmed:
        raise OperatorError(
            f"nothing was recorded for {(now - last).days} days when the backup is brought back, or the clock"
            f" of this machine is wrong ({now:%Y-%m-%d %H:%M} UTC): look, and where it is right add"
            " --clock-is-right"
        )
