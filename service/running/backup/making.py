"""`jisr backup`: what is recorded goes on meanwhile, and none of it waits for more than a moment."""

import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent

from ledger.ground.watch import Standing
from ledger.keys.table import MASTER, ROOT
from ledger.store import Mark, Note
from service.papers.place import require_papers
from service.running.backup.manifest import Half, Head, Manifest, RoomCopied, listed, write
from service.running.backup.marks import mark_key
from service.running.backup.papers import copy_papers
from service.running.backup.rooms import KEYS, LEDGER, READS, both_halves
from service.running.backup.snapshots import Snapshot, copied, of_one_moment
from service.running.faults import OperatorError
from service.running.master_key import master_keys, require_begun, require_whole
from service.running.unfinished import require_finished
from service.settings import Settings

Progress = Callable[[int], None]
"""Called with how many bytes were copied since."""

HEAD = """SELECT position, originator_id, originator_version, topic, state FROM stored_events
    ORDER BY position DESC LIMIT 1"""
LAST = "SELECT max(recorded_at) FROM commands"
NOTES = "SELECT number, kind, detail, noted_at FROM upkeep ORDER BY number"
ID = "SELECT detail FROM upkeep WHERE number = 1"
SECRET = f"SELECT wrapped FROM secrets WHERE name = '{ROOT}'"  # noqa: S608 (a constant)
NUMBER = f"SELECT value FROM facts WHERE name = '{MASTER}'"  # noqa: S608 (a constant)
DESTROYED = "SELECT subject FROM destroyed_keys ORDER BY number"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the two halves go, or lie."""

    records: Path
    keys: Path

    @classmethod
    def of(cls, folder: Path, keys: Path | None) -> "Places":
        """The keys in a folder of the first one, unless another is named."""
        return cls(folder, keys or folder / KEYS)


def back_up(
    settings: Settings,
    places: Places,
    now: datetime,
    progress: Progress,
    earlier: Path | None = None,
) -> Manifest:
    """Make both halves; what the first one's list says. Nothing is left of one that fails.

    `earlier`: an earlier backup on the same disk, whose papers need no room once more.

    Raises `OperatorError`, `WrongMasterKey`, `Unavailable`, `DatabaseDamaged` and `OSError`.
    """
    require_begun(settings)
    require_finished(settings)
    require_whole(settings)
    require_papers(settings)
    _require_fit(settings, places)
    empty = [folder for folder in (places.records, places.keys) if folder.exists()]
    try:
        for folder in (places.records, places.keys):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _filled(settings, places, now, progress, earlier)
    except BaseException:
        for folder in (places.records, places.keys):
            for each in folder.iterdir() if folder in empty else [folder]:
                shutil.rmtree(each, ignore_errors=True)
                with suppress(OSError):
                    each.unlink()
        raise


def _require_fit(settings: Settings, places: Places) -> None:
    """Raises `OperatorError` for a folder that something is in, or that is lost with what it saves."""
    ours = [settings.data.resolve(), settings.papers.resolve()]
    if places.keys.resolve() in (places.records.resolve(), *places.records.resolve().parents):
        raise OperatorError(
            f"{places.keys} is for the keys alone: name another folder by --keys, or none"
        )
    for folder in (places.records, places.keys):
        whole = folder.resolve()
        if any(whole == each or each in whole.parents for each in ours):
            raise OperatorError(
                f"{folder} lies in what is backed up, and would be lost with it: name another folder,"
                " on another disk"
            )
        with suppress(FileNotFoundError):
            if any(folder.iterdir()):
                raise OperatorError(
                    f"{folder} has something in it: name a folder that is empty, or new"
                )


def _filled(
    settings: Settings,
    places: Places,
    now: datetime,
    progress: Progress,
    earlier: Path | None,
) -> Manifest:
    masters, backup = master_keys(settings.master_key), uuid4()
    with of_one_moment(both_halves(settings)) as taken:
        key = mark_key(root_of(taken[KEYS]), masters)
        ledger, head = id_of(taken[LEDGER]), head_of(taken[LEDGER])
        reads = head_of(taken[READS]) if READS in taken else None
        last, level = last_of(taken[LEDGER]), level_of(taken[LEDGER])

        def of(half: Half, *found: RoomCopied) -> Manifest:
            folder = places.keys if half is Half.KEYS else places.records
            without = places.keys if half is Half.RECORDS else None
            return Manifest(
                half=half,
                backup=backup,
                ledger=ledger,
                made_at=now,
                release=version("jisr"),
                head=head,
                recorded_at=last,
                level=level,
                reads=reads,
                rooms=found,
                files=tuple(listed(folder, without)),
            )

        # First what others wait for: while an SQLite key store is read, no key is made.
        keys = of(Half.KEYS, copied(KEYS, taken[KEYS], places.keys, progress))
        facts = _facts(taken[KEYS])
        taken[KEYS].close()
        found = _copied(taken, places.records, progress)
    copy_papers(settings.papers, places.records, progress, earlier)
    write(keys.model_copy(update=facts), places.keys, key)
    records = of(Half.RECORDS, *found)
    write(records, places.records, key)
    return records


def _copied(
    taken: Mapping[str, Snapshot], folder: Path, progress: Progress
) -> tuple[RoomCopied, ...]:
    return tuple(
        copied(name, each, folder, progress) for name, each in taken.items() if name != KEYS
    )


def _facts(keys: Snapshot) -> dict[str, object]:
    """What the list of the keys says besides."""
    ((number,),) = keys.rows(NUMBER)
    return {
        "root": root_of(keys).hex(),
        "master": int(number),
        "erased": destroyed_in(keys),
    }


def root_of(keys: Snapshot) -> bytes:
    """The store's own secret, wrapped. Raises `OperatorError` for one that has none yet."""
    for (wrapped,) in keys.rows(SECRET):
        return bytes(wrapped)
    raise OperatorError("the key store is empty: start `jisr up` once")


def destroyed_in(keys: Snapshot) -> tuple[UUID, ...]:
    """Whose keys are destroyed, the first one first."""
    return tuple(subject_in(subject) for (subject,) in keys.rows(DESTROYED))


def subject_in(stored: UUID | bytes) -> UUID:
    return stored if isinstance(stored, UUID) else UUID(bytes=stored)


def id_of(ledger: Snapshot) -> UUID:
    ((made,),) = ledger.rows(ID)
    return UUID(made)


def head_of(ledger: Snapshot, select: str = HEAD) -> Head:
    """Of an empty one position 0."""
    for position, stream, number, topic, state in ledger.rows(select):
        event = StoredEvent(stream, number, topic, bytes(state))
        return Head(position=position, digest=Mark.of(position, event).digest.hex())
    return Head(position=0, digest="")


def last_of(ledger: Snapshot) -> datetime | None:
    """When the last step was recorded (UTC)."""
    ((found,),) = ledger.rows(LAST)
    if found is None or isinstance(found, datetime):
        return found
    return datetime.fromisoformat(found)


def level_of(ledger: Snapshot) -> int:
    return Standing().after([Note(*row) for row in ledger.rows(NOTES)]).level
