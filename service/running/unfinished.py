"""A word left in the data folder while a backup is brought back: until it is gone nothing starts there.

Ended half-way, the ledger, its keys and the papers may be of several moments; to run it again mends that.
"""

from contextlib import suppress
from uuid import UUID

from ledger.sqlite.copying import flush
from service.running.faults import OperatorError
from service.settings import Settings

NAME = "restoring"


def begun(settings: Settings, backup: UUID) -> None:
    word = settings.data / NAME
    word.write_text(f"{backup}\n", "ascii")
    flush(word)
    flush(settings.data)


def is_begun(settings: Settings, backup: UUID) -> bool:
    """Whether this very backup was being brought back: what came since is of that."""
    with suppress(OSError, UnicodeDecodeError):
        return (settings.data / NAME).read_text("ascii").strip() == str(backup)
    return False


def finished(settings: Settings) -> None:
    (settings.data / NAME).unlink(missing_ok=True)
    flush(settings.data)


def require_finished(settings: Settings) -> None:
    """Raises `OperatorError` after a restore that was ended half-way, or while one is at work."""
    if (settings.data / NAME).exists():
        raise OperatorError(
            f"a backup is being brought back to {settings.data}, or that was ended half-way: wait, or"
            " run `jisr restore` again, which begins anew"
        )
