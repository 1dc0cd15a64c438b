"""A witness that another house runs: it has seen how far a log was, and signs only what goes on from there.

It needs neither the log's database nor its keys, and knows nothing of what the log tells: a size and
a root. Whoever then shows somebody else another history has no signature of the witness under it.

As https://c2sp.org/tlog-witness and https://c2sp.org/tlog-cosignature have it, with Ed25519. Read
`judging.py` first (what is signed, and what is refused), then `memory.py` (what it has seen, on
disk), `cosigner.py` (its key), `serving.py` (its door), and `asking.py`, the other side.
"""
