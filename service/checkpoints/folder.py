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
from ledger.proof.proofs import Proofs
from ledger.proof.tiles import HEIGHT, WIDTH


def write_folder(log: Log, kept: Kept, folder: Path) -> None:
    """Bring a log's part of a folder up to a checkpoint. Raises `OSError`."""
    base = folder / log.name
    before = _size_in(base)
    proofs = Proofs(log)
    for level, number, width in tiles_of(before, kept.size):
        _write(base / tile_path(level, number, width), proofs.tile(level, number, width))
    numbered = base / "checkpoints" / f"{kept.number}"
    for path in (numbered, base / "checkpoint"):
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


def _size_in(base: Path) -> int:
    """Of the tree that the folder has; 0 where it has none that can be read."""
    try:
        lines = (base / "checkpoint").read_text(encoding="utf-8").split("\n")
        return int(lines[1])
    except (OSError, ValueError, IndexError):
        return 0


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
