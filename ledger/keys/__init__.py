"""What is protected by keys, and whose they are: a key for each person, and the ledger's own.

Read `store.py` first (the keys of persons, and destroying one), with `table.py` (where they are
kept); then `subkeys.py` (one key a use), `ciphertext.py` (what encrypted bytes look like),
`sealing.py` (a whole command on its way through the process engine) and `marks.py` (how the ledger
knows its own answer again). `master.py` and `rewrapping.py` are the key that wraps all others, and
replacing it. Where the rows lie is for `ledger/sqlite/keys.py` and `ledger/postgres/keys.py`.
"""
