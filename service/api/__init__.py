"""The API, over HTTP. Read `app.py` first, then `steps/` (how a step gets its endpoint).

What every request passes before that is in `edge/`, with all its bounds on one page. Then
`admitting.py` (who asks), `parsing.py` and `parameters.py` (what is asked), `queries/`, and
`problems.py` (what is answered when it cannot be). `document/` makes the API's document.
"""
