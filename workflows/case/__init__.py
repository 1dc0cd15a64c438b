"""The process of one case. Read `messages.py` (what travels), `workflow.py` (the workflow, and
nothing else), `activities.py` (where it touches the ledger), `errors.py` (how a refusal
travels), `converting.py` (how messages do), `engine.py` (the side that asks).
"""
