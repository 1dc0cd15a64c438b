"""A log written into a file: whole, or not at all, and for nobody else to read."""

import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from service.running.faults import OperatorError


class Written(NamedTuple):
    """What a file came to."""

    size: int
    """In bytes."""
    sha256: str


def write_whole(file: Path, pieces: Iterable[str]) -> Written:
    """Write them beside, and put that in the file's place at the end.

    Raises `OperatorError` where nothing can be written.
    """
    digest = sha256()
    try:
        with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as beside:
            try:
                for piece in pieces:
                    content = piece.encode()
                    digest.update(content)
                    beside.write(content)
                beside.flush()
                os.fsync(beside.fileno())
                size = beside.tell()
                Path(beside.name).replace(file)
            except BaseException:
                Path(beside.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise OperatorError(f"{file} cannot be written: {error.strerror}") from error
    return Written(size, digest.hexdigest())
