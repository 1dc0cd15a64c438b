"""Every step's endpoint, made from the domain's tables: `routes.py` first, then `endpoint.py`.

`door.py` is the short way to them, `answers.py` and `examples.py` what the document shows.
"""
