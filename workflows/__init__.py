"""The process of a case: Temporal orders its steps, retries them, and waits years for it.

Temporal holds the process and never the truth: a workflow may be behind the ledger, never
ahead of it, and losing Temporal's database loses nothing. Read in this order: `messages`
(what travels), `case` (the workflow, and nothing else), `activities` (where it touches the
ledger), `errors` (how a refusal travels), `engine` (the side that asks), `sweep` (what
keeps workflows level with the ledger), `worker` (who runs them), then `embedded`,
`children` and `guard` (the real Temporal server as a child process).
"""
