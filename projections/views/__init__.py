"""One module a view: its table, how a row is derived, its queries.

`table.py` lists them all, and `pages.py` is how they are paged. Names are searched by `searching.py`,
under the keys that `sought.py` names, in the index that `names.py` is; `spelling.py` says which letters
make no difference, `sounding.py` which are heard alike, `consonants.py` what stays of a name whoever
writes it, and `articles.py` what belongs to a name and what stands before it. What should be looked at
is found (`gathered.py`, read by `findings.py`) among what each stream says of itself alone
(`grounds.py`).
"""
