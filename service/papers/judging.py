"""Has one paper looked at, by a process that can do no harm; see `looking.py`."""

import json
import subprocess
import sys

from domain.values.papers import MediaType
from ledger.papers.vault import Receiving
from service.papers.found import Found
from service.problems.problem import Rejected

SECONDS = 60
"""Until a look is given up; what it computes is bounded more tightly by itself."""
PROGRAM = (sys.executable, "-I", "-m", "service.papers.looking")


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
        answer = json.loads(looked.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        # It was ended for what it took, or ended by itself: no paper does that.
        raise Rejected("paper_unfolds", most=SECONDS) from None
    if "code" in answer:
        raise Rejected(answer["code"], **answer["params"])
    media_type, pages, keep = answer["found"]
    return Found(MediaType(media_type), pages, keep)
