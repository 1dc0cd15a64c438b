"""One module a view: its table, how a row is derived, its queries.

`table.py` lists them all. What they share: `pages.py` (pages by key) and `spelling.py` (how
names are compared).
"""
