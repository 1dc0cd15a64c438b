"""The programme's rules, pure: standard library and pydantic only, no I/O and no clock.

Read `path.py` first: the whole process on a page. Then `message.py` (what a step and an
event are), `steps/` (how a row is written, what a decision is given and what it gives), one part
such as `case/`, and `commands.py`, the table the ledger works from. `folds/` says how events
become a state, and in which order, `events/` how they are known outside and since when,
`values/` what is counted and named in, `erasure/` what is kept of the erased. In every
part: `path.py` has its rows, `steps.py` what may be asked, `events.py` what is recorded, `state.py`
what that comes to, `decide` the rules.
"""
