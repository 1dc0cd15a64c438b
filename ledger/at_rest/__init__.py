"""What an event looks like in a row, and how it is read back.

`mapper.py` does it, with `envelopes.py` (what surrounds the payload), `veiling.py` (what its name
and day may not tell) and `event_types.py` (what a row names, and how an older shape is read).
"""
