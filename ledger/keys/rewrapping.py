"""Wrapping every key anew under the next master key, while all goes on.

From the first moment new keys are wrapped by the new one only, in every process: the table
refuses the old number. What is wrapped already follows in small commits, in the order of the
subjects, so nobody waits and a run that was ended half-way is taken up by the next one.
"""

from collections.abc import Callable
from uuid import UUID

from ledger.faults import translated
from ledger.keys.ciphertext import decrypt, encrypt, key_number
from ledger.keys.master import MasterKeys
from ledger.keys.table import KeyTable

A_COMMIT = 500
"""Keys wrapped anew together."""


def rewrap(table: KeyTable, masters: MasterKeys, progress: Callable[[int], None]) -> int:
    """Leave no key under another than the newest master key; how many were. Can be repeated.

    Raises `WrongMasterKey` when one of those in use is not at hand.
    """
    number, done = masters.newest, 0
    with translated("keys"):
        table.wrap_under(number)
        for name, wrapped in table.secrets().items():
            if key_number(wrapped) != number:
                table.replace_secret(name, wrapped, _anew(masters, number, name, wrapped))
        after: UUID | None = None
        while some := table.some(after, A_COMMIT):
            after = some[-1][0]
            old = [(s, wrapped) for s, wrapped in some if key_number(wrapped) != number]
            table.replace(
                [(s, wrapped, _anew(masters, number, str(s), wrapped)) for s, wrapped in old]
            )
            done += len(old)
            progress(done)
    return done


def _anew(masters: MasterKeys, number: int, belongs_to: str, wrapped: bytes) -> bytes:
    context = belongs_to.encode()
    plain = decrypt(masters.cipher(key_number(wrapped)), wrapped, context)
    return encrypt(masters.cipher(number), number, plain, context)
