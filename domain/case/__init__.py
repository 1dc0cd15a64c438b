"""The case: one beneficiary, one open case, with its tracks inside.

Read `steps.py` (what may be asked), `events.py` (what is recorded), `state.py` with
`evolve.py` (what that comes to), `decide.py` (the rules), then `reviews.py` (what falls
due, and when).
"""
