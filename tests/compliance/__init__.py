"""What any store of a ledger must do, whichever database is under it.

Each rule in `rules/` is a short function with a sentence for a docstring, and is kept by the
store of both databases. Each is also broken by at least one store of `wrong/`, the right
store with a single defect: a rule that no wrong store breaks could not fail, and is a red
build. `table.py` says which rule catches which defect; `house.py` is where they meet.
`library/` runs the eventsourcing library's own suites on the same stores.
"""
