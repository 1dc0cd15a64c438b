"""Has one paper looked at, by a process that can do no harm; see `looking.py`."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from domain.values.papers import MediaType
from ledger.faults import unexpected
from ledger.papers.vault import Receiving
from service.papers.found import Found
from service.problems.problem import Rejected

SECONDS = 60
"""Until a look is given up; what it computes is bounded more tightly by itself."""
BEGIN = "import sys; sys.path.insert(0, sys.argv[1]); from service.papers import looking; looking.main()"
PROGRAM = (sys.executable, "-I", "-c", BEGIN, str(Path(__file__).parents[2]))
"""This very release, wherever it is started from."""


def judged(paper: Receiving, said: str | None) -> Found:
    """What it is, by its content; `said`: what it was sent as. Raises `Rejected`."""
    asked = {
        "path": str(paper.path),
        "size": paper.size,
        "key": paper.key.key.hex(),
        "bound": paper.key.bound.hex(),
        "said": said,
    }
    try:
        looked = subprocess.run(  # noqa: S603 (this very interpreter, and nothing of the sender's)
            PROGRAM, input=json.dumps(asked).encode(), capture_output=True, timeout=SECONDS,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Rejected("paper_unfolds", most=SECONDS) from None
    if looked.returncode < 0:  # ended for what it took: no paper does that
        raise Rejected("paper_unfolds", most=SECONDS)
    try:
        answer = json.loads(looked.stdout)
    except ValueError as error:
        raise unexpected(error, "looking at a paper") from None
    if "code" in answer:
        raise Rejected(answer["code"], **answer["params"])
    return told(answer["found"])


def told(found: tuple[str, int, list[Any]]) -> Found:
    """As it came over the line."""
    media_type, pages, pieces = found
    keep = tuple(bytes.fromhex(it) if isinstance(it, str) else (it[0], it[1]) for it in pieces)
    return Found(MediaType(media_type), pages, keep)
