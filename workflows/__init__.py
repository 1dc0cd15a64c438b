"""The process of a case: Temporal orders its steps, retries them, and waits years for it.

Temporal holds the process and never the truth: a workflow may be behind the ledger, never
ahead of it, and losing Temporal's database loses nothing. Read `case/` first, then
`sweep.py` (what keeps workflows level with the ledger), `worker.py` (who runs them) and
`server/` (the real Temporal server as a child process).
"""
