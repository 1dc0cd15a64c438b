"""The messages, and how far each has come: `tables.py` is where they are kept, `message.py` what one
is, `store.py` all that is asked of them.
"""
