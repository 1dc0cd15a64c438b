"""The rules of the track, in their order: `approval.py`, `delivery.py`, `follow_up.py`."""
