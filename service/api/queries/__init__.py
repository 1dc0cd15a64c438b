"""The endpoints of all queries, by what is asked about.

Each says which query of `service.queries` it asks and with what; scope and masking are
`Application.ask`'s. `cases.py`, then `programme.py` (agreements, sessions, ceremonies, numbers), `voices.py`
(complaints, receptions), `papers_out.py`
(what is printed) and `house.py` (staff, centres, places, the asker).
"""
