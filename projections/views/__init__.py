"""One module a view: its table, how a row is derived, its queries.

`table.py` lists them all, and `pages.py` is how they are paged. Names are searched by `searching.py`,
in the index that `names.py` is; `spelling.py` says which letters make no difference, `sounding.py`
which are heard alike, and `articles.py` what belongs to a name and what stands before it.
"""
