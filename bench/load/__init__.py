"""What an installation is put under while it is measured: steps as clients send them, bare updates beside them.

`installation.py` starts a private one, `generator.py` the process that sends (`sending.py`, by `http_client.py`),
`bare.py` is the worker that they are compared with.
"""
