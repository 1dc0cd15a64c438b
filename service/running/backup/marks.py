"""The keys that a backup's lists and the register of the erased are marked by: they follow from the root of
the key store they are of.

So they are the same as long as there is an installation, whichever master key wraps the rest, and are there
before anything of a backup is in its place; the keys that sign checkpoints are not.
"""

from domain.errors import WrongMasterKey
from ledger.keys.ciphertext import Broken, decrypt, key_number
from ledger.keys.master import MasterKeys
from ledger.keys.subkeys import sub_key
from ledger.keys.table import ROOT

USE = "backups"
ERASED = "register of the erased"


def mark_key(root: bytes, masters: MasterKeys, use: str = USE) -> bytes:
    """`root`: as it stands in the key store, wrapped. Raises `WrongMasterKey`."""
    try:
        plain = decrypt(masters.cipher(key_number(root)), root, ROOT.encode())
    except Broken:
        raise WrongMasterKey from None
    return sub_key(plain, use)
