"""Who is signed in at the console, kept on the server: the browser has a random number only.

Beside the views, in a file or a schema of their own, for all processes of the API alike. What
is here may be lost at any time: people sign in again. Read `store.py` first (what a sign-in is
and how it ends), then `tables.py` (where it is kept, by `service/keeping.py`).
"""
