"""Who may do what, where, and which fields of the answer they see.

Read `table.py` first, then `scope.py` (whose a thing is) and `masking.py` (what is blanked).
"""
