"""The log of readings: who looked at whose data, kept as the ledger is kept.

A second recorder of the ledger's kind, with tables, triggers and positions like its own, in a file
(`reads.db`) or schema (`reads`) apart, so that reading never waits for the ledger's lock. Each
member of staff has a stream, `reader/<id>`; what stands in an entry says `looked.py`. Nothing in it
is personal of whom was read of, so that an erasure leaves it, and its proofs, as they are.

`log.py` writes, many readings in a commit, and nothing is shown before its reading is stored.
`finding.py` is how entries are found again: by whom, of whom, when. `opening.py` opens it.
"""
