"""Webhooks: partners' systems are told that something happened, signed as Standard Webhooks has it.

`transport.py` sends one; `signing.py` signs it; `addresses.py` says where it may go, and
`connecting.py` connects there and nowhere else. How long it is tried says `schedule.py`.
"""
