"""The real Temporal server as a child process that cannot outlive its parent.

Read `embedded.py`, then `children.py`, `guard.py`, and `log_lines.py`, what becomes of all it says.
`pages.py` shows its own web pages, to whoever asks for them by this machine's name (`loopback.py`).
"""
