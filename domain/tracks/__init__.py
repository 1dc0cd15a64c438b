"""The tracks that hang on a case, a folder each, with the same files in each.

`table.py` lists them. A case knows a track only through what `case/track.py` asks.
"""
