"""From a command to its events and its answer, in one transaction.

Read `transaction.py` first (lock, load, decide, append, commit) and `deciding.py` (what a decision
adds to the rules' events), then `admitting.py` (who may be decided for at all), `loading.py` and
`states.py` (what is kept, and for how long it may be believed). `writer.py` has one thread do it
for everybody, in groups.
"""
