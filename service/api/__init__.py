"""The API, over HTTP. Read `app.py` first, then `steps.py` (how a step gets its endpoint).

What every request passes before that: `wire.py` (bytes), `edge.py` (head, body, answer), with all
their bounds in `limits.py`.
"""
