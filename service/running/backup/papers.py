"""The papers, copied as they lie: a file there is whole or not there, and is never changed.

They are copied after the ledger, so that each paper of which the copied ledger tells is among them; but
for those that were withdrawn or erased meanwhile, which no copy should have.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from ledger.papers.folder import KEPT, NEW
from service.bootstrap import opened_ledger
from service.running.backup.manifest import FileCopied, digest_of
from service.running.doctor.finding import Severity
from service.running.doctor.papers import papers as looked_at
from service.settings import Settings

PAPERS = "papers"


def copy_papers(
    papers: Path, folder: Path, progress: Callable[[int], None], earlier: Path | None = None
) -> None:
    """Into the folder of a backup; what an `earlier` one on the same disk has is not written again."""
    for path in _lying(papers):
        into = folder / PAPERS / path.relative_to(papers)
        into.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # it moved, or went, while we came
            had = earlier / PAPERS / path.relative_to(papers) if earlier else None
            if had is None or not _linked(path, had, into):
                _copy(path, into)
            progress(into.stat().st_size)


def _linked(path: Path, had: Path, into: Path) -> bool:
    """The very file of an earlier backup, where it has the same bytes still."""
    try:
        same = had.stat().st_size == path.stat().st_size and digest_of(had) == digest_of(path)
        if same:
            into.hardlink_to(had)
    except OSError:  # another disk, or one that has no links
        return False
    return same


def lacking(settings: Settings) -> str | None:
    """Which papers stand in the ledger and are not in their folder, in words; None where all are."""
    with opened_ledger(settings) as ledger:
        found = looked_at(ledger, settings)
    return None if found.severity is Severity.WELL else f"{found.found}: {found.advice}"


def _lying(papers: Path) -> Iterator[Path]:
    """What is new first: from there it moves to what is kept, and is found there."""
    for part in (NEW, KEPT):
        yield from sorted(path for path in (papers / part).rglob("*") if path.is_file())


def put_back_papers(
    folder: Path, files: tuple[FileCopied, ...], papers: Path, progress: Callable[[int], None]
) -> int:
    """Those of a backup that are not there as they were; how many. What else is there stays."""
    brought = 0
    for file in files:
        if not file.path.startswith(f"{PAPERS}/"):
            continue
        into = papers / Path(file.path).relative_to(PAPERS)
        if not _is_same(into, file):
            into.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = into.with_name(f".{into.name}.restored")
            draft.unlink(missing_ok=True)
            _copy(folder / file.path, draft)
            draft.replace(into)
            brought += 1
        progress(file.size)
    return brought


def _is_same(path: Path, file: FileCopied) -> bool:
    return path.is_file() and path.stat().st_size == file.size and digest_of(path) == file.sha256


def _copy(path: Path, into: Path) -> None:
    descriptor = os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        try:
            with path.open("rb") as file:
                shutil.copyfileobj(file, out, 1 << 20)
        except FileNotFoundError:
            into.unlink()
            raise
        out.flush()
        os.fsync(out.fileno())
