"""The master key: wraps every person's key. Lost, all personal data is lost with it.

It is made once, at the first start of an installation that has no ledger yet, and never
again: a ledger whose key is missing must not be given another one. The file holds its number
and 64 hexadecimal digits (`2:0f3c…`); without a number it is the first.
"""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from ledger.keys.master import KEY_BYTES, MasterKeys
from ledger.sqlite.keys import serves_a_ledger
from ledger.urls import sqlite_path
from service.running.faults import OperatorError, in_words
from service.settings import Settings

ADMINISTRATOR_KEY = "administrator.key"
FIRST = 1


class MasterKeyError(OperatorError):
    """The master key cannot be used."""

    code = "master_key"


def next_of(path: Path) -> Path:
    """Where the next master key stands while it takes the place of the one in `path`."""
    return path.with_name(f"{path.name}.next")


def master_keys(path: Path) -> MasterKeys:
    """The keys of the file and of the one beside it, read again when another is needed."""
    keys = MasterKeys(lambda: read_master_keys(path))
    keys.newest  # noqa: B018 - a missing or unsafe file is said at once
    return keys


def read_master_keys(path: Path) -> dict[int, bytes]:
    """By number: the one of the file and, while it is replaced, the next.

    Raises `MasterKeyError` when there is none, or one is not safe.
    """
    keys = dict([_read(path)])
    with suppress(FileNotFoundError):
        keys.update([_read(next_of(path), missing=FileNotFoundError())])
    return keys


def _read(path: Path, missing: Exception | None = None) -> tuple[int, bytes]:
    try:
        status = path.stat()
        text = path.read_text(encoding="ascii").strip()
        number, _, digits = text.rpartition(":")
        key = bytes.fromhex(digits)
        read = int(number or FIRST), key
    except FileNotFoundError:
        raise missing or MasterKeyError(
            f"the master key {path} is missing: bring it back from its backup. Without it "
            "nothing personal can be read, and another key cannot take its place. If no copy is "
            "left, names, notes, custody and health of everybody are lost for good; what is not "
            "personal stays in the ledger: keep it, and begin anew in an empty data folder"
        ) from None
    except OSError as error:
        raise MasterKeyError(f"the master key cannot be read: {in_words(error)}") from None
    except ValueError:
        raise MasterKeyError(
            f"{path} holds no master key, but something else: bring the key back from its backup"
        ) from None
    if stat.S_IMODE(status.st_mode) & 0o077:
        raise MasterKeyError(f"others can read the master key {path}: run `chmod 600 {path}`")
    if len(key) != KEY_BYTES:
        raise MasterKeyError(f"the master key {path} must hold {KEY_BYTES} bytes as hex digits")
    return read


def ensure_master_key(settings: Settings) -> None:
    """Make it now if this is an installation's very first start. Raises `MasterKeyError`."""
    path = settings.master_key
    database, keys = sqlite_path(settings.ledger), sqlite_path(settings.keys)
    first_start = (
        settings.master_key_file is None
        and database is not None
        and keys is not None
        and not database.exists()
        and not keys.exists()
    )
    if first_start and not path.exists():
        make_master_key(path)
    read_master_keys(path)


def require_begun(settings: Settings) -> None:
    """Raises `OperatorError` where no installation was ever started: nothing is missing there."""
    database, keys = sqlite_path(settings.ledger), sqlite_path(settings.keys)
    if database is None or keys is None:
        return
    if not any(each.exists() for each in (database, keys, settings.master_key)):
        raise OperatorError(
            f"{settings.data} holds no installation yet: start `jisr up` once, or name the right one"
            " by --data or JISR_DATA"
        )


def require_whole(settings: Settings) -> None:
    """Raises `OperatorError` when one of the ledger and its keys is gone, and the other is not.

    A new one in its place would hide the loss, and go on from there. A first start makes the
    keys first, then the ledger, whose id the keys then know, then the administrator's key.
    """
    database, keys = sqlite_path(settings.ledger), sqlite_path(settings.keys)
    if database is None or keys is None:
        return
    begun = (settings.data / ADMINISTRATOR_KEY).exists() or serves_a_ledger(keys)
    for lost, sign in ((keys, database.exists()), (database, begun)):
        if not sign:
            continue
        if not lost.exists() or not lost.stat().st_size:
            raise OperatorError(
                f"{lost} is {'empty' if lost.exists() else 'missing'}: bring it back from its backup,"
                " of the same moment as the rest. To begin with nothing, use a data folder that is"
                " empty"
            )


def make_master_key(path: Path, number: int = FIRST) -> None:
    """Write a new key, readable by its owner only. Raises `FileExistsError`."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_secret(path, f"{number}:{secrets.token_hex(KEY_BYTES)}")


def write_secret(path: Path, text: str) -> None:
    """A new file for its owner's eyes only, on disk when this returns, whole or not at all.

    Raises `FileExistsError` rather than replace one.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    finally:
        draft.unlink()
