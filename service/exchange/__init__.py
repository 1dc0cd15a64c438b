"""Histories for other programs: event logs for process mining, and where a case's entries come from.

What leaves here is read outside, so it says less than a page: things and people have keyed names,
nothing of a person's own is in it, and custody is one neutral entry in its month. `outward.py` says
what of an event may leave; `logs.py` takes it from the ledger as known on a position; `xes.py`,
`ocel.py` and `provenance.py` write it. The same position gives the same bytes, whoever was erased since.
"""
