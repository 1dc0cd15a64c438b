"""How events become a state: `evolution.py` (a function an event type), `order.py` (in which
order they are folded), `replacing.py` (a state changed quickly).
"""
