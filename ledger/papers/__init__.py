"""The papers themselves, encrypted in a folder beside the events that tell of them.

`chunks.py` is what a file looks like, `folder.py` where it lies and how it gets there whole or not
at all, `vault.py` both under the keys of those whom the papers are about. What is in a paper is
looked at in `service/papers/`; that it belongs to a case or an order is said by an event.
"""
