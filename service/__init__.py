"""The service: who may, what they get to see, and every way in.

`application.py` is the one way a step is taken and `queries/` the one way anything is read;
the API (`api/`) and the console are two faces of them. Read `access/table.py` first (who may do
what), then `application.py`, then `api/app.py`. `bootstrap.py` is the only place where the
parts are put together, from the one object in `settings.py`; `cli/` starts it all.
"""
