"""The programme's rules, pure: standard library and pydantic only, no I/O and no clock.

Read `path.py` first: the whole process on a page. Then `message.py` (what a step and an
event are), `table.py` (how a row is written), `handling.py` with `roles.py` (what a decision
is given, and what it gives), one part such as `case/`, and `commands.py`, the table the ledger
works from. `folds/` says how events become a state, and in which order, `stored.py` the names
events are stored under, `veil.py` what else they may be known as, `levels.py` what a release
brought that the one before does not understand, `erasure/` what is kept of the erased. In every
part: `path.py` has its rows, `steps.py` what may be asked, `events.py` what is recorded, `state.py`
what that comes to, `decide` the rules.
"""
