"""The OpenAPI document, and the page that shows it: made from the code, so that both are true.

`making.py` first: what FastAPI describes, and what is added to it. `tags.py` (what operations are
about), `problems.py` with `reach.py` (what each can be refused with), `samples.py` (what problems
look like), `answers.py` (what the example was answered), `fields.py` (what the fields' docstrings
say). `page.py` is the documentation for people.
"""
