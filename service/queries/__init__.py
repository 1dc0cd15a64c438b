"""Everything that can be asked, for the API and the console alike.

A query is a function under its name in `service.access.table.QUERIES`. It is handed a
`Reading` and what its scope made of the question: the case itself, a person, filters that
are cut already. `Application.ask` does that, runs it in a thread, and masks its answer, a
model whose fields carry their class. What must be true this instant comes from the ledger,
lists and sums come from the views.
"""
