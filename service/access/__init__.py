"""Who may do what, where, and which fields of the answer they see.

Read `table.py` first (its words are in `vocabulary.py`): each query and each step with its roles and its scope, in one table.
Then `scope.py` (whose a thing is, and what of it the asker gets to read), `admitting.py` (the
same of steps, by the domain's rules), `reader.py` (who asks) and `masking.py` (what is blanked). `service.application` applies all of it, once, for
every door: the API and the console ask there, and nowhere else.
"""
