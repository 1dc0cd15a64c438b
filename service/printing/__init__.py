"""Papers to sign and to carry: from what a query told to a PDF, in Arabic with French under it.

`setting/` turns the sheets of `service.queries.papers_out` into plain data, in both languages, with
amounts in words (`in_words.py`) and the code that leads back to where they were printed
(`leading_back.py`); `templates/` says how a paper looks, in Typst, and takes that data and nothing
else; `press.py` makes the PDF, one at a time, beside what answers requests. `fonts/` are shipped,
so a paper is the same on every machine.
"""
