"""Webhooks: partners' systems are told that something happened, signed as Standard Webhooks has it.

`transport.py` sends one; `signing.py` signs it; `connecting.py` connects to an address that was looked
at and nowhere else. How long it is tried says `schedule.py`.
"""
