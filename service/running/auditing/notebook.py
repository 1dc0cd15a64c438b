"""How far a reconciliation came that was ended before its end, so that the next one goes on from there.

A file in the data folder, of ids alone: which cases were looked at, and what differed so far. Whoever
loses it begins anew; what a run comes to stands in the ledger (`reconciled.py`).
"""

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from service.running.auditing.found import Reconciled

NAME = "reconciling.json"
TOO_OLD = timedelta(hours=20)
"""What was looked at so long ago says nothing of tonight."""
FOUND = TypeAdapter(Reconciled)


class Notebook:
    """Of one data folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def begun(self) -> Reconciled | None:
        """What a run that was ended had found; None where there is nothing to go on from."""
        try:
            found = FOUND.validate_json(self._path.read_bytes())
        except (FileNotFoundError, ValidationError):
            return None
        is_old = datetime.now(UTC) - found.began > TOO_OLD
        return None if is_old or found.covered is None else found

    def keep(self, found: Reconciled) -> None:
        """Whole, or not at all."""
        draft = self._path.with_suffix(".draft")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(FOUND.dump_json(found))
        draft.replace(self._path)

    def forget(self) -> None:
        with suppress(FileNotFoundError):
            self._path.unlink()
