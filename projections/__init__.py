"""Views: what people search, list and count, derived from the ledger and disposable.

This folder exists because a ledger answers "what happened to this case" and people ask
"whose visit is overdue in Taza". Nothing here is the truth: a view can be deleted and made
again from the events, and comes out the same row for row.

Read `view.py` and `views/agreements.py` first: a view is declared once, as the model of its
row; the table is made from it (`columns.py`), and the service answers with it. Then `folds.py`
(what a stream has come to: its state), `rows.py` (which rows follow) and `gathering.py` (what rows of
several streams come to together). `folding.py` keeps
views up event by event, and `projector.py` writes what it says, batch by batch, together with
the place it has come to (`reached.py`); `rebuilding/` makes new views beside the live ones, on all
cores, and swaps them. The databases come last: `store.py` says what one must do, `sqlite/` and
`postgres/` do it. `waiting.py` lets a reader wait until the views have come far enough, and
`views/searching.py` finds whom somebody means, however a name is spelled.

Three views hold something personal: the caseload and the people have names, and `views/names.py` what
they sound like. `views/numbers.py` has keyed hashes of numbers.
"""
