"""The key that a backup's lists are marked by: it follows from the root of the key store they are of.

So it is the same as long as there is an installation, whichever master key wraps the rest.
"""

from domain.errors import WrongMasterKey
from ledger.keys.ciphertext import Broken, decrypt, key_number
from ledger.keys.master import MasterKeys
from ledger.keys.subkeys import sub_key
from ledger.keys.table import ROOT

USE = "backups"


def mark_key(root: bytes, masters: MasterKeys) -> bytes:
    """`root`: as it stands in the key store, wrapped. Raises `WrongMasterKey`."""
    try:
        plain = decrypt(masters.cipher(key_number(root)), root, ROOT.encode())
    except Broken:
        raise WrongMasterKey from None
    return sub_key(plain, USE)
