"""A log's tree and checkpoints in a folder, as C2SP's tlog-tiles lays them out.

https://c2sp.org/tlog-tiles. Any web server can give the folder out as it is, and any tool for such
logs read it. No entry bundles stand in it: they name streams, and belong to who may read the ledger.
The checkpoint is written last, so that whoever finds it finds the tiles it needs.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from ledger.proof.log import Kept, Log
from ledger.proof.notes import Note
from ledger.proof.proofs import Proofs
from ledger.proof.shown import Comes, compare
from ledger.proof.tiles import HEIGHT, WIDTH
from ledger.proof.tree import HASH_BYTES


class AnotherHistory(Exception):
    """What stands in a folder is not the beginning of what is to be written there."""


def write_folder(log: Log, kept: Kept, folder: Path) -> None:
    """Bring a log's part of a folder up to a checkpoint.

    What stands there may be all that is left of a history that was rewritten here: it is gone on from,
    and not written over. Raises `AnotherHistory` where that cannot be, and `OSError`.
    """
    base = folder / log.name
    before = _size_in(log, base)
    proofs = Proofs(log)
    for level, number, width in tiles_of(before, kept.size):
        _write(base / tile_path(level, number, width), proofs.tile(level, number, width))
    numbered = base / "checkpoints" / f"{kept.number}"
    for path in (*([] if numbered.exists() else [numbered]), base / "checkpoint"):
        _write(path, str(kept.note).encode())


def tiles_of(before: int, size: int) -> Iterator[tuple[int, int, int]]:
    """(level, number, width) of each tile that a tree of a size has and a smaller one had not."""
    level = 0
    while size:
        first = 0 if before > size else before // WIDTH
        whole, rest = divmod(size, WIDTH)
        for number in range(first, whole):
            yield level, number, WIDTH
        if rest:
            yield level, whole, rest
        level, size, before = level + 1, size >> HEIGHT, before >> HEIGHT


def tile_path(level: int, number: int, width: int) -> str:
    """`tile/0/x001/x234/067`, with `.p/width` behind where it is not whole."""
    parts = [f"{number % 1000:03d}"]
    while number := number // 1000:
        parts.insert(0, f"x{number % 1000:03d}")
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join(parts)}{partial}"


def leaves_beside(checkpoint: Path, size: int) -> bytes:
    """The hashes of a tree's leaves that lie by a checkpoint in such a folder, as many as there are."""
    for base in checkpoint.resolve().parents[:2]:
        if (base / "tile/0").is_dir():
            return b"".join(_leaves_in(base, size))
    return b""


def _leaves_in(base: Path, size: int) -> Iterator[bytes]:
    for level, number, width in tiles_of(0, size):
        if level:
            return
        whole = base / tile_path(0, number, WIDTH)
        wider = whole.with_name(f"{whole.name}.p")
        parts = wider.iterdir() if wider.is_dir() else ()
        yield max((_read(each) for each in (whole, *parts)), key=len)[: width * HASH_BYTES]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _size_in(log: Log, base: Path) -> int:
    """Of the tree that the folder has; 0 where it has none that can be read, or one of a tail that was lost.

    Raises `AnotherHistory`.
    """
    try:
        told = (base / "checkpoint").read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return 0
    found = compare(log, told)
    if found.comes is Comes.STANDS:
        return found.size or 0
    if found.comes is Comes.BROKEN or _is_kept(log, Note.parsed(told)):
        return 0
    raise AnotherHistory


def _is_kept(log: Log, note: Note) -> bool:
    """Whether the house knows that it made it, though it goes on from another tree."""
    return any(each.note.text == note.text for each in log.checkpoints())


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), 0o644)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
