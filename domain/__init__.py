"""The programme's rules, pure: standard library and pydantic only, no I/O and no clock.

Read `path.py` first: the whole process on a page. Then `message.py` (what a step and an
event are), one part such as `case/`, and `commands.py`, the table the ledger works from.
"""
