"""All views made again from the first event, beside the live ones.

Read `rebuild.py` first, then `making.py` (the rows of whole streams), `pieces.py` (how streams are
cut, so that they fit into memory) and `hands.py` (the processes that fold, so that it takes all
cores).
"""
