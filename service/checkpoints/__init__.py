"""Checkpoints leave the house: only one that somebody else holds binds who owns the disks.

`recipients.py` says to whom they go, `folder.py` writes them to a folder with the tree beside them,
as C2SP's tlog-tiles lays it out, `sending.py` sends what is new, again and again until it is taken.
"""
