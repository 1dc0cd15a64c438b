"""How events become a state: `evolution.py` (a function an event type), `order.py` (in which
order they are folded), `mended.py` (which of them do not count), `replacing.py` (a state changed quickly).
"""
