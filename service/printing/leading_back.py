"""The square code on a paper: it leads back to what the paper is about, for who may sign in there."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import segno

from service.queries.papers_out.sheets import Printout, Sheet

GROUPS, GROUP = 4, 4
"""Of the digits by which two prints are told apart."""


def path_of(sheet: Sheet, position: int) -> str:
    """Where it leads, below the installation's address: ids and numbers, and no name."""
    return f"/p/{sheet.collection}/{sheet.thing_id}?at={position}"


def code_of(sheet: Sheet, printed: Printout, public_address: str | None) -> str | None:
    """As SVG; None where nobody has said at which address the installation is found."""
    if public_address is None:
        return None
    address = public_address.rstrip("/") + path_of(sheet, printed.position)
    code: str = segno.make(address, error="m", micro=False).svg_inline(scale=4, border=2)
    return code


def mark_of(said: Mapping[str, Any]) -> str:
    """Sixteen digits in groups of four, the same for two prints that say the same."""
    written = json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
    digits = hashlib.sha256(written).hexdigest()[: GROUPS * GROUP]
    return " ".join(digits[each : each + GROUP] for each in range(0, len(digits), GROUP))
