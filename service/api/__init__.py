"""The API, over HTTP. Read `app.py` first, then `steps.py` (how a step gets its endpoint)."""
