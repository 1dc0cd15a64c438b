"""Where papers are made: one at a time, in a thread of its own, so that no other request waits.

Typst lets go of the interpreter while it sets. A ceremony's slips take a tenth of a second.
"""

import asyncio
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from service.printing.setting import set_sheets
from service.problems.problem import Rejected
from service.queries.papers_out.sheets import Printout

MOST_WAITING = 16
"""Papers that are made or wait to be; whoever comes then is told to come back."""


class Press:
    """Makes PDFs. `public_address`: where the installation is found, for the code on each sheet."""

    def __init__(self, public_address: str | None = None) -> None:
        self._public_address = public_address
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="press")
        self._waiting = 0

    async def printed(self, what: Printout) -> bytes:
        """The PDF; raises `Rejected("printing_busy")`."""
        if self._waiting >= MOST_WAITING:
            raise Rejected("printing_busy")
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._thread, self._made, what)
        finally:
            self._waiting -= 1

    def _made(self, what: Printout) -> bytes:
        return typeset(set_sheets(what, self._public_address), what.printed_at)

    def close(self) -> None:
        self._thread.shutdown(cancel_futures=True)


def typeset(given: Mapping[str, Any], at: datetime) -> bytes:
    """The PDF of what is given; the same for the same, whatever fonts the machine has."""
    import typst  # noqa: PLC0415 - by whoever prints, and no other process

    with as_file(files("service.printing") / "templates") as templates:
        made = typst.compile(
            str(templates / "main.typ"),
            root=str(templates),
            font_paths=_fonts(),
            format="pdf",
            sys_inputs={"given": json.dumps(given, ensure_ascii=False)},
            timestamp=int(at.timestamp()),
        )
    return bytes(made)


@cache
def _fonts() -> Any:
    """Ours, and no other."""
    import typst  # noqa: PLC0415 - as above

    with as_file(files("service.printing") / "fonts") as folder:
        return typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
        )
