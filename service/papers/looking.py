"""Looks at one paper that came in, as a program: `python -m service.papers.looking`.

What people send is read here by programs of which each has been made to run away by some file.
So this process has a few seconds, little memory, and no more than this one file's key, which comes
in by its standard input; it says what it found in one line.
"""

import io
import json
import resource
import sys
import zipfile
from pathlib import Path
from typing import BinaryIO

from domain.values.papers import MediaType
from ledger.papers.chunks import FileKey, Reading
from service.papers import pdf, pictures
from service.papers.found import SCRIPTS, Found, Unkept, holds_any

MEMORY = 1 << 30
SECONDS = 20
"""Of computing."""
HEAD = 16


def main() -> None:
    _bound()
    asked = json.load(sys.stdin)
    key = FileKey(bytes.fromhex(asked["key"]), bytes.fromhex(asked["bound"]))
    size = asked["size"]
    with Reading(Path(asked["path"]).open("rb"), key, size) as raw:
        sys.stdout.write(json.dumps(answered(io.BufferedReader(raw), size, asked["said"])))


def answered(file: BinaryIO, size: int, said: str | None) -> dict[str, object]:
    """What was found, or the code of why it is not kept; `said`: what it was sent as."""
    try:
        return {"found": _written(look(file, size, said))}
    except Unkept as why:
        return {"code": why.code, "params": why.params}
    except MemoryError:
        return {"code": "paper_unfolds", "params": {"most": MEMORY >> 20}}
    except Exception:  # noqa: BLE001 (readers of broken files raise anything)
        return {"code": "paper_broken", "params": {}}


def _written(found: Found) -> tuple[str, int, list[str | tuple[int, int]]]:
    pieces = [each.hex() if isinstance(each, bytes) else each for each in found.keep]
    return str(found.media_type), found.pages, pieces


def look(file: BinaryIO, size: int, said: str | None) -> Found:
    """`said`: what it was sent as. Raises `Unkept`, and anything for what is broken."""
    media_type = _by_content(file.read(HEAD))
    if said in set(MediaType) and said != media_type:
        raise Unkept("paper_mislabelled")
    if zipfile.is_zipfile(file) or holds_any(file, SCRIPTS):
        raise Unkept("paper_ambiguous")
    if media_type is MediaType.PDF:
        return pdf.look(file, size)
    if holds_any(file, (pdf.PDF.lower(),), up_to=pdf.TAIL):
        raise Unkept("paper_ambiguous")
    return pictures.look(file, size, media_type)


def _by_content(head: bytes) -> MediaType:
    if head.startswith(pdf.PDF):
        return MediaType.PDF
    if head.startswith(pictures.JPEG):
        return MediaType.JPEG
    if head.startswith(pictures.PNG):
        return MediaType.PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return MediaType.WEBP
    raise Unkept("paper_type_unknown")


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
