"""`jisr restore`: a backup takes the place of what is there, or of nothing.

In this order, so that it may be ended anywhere and run again: all is checked; who was erased is written
into the register; the copies are put in place, and the papers; then those are erased once more. Until
that is done nothing else starts on it.
"""

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from domain.errors import JisrError
from service.bootstrap import opened_ledger
from service.running.auditing.notebook import Notebook
from service.running.backup.across.into_files import made_file
from service.running.backup.across.shapes import WITHIN, in_schema
from service.running.backup.again import Again, erase_again
from service.running.backup.checking import Checked, check, require_clock
from service.running.backup.erased import Register, known_from
from service.running.backup.making import Places
from service.running.backup.manifest import Manifest, RoomCopied, stamp
from service.running.backup.on_files import put_files
from service.running.backup.papers import put_back_papers
from service.running.backup.rooms import KEYS, LOOKED, READS, Room, keys_of, require_owner, rooms
from service.running.backup.standing import Standing, require_at_rest, stands
from service.running.faults import OperatorError
from service.running.folder import held
from service.running.sealed import made_anew
from service.running.unfinished import begun, finished, is_begun
from service.settings import Settings

ACROSS = ".across-"
Progress = Callable[[int], None]
"""Called with how many bytes were looked at or copied since."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a backup is to be brought back."""

    places: Places
    over_newer: bool = False
    """Though something recorded is lost by it."""
    clock_is_right: bool = False
    """A person's word, where nothing was recorded for long."""
    erased: Collection[Path] = ()
    """Lists of who was erased, or later backups, besides the installation's own."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A backup that is whole, and what it would take the place of."""

    checked: Checked
    standing: Standing
    erased: frozenset[UUID] = field(default_factory=frozenset)
    """Who was erased since, and is again."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done."""

    foreseen: Foreseen
    again: Again
    aside: str = ""
    """Where what was there lies now, or how its schemas end; empty where there was nothing."""
    papers: int = 0


def foresee(settings: Settings, wanted: Wanted, progress: Progress) -> Foreseen:
    """Look, and change nothing. Raises what `restore` does before it begins."""
    checked = check(settings, wanted.places, progress)
    standing = stands(settings, checked.records)
    ledger = checked.records.ledger
    known = set(standing.erased) | set(checked.keys.erased)
    known |= Register(settings.erased, ledger, checked.mark).read()
    known |= known_from(wanted.erased, ledger, checked.mark)
    # Those of the very backup are in its ledger already.
    return Foreseen(checked, standing, frozenset(known))


def restore(settings: Settings, wanted: Wanted, now: datetime, progress: Progress) -> Restored:
    """Raises `OperatorError` and `MasterKeyError`, `Unavailable`, `DatabaseNewer` and `OSError`."""
    with held(settings.data):
        found = foresee(settings, wanted, progress)
        require_at_rest(settings, found.standing)
        backup = found.checked.records.backup
        meant = wanted.over_newer or is_begun(settings, backup)
        if found.standing.is_newer and not meant:
            raise OperatorError(
                f"what is there is newer, and would be lost: {found.standing.told()}. Nothing was"
                " changed. If that is meant: --over-newer"
            )
        require_clock(found.checked.records, now, confirmed=wanted.clock_is_right)
        if settings.on_postgres:
            require_owner(settings)
        register = Register(settings.erased, found.checked.records.ledger, found.checked.mark)
        register.add(sorted(found.erased))
        aside = _put(settings, found, stamp(now))
        checked = found.checked
        papers = put_back_papers(
            checked.places.records, checked.records.files, settings.papers, progress
        )
        with opened_ledger(settings, restoring=True) as ledger:
            if wanted.clock_is_right:
                ledger.upkeep.confirm_clock()
            again = erase_again(settings, ledger, found.erased)
            with suppress(
                JisrError, OperatorError
            ):  # the doctor names it: it keeps nobody from recording
                made_anew(settings, ledger)
        Notebook(settings.data).forget()  # it is of what stood there before
        finished(settings)
        return Restored(found, again, aside, papers)


def _put(settings: Settings, found: Foreseen, moment: str) -> str:
    """Where what was there lies now. Of what fails before anything was touched nothing is left."""

    def begin() -> None:
        begun(settings, found.checked.records.backup)

    copies = _copies(settings, found)
    in_schemas = [each for each in copies if each[0].file is None]
    aside = settings.data / f"replaced-{moment}"
    named = []
    for left in settings.data.glob(f"{ACROSS}*"):
        shutil.rmtree(left)  # of one that was killed
    with TemporaryDirectory(prefix=ACROSS, dir=settings.data) as made:
        in_files = list(_files(found, copies, Path(made)))
        if in_files and put_files(settings, in_files, aside, begin):
            named.append(str(aside))
    if in_schemas:
        from service.running.backup.on_postgres import (  # noqa: PLC0415 (only on PostgreSQL)
            prepare_rest,
            put_schemas,
        )

        if put_schemas(settings, in_schemas, moment.lower(), begin):
            named.append(f"schemas that end in _replaced_{moment.lower()}")
        prepare_rest(settings)
    return ", ".join(named)


def _copies(settings: Settings, found: Foreseen) -> list[tuple[Room, RoomCopied | None, Path]]:
    """Each room with what the backup has of it: none of what came with a later release."""
    checked = found.checked
    each = [(room, checked.records, checked.places.records) for room in rooms(settings)]
    each.append((keys_of(settings), checked.keys, checked.places.keys))
    stay = (READS, LOOKED) if found.standing.reads_go_on else ()
    return [
        (room, _copied(room, manifest), folder)
        for room, manifest, folder in each
        if room.name not in stay
    ]


def _copied(room: Room, manifest: Manifest) -> RoomCopied | None:
    copied = manifest.room(WITHIN.get(room.name, room.name))
    if room.file is None and copied is not None and copied.in_files:
        return in_schema(room, manifest)
    return manifest.room(room.name)


def _files(
    found: Foreseen, copies: Iterable[tuple[Room, RoomCopied | None, Path]], made: Path
) -> Iterator[tuple[Room, Path | None]]:
    """What goes into a file, with its copy: out of PostgreSQL one that is made in the folder `made`."""
    checked = found.checked
    for room, copied, folder in copies:
        if room.file is None:
            continue
        copy = folder / f"{room.name}.db" if copied else None
        if copied is not None and not copied.in_files:
            manifest = checked.keys if room.name == KEYS else checked.records
            copy = made_file(room.name, manifest, folder, made)
        yield room, copy
